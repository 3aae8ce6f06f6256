"""Reading an exhibit: the work of the worker between the verbs. A stop anywhere is gone on from: a book that the store has is not written again."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from andon.console.evidence.conversations import hooks
from andon.console.evidence.conversations.actions.reading import UNFINISHED, begin, fail, finish, order
from andon.console.evidence.conversations.books import draft, path_of
from andon.console.evidence.conversations.models import Reading
from andon.console.evidence.conversations.storing import gathered
from andon.console.evidence.exhibits.boundary import Boundary
from andon.console.evidence.exhibits.people import written
from andon.console.evidence.exhibits.progress import Progress
from andon.console.evidence.exhibits.store import alone, store
from andon.console.gate import Actor, Via
from andon.domain.errors import EvidenceError
from andon.evidence.books.read import Book
from andon.evidence.books.write import write_book
from andon.evidence.chats.registry import read_material
from andon.evidence.chats.times import ASSUMED_ZONE, zone_named
from andon.evidence.custody import acts
from andon.evidence.custody.stored import material_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from andon.console.evidence.exhibits.models import Exhibit
    from andon.evidence.books.model import BookFacts

logger = logging.getLogger("andon.conversations")
_CHUNK = 1 << 20


def read(reading_id: int, *, raises: bool = False) -> Reading:
    """Read an exhibit as it was ordered; what goes wrong is told on the reading (`raises`: and raised)."""
    reading = Reading.objects.select_related("exhibit__case", "by__unit").get(pk=reading_id)
    with alone(job_of(reading_id)) as mine:
        if mine:
            reading.refresh_from_db(fields=["state"])
            if not reading.is_over:
                _read(reading, raises=raises)
    reading.refresh_from_db()
    return reading


def read_now(actor: Actor, exhibit: Exhibit, zone: str = ASSUMED_ZONE) -> Reading:
    """Read an exhibit in this process, for commands and the demo: what waits to be read, or once more. Raises what goes wrong."""
    waiting = exhibit.readings.filter(state__in=UNFINISHED).order_by("number").first()
    return read((waiting or order(actor, exhibit.pk, zone)).pk, raises=True)


def run_due() -> int:
    """Read what waits, and what an earlier worker left in the middle; how many."""
    due = list(Reading.objects.filter(state__in=(Reading.State.WAITING, Reading.State.RUNNING)).order_by("at", "pk").values_list("pk", flat=True))
    return sum(read(one).is_over for one in due)


def job_of(reading_id: int) -> str:
    """The name of its job: of its lock and its progress."""
    return f"reading-{reading_id}"


def _read(reading: Reading, *, raises: bool) -> None:
    done: Reading | None = None
    with Boundary(lambda problem: fail(reading.pk, problem), reading.exhibit.code, raises=raises):
        begin(Actor(reading.by, Via.WORKER), reading.pk)
        sha256, unread = _in_store(reading) or _into_store(reading)
        path = path_of(sha256)
        with Book(path) as book:
            found = gathered(book, sha256, path.stat().st_size, unread)
        done = finish(reading.pk, found)
    if done is not None:
        for after in hooks.AFTER_READING:
            with _Heard(reading.pk):
                after(done)


def _in_store(reading: Reading) -> tuple[str, int] | None:
    """Hash of the book that the store has of this reading, when a stop kept it from being listed."""
    for line in acts.derived(store(), reading.exhibit.code):
        given = line["facts"]["parameters"]
        if given.get("reading") == reading.pk:
            return str(line["facts"]["sha256"]), int(given.get("unread", 0))
    return None


def _into_store(reading: Reading) -> tuple[str, int]:
    """Write the book and hand it to the store; its hash, and how many files nobody read. Raises EvidenceError, also when there is no chat."""
    kept, code = store(), reading.exhibit.code
    if acts.is_sealed(kept, code):
        raise EvidenceError(reason="sealed", name=code)
    path = draft(f"reading-{reading.pk}.sqlite")
    try:
        facts, files = _written(reading, path)
        sources = tuple(dict.fromkeys(one.file for one in facts.counts))
        if not sources:
            raise EvidenceError(reason="no_chats", path=code, files=files)
        unread = files - len({name.partition("!/")[0] for name in sources})
        given = {"reading": reading.pk, "zone": reading.zone, "unread": unread, "what": "conversations"}
        name = f"conversations-{code}-{reading.number}.sqlite"
        sha256, _ = acts.derive(kept, code, pieces(path), name=name, by=written(reading.by), sources=sources, parameters=given, is_disclosable=None)
    finally:
        with suppress(OSError):
            path.unlink(missing_ok=True)
    return sha256, unread


def _written(reading: Reading, path: Path) -> tuple[BookFacts, int]:
    with Progress(job_of(reading.pk), 0) as progress, material_of(store(), reading.exhibit.code) as material:
        items = read_material(material, zone=zone_named(reading.zone), zone_name=reading.zone)
        return write_book(path, items, tell=steps(progress)), len(material.members)


def steps(progress: Progress) -> Callable[[int], None]:
    """What the library tells (so many in all) as what the progress takes (so many more)."""
    told = 0

    def tell(count: int) -> None:
        nonlocal told
        progress.add(count - told)
        told = count

    return tell


def pieces(path: Path) -> Iterator[bytes]:
    """A file piece by piece."""
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            yield piece


class _Heard:
    """The boundary of what another app does with a reading: the reading is done all the same, and the next is told too."""

    def __init__(self, reading_id: int) -> None:
        self._id = reading_id

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> bool:
        """Log what kind of error it was; never what it said."""
        if isinstance(error, Exception):
            logger.error("reading %s: after it: %s", self._id, type(error).__name__)
            return True
        return False
