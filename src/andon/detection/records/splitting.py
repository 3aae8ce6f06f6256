"""Compiled search for the borders of rows: line feeds, and the ends of JSON values."""

from __future__ import annotations

import numpy as np

from andon.detection.records.pieces import leaf

# Eight equal bytes each, and the highest bit of eight bytes, for looking at eight bytes at once.
_ONES, _LINE_FEEDS = np.int64(0x0101010101010101), np.int64(0x0A0A0A0A0A0A0A0A)
_HIGHS = np.int64(-0x7F7F7F7F7F7F7F80)


@leaf
def split_lines(data, eights, starts, ends):  # type: ignore[no-untyped-def]
    """Spans of the lines of `data`, without their line feeds, into `starts` and `ends`; return how many lines there are.

    `starts` may be too short: the number of lines is returned all the same, and the caller comes again with more room.
    """
    n, begin, room, size = 0, 0, starts.shape[0], data.shape[0]
    for block in range((size + 7) >> 3):
        if block << 3 < eights.shape[0]:
            eight = eights[block << 3] ^ _LINE_FEEDS
            if (eight - _ONES) & ~eight & _HIGHS == 0:
                continue
        for i in range(block << 3, min((block << 3) + 8, size)):
            if data[i] == 0x0A:
                if n < room:
                    starts[n] = begin
                    ends[n] = i
                begin = i + 1
                n += 1
    return n


@leaf
def split_values(data, i, starts, ends):  # type: ignore[no-untyped-def]
    """Spans of the JSON values of `data` from `i`, inside one outer array or one behind the other; return (how many, place reached).

    Only the outer level is looked at: brackets, commas and white space between values are skipped, so what stands inside a value is checked by
    whoever reads it. A value that does not end within `data` is left; the place reached is then its beginning.
    """
    n, size = 0, data.shape[0]
    while n < starts.shape[0]:
        while i < size and (data[i] <= 0x20 or data[i] == 0x2C or data[i] == 0x5B or data[i] == 0x5D):
            i += 1
        if i >= size:
            break
        begin = i
        depth = 0
        in_string = False
        while i < size:
            c = data[i]
            if in_string:
                if c == 0x5C:
                    i += 1
                elif c == 0x22:
                    in_string = False
            elif c == 0x22:
                in_string = True
            elif c == 0x7B or c == 0x5B:
                depth += 1
            elif c == 0x7D or c == 0x5D:
                if depth == 0:
                    i += i == begin  # a stray bracket is a (broken) value of its own
                    break
                depth -= 1
                if depth == 0:
                    i += 1
                    break
            elif depth == 0 and (c == 0x2C or c <= 0x20):
                break
            i += 1
        if i >= size:
            return n, begin
        starts[n] = begin
        ends[n] = i
        n += 1
    return n, i
