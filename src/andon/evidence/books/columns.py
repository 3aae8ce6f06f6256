"""What is kept of every row in memory while a book is written, as arrays: some 60 bytes a row; and the order in which rows are shown."""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from andon.evidence.chats.gaps.gap import microseconds
from andon.evidence.chats.model import Event, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    import numpy.typing as npt

    from andon.evidence.chats.model import Message

    Ints = npt.NDArray[np.int64]

NO_TIME = -(1 << 63)  # no instant that a `datetime` can be
NO_NUMBER = -(1 << 63)
_FAR_NUMBER = NO_NUMBER + 1  # stands for a number of more than 63 bits, which is kept beside
KINDS, EVENTS = tuple(Kind), tuple(Event)
_KIND_AT = {str(kind): at for at, kind in enumerate(KINDS)}
_EVENT_AT = {str(event): at + 1 for at, event in enumerate(EVENTS)}  # 0: none
HAS_REPLY, HAS_TIMER, IS_DELETED = 1, 2, 4
_DAY = 86_400_000_000  # microseconds
_JAPAN = 9 * 3_600_000_000


class Names:
    """Texts numbered from 0 in the order of their first appearance: `names.of.setdefault(text, len(names.of))`."""

    def __init__(self) -> None:
        self.of: dict[str, int] = {}

    def texts(self) -> list[str]:
        """All, in order."""
        return list(self.of)


class Columns:
    """One entry per row, in the order of arrival."""

    def __init__(self) -> None:
        self.talk, self.author, self.file, self.table = array("i"), array("i"), array("i"), array("i")
        self.at, self.number, self.offset, self.id_hash = array("q"), array("q"), array("q"), array("q")
        self.kind, self.event, self.flags = array("b"), array("b"), array("b")
        self.authors, self.files, self.tables = Names(), Names(), Names()
        self.far: dict[int, int] = {}  # row → its number, where it has more than 63 bits

    def __len__(self) -> int:
        """How many rows."""
        return len(self.talk)

    def add(self, talk: int, one: Message) -> None:
        """The next row."""
        self.talk.append(talk)
        self.at.append(NO_TIME if one.sent_at is None else microseconds(one.sent_at))
        place, authors, files, tables = one.place, self.authors.of, self.files.of, self.tables.of
        self.author.append(-1 if one.author is None else authors.setdefault(one.author, len(authors)))
        self.file.append(files.setdefault(place.file, len(files)))
        self.table.append(tables.setdefault(place.table, len(tables)))
        self.offset.append(place.offset)
        self.kind.append(_KIND_AT[str(one.kind)])
        self.event.append(0 if one.event is None else _EVENT_AT[str(one.event)])
        self.flags.append((one.reply_to is not None) * HAS_REPLY + bool(one.expires_in) * HAS_TIMER + one.is_deleted * IS_DELETED)
        number = one.number
        if number is None:
            number = NO_NUMBER
        elif not _FAR_NUMBER < number < -NO_NUMBER:
            self.far[len(self.number)] = number
            number = _FAR_NUMBER
        self.number.append(number)
        self.id_hash.append(hash_of(one.id))


def hash_of(text: str) -> int:
    """63 and a sign bit of a text's hash: for finding, what is found is compared."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little", signed=True)


def event_code(event: Event) -> int:
    """The code of an event in its column."""
    return _EVENT_AT[str(event)]


def kind_code(kind: Kind) -> int:
    """The code of a kind in its column."""
    return _KIND_AT[str(kind)]


def groups(column: Any) -> dict[int, Ints]:  # noqa: ANN401 - an array of integers
    """Value → the places where it stands, in order."""
    values = np.asarray(column)
    order = np.argsort(values, kind="stable")
    found, begins = np.unique(values[order], return_index=True)
    return dict(zip(found.tolist(), np.split(order, begins[1:]), strict=True)) if len(order) else {}


@dataclass(frozen=True, slots=True)
class Order:
    """The rows of one conversation as they are shown: their numbers, the times by which they stand (`NO_TIME` where none is known), which moved."""

    rows: Ints
    at: Ints
    moved: npt.NDArray[np.bool_]


def shown(rows: Ints, at: Ints, file: Any) -> Order:  # noqa: ANN401 - an array of integers
    """The order of rows (`rows`: numbers in the order of arrival; `at`, `file`: of each).

    By time. A row without one stands beside its neighbour in the file; of equal times the order of the files and the order in them count. A file that
    goes from new to old is taken from its end.
    """
    filled, rank = np.empty(len(rows), np.int64), np.empty(len(rows), np.int64)
    files = list(_in_files(at, file))
    begin = 0
    for places in files:
        filled[places] = _filled(at[places])
        rank[places] = np.arange(begin, begin + len(places))
        begin += len(places)
    order = np.lexsort((rank, filled))
    moved = np.zeros(len(rows), np.bool_)
    for places in files:
        if (np.diff(filled[places]) < 0).any():
            moved[_out_of_order(places, filled)] = True
    return Order(rows[order], filled[order], moved[order])


def _in_files(at: Ints, file: Any) -> Iterator[Ints]:  # noqa: ANN401 - an array of integers
    """The places of each file, from old to new."""
    found = groups(file)
    for name in dict.fromkeys(np.asarray(file).tolist()) if len(found) > 1 else found:
        places = found[name]
        times = at[places]
        steps = np.diff(times[times != NO_TIME])
        yield places[::-1] if (steps < 0).sum() > (steps > 0).sum() else places


def _filled(times: Ints) -> Ints:
    """Unknown times taken from the row before, those of the beginning from the first known one."""
    known = times != NO_TIME
    if known.all() or not known.any():
        return times
    last = np.maximum.accumulate(np.where(known, np.arange(len(times)), -1))
    return times[np.where(last < 0, np.argmax(known), last)]


def _out_of_order(places: Ints, filled: Ints) -> Ints:
    """The fewest rows of a file that must be taken out so that the others stand in order of time."""
    times = filled[places].tolist()
    ends: list[int] = []  # the smallest last time of an ordered run of each length
    length = []
    for time in times:  # bisect_right, so that equal times are in order
        at = bisect_left(ends, time + 1)
        ends[at : at + 1] = [time]
        length.append(at)
    kept, wanted = np.zeros(len(times), np.bool_), len(ends) - 1
    latest: int | None = None
    for at in range(len(times) - 1, -1, -1):
        if length[at] == wanted and (latest is None or times[at] <= latest):
            kept[at], wanted, latest = True, wanted - 1, times[at]
    return places[~kept]


def days_of(at: Ints) -> list[tuple[int, int, int]]:
    """Days since 1970 in Japan of rows in the order shown: (day, position of its first row, rows)."""
    unknown = int((at == NO_TIME).sum())  # they stand first
    days = (at[unknown:] + _JAPAN) // _DAY
    found, first, count = np.unique(days, return_index=True, return_counts=True)
    return [(int(day), int(begin) + unknown, int(many)) for day, begin, many in zip(found, first, count, strict=True)]
