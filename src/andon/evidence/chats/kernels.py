"""Compiled scans of JSON bytes: where values end. They count brackets and quotes and judge nothing: a value is parsed when its bytes are known."""

from __future__ import annotations

import numba
import numpy as np

MORE, CLOSED, FULL = 0, 1, 2  # what `elements` says: the buffer ended, the array ended, no room for more
_QUOTE, _BACKSLASH, _OPEN, _CLOSE, _OPEN_ARRAY, _CLOSE_ARRAY, _COMMA = 34, 92, 123, 125, 91, 93, 44


@numba.njit(cache=True)
def value_end(data, at):
    """Index after the value that begins at `at` (no white space before it), or -1 when the buffer ends first.

    `data`: uint8. A number or word ends at white space, comma or bracket, and needs that byte to be seen.
    """
    size = data.size
    first = data[at]
    if first != _QUOTE and first != _OPEN and first != _OPEN_ARRAY:
        at += 1
        while at < size:
            one = data[at]
            if one <= 32 or one == _COMMA or one == _CLOSE or one == _CLOSE_ARRAY:
                return at
            at += 1
        return -1
    depth, quoted = 0, False
    while at < size:
        one = data[at]
        if quoted:
            if one == _BACKSLASH:
                at += 1
            elif one == _QUOTE:
                quoted = False
                if depth == 0:
                    return at + 1
        elif one == _QUOTE:
            quoted = True
        elif one == _OPEN or one == _OPEN_ARRAY:
            depth += 1
        elif one == _CLOSE or one == _CLOSE_ARRAY:
            depth -= 1
            if depth == 0:
                return at + 1
        at += 1
    return -1


@numba.njit(cache=True)
def elements(data, at, starts, ends):
    """Cut the elements of an array from `at` (inside it) on: (number found, where to go on, MORE | CLOSED | FULL).

    `starts`, `ends`: int64, filled. CLOSED: going on is after the `]`. A stray `}` is cut as an element of one byte, for the caller to reject.
    """
    size, count = data.size, 0
    while True:
        while at < size and (data[at] <= 32 or data[at] == _COMMA):
            at += 1
        if at >= size:
            return count, at, MORE
        if data[at] == _CLOSE_ARRAY:
            return count, at + 1, CLOSED
        if count == starts.size:
            return count, at, FULL
        end = at + 1 if data[at] == _CLOSE else value_end(data, at)
        if end < 0:
            return count, at, MORE
        starts[count] = at
        ends[count] = end
        count += 1
        at = end


@numba.njit(cache=True)
def skip(data, at, depth, quoted, escaped):
    """Run over a value over several buffers: (where it stopped, depth, quoted, escaped, done). Begin with 0, False, False at its first byte."""
    size = data.size
    while at < size:
        one = data[at]
        at += 1
        if escaped:
            escaped = False
        elif quoted:
            if one == _BACKSLASH:
                escaped = True
            elif one == _QUOTE:
                quoted = False
                if depth == 0:
                    return at, depth, quoted, escaped, True
        elif one == _QUOTE:
            quoted = True
        elif one == _OPEN or one == _OPEN_ARRAY:
            depth += 1
        elif one == _CLOSE or one == _CLOSE_ARRAY:
            depth -= 1
            if depth <= 0:
                return at, depth, quoted, escaped, True
    return at, depth, quoted, escaped, False


@numba.njit(cache=True)
def depth_of(data):
    """How deep the brackets of `data` nest."""
    deepest, depth, quoted, at = 0, 0, False, 0
    while at < data.size:
        one = data[at]
        if quoted:
            if one == _BACKSLASH:
                at += 1
            elif one == _QUOTE:
                quoted = False
        elif one == _QUOTE:
            quoted = True
        elif one == _OPEN or one == _OPEN_ARRAY:
            depth += 1
            deepest = max(deepest, depth)
        elif one == _CLOSE or one == _CLOSE_ARRAY:
            depth -= 1
        at += 1
    return deepest


def as_array(data: bytes | bytearray) -> np.ndarray:
    """The bytes as the scans want them, uncopied."""
    return np.frombuffer(data, np.uint8)
