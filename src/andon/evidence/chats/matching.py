"""Which records of several phones are the same message.

By the app's own id where it is the same on every phone (Telegram supergroups and channels, Discord, Slack …); otherwise by text, author and
time. Never two records of one phone together, and never two of which the app says by their ids, or by their authors' ids, that they differ.
Everything is done in an order that does not depend on the order of the phones.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from andon.evidence.chats.model import Kind, Message, Numbering

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from andon.evidence.chats.gaps.gap import Talk

_SHARED_IDS = frozenset({"discord", "slack", "rocketchat", "x"})  # apps whose servers number the messages, not the phones
_ROUNDING = timedelta(seconds=1)
_MOST_LOOKED_AT = 64  # candidates around a time: more are only met where somebody sends the same text without end
_NO_TIME = datetime.min.replace(tzinfo=UTC)
_BY_NAME, _BY_PHONE = "name:", "owner of:"  # authors of whom a name is all there is; whoever a phone belongs to, where it only says "self"
_OWNERS = frozenset({"self", "owner", "me"})  # keys that mean another person on every phone


@dataclass(frozen=True, slots=True)
class View:
    """A conversation as one phone (or export) has it. `phone` names it for people and must differ from the others' names."""

    phone: str
    talk: Talk


@dataclass(frozen=True, slots=True)
class Sighting:
    """One record of one phone. `at` is its time, or that of the record before it where it has none; `who` its author, comparable between phones."""

    phone: str
    message: Message
    at: datetime
    who: str


@dataclass(slots=True)
class Group:
    """Records that are taken for one message, at most one of each phone.

    `key` is what groups are put in order by, whatever the order of the phones; `at` the earliest time; `words` kind and text of the earliest record,
    by which it is compared: text as written but for width and blanks.
    """

    sightings: list[Sighting]
    shared_id: str
    phones: frozenset[str]
    key: tuple[datetime, str, int, str]
    at: datetime
    words: tuple[str, str]


def sightings_of(views: Iterable[View]) -> list[tuple[Sighting, str]]:
    """All records with the id that they share with other phones ("" for none), each once, in an order of their own."""
    found: dict[tuple[object, ...], tuple[Sighting, str]] = {}
    for view in views:
        conversation, at = view.talk.conversation, _NO_TIME
        shares = conversation.app in _SHARED_IDS or (conversation.app == "telegram" and conversation.numbering is Numbering.PER_CHAT)
        for message in view.talk.messages:
            at = message.sent_at or at
            one = Sighting(view.phone, message, at, _who(message, view.phone))
            place = message.place
            key = (view.phone, place.file, place.table, place.offset, place.sha256, message.id, message.seq)
            found.setdefault(key, (one, message.id if shares and not message.id.startswith("#") else ""))
    return sorted(found.values(), key=lambda pair: _order(pair[0]))


def matched(sightings: list[tuple[Sighting, str]], phones: int, most_seconds: int) -> list[Group]:
    """The groups, in the order of their keys. `phones` is how many there are: a group of so many is complete."""
    names: dict[str, set[str]] = {}
    for one, _ in sightings:
        names.setdefault(one.phone, set()).add(one.who)
    matcher = _Matcher(phones, timedelta(seconds=most_seconds), names)
    single = {phone: frozenset((phone,)) for phone in names}  # one set for all records of a phone
    groups = [Group([one], shared, single[one.phone], _order(one), one.at, _words(one.message)) for one, shared in sightings]
    groups = _same(groups, lambda group: ("id", group.shared_id) if group.shared_id else None, lambda _first, _second: True)
    groups = _same(groups, _exactly, matcher.fit)
    groups = _same(groups, _moment, matcher.fit)
    groups = matcher.near(groups, _text_and_author)
    groups = matcher.near(groups, _text_alone)
    groups = matcher.marks(groups)
    groups = matcher.same_moment(groups)
    return sorted(groups, key=lambda group: group.key)


def is_mark(message: Message) -> bool:
    """Whether a record only tells that a message was deleted."""
    return message.kind is Kind.DELETED or (message.is_deleted and not message.text)


def _who(message: Message, phone: str) -> str:
    author = message.author or ""
    if author in _OWNERS:
        return _BY_PHONE + phone
    if author and not author.startswith(_BY_NAME):
        return author
    return _name(message.author_name or author.removeprefix(_BY_NAME))


@lru_cache(maxsize=4096)
def _name(written: str) -> str:
    return _BY_NAME + unicodedata.normalize("NFKC", written).casefold().strip()


def _order(one: Sighting) -> tuple[datetime, str, int, str]:
    return one.at, one.phone, one.message.seq, one.message.place.sha256


def _words(message: Message) -> tuple[str, str]:
    kind = "" if message.text and message.kind is not Kind.SERVICE else str(message.kind)
    text = message.text if message.text.isascii() else unicodedata.normalize("NFKC", message.text)
    words = " ".join(text.split())
    return kind, message.text if words == message.text else words  # one text held, not two


def _exactly(group: Group) -> Hashable | None:
    one = group.sightings[0]
    return None if is_mark(one.message) else ("same", group.words, one.who, group.at)


def _moment(group: Group) -> Hashable | None:
    """The same words to the second; whole minutes are no moments."""
    at = group.at
    return ("moment", group.words, at) if (at.second or at.microsecond) and not is_mark(group.sightings[0].message) else None


def _text_and_author(group: Group) -> Hashable | None:
    one = group.sightings[0]
    return None if is_mark(one.message) else (group.words, one.who)


