"""Rows of a comparison as its module draws them: what is taken for the message, every phone's record of it, and in words how they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from andon.console.evidence.conversations.outline import speaker_name
from andon.console.evidence.conversations.shown import gap_value, message_value, stamp
from andon.domain.times import JAPAN
from andon.evidence.books.spans import spans_of
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from andon.evidence.books.merged import MergedBook
    from andon.evidence.books.model import MergedRow
    from andon.evidence.chats.gaps.gap import Gap
    from andon.evidence.chats.merge import Difference
    from andon.evidence.chats.model import Message
    from andon.wording.say import Language

MOST_GAPS = 5_000
_Names = dict[str, tuple[str, int, bool]]


@dataclass(frozen=True, slots=True)
class Together:
    """Draws rows of one comparison."""

    labels: Sequence[str]
    names: Mapping[str, _Names]  # by phone
    language: Language
    form: str = ""

    @classmethod
    def of(cls, book: MergedBook, language: Language, form: str = "") -> Together:
        """For an open book."""
        views = book.views()
        return cls([view.label for view in views], names_of(book, language), language, form)

    def rows(self, found: Iterable[MergedRow]) -> list[dict[str, Any]]:
        """Rows as values; a day stands where it changes."""
        drawn, last = [], None
        for row in found:
            value = self.row(row)
            if (day := value.get("d")) and day != last:
                value["nd"], last = 1, day
            drawn.append(value)
        return drawn

    def row(self, row: MergedRow) -> dict[str, Any]:
        """One row."""
        first = next(label for label, one in row.sightings.items() if one is row.best or one == row.best)
        value = self._value(row.best, first) | {"p": row.position}
        if row.at is not None and "d" not in value:
            value["d"] = f"{row.at.astimezone(JAPAN):%Y-%m-%d}"
        value["on"] = [self._sighting(row, label) for label in self.labels]
        if row.differences:
            value["df"] = [difference_words(one, self.language) for one in row.differences]
        if row.gaps_before:
            value["g"] = [self._gap(*one) for one in row.gaps_before]
        if row.gaps_after:
            value["ga"] = [self._gap(*one) for one in row.gaps_after]
        return value

    def _sighting(self, row: MergedRow, label: str) -> dict[str, Any]:
        """What one phone has: the same, something else, or nothing (`no`: it should, by the time it reaches over; else nothing is known)."""
        one = row.sightings.get(label)
        if one is None:
            absent = any(label in _phones(difference) for difference in row.differences if difference.code == "not_on")
            return {"no": 1} if absent else {"out": 1}
        same = one.text == row.best.text and one.kind == row.best.kind and one.is_deleted == row.best.is_deleted
        return self._value(one, label) | ({"same": 1} if same else {})

    def _value(self, one: Message, label: str) -> dict[str, Any]:
        value = message_value(one, self.language, self.names[label])
        if self.form and (spans := list(spans_of(one.text, self.form))):
            value["m"] = spans
        return value

    def _gap(self, label: str, gap: Gap) -> dict[str, Any]:
        value = gap_value(gap, self.language)
        return value | {"x": f"{label}: {value['x']}"}


def names_of(book: MergedBook, language: Language) -> dict[str, _Names]:
    """By phone: key → name, colour and whether the phone is theirs. People of one name have one colour on all phones."""
    colours: dict[str, int] = {}
    named: dict[str, _Names] = {}
    for view in book.views():
        mine = named.setdefault(view.label, {})
        for who in view.conversation.participants:
            name = speaker_name(who, language)
            mine[who.key] = (name, colours.setdefault(name, len(colours)), who.is_owner)
    return named


def difference_words(one: Difference, language: Language) -> str:
    """How the phones differ, in words."""
    facts = {name: "、".join(map(str, value)) if isinstance(value, tuple) else value for name, value in one.facts.items()}
    return say(f"merge.{one.code}", language, **facts)


def _phones(one: Difference) -> tuple[str, ...]:
    phones = one.facts.get("phones")
    return phones if isinstance(phones, tuple) else ()


def outline(book: MergedBook, differing: Sequence[int], language: Language) -> dict[str, Any]:
    """Days, gaps of every phone, places of differences."""
    length = book.length()
    gaps = [
        {"p": min(position, length - 1), **gap_value(gap, language), "x": f"{label}: {gap_value(gap, language)['x']}", "w": _when(gap)}
        for position, label, gap in book.gaps()[:MOST_GAPS]
    ]
    days = [[day.day.isoformat(), day.position, day.count] for day in book.days()]
    return {"days": days, "gaps": gaps, "differing": list(differing), "timers": [], "notes": []}


def _when(gap: Gap) -> str:
    at = [edge.at for edge in (gap.after, gap.before) if edge is not None and edge.at is not None]
    return " – ".join(dict.fromkeys(stamp(one)[:16] for one in at))
