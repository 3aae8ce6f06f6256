"""Going along the chain, entry by entry, and saying what does not fit. A walk can stop anywhere and go on later (a screen does it in short steps)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson
from django.db.models import TextField
from django.db.models.functions import Cast

from andon.console.audit.chain import COLUMNS, START, hash_of_row
from andon.console.audit.models import Entry

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_FINDINGS = 100
LARGEST = 2**63 - 1
_CHUNK = 2000
_READ = tuple("raw_facts" if column == "facts" else column for column in (*COLUMNS, "hash"))
_FACTS = COLUMNS.index("facts")
Anchors = Mapping[int, str]  # number → hash, of checkpoints whose signature is good


@dataclass(frozen=True, slots=True)
class Finding:
    """Something is wrong at entry `number` of the trail, or in line `number` of the checkpoints: `what`; from `first` to `last` where it is more."""

    what: str
    number: int
    first: int = 0
    last: int = 0


@dataclass(slots=True)
class Walk:
    """How far a verification has come: the entry before (its number, its hash as stored and as it should be), and what was found."""

    upto: int
    start: int = 0
    number: int = 0
    stored: str = START
    own: str = START
    checked: int = 0
    agreed: int = 0  # the last checkpoint that the trail agreed with
    contradicted: bool = False
    more: int = 0  # findings beyond MOST_FINDINGS
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_done(self) -> bool:
        """Whether the end is reached."""
        return self.number >= self.upto

    def found(self, *findings: Finding) -> None:
        """Keep what was found, up to a limit: the first ones say where to look."""
        room = max(0, MOST_FINDINGS - len(self.findings))
        self.findings += findings[:room]
        self.more += max(0, len(findings) - room)


def advance(walk: Walk, anchors: Anchors, most: int) -> None:
    """Look at up to `most` more entries."""
    for row in _rows(walk.number if walk.checked or walk.start else None, walk.upto, most):
        _look(walk, anchors, row)
        walk.checked += 1
    if walk.number < walk.upto and not Entry.objects.filter(number__gt=walk.number, number__lte=walk.upto).exists():
        walk.number = walk.upto


def _rows(after: int | None, upto: int, most: int) -> Iterator[tuple[Any, ...]]:
    entries = Entry.objects.filter(number__lte=upto).annotate(raw_facts=Cast("facts", TextField())).order_by("number").values_list(*_READ)
    while most > 0:
        rows = list((entries if after is None else entries.filter(number__gt=after))[: min(_CHUNK, most)])
        if not rows:
            return
        yield from rows
        after, most = rows[-1][0], most - len(rows)


def _look(walk: Walk, anchors: Anchors, row: tuple[Any, ...]) -> None:
    number, before, stored = row[0], row[-2], row[-1]
    if number <= walk.number:
        walk.found(Finding("inserted", number))  # counted from 1, each once: there is no room for it
        return
    whole = number == walk.number + 1
    if not whole:
        walk.found(Finding("removed", walk.number + 1, walk.number + 1, number - 1))
    own = _hash(row)
    if own != stored:
        walk.found(Finding("altered", number))
    elif whole and before not in {walk.stored, walk.own}:
        walk.found(Finding("unlinked", number, number - 1, number))
    _compare(walk, anchors, number, stored)
    walk.number, walk.stored, walk.own = number, stored, own


def _hash(row: tuple[Any, ...]) -> str:
    """The hash that the row should have; none for one whose values are of no kind that was ever written (SQLite takes any)."""
    try:
        values = [*row[:_FACTS], orjson.loads(row[_FACTS]), *row[_FACTS + 1 : -1]]
        return hash_of_row(*values)
    except (TypeError, ValueError, AttributeError):
        return ""


def _compare(walk: Walk, anchors: Anchors, number: int, stored: str) -> None:
    """With the checkpoint at this entry, if there is one. After the first that contradicts all later ones do, too: one finding."""
    signed = anchors.get(number)
    if signed == stored:
        walk.agreed = number
    elif signed is not None and not walk.contradicted:
        walk.contradicted = True
        walk.found(Finding("rewritten", number, walk.agreed + 1, number))
