"""The same group seen from several phones, put together into one transcript with the differences marked.

Nothing is lost: every record of every phone stands in exactly one entry. The result does not depend on the order in which the phones are given, and
giving a phone twice changes nothing. Entries stand in the order of time; where times are equal, in the order of the phones' own files.

That a message is not on a phone is said only for phones whose view reaches over that time: before its first record and after its last nothing is
known. Why it is not there (deleted, cleared, never received, a timer), the comparison does not say.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from andon.evidence.chats.matching import Group, Sighting, View, is_mark, matched, sightings_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from andon.evidence.chats.model import Fact

MOST_SECONDS = 120  # that the same message may differ in time between two phones
_MINUTE, _MOMENT = 60, 1  # seconds of difference that a format without seconds makes; of rounding


@dataclass(frozen=True, slots=True)
class Difference:
    """How the phones differ about a message: `merge.<code>` in `wording`, with `facts`.

    Codes: "not_on" (`phones` that reach over that time and do not have it), "deleted_on" (`phones` that only have the mark of its deletion),
    "text_differs", "edited_on" (`phones`), "time_differs" (`seconds`), "author_differs", "kind_differs".
    """

    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """One message of the merged transcript, with every phone's record of it (in the order of the phones' names) and how they differ."""

    at: datetime
    sightings: tuple[Sighting, ...]
    differences: tuple[Difference, ...]

    @property
    def best(self) -> Sighting:
        """The record to show first: one that still has its text, unedited before edited, then by the phone's name."""
        return min(self.sightings, key=lambda one: (is_mark(one.message), not one.message.text, one.message.edited_at is not None, one.phone))


def merge(views: Sequence[View], *, most_seconds: int = MOST_SECONDS) -> list[Entry]:
    """The entries of all `views` of one conversation. Time and memory grow with the number of records (n log n)."""
    return list(entries(views, most_seconds=most_seconds))


def entries(views: Sequence[View], *, most_seconds: int = MOST_SECONDS) -> Iterator[Entry]:
    """The same, one entry after the other; what was given out is not held any more."""
    sightings = sightings_of(views)
    del views
    spans = _spans(one for one, _ in sightings)
    groups = matched(sightings, len(spans), most_seconds)
    del sightings
    groups.reverse()
    for group in _ordered(groups.pop() for _ in range(len(groups))):
        yield _entry(group, spans)


def overlap(first: View, second: View, *, most_seconds: int = MOST_SECONDS) -> float:
    """Share of the messages with text in the smaller view that the other has too, 0 to 1: whether two conversations may be one group. A lead only."""
    both_views = merge([View("1", first.talk), View("2", second.talk)], most_seconds=most_seconds)
    with_text = [entry for entry in both_views if entry.best.message.text]
    least = min(sum(phone == one.phone for entry in with_text for one in entry.sightings) for phone in "12")
    both = sum(len(entry.sightings) > 1 and all(one.code != "text_differs" for one in entry.differences) for entry in with_text)
    return both / least if least else 0.0


def _spans(sightings: Iterable[Sighting]) -> dict[str, tuple[datetime, datetime]]:
    spans: dict[str, tuple[datetime, datetime]] = {}
    for one in sightings:
        if one.message.sent_at is not None or one.phone not in spans:
            low, high = spans.get(one.phone, (one.at, one.at))
            spans[one.phone] = (min(low, one.at), max(high, one.at))
    return spans


def _entry(group: Group, spans: dict[str, tuple[datetime, datetime]]) -> Entry:
    sightings = tuple(sorted(group.sightings, key=lambda one: (one.phone, one.message.seq)))
    at, absent = group.at, tuple[str, ...]()
    if len(group.phones) < len(spans):
        absent = tuple(sorted(phone for phone, (low, high) in spans.items() if phone not in group.phones and low <= at <= high))
    differences = [Difference("not_on", {"phones": absent})] if absent else []
    return Entry(at, sightings, tuple(differences + list(_differences(sightings))))


def _differences(sightings: tuple[Sighting, ...]) -> Iterator[Difference]:
    if len(sightings) == 1:
        return
    marks = tuple(one.phone for one in sightings if is_mark(one.message))
    there = [one for one in sightings if not is_mark(one.message)]
    if marks and there:
        yield Difference("deleted_on", {"phones": marks})
    if len({one.message.text for one in there}) > 1:
        yield Difference("text_differs")
    edited = tuple(one.phone for one in there if one.message.edited_at is not None)
    if edited and len(edited) < len(there):
        yield Difference("edited_on", {"phones": edited})
    times = [one.message.sent_at for one in sightings if one.message.sent_at is not None]
    coarse = any(not (time.second or time.microsecond) for time in times)
    seconds = int((max(times) - min(times)).total_seconds()) if times else 0
    if seconds >= (_MINUTE if coarse else _MOMENT):
        yield Difference("time_differs", {"seconds": seconds})
    if len({one.who for one in sightings}) > 1:
        yield Difference("author_differs")
    if len({one.message.kind for one in there}) > 1:
        yield Difference("kind_differs")


def _ordered(groups: Iterable[Group]) -> Iterator[Group]:
    """By time, and within one time by the files."""
    for _, run in groupby(groups, key=lambda group: group.at):
        same = list(run)
        yield from _by_files(same) if len(same) > 1 else same


def _by_files(groups: list[Group]) -> list[Group]:
    """Groups of one time so that every phone's own order holds; where two phones contradict each other, the smaller key goes first."""
    lists: dict[str, list[tuple[int, int]]] = {}
    for number, group in enumerate(groups):
        for one in group.sightings:
            lists.setdefault(one.phone, []).append((one.message.seq, number))
    after: list[set[int]] = [set() for _ in groups]
    for order in lists.values():
        for (_, first), (_, second) in pairwise(sorted(order)):
            if first != second:
                after[first].add(second)
    return [groups[number] for number in _sorted_by(after)]


def _sorted_by(after: list[set[int]]) -> list[int]:
    """Numbers so that each stands before those of `after`; in a circle the smallest goes first."""
    waiting = [0] * len(after)
    for followers in after:
        for number in followers:
            waiting[number] += 1
    ready = [number for number, count in enumerate(waiting) if not count]
    heapq.heapify(ready)
    result: list[int] = []
    done = [False] * len(after)
    smallest = 0
    while len(result) < len(after):
        if not ready:
            while done[smallest]:
                smallest += 1
            ready.append(smallest)
        number = heapq.heappop(ready)
        if done[number]:
            continue
        done[number] = True
        result.append(number)
        for follower in sorted(after[number]):
            waiting[follower] -= 1
            if not waiting[follower] and not done[follower]:
                heapq.heappush(ready, follower)
    return result