def _text_alone(group: Group) -> Hashable | None:
    """Where names are all there is, the same person may be called differently on every phone."""
    return group.words if group.sightings[0].message.text and not is_mark(group.sightings[0].message) else None


def _joined(first: Group, second: Group) -> None:
    """Put the second into the first."""
    first.sightings += second.sightings
    if second.key < first.key:
        first.sightings.sort(key=_order)
        first.key, first.at, first.words = second.key, second.at, second.words
    first.phones = _both(first.phones, second.phones)
    first.shared_id = first.shared_id or second.shared_id
    second.sightings = []


@lru_cache(maxsize=1024)
def _both(first: frozenset[str], second: frozenset[str]) -> frozenset[str]:
    """Phones of two groups: as there are few phones, one set serves many groups."""
    return first | second


def _same(groups: list[Group], key: Callable[[Group], Hashable | None], fit: Callable[[Group, Group], bool]) -> list[Group]:
    """Groups of the same key joined: the first of each phone with each other, then the second, and so on."""
    rooms: dict[Hashable, list[Group]] = {}
    turns: dict[Hashable, int] = {}  # key and phone → how often it was met; of most it is once, which the room tells by itself
    for group in groups:
        named = key(group)
        if named is None:
            continue
        room = rooms.setdefault(named, [])
        turn = 0  # how often these phones had this key before
        for phone in group.phones if room else ():
            before = turns.get((named, phone)) or int(any(phone in one.phones for one in room))
            turn = max(turn, before)
        for phone in group.phones if turn else ():
            turns[named, phone] = turn + 1
        if turn < len(room) and room[turn].phones.isdisjoint(group.phones) and fit(room[turn], group):
            _joined(room[turn], group)
        else:
            room.append(group)
    return [group for group in groups if group.sightings]


@dataclass(frozen=True, slots=True)
class _Matcher:
    """Joins what is not quite equal. `names` are the authors that each phone knows."""

    phones: int
    tolerance: timedelta
    names: dict[str, set[str]]

    def fit(self, first: Group, second: Group) -> bool:
        """Whether two groups may be one message: no phone twice, no two ids of the same numbering, no two authors that are known to differ."""
        if not first.phones.isdisjoint(second.phones) or (first.shared_id and second.shared_id):
            return False
        return all(self._may_be_one(one, other) for one in first.sightings for other in second.sightings)

    def _may_be_one(self, one: Sighting, other: Sighting) -> bool:
        """Two ids are two people. Names are, when one phone uses both; else each phone may call the same person as it likes."""
        if one.who == other.who:
            return True
        kinds = [_BY_PHONE if two.who.startswith(_BY_PHONE) else _BY_NAME if two.who.startswith(_BY_NAME) else "" for two in (one, other)]
        if kinds[0] == kinds[1] != _BY_NAME:  # two ids, or the owners of two phones
            return False
        return one.who not in self.names[other.phone] and other.who not in self.names[one.phone]

    def near(self, groups: list[Group], key: Callable[[Group], Hashable | None]) -> list[Group]:
        """Groups of the same key and nearly the same time joined, the nearest first."""
        rooms: dict[Hashable, list[Group]] = {}
        for group in groups:
            if len(group.phones) < self.phones and (named := key(group)) is not None:
                rooms.setdefault(named, []).append(group)
        for room in rooms.values():
            if len(room) > 1:
                self._join_near(sorted(room, key=lambda group: group.key))
        return [group for group in groups if group.sightings]

    def _join_near(self, room: list[Group]) -> None:
        for place, group in enumerate(room):
            if not group.sightings:
                continue
            latest = group.at + self.tolerance
            for other in islice(room, place + 1, place + 1 + _MOST_LOOKED_AT):
                if other.at > latest:
                    break
                if other.sightings and self.fit(group, other):
                    _joined(group, other)

    def marks(self, groups: list[Group]) -> list[Group]:
        """Marks of deletion put to the message that another phone still has: of the same author near in time, else of the same second."""
        open_ones = sorted((one for one in groups if len(one.phones) < self.phones), key=lambda one: one.key)
        there = [one for one in open_ones if not is_mark(one.sightings[0].message)]
        times = [one.at for one in there]
        for mark in [one for one in open_ones if is_mark(one.sightings[0].message)]:
            who, at = mark.sightings[0].who, mark.at
            start, end = bisect_left(times, at - self.tolerance), bisect_right(times, at + self.tolerance)
            near = [one for one in there[start:end] if one.sightings[0].who == who or abs(one.at - at) <= _ROUNDING][:_MOST_LOOKED_AT]
            for other in sorted(near, key=lambda one: (one.sightings[0].who != who, abs(one.at - at), one.key)):
                if self.fit(other, mark):
                    _joined(other, mark)
                    break
        return [group for group in groups if group.sightings]

    def same_moment(self, groups: list[Group]) -> list[Group]:
        """One author, the same second, another text on each phone: an edited message, where no phone has two of that moment."""
        rooms: dict[tuple[str, datetime], list[Group]] = {}
        for group in groups:
            at = group.at
            if len(group.phones) < self.phones and (at.second or at.microsecond):  # whole minutes are no moments
                rooms.setdefault((group.sightings[0].who, at), []).append(group)
        for room in rooms.values():
            told = [phone for group in room for phone in group.phones]
            if len(room) > 1 and len(told) == len(set(told)):
                first, *others = sorted(room, key=lambda group: group.key)
                for other in others:
                    if self.fit(first, other):
                        _joined(first, other)
        return [group for group in groups if group.sightings]
