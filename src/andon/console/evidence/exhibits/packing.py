"""Making a package: the work of the worker between the verbs. The library writes the bag; what is fetched is one zip of it, whose hash is told.

Order: bag (whole or not at all) → lines of the custody log → zip → row. A stop anywhere is gone on from: the log says whether this package was told.
"""

from __future__ import annotations

import os
import shutil
import time
import zipfile
from typing import TYPE_CHECKING, cast

from andon.console.evidence.exhibits import mirror
from andon.console.evidence.exhibits.actions.handing_over import Packed, begin_package, end_package, fail_package
from andon.console.evidence.exhibits.boundary import Boundary
from andon.console.evidence.exhibits.models import CustodyLine, Exhibit, Package, Work
from andon.console.evidence.exhibits.people import written
from andon.console.evidence.exhibits.progress import Progress
from andon.console.evidence.exhibits.store import alone, room, store
from andon.console.gate import Actor, Via
from andon.evidence.custody.handover import hand_over
from andon.evidence.custody.log import sync_folder
from andon.evidence.custody.scratch import lives
from andon.evidence.custody.store import hash_file
from andon.wording.say import Language, say

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ("exhibit", "origin", "name", "sha256", "size", "at", "by", "made_by", "disclosable", "reason")
WORDS = ("yes", "no", "undecided", "original", "derived")
KEPT_DAYS = 30  # a package can be fetched this long; it can be made anew at any time
_DAY = 86_400.0


def pack(package_id: int) -> Package:
    """Make a package that was asked for; what goes wrong is told on it."""
    row = Package.objects.select_related("case", "by__unit").get(pk=package_id)
    with alone(job_of(row)) as mine:
        if mine and row.ended_at is None:
            with Boundary(lambda problem: fail_package(package_id, problem), ", ".join(row.exhibits)):
                begin_package(Actor(row.by, Via.WORKER), package_id)
                end_package(package_id, _packed(row))
    row.refresh_from_db()
    return row


def _packed(row: Package) -> Packed:
    bag, file = room("packages") / name_of(row), file_of(row)
    lines = _lines(row)
    if not file.is_file():
        if not (bag.is_dir() and len(lines) == len(row.exhibits)):
            shutil.rmtree(bag, ignore_errors=True)  # of a stop before the log told of it
            _bagged(row, bag)
            lines = _lines(row)
        _zipped(bag, file)
    shutil.rmtree(bag, ignore_errors=True)
    last = lines[-1]
    return Packed(str(last.facts["bag_manifest_sha256"]), hash_file(file), file.stat().st_size, last.number)


def _bagged(row: Package, bag: Path) -> None:
    language = cast("Language", row.language)
    total = sum(Exhibit.objects.filter(code__in=row.exhibits).values_list("size_bytes", flat=True))
    with Progress(job_of(row), total) as progress:
        hand_over(
            store(), row.exhibits, bag, by=written(row.by), to=row.receiver, heading=heading(language), words=words(language),
            only_disclosable=row.only_disclosable, tell=progress.add,
        )  # fmt: skip


def heading(language: Language) -> tuple[str, ...]:
    """The first line of the disclosure list."""
    return tuple(say(f"exhibit.list.{one}", language) for one in COLUMNS)


def words(language: Language) -> dict[str, str]:
    """The words of the disclosure list."""
    return {one: say(f"exhibit.word.{one}", language) for one in WORDS}


def _zipped(bag: Path, file: Path) -> None:
    """The bag as one file, stored as it is; under another name until it is whole and on the disk."""
    waiting = file.with_suffix(".partial")
    with waiting.open("wb") as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED, strict_timestamps=False) as archive:
            for path in sorted(one for one in bag.rglob("*") if one.is_file()):
                archive.write(path, f"{bag.name}/{path.relative_to(bag).as_posix()}")
        out.flush()
        os.fsync(out.fileno())
    waiting.chmod(0o400)
    waiting.replace(file)
    sync_folder(file.parent)


def _lines(row: Package) -> list[CustodyLine]:
    """What the log tells of this package."""
    if mirror.is_behind():
        mirror.catch_up()
    told = CustodyLine.objects.filter(event="exported", exhibit__in=row.exhibits).order_by("number")
    return [line for line in told if line.facts.get("package") == name_of(row)]


def name_of(row: Package) -> str:
    """The folder in the package: the case's code and a number that nobody can guess another from."""
    return f"{row.case.code}-{row.token}"


def file_of(row: Package) -> Path:
    """What is fetched."""
    return room("packages") / f"{name_of(row)}.zip"


def job_of(row: Package) -> str:
    """The name of the job."""
    return f"package-{row.pk}"


def run_due() -> int:
    """Make the packages that wait; how many."""
    due = list(Package.objects.filter(state__in=(Work.WAITING, Work.RUNNING)).order_by("pk").values_list("pk", flat=True))
    return sum(pack(pk).ended_at is not None for pk in due)


def sweep() -> int:
    """Packages that have lain there long enough go; how many. The rows and the custody log keep that they were made."""
    old = [one for one in room("packages").glob("*.zip") if time.time() - one.stat().st_mtime > KEPT_DAYS * _DAY]
    for one in old:
        one.unlink(missing_ok=True)
    for half in room("packages").glob(".*.partial"):  # bags of a process that was killed
        process = half.name.split(".")[-2]
        if process.isdecimal() and not lives(int(process)):
            shutil.rmtree(half, ignore_errors=True)
    return len(old)
