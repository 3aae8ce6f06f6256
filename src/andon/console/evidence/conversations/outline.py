"""What surrounds the rows of a conversation: its days, its gaps, stretches with a timer, its speakers, its notes."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from andon.console.evidence.conversations.notes import in_conversation
from andon.console.evidence.conversations.shown import clean, duration, gap_value, stamp
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andon.console.evidence.conversations.models import Conversation
    from andon.evidence.books.read import Book
    from andon.evidence.chats.gaps.gap import Gap
    from andon.evidence.chats.model import Participant
    from andon.wording.say import Language

MOST_GAPS = 5_000
_KEPT = 12  # conversations
_TIMERS = "timers"
_OWN = ("self", "owner", "me")


def outline(conversation: Conversation, book: Book, language: Language) -> dict[str, Any]:
    """For the reader's module, once a page."""
    key = (conversation.reading.book_sha256, conversation.number, language)
    if key not in _known:
        _known[key] = _of_book(conversation, book, language)
        while len(_known) > _KEPT:
            _known.popitem(last=False)
    return _known[key] | {"notes": in_conversation(conversation, book)}


_known: OrderedDict[tuple[str, int, str], dict[str, Any]] = OrderedDict()  # a book never changes: what it says is worked out once a process


def _of_book(conversation: Conversation, book: Book, language: Language) -> dict[str, Any]:
    gaps = book.gaps(conversation.number)
    return {
        "days": [[day.day.isoformat(), day.position, day.count] for day in book.days(conversation.number)],
        "gaps": [_gap(position, gap, conversation.length, language) for position, gap in gaps[:MOST_GAPS]],
        "timers": [stretch for position, gap in gaps if gap.kind == _TIMERS for stretch in _stretch(position, gap, conversation, book, language)],
    }


def _gap(position: int, gap: Gap, length: int, language: Language) -> dict[str, Any]:
    at = [edge.at for edge in (gap.after, gap.before) if edge is not None and edge.at is not None]
    when = " – ".join(dict.fromkeys(stamp(one)[:16] for one in at))
    return {"p": min(position, length - 1), **gap_value(gap, language)} | ({"w": when} if when else {})


def _stretch(position: int, gap: Gap, conversation: Conversation, book: Book, language: Language) -> list[list[Any]]:
    """First and last position between which a timer was in force, and what is said of them."""
    first = book.position_of(conversation.number, gap.after.id) if gap.after is not None else None
    last = book.position_of(conversation.number, gap.before.id) if gap.before is not None else None
    begin = position if first is None else first
    end = conversation.length - 1 if last is None else last - 1
    seconds = gap.facts.get("seconds")
    if isinstance(seconds, int):
        words = say("conversations.in_force", language, time=duration(seconds, language))
    else:
        words = say("conversations.in_force.unstated", language)
    return [[begin, end, words]] if end >= begin else []


def speakers(book: Book, number: int, language: Language) -> dict[str, tuple[str, int, bool]]:
    """Key → name, place among those who said most, and whether the phone is theirs. The place gives the colour."""
    people = sorted(book.people(number), key=lambda one: (-one[1], one[0].key))
    return {who.key: (speaker_name(who, language), place, who.is_owner) for place, (who, *_) in enumerate(people)}


def speaker_name(who: Participant, language: Language) -> str:
    """What somebody is called; of whom a phone says no more than that it is theirs, just that."""
    if not who.name and who.is_owner and who.key in _OWN:
        return say("conversations.owner_name", language)
    return clean(who.name or who.key.removeprefix("name:"))


def named(book: Book, number: int, names: Mapping[str, tuple[str, int, bool]], most: int) -> list[dict[str, Any]]:
    """The speakers for a template, who said most first."""
    counts = {who.key: count for who, count, *_ in book.people(number)}
    ordered = sorted(names.items(), key=lambda item: item[1][1])[:most]
    return [{"key": key, "name": name, "colour": place % 7, "is_owner": is_owner, "count": counts[key]} for key, (name, place, is_owner) in ordered]
