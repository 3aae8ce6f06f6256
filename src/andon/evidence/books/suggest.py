"""Which conversations of several phones may be one group, by how much of what was said they share. A lead only: a person decides."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from andon.evidence.chats.gaps.gap import Talk
from andon.evidence.chats.matching import View
from andon.evidence.chats.merge import overlap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andon.evidence.books.model import BookTalk
    from andon.evidence.books.read import Book

LIKELY = 0.5  # share from which on two conversations are taken for one unless a person says otherwise
_FEWEST = 5  # messages of the smaller conversation: less may be alike by chance
_LEAST = 0.1  # below this nothing is suggested
_MOST_TALKS = 60  # conversations of one phone that are compared: the longest
_MOST_MESSAGES = 3000  # of a conversation, from where both were there


@dataclass(frozen=True, slots=True)
class Pair:
    """Two conversations, each with the place of its phone in what was given, and the share of messages that they have in common."""

    first: tuple[int, BookTalk]
    second: tuple[int, BookTalk]
    share: float


def pairs(books: Sequence[Book]) -> list[Pair]:
    """Pairs of conversations of different phones that share at least a tenth of what was said, the most alike first."""
    talks = [sorted((one for one in book.conversations() if one.length), key=lambda one: -one.length)[:_MOST_TALKS] for book in books]
    found = []
    for at, book in enumerate(books):
        for other in range(at + 1, len(books)):
            for one in talks[at]:
                for two in talks[other]:
                    share = _share(book, one, books[other], two)
                    if share >= _LEAST:
                        found.append(Pair((at, one), (other, two), share))
    return sorted(found, key=lambda pair: (-pair.share, pair.first[0], pair.first[1].number, pair.second[0], pair.second[1].number))


def clear_choice(found: Sequence[Pair], phones: int) -> list[int] | None:
    """The number of the conversation on each phone, when exactly one set of conversations is likely to be one group on all of them."""
    likely = [pair for pair in found if pair.share >= LIKELY and min(pair.first[1].length, pair.second[1].length) >= _FEWEST]
    chosen: list[list[int]] = []
    for number in dict.fromkeys(pair.first[1].number for pair in likely if pair.first[0] == 0):
        own = {0: [number]}
        for pair in likely:
            if pair.first[0] == 0 and pair.first[1].number == number:
                own.setdefault(pair.second[0], []).append(pair.second[1].number)
        if len(own) == phones:
            if any(len(numbers) > 1 for numbers in own.values()):
                return None
            chosen.append([own[phone][0] for phone in range(phones)])
    return chosen[0] if len(chosen) == 1 else None


def _share(first: Book, one: BookTalk, second: Book, two: BookTalk) -> float:
    """What two conversations have in common, looked at from the time on when both were there."""
    if one.first_at is None or two.first_at is None or one.last_at is None or two.last_at is None:
        return 0.0
    begin = max(one.first_at, two.first_at)
    if begin > min(one.last_at, two.last_at):
        return 0.0
    views = []
    for name, book, talk in (("1", first, one), ("2", second, two)):
        rows = book.all_rows(talk.number, book.position_at(talk.number, begin))
        messages = [row.message for row in islice(rows, _MOST_MESSAGES)]
        views.append(View(name, Talk(talk.conversation, messages)))
    return overlap(*views)

