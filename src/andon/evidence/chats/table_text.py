"""Tables as text (values between tabs or commas, quotes around values that hold line ends), each record with the bytes it lies on."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from andon.evidence.chats.lines import MOST_TEXT, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.evidence.chats.lines import Line
    from andon.evidence.chats.reading import Part

_MOST_LINES = 2000  # of one record


def table_records(part: Part, delimiter: str) -> Iterator[tuple[int, bytes, list[str], bool]]:
    """Offset, bytes and values of each record, and whether bytes of it are no text; all are counted.

    One with an open quote runs on until it is closed; if that is never, it is of one line.
    """
    waiting: list[Line] = []
    for line in lines_of(part):
        waiting.append(line)
        while waiting:
            taken = _whole(waiting)
            if taken == 0 and len(waiting) < _MOST_LINES and line.offset - waiting[0].offset < MOST_TEXT:
                break
            yield _record(part, waiting[: taken or 1], delimiter)
            waiting = waiting[taken or 1 :]
    while waiting:
        taken = _whole(waiting) or 1
        yield _record(part, waiting[:taken], delimiter)
        waiting = waiting[taken:]


def _whole(lines: list[Line]) -> int:
    """How many of the lines are the first record, 0 when its quotes are still open."""
    if lines[0].text.count('"') % 2 == 0:
        return 1
    return len(lines) if len(lines) > 1 and lines[-1].text.count('"') % 2 else 0


def _record(part: Part, lines: list[Line], delimiter: str) -> tuple[int, bytes, list[str], bool]:
    part.tally.records += 1
    raw = b"".join(line.raw for line in lines)
    try:
        rows = list(csv.reader(["\n".join(line.text for line in lines).replace("\x00", "\ufffd")], delimiter=delimiter))
    except csv.Error:
        rows = [lines[0].text.split(delimiter)]
    values = rows[0] if rows else []
    return lines[0].offset, raw, values, any(line.damaged for line in lines)
