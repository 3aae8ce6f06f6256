"""Copying into the store: the work of the worker between the verbs of taking in."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from andon.console.evidence.exhibits import hooks, incoming, mirror
from andon.console.evidence.exhibits.actions.take_in import Said, Source, begin, fail, order, settle
from andon.console.evidence.exhibits.boundary import Boundary
from andon.console.evidence.exhibits.models import Exhibit
from andon.console.evidence.exhibits.people import written
from andon.console.evidence.exhibits.progress import Progress
from andon.console.evidence.exhibits.store import alone, folder, store
from andon.console.gate import Actor, Via
from andon.evidence.custody import log
from andon.evidence.custody.intake import Taking, take_in

if TYPE_CHECKING:
    from pathlib import Path

    from andon.console.casework.models import Case


def take_in_now(actor: Actor, case: Case, path: Path, told: Said) -> Exhibit:
    """Take a file or folder in, in this process: for commands and the demo. Raises what goes wrong; the row then says that it failed."""
    token = secrets.token_hex(16)
    with alone(f"exhibit-{token}"):  # from before the row: a worker that looks for work leaves it to us
        exhibit = order(actor, case, Source(Exhibit.Way.COMMAND, str(path.absolute()), token), told)
        copy_alone(exhibit, raises=True)
    exhibit.refresh_from_db()
    return exhibit


def copy(exhibit_id: int, *, raises: bool = False) -> Exhibit:
    """Copy an exhibit that was ordered, for who ordered it; what goes wrong is told on it (`raises`: and raised)."""
    exhibit = Exhibit.objects.select_related("by__unit", "case").get(pk=exhibit_id)
    with alone(job_of(exhibit)) as mine:
        if mine:
            exhibit.refresh_from_db(fields=["state"])
            copy_alone(exhibit, raises=raises)
    exhibit.refresh_from_db()
    return exhibit


def copy_alone(exhibit: Exhibit, *, raises: bool) -> None:
    """The same, for who holds the lock of the job."""
    done: Exhibit | None = None
    if exhibit.is_under_way:
        with Boundary(lambda problem: fail(exhibit.pk, problem), exhibit.title, raises=raises):
            done = _copied(exhibit)
    if done is not None:
        for after in hooks.AFTER_TAKEN:
            after(done)


def job_of(exhibit: Exhibit) -> str:
    """The name of its job: of its lock and its progress."""
    return f"exhibit-{exhibit.token}"


def _copied(exhibit: Exhibit) -> Exhibit:
    begin(Actor(exhibit.by, Via.WORKER), exhibit.pk)
    code = _in_store(exhibit) or _into_store(exhibit)
    done = settle(exhibit.pk, code)
    incoming.discard(exhibit.token if exhibit.way == Exhibit.Way.UPLOAD else "")
    return done


def _in_store(exhibit: Exhibit) -> str:
    """The store's code of an exhibit that a stop kept from being told; empty when the store does not have it."""
    box = store()
    with log.writing(box.folder):
        box.sweep()
    if mirror.is_behind():
        mirror.catch_up()
    for code in mirror.unclaimed():
        if box.manifest(code).parameters.get("desk") == exhibit.token:
            return code
    return ""


def _into_store(exhibit: Exhibit) -> str:
    path = incoming.path_of(exhibit)
    with Progress(job_of(exhibit), exhibit.expected_bytes or incoming.size_of(path)) as progress:
        manifest, _ = take_in(folder(), path, taking(exhibit), tell=progress.add)
    return manifest.id


def taking(exhibit: Exhibit) -> Taking:
    """What was said, as the manifest keeps it."""
    more: dict[str, Any] = {"desk": exhibit.token, "way": exhibit.way, "from_whom": exhibit.from_whom, "expected_sha256": exhibit.expected_sha256}
    more |= {"renamed": exhibit.renamed} if exhibit.renamed else {}
    return Taking(
        by=written(exhibit.by), place=exhibit.place, how=exhibit.how, title=exhibit.title, number=exhibit.number, device=exhibit.device,
        is_disclosable=exhibit.is_disclosable, disclosure_reason=exhibit.disclosure_reason, parameters=more,
    )  # fmt: skip


def run_due() -> int:
    """Copy what waits, first come, first served; how many. What an earlier worker left is gone on with: nobody else holds its lock."""
    due = list(Exhibit.objects.filter(state__in=(Exhibit.State.WAITING, Exhibit.State.COPYING)).order_by("pk").values_list("pk", flat=True))
    return sum(not copy(pk).is_under_way for pk in due)
