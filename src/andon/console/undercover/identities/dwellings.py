"""The installation's own list of dwellings (a CSV file, `ANDON_DWELLINGS`), looked through for an invented address (U13).

The list is read line by line where it lies and nothing of it is kept: neither who lives where, nor which line was met.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from andon.console.undercover.identities.addresses import Address, read, same_house
from andon.console.undercover.identities.codes import Looked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

COLUMN = "address"  # the heading of the column; without a heading the first column counts
_STEADY = re.compile(r"[一-龠々]")
_CHANGING = frozenset("一二三四五六七八九十百千〇零丁目番地号室字大之")
_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Found:
    """What a look gave, and into which list."""

    result: str
    sha256: str = ""
    lines: int = 0


def has_list() -> bool:
    """Whether this installation has a list."""
    return bool(settings.DWELLINGS)


def look_up(address: str) -> Found:
    """Whether somebody may live there, by the list. Without one nothing was checked, and that is what is said.

    Raises OSError for a list that cannot be read: a look that failed is no result.
    """
    if not has_list():
        return Found(Looked.NOT_CHECKED.value)
    wanted = read(address)
    if not wanted.numbers or not wanted.place:
        return Found(Looked.UNREADABLE.value)
    digest, lines, listed = hashlib.sha256(), 0, False
    with Path(settings.DWELLINGS).open("rb") as file:
        for row in _rows(file, digest):
            lines += 1
            listed = listed or (row != COLUMN and _may_be(row, wanted) and same_house(read(row), wanted))
    return Found((Looked.LISTED if listed else Looked.NOT_LISTED).value, digest.hexdigest(), lines)


def _rows(file: BinaryIO, digest: hashlib._Hash) -> Iterator[str]:
    """The address of each line; `digest` has seen the whole file when they are through."""
    text = io.TextIOWrapper(io.BufferedReader(_Seen(file, digest), _AT_ONCE), encoding="utf-8-sig", newline="")
    column = 0
    for number, row in enumerate(csv.reader(text)):
        if number == 0 and COLUMN in row:
            column = row.index(COLUMN)
            continue
        if len(row) > column:
            yield row[column]


class _Seen(io.RawIOBase):
    """A file that is hashed while it is read."""

    def __init__(self, file: BinaryIO, digest: hashlib._Hash) -> None:
        super().__init__()
        self._file, self._digest = file, digest

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """The next bytes."""
        chunk = self._file.read(min(len(buffer), _AT_ONCE))
        self._digest.update(chunk)
        buffer[: len(chunk)] = chunk
        return len(chunk)


def _may_be(row: str, wanted: Address) -> bool:
    """Quickly, for most of a million lines: the characters of the place that no spelling changes must all be there."""
    return all(one in row for one in reversed(wanted.place) if _STEADY.match(one) and one not in _CHANGING)
