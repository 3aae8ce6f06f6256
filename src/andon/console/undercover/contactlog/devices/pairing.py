"""Contacts as logged, paired with contacts as an export tells them: nearest in time first, by their words, and what differs of each pair.

Nothing is guessed beyond half an hour unless the words are the same; a contact that was logged in one entry may be several messages.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from andon.console.undercover.contactlog.codes import Channel, Direction
from andon.console.undercover.contactlog.handles import same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from andon.console.undercover.contactlog.devices.told import Told

FAR, NEAR = timedelta(hours=24), timedelta(minutes=30)  # own: how far apart the same words, and other contacts, may be
TIME_DIFFERS = timedelta(seconds=120)  # own: an entry is written by hand, to the minute
ALIKE = 0.6  # own: likeness of words from which on two texts may be one contact
_LEAST_PART = 4  # letters of a message that may be a part of an entry
_MOST_LOOKED_AT = 200
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry as it reads today, its corrections counted in."""

    entry: int
    number: int
    at: datetime
    channel: str
    direction: str
    words: str
    other: str = ""
    exhibit: str = ""
    known_as: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """An entry and what the export has of it. `differences`: "time", "words", "direction", "handle"."""

    logged: Logged
    told: tuple[Told, ...]
    differences: tuple[str, ...]
    seconds: int

    @property
    def minutes(self) -> int:
        """How far apart the times are, in whole minutes."""
        return abs(self.seconds) // 60


@dataclass(frozen=True, slots=True)
class Missing:
    """An entry that the export does not have. `why`: "met" (in person), "channel" (no such app in it), "span" (outside of its time), "absent"."""

    logged: Logged
    why: str


@dataclass(frozen=True, slots=True)
class Paired:
    """Everything, each contact of both sides once."""

    pairs: list[Pair]
    missing: list[Missing]
    extra: list[Told]

    @property
    def differing(self) -> list[Pair]:
        """Pairs that differ."""
        return [pair for pair in self.pairs if pair.differences]


@dataclass(slots=True)
class _Board:
    """The told contacts that are still free, by channel in the order of time."""

    told: Sequence[Told]
    used: set[int] = field(default_factory=set)
    by_channel: dict[str, tuple[list[datetime], list[int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rooms: defaultdict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(self.told):
            if one.at is not None:
                rooms[one.channel].append(number)
        for channel, numbers in rooms.items():
            numbers.sort(key=lambda number: (self.told[number].at or _NEVER, number))
            self.by_channel[channel] = [self.told[number].at or _NEVER for number in numbers], numbers

    def near(self, logged: Logged, within: timedelta) -> list[int]:
        """Free ones of the channel around the entry's time, the nearest first."""
        times, numbers = self.by_channel.get(logged.channel, ([], []))
        start, end = bisect_left(times, logged.at - within), bisect_right(times, logged.at + within)
        free = [number for number in numbers[start:end] if number not in self.used]
        return sorted(free, key=lambda number: (abs((self.told[number].at or _NEVER) - logged.at), number))[:_MOST_LOOKED_AT]


def pair(logged: Sequence[Logged], told: Sequence[Told]) -> Paired:
    """Pair them. The same contacts in another order give the same pairs."""
    ordered = sorted(logged, key=lambda one: (one.at, one.entry))
    board, pairs = _Board(told), dict[int, Pair]()
    for rule in (_same_words, _in_parts, _like_words, _without_words):
        for one in ordered:
            if one.entry not in pairs and one.direction != Direction.MET and (found := rule(one, board)):
                board.used.update(found)
                pairs[one.entry] = _pair(one, [told[number] for number in found])
    missing = [Missing(one, _why(one, board)) for one in ordered if one.entry not in pairs]
    extra = [one for number, one in enumerate(told) if number not in board.used]
    extra.sort(key=lambda one: (one.at or _NEVER, one.place))
    return Paired([pairs[one.entry] for one in ordered if one.entry in pairs], missing, extra)


def plain(words: str) -> str:
    """Words as they are compared: width and blanks do not count."""
    return " ".join(unicodedata.normalize("NFKC", words).split()).casefold()


def _fits(one: Logged, told: Told) -> bool:
    """Whether the direction does not contradict."""
    return told.is_own is None or told.is_own == (one.direction == Direction.OUT)


def _same_words(one: Logged, board: _Board) -> list[int]:
    wanted = plain(one.words)
    found = [number for number in board.near(one, FAR) if wanted and plain(board.told[number].words) == wanted]
    return sorted(found, key=lambda number: not _fits(one, board.told[number]))[:1]  # the nearest of the right direction first


def _in_parts(one: Logged, board: _Board) -> list[int]:
    wanted = plain(one.words).replace(" ", "")
    found = []
    for number in board.near(one, NEAR):
        part = plain(board.told[number].words).replace(" ", "")
        if len(part) >= _LEAST_PART and part in wanted and _fits(one, board.told[number]):
            found.append(number)
    return sorted(found, key=lambda number: (board.told[number].at or _NEVER, number))


def _like_words(one: Logged, board: _Board) -> list[int]:
    wanted = plain(one.words)
    rated = [(_likeness(wanted, plain(board.told[number].words)), -place, number) for place, number in enumerate(_fitting(one, board)) if wanted]
    best = max(rated, default=(0.0, 0, -1))
    return [best[2]] if best[0] >= ALIKE else []


def _without_words(one: Logged, board: _Board) -> list[int]:
    """An entry of a picture or a call, beside a message that has no words either."""
    if one.words.strip():
        return []
    return [number for number in _fitting(one, board) if not board.told[number].words.strip() or board.told[number].has_file][:1]


def _fitting(one: Logged, board: _Board) -> Iterator[int]:
    return (number for number in board.near(one, NEAR) if _fits(one, board.told[number]))


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE else 0.0


def _pair(one: Logged, told: list[Told]) -> Pair:
    first = told[0]
    seconds = int(((first.at or one.at) - one.at).total_seconds())
    joined = "".join(plain(message.words) for message in told).replace(" ", "")
    tests: dict[str, Callable[[], bool]] = {
        "time": lambda: abs(seconds) >= TIME_DIFFERS.total_seconds(),
        "words": lambda: bool(one.words.strip()) and joined != plain(one.words).replace(" ", ""),
        "direction": lambda: not all(_fits(one, message) for message in told),
        "handle": lambda: _other_differs(one, first),
    }
    return Pair(one, tuple(told), tuple(name for name, differs in tests.items() if differs()), seconds)


def _other_differs(one: Logged, told: Told) -> bool:
    """Only where both name a handle: numbers that the log never has, and mere names, say nothing."""
    names = [(key, key.partition(":")[2]) for key in told.others]
    readable = [key for key, name in names if not name.startswith("user") and name != told.other_name.strip().lower()]
    logged = [key for key in (one.other, one.known_as) if key]
    return bool(readable and logged) and not any(same(key, other) for key in readable for other in logged)


def _why(one: Logged, board: _Board) -> str:
    if one.direction == Direction.MET or one.channel == Channel.IN_PERSON:
        return "met"
    times = board.by_channel.get(one.channel, ([], []))[0]
    if not times:
        return "channel"
    return "absent" if times[0] - NEAR <= one.at <= times[-1] + NEAR else "span"
