"""Search: inside one conversation, and over all conversations of a case, with the words around each hit."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from andon.console.evidence.conversations.books import book_of
from andon.console.evidence.conversations.shown import author_name, clean, stamp
from andon.domain.times import JAPAN
from andon.evidence.books.rows import fields_of
from andon.evidence.books.spans import spans_of
from andon.evidence.chats.model import Kind
from andon.language.bigrams import search_form
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import QueryDict

    from andon.console.evidence.conversations.models import Conversation
    from andon.evidence.books.merged import MergedBook
    from andon.evidence.books.read import Book
    from andon.evidence.chats.model import Message
    from andon.wording.say import Language

LONGEST = 200  # characters that are looked for
PAGE = 50
MOST_PLACES = 20_000  # marks beside the bar, and steps from hit to hit
MOST_OF_ONE = 5  # hits shown of one conversation, over a case
_AROUND = 60  # characters on each side of a hit
_EPOCH_YEAR = 1970


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. `since` and `until` are days in Japan, both included."""

    query: str
    author: str = ""
    kind: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def read(cls, given: QueryDict) -> Wanted:
        """From an address."""
        values = {name: given.get(name, "").replace("\0", "").strip()[:LONGEST] for name in ("q", "author", "kind", "since", "until")}
        return cls(values["q"], values["author"], values["kind"] if values["kind"] in list(Kind) else "", values["since"], values["until"])

    @property
    def form(self) -> str:
        """The words folded as everything that is compared; empty for none."""
        return search_form(self.query)

    def filters(self) -> dict[str, Any]:
        """For the book."""
        since, until = day_of(self.since), day_of(self.until)
        return {
            "author": self.author or None, "kind": Kind(self.kind) if self.kind else None, "since": since,
            "until": until + timedelta(days=1) if until else None,
        }  # fmt: skip

    def facts(self) -> dict[str, Any]:
        """For the trail: what was typed, as the search of the queue keeps it; of whom is not said, only that somebody was chosen."""
        narrowed = {name: value for name in ("kind", "since", "until") if (value := getattr(self, name))}
        return {"q": self.query} | ({"author": True} if self.author else {}) | narrowed


def day_of(text: str) -> datetime | None:
    """The beginning of a day in Japan that was typed (2026-11-20, or with a time behind it); None for no day."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at.replace(tzinfo=JAPAN) if at.tzinfo is None and at.year > _EPOCH_YEAR else None


def find(
    book: Book | MergedBook, number: int, wanted: Wanted, names: Mapping[str, tuple[str, int, bool]], after: int | None, language: Language
) -> dict[str, Any]:  # fmt: skip
    """A page of hits in one conversation behind position `after`; without it also where all of them lie."""
    form = wanted.form
    places = [place for _, place in book.places(wanted.query, number, **wanted.filters())]
    begin = 0 if after is None else bisect_right(places, after)
    page = places[begin : begin + PAGE]
    hits = [hit(book.rows(number, place, 1)[0].message, place, form, names, language) for place in page]
    found: dict[str, Any] = {"total": len(places), "hits": hits, "after": page[-1] if page and begin + PAGE < len(places) else None}
    return found if after is not None else found | {"positions": places[:MOST_PLACES]}


def hit(message: Message, position: int, form: str, names: Mapping[str, tuple[str, int, bool]], language: Language) -> dict[str, Any]:
    """A row that was found: when, who, and the words around the first place that holds them."""
    text, spans = message.text, list(spans_of(message.text, form))
    field = ""
    if not spans:
        field, text = next(((name, text) for name, text in fields_of(message) if form in search_form(text)), ("", text))
        spans = list(spans_of(text, form))
    text, spans = excerpt(text, spans)
    value: dict[str, Any] = {"p": position, "t": stamp(message.sent_at)[:16], "n": author_name(message, names), "x": text, "m": spans}
    return value | ({"f": say(f"conversations.found_in.{field}", language)} if field not in ("", "text") else {})


def excerpt(text: str, spans: Sequence[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """The text around the first span, on one line, with the spans as they lie in it."""
    first = spans[0][0] if spans else 0
    begin = max(0, first - _AROUND // 2)
    end = min(len(text), first + 2 * _AROUND)
    before, behind = ("…" if begin else ""), ("…" if end < len(text) else "")
    inside = "".join(" " if char in "\r\n\t" else char for char in text[begin:end])
    shift = len(before) - begin
    kept = [(start + shift, min(stop, end) + shift) for start, stop in spans if start < end]
    return clean(f"{before}{inside}{behind}"), kept


@dataclass(frozen=True, slots=True)
class Group:
    """What one conversation of a case holds."""

    conversation: Conversation
    total: int
    hits: list[dict[str, Any]]


def find_in_case(conversations: Sequence[Conversation], wanted: Wanted, language: Language) -> list[Group]:
    """Over all of them, reading by reading; those with most hits are not put first: they stand in the order of the exhibits."""
    by_reading: dict[int, list[Conversation]] = {}
    for one in conversations:
        by_reading.setdefault(one.reading_id, []).append(one)
    groups: list[Group] = []
    for mine in by_reading.values():
        with book_of(mine[0].reading) as book:
            groups += _groups(book, mine, wanted, language)
    return groups


def _groups(book: Book, mine: Sequence[Conversation], wanted: Wanted, language: Language) -> list[Group]:
    places: dict[int, list[int]] = {}
    for number, place in book.places(wanted.query, **wanted.filters()):
        places.setdefault(number, []).append(place)
    found = []
    for one in mine:
        if here := places.get(one.number):
            shown = [hit(book.rows(one.number, place, 1)[0].message, place, wanted.form, {}, language) for place in here[:MOST_OF_ONE]]
            for value in shown:
                value["parts"] = parts(value["x"], value["m"])
            found.append(Group(one, len(here), shown))
    return found


def parts(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    """A text in pieces, each lit or not, for a template."""
    pieces, at = list[tuple[str, bool]](), 0
    for start, end in spans:
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]
