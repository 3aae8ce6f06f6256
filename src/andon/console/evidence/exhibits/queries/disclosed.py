"""The disclosure list of a case: every file, derived item and note of its exhibits, how it was born and what counts now.

A note stands on it by its number and place, never by its words: the list may be handed to the defence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from andon.console.evidence.exhibits import hooks
from andon.console.evidence.exhibits.hooks import Line
from andon.console.evidence.exhibits.models import CustodyLine, Exhibit
from andon.console.evidence.exhibits.queries.items import items

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any, Self

    from andon.console.casework.models import Case

PER_PAGE = 100
WORDS_LENGTH = 100
ORIGINS = ("original", "derived", "note")
DECISIONS = {"yes": True, "no": False, "open": None}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to, from its address."""

    words: str = ""
    exhibit: str = ""
    origin: str = ""
    decided: str = ""

    @classmethod
    def read(cls, given: Any) -> Self:  # noqa: ANN401 - a QueryDict or a dict
        """From the parts of an address; what is none is left out."""
        words = given.get("q", "").replace("\0", "").strip()[:WORDS_LENGTH]
        origin, decided = given.get("origin", ""), given.get("decided", "")
        return cls(words, given.get("exhibit", "")[:12], origin if origin in ORIGINS else "", decided if decided in DECISIONS else "")

    def facts(self) -> dict[str, str]:
        """For the trail."""
        told = {"q": self.words, "exhibit": self.exhibit, "origin": self.origin, "decided": self.decided}
        return {name: value for name, value in told.items() if value}

    def fits(self, line: Line) -> bool:
        """Whether a line is wanted."""
        words = self.words.lower()
        return (
            (not self.exhibit or line.exhibit.code == self.exhibit) and (not self.origin or line.origin == self.origin)
            and (not self.decided or line.now is DECISIONS[self.decided])
            and (not words or words in line.name.lower() or (line.sha256 != "" and line.sha256.startswith(words)))
        )  # fmt: skip


def of_case(case: Case) -> list[Line]:
    """All lines of a (visible) case: by exhibit, its files first, then what was derived from it, then its notes."""
    exhibits = list(Exhibit.objects.filter(case=case, state=Exhibit.State.TAKEN).select_related("case").order_by("code"))
    told: dict[str, list[CustodyLine]] = {one.code: [] for one in exhibits}
    for line in CustodyLine.objects.filter(exhibit__in=told, event__in=("taken", "marked", "derived")).order_by("number"):
        told[line.exhibit].append(line)
    notes: dict[int, list[Line]] = {one.pk: [] for one in exhibits}
    for added in (added for more in hooks.DISCLOSED for added in more(case, exhibits)):
        notes[added.exhibit.pk].append(added)
    return [line for one in exhibits for line in (*_kept(one, told[one.code]), *notes[one.pk])]


def _kept(exhibit: Exhibit, lines: Sequence[CustodyLine]) -> Iterator[Line]:
    found = items(exhibit, lines)
    derived = [line for line in lines if line.event == "derived"]
    born = [exhibit.is_disclosable] * (len(found) - len(derived)) + [line.facts["is_disclosable"] for line in derived]
    for one, at_first in zip(found, born, strict=True):
        at = datetime.fromisoformat(one.at)
        yield Line(exhibit, one.origin, one.name, one.sha256, one.size, at, one.by, one.made_by, at_first, one.is_disclosable, one.reason)


def counted(lines: Iterable[Line]) -> dict[str, int]:
    """How many of each decision."""
    found = {"yes": 0, "no": 0, "open": 0}
    for line in lines:
        found["open" if line.now is None else "yes" if line.now else "no"] += 1
    return found
