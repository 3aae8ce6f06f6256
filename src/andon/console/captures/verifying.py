"""Is all that was kept still there, and as it was? Files against rows, contents against archives, stamps against roots, rows against the trail."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection

from andon.console.audit.append_only import is_closed
from andon.console.audit.models import Entry
from andon.console.captures import stamping, store
from andon.console.captures.models import Archive, Capture, Stamp
from andon.console.captures.warc import records
from andon.domain.errors import OutputError, SettingError

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_FINDINGS = 1000
_MANY = 200
_TABLES = ("captures_archive", "captures_capture", "captures_stamp")
_KEPT = ("captures.posts_kept", "captures.page_kept")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong ("missing", "altered" …) with which file, and the captures that it holds."""

    what: str
    key: str
    captures: tuple[int, ...] = ()


@dataclass(slots=True)
class Checked:
    """What was looked at, and what is wrong with it."""

    archives: int = 0
    captures: int = 0
    stamps: int = 0  # that were held against their archive
    unchecked_stamps: int = 0  # no roots are set to check them by
    size_bytes: int = 0
    more: int = 0
    findings: list[Finding] = field(default_factory=list)

    def find(self, what: str, key: str, captures: Iterable[int] = ()) -> None:
        """Note what is wrong; past the thousandth it is only counted."""
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(Finding(what, key, tuple(captures)))
        else:
            self.more += 1


def verify_all() -> Checked:
    """The whole store: every archive, every stamp, files that no row tells of, rows that the trail does not tell of and the other way round."""
    checked, last = Checked(), 0
    while archives := list(Archive.objects.filter(pk__gt=last).order_by("pk")[:_MANY]):
        _check(archives, checked)
        last = archives[-1].pk
    _check_extra(checked)
    _check_trail(checked)
    for table in _TABLES:
        if not is_closed(connection, table):
            checked.find("open_table", table)
    return checked


def verify(archives: Iterable[Archive]) -> Checked:
    """These archives."""
    checked = Checked()
    _check(list(archives), checked)
    return checked


def _check(archives: list[Archive], checked: Checked) -> None:
    """Some archives with their captures and stamps. One row read for each kind, whatever their number."""
    ids = [one.pk for one in archives]
    captures: dict[int, list[Capture]] = {}
    for capture in Capture.objects.filter(archive__in=ids).only("pk", "archive", "record", "sha256", "size_bytes"):
        captures.setdefault(capture.archive_id, []).append(capture)
    stamps: dict[int, list[Stamp]] = {}
    for stamp in Stamp.objects.filter(archive__in=ids):
        stamps.setdefault(stamp.archive_id, []).append(stamp)
    for archive in archives:
        content = _archive(archive, captures.get(archive.pk, []), checked)
        for stamp in stamps.get(archive.pk, []):
            _stamp(stamp, content, checked)


def _archive(archive: Archive, captures: list[Capture], checked: Checked) -> bytes | None:
    """The archive's bytes, if they are there and are what they were."""
    checked.archives += 1
    checked.captures += len(captures)
    ids = [one.pk for one in captures]
    try:
        content = store.path_of(archive.key, store.ARCHIVE).read_bytes()
    except OSError:
        checked.find("missing", archive.key, ids)
        return None
    checked.size_bytes += len(content)
    if hashlib.sha256(content).hexdigest() != archive.key or len(content) != archive.size_bytes:
        checked.find("altered", archive.key, ids)
        return None
    if wrong := _wrong(archive, captures):
        checked.find("row_altered", archive.key, wrong)
    return content


def _wrong(archive: Archive, captures: list[Capture]) -> list[int]:
    """Captures whose content the archive does not hold as their row says."""
    wanted = {one.record: one for one in captures}
    if not captures:
        return [0]  # a row was taken away: an archive without captures is never made
    try:
        with store.path_of(archive.key, store.ARCHIVE).open("rb") as file:
            for number, content in records(file):
                one = wanted.get(number)
                if one is not None and (hashlib.sha256(content).hexdigest(), len(content)) == (one.sha256, one.size_bytes):
                    del wanted[number]
    except OutputError:
        return [one.pk for one in captures]
    return sorted(one.pk for one in wanted.values())


def _stamp(stamp: Stamp, content: bytes | None, checked: Checked) -> None:
    try:
        answer = store.path_of(stamp.key, store.STAMP).read_bytes()
    except OSError:
        checked.find("stamp_missing", stamp.key)
        return
    if hashlib.sha256(answer).hexdigest() != stamp.key:
        checked.find("stamp_altered", stamp.key)
    elif content is not None:
        try:
            holds = stamping.verify(answer, content).at == stamp.said_at
        except SettingError:
            checked.unchecked_stamps += 1
            return
        except ValueError:
            holds = False
        checked.stamps += 1
        if not holds:
            checked.find("stamp_false", stamp.key)


def _check_extra(checked: Checked) -> None:
    """Files that no row tells of."""
    batch: list[tuple[str, str, str]] = []
    for file, key, ending in store.files():
        if store.is_waiting(file):
            continue
        batch.append((store.folder_name(file), key, ending))
        if len(batch) >= _MANY:
            _extra(batch, checked)
            batch = []
    _extra(batch, checked)


def _extra(batch: list[tuple[str, str, str]], checked: Checked) -> None:
    keys = [key for _, key, _ in batch]
    known = {(key, store.ARCHIVE) for key in Archive.objects.filter(key__in=keys).values_list("key", flat=True)}
    known |= {(key, store.STAMP) for key in Stamp.objects.filter(key__in=keys).values_list("key", flat=True)}
    for name, key, ending in batch:
        if (key, ending) not in known:
            checked.find("extra", name)


def _check_trail(checked: Checked) -> None:
    """The trail tells of every archive when it is made: a row without its entry was slipped in, an entry without its row was taken away.

    The trail is verified by itself (`andon audit verify`); together they leave nobody room who can write to the database and the folder alike.
    """
    said: Counter[str] = Counter()
    entries = Entry.objects.filter(event__in=_KEPT, subject__startswith="archive:")
    for subject in entries.values_list("subject", flat=True).iterator(chunk_size=2000):
        said[subject.removeprefix("archive:")] += 1
    for key in Archive.objects.values_list("key", flat=True).iterator(chunk_size=2000):
        if not said.pop(key, 0):
            checked.find("untold", key)
    for key in said:
        checked.find("row_missing", key)
