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
def value_end(data, i):  # type: ignore[no-untyped-def]
    """Place behind the JSON value that begins at `i` (told by brackets and quotation marks alone), or the size of `data` when it does not end there.

    A stray closing bracket is a (broken) value of its own.
    """
    begin, depth, size = i, 0, data.shape[0]
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
                return i + (i == begin)
            depth -= 1
            if depth == 0:
                return i + 1
        elif depth == 0 and (c == 0x2C or c <= 0x20):
            return i
        i += 1
    return size


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
        end = value_end(data, i)
        if end >= size:
            break
        starts[n] = i
        ends[n] = end
        n += 1
        i = end
    return n, i


@leaf
def split_elements(data, i, starts, ends):  # type: ignore[no-untyped-def]
    """Spans of the elements of the array that `i` lies in (between two of them); return (how many, place reached, whether the array has ended).

    As `split_values`, but the closing bracket of the array ends it, and the place reached is then behind that bracket.
    """
    n, size = 0, data.shape[0]
    while n < starts.shape[0]:
        while i < size and (data[i] <= 0x20 or data[i] == 0x2C):
            i += 1
        if i >= size:
            break
        if data[i] == 0x5D:
            return n, i + 1, True
        end = value_end(data, i)
        if end >= size:
            break
        starts[n] = i
        ends[n] = end
        n += 1
        i = end
    return n, i, False


@leaf
def measure_cells(data, state):  # type: ignore[no-untyped-def]
    """Follow the rows and cells of a piece of a workbook's sheet (XML, whole tags): `state` holds row, column, largest row, largest column so far.

    A cell that does not say its place stands behind the one before. What stands in comments counts too, so the rectangle is never too small.
    """
    size, i = data.shape[0], 0
    while i < size:
        if data[i] != 0x3C:
            i += 1
            continue
        i += 1
        name = i
        while i < size and data[i] > 0x20 and data[i] != 0x3E and data[i] != 0x2F and data[i] != 0x3C:
            if data[i] == 0x3A:  # a prefix
                name = i + 1
            i += 1
        is_cell = i - name == 1 and data[name] == 0x63
        if not is_cell and not (i - name == 3 and data[name] == 0x72 and data[name + 1] == 0x6F and data[name + 2] == 0x77):
            continue
        letters, number, placed = 0, 0, False
        while i < size and data[i] != 0x3E and data[i] != 0x3C:
            if data[i] == 0x72 and data[i - 1] <= 0x20:  # r, at the beginning of an attribute
                j = i + 1
                while j < size and (data[j] <= 0x20 or data[j] == 0x3D):
                    j += 1
                if j < size and (data[j] == 0x22 or data[j] == 0x27):
                    j += 1
                    while j < size and 0x41 <= (data[j] & 0xDF) <= 0x5A:
                        letters = min(letters * 26 + (data[j] & 0xDF) - 0x40, 1 << 20)
                        j += 1
                    while j < size and 0x30 <= data[j] <= 0x39:
                        number = min(number * 10 + data[j] - 0x30, 1 << 40)
                        j += 1
                    placed = True
                    i = j
                    continue
            if data[i] == 0x22 or data[i] == 0x27:  # the value of another attribute
                quote = data[i]
                i += 1
                while i < size and data[i] != quote and data[i] != 0x3C:
                    i += 1
                if i >= size or data[i] == 0x3C:
                    continue
            i += 1
        if not is_cell:
            state[0], state[1] = number if placed else state[0] + 1, 0
        elif placed:
            state[0], state[1] = number, letters
        else:
            state[1] += 1
        state[2], state[3] = max(state[2], state[0]), max(state[3], state[1])
