"""Numbers missing where every conversation counts on its own: Telegram supergroups and channels, iOS WhatsApp (ZSORT).

Such an app gives every message of the conversation, service messages too, the next number. A number that stands nowhere between two that do belonged
to a record that is not here: deleted on this phone or for everybody, or left out by who made the export. Which of these, the number does not say.

What comes before the first number here is a kind of its own (`beginning`). Where records of the same file could not be read, they may be the missing
ones: then nothing is proven; neither is it where pages of the database are broken. Of WhatsApp's database the numbers of rows are looked at too: a
row that is missing at the same place is the second trace of the same record (seen in a public test image: Z_PK 28 and ZSORT 18 of session 5).
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from andon.evidence.chats.gaps.gap import Finder, Gap, Strength, Talk, edge
from andon.evidence.chats.model import Fact, Numbering

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

KIND = "numbers_chat"
_Rows = dict[tuple[str, str], list[tuple[int, int]]]  # file and table → runs of missing rows


def _find(talks: Sequence[Talk]) -> Iterator[Gap]:
    rows = _missing_rows(talks)
    for talk in talks:
        if talk.conversation.numbering is Numbering.PER_CHAT:
            yield from _holes(talk, rows)


def _holes(talk: Talk, rows: _Rows) -> Iterator[Gap]:
    for (low, place_before), (high, place_after) in pairwise(talk.numbers()):
        count = high - low - 1
        if count < 1:
            continue
        before, after = talk.messages[place_before], talk.messages[place_after]
        facts: dict[str, Fact] = {"count": count, "first": low + 1, "last": high - 1}
        if talk.rejected:
            facts["rejected"] = talk.rejected
        if gone := _rows_between(rows.get((before.place.file, before.place.table), []), before.place.offset, after.place.offset):
            facts["rows"] = ", ".join(gone)
        is_broken = bool(talk.conversation.facts.get("pages_broken"))
        strength = Strength.WEAK if talk.rejected or is_broken else Strength.PROVEN
        code = "numbers_chat.unread" if talk.rejected else "numbers_chat.pages" if is_broken else "numbers_chat.rows" if gone else "numbers_chat"
        yield Gap(KIND, talk.conversation.key, edge(before), edge(after), strength, code, facts)


def _missing_rows(talks: Sequence[Talk]) -> _Rows:
    """Of every table the runs of row numbers, first and last, that no conversation has."""
    rows: dict[tuple[str, str], list[int]] = {}
    for talk in talks:
        for table, numbers in talk.rows().items():
            rows.setdefault(table, []).extend(numbers)
    return {
        table: [(before + 1, after - 1) for before, after in pairwise(sorted(numbers)) if after - before > 1]
        for table, numbers in rows.items()
    }  # fmt: skip


def _rows_between(runs: list[tuple[int, int]], low: int, high: int) -> list[str]:
    """The runs of missing rows that lie wholly between two rows, as "28" or "28-30"."""
    start = bisect_left(runs, (low, low))
    found = []
    for first, last in runs[start:]:
        if first >= high:
            break
        if first > low and last < high:
            found.append(str(first) if first == last else f"{first}-{last}")
    return found


FINDER = Finder(KIND, _find)
