"""How an entry looks: its words with what was raised in them, its marks."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from andon.console.undercover.contactlog.matching import Raised
    from andon.console.undercover.contactlog.models import LogEntry, RaisedWords


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the words; `rules`: what was raised there."""

    text: str
    rules: tuple[str, ...] = ()


def parts(text: str, raised: Iterable[Raised | RaisedWords]) -> list[Part]:
    """The words cut where something raised begins or ends."""
    spans = [(one.start, one.end, one.rule) for one in raised]
    cuts = sorted({0, len(text), *(start for start, _, _ in spans), *(end for _, end, _ in spans)})
    return [Part(text[start:end], tuple(rule for first, last, rule in spans if first <= start and end <= last)) for start, end in pairwise(cuts)]


def of(entry: LogEntry) -> list[Part]:
    """Those of an entry (its raised words fetched before, if there are many)."""
    return parts(entry.words, entry.raised.all())
