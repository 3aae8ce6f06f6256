"""Verifying the trail: its chain of hashes, the signed checkpoints outside the database, and the database's own lock."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection

from andon.console.audit.append_only import is_closed
from andon.console.audit.chain import EVERY
from andon.console.audit.models import Entry
from andon.console.trail import checkpoints, signing
from andon.console.trail.walk import LARGEST, Finding, Walk, advance

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_STEP = 20_000
_MOST_BEHIND = 2 * EVERY  # a checkpoint is made every thousand entries: if the last is older, lines were taken away (or the disk was full)


@dataclass(slots=True)
class Anchored:
    """The checkpoints to hold the trail against: number → hash of those with a good signature; what is wrong with the others."""

    hashes: dict[int, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    own: bool = True  # the installation's own file, which is never far behind

    @property
    def last(self) -> int:
        """The last entry that a checkpoint speaks of."""
        return max(self.hashes, default=0)


def anchored(file: Path | None = None, key: str = "") -> Anchored:
    """The checkpoints of `file` (None: the installation's own), signed by `key` (none: the installation's own)."""
    known, found = key or signing.public_key(), Anchored(own=file is None)
    for line, one in checkpoints.read(file):
        if one is None:
            found.findings.append(Finding("line_unreadable", line))
        elif not one.is_signed_by(known):
            found.findings.append(Finding("line_forged", line))
        elif found.hashes.setdefault(one.number, one.hash) != one.hash:
            found.findings.append(Finding("lines_disagree", one.number))
    if not found.hashes:
        found.findings.append(Finding("no_checkpoints", 0))
    elif found.own and min(found.hashes) > 0:  # an installation's file begins with the checkpoint of an empty trail (`checkpoints.set_up`)
        found.findings.append(Finding("lines_missing", 0))
    return found


def begin(anchors: Anchored, *, from_checkpoint: bool = False) -> Walk:
    """A walk over the trail as it stands now: from its first entry, or from the last one that a checkpoint vouches for."""
    upto = Entry.objects.filter(number__lte=LARGEST).order_by("-number").values_list("number", flat=True).first() or 0
    walk = Walk(upto)
    if from_checkpoint and (start := max((number for number in anchors.hashes if number <= upto), default=0)):
        walk = Walk(upto, start=start, number=start, stored=anchors.hashes[start], own=anchors.hashes[start], agreed=start)
        at_start = Entry.objects.filter(number=start).values_list("hash", flat=True).first()
        if at_start != anchors.hashes[start]:
            walk.contradicted = True
            walk.found(Finding("rewritten", start, 1, start))
    return walk


def finish(walk: Walk, anchors: Anchored) -> None:
    """What can be said at the end only: whether checkpoints speak of entries behind it, and whether the table is still locked."""
    if anchors.last > walk.upto:
        walk.found(Finding("cut_off", walk.upto, walk.upto + 1, anchors.last))
    elif anchors.own and anchors.hashes and walk.upto - anchors.last > _MOST_BEHIND:
        walk.found(Finding("behind", anchors.last, anchors.last + 1, walk.upto))
    if strange := Entry.objects.filter(number__gt=LARGEST).count():  # SQLite takes a word for a number, and sorts it behind all numbers
        walk.found(Finding("unnumbered", strange))
    if not is_closed(connection, Entry._meta.db_table):  # noqa: SLF001 - Django's documented way to a table's name
        walk.found(Finding("unlocked", 0))
    walk.found(*anchors.findings)


def verify(
    *, from_checkpoint: bool = False, file: Path | None = None, key: str = "", progress: Callable[[Walk], object] = lambda _: None
) -> Walk:
    """Walk the whole trail. `progress` is called every now and then."""
    anchors = anchored(file, key)
    walk = begin(anchors, from_checkpoint=from_checkpoint)
    while not walk.is_done:
        advance(walk, anchors.hashes, _STEP)
        progress(walk)
    finish(walk, anchors)
    return walk
