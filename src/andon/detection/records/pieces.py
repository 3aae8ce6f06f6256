"""Compiled reading of the small parts of JSON: strings, numbers, white space. Used by `kernels`.

Every buffer must hold a line feed at or behind the end of what is read: it stops each loop over a string without a test of the place at
every byte.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

# As `andon.language.kernels.compiled`, but arrays are not counted as they go in: a value has some twenty calls with ten arrays each, and counting
# took a third of the time. A function compiled so may make no array.
leaf: Callable[..., Any] = njit(cache=True, nogil=True, boundscheck=False, error_model="numpy", _nrt=False)

MOST_DIGITS = 18

# Eight equal bytes each, for looking at eight bytes at once.
_ONES, _SPACES, _QUOTES, _BACKSLASHES = (np.int64(byte * 0x0101010101010101) for byte in (0x01, 0x20, 0x22, 0x5C))
_HIGHS = np.int64(-0x7F7F7F7F7F7F7F80)  # 0x80 in every byte
_AMPERSANDS = np.int64(0x26 * 0x0101010101010101)
DE_BRUIJN = np.int64(0x03F79D71B4CB0A89)  # times a power of two, it shows in its highest six bits which one it was


def _byte_places() -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """For the highest six bits of a marking bit (0x80 of one byte) times `DE_BRUIJN`, the number of that byte."""
    table = np.zeros(64, np.uint64)
    for byte in range(8):
        table[((0x80 << 8 * byte) * int(DE_BRUIJN) >> 58) & 63] = byte
    return table


PLACES = _byte_places()

# Classes of bytes inside a string.
_QUOTE, _BACKSLASH, _CONTROL = 1, 2, 3


def _string_classes() -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    table = np.zeros(256, np.uint8)
    table[:0x20] = _CONTROL
    table[0x22], table[0x5C] = _QUOTE, _BACKSLASH
    return table


def _hex_values() -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    table = np.full(256, -1, np.int64)
    for digit in "0123456789abcdefABCDEF":
        table[ord(digit)] = int(digit, 16)
    return table


CLASSES = _string_classes()
HEX = _hex_values()


@leaf
def _unit(data, i, hexa):  # type: ignore[no-untyped-def]
    """The 16-bit unit that the four hexadecimal digits at `i` spell, or -1."""
    a, b, c, d = hexa[data[i]], hexa[data[i + 1]], hexa[data[i + 2]], hexa[data[i + 3]]
    if a < 0 or b < 0 or c < 0 or d < 0:
        return np.int64(-1)
    return (a << 12) | (b << 8) | (c << 4) | d


@leaf
def _escape_length(data, i, end, hexa):  # type: ignore[no-untyped-def]
    """Bytes of the escape at the backslash `i`, or 0 when it is none that the scanner takes (unknown, cut, half a surrogate pair)."""
    b = data[i + 1]
    if b == 0x75:  # u
        if i + 6 > end:
            return 0
        unit = _unit(data, i + 2, hexa)
        if unit < 0:
            return 0
        if unit < 0xD800 or unit > 0xDFFF:
            return 6
        if unit > 0xDBFF or i + 12 > end or data[i + 6] != 0x5C or data[i + 7] != 0x75:
            return 0
        low = _unit(data, i + 8, hexa)
        return 12 if 0xDC00 <= low <= 0xDFFF else 0
    if b == 0x22 or b == 0x5C or b == 0x2F or b == 0x62 or b == 0x66 or b == 0x6E or b == 0x72 or b == 0x74:
        return 2
    return 0


@leaf
def string_end(data, i, end, classes, hexa):  # type: ignore[no-untyped-def]
    """Place of the closing quote of the string whose first byte is `i` and whether it holds escapes; place -1 when it is not in order."""
    escaped = False
    while True:
        while classes[data[i]] == 0:
            i += 1
        if i >= end:
            return np.int64(-1), escaped
        kind = classes[data[i]]
        if kind == _QUOTE:
            return i, escaped
        if kind == _CONTROL:
            return np.int64(-1), escaped
        size = _escape_length(data, i, end, hexa)
        if size == 0:
            return np.int64(-1), escaped
        escaped = True
        i += size


@leaf
def number_end(data, i, end):  # type: ignore[no-untyped-def]
    """Place behind the number at `i`, or -1 when it is none or unusual (an exponent, more than 18 digits)."""
    start = i
    if data[i] == 0x2D:
        i += 1
    first = i
    while 0x30 <= data[i] <= 0x39:
        i += 1
    if i == first or (data[first] == 0x30 and i - first > 1):
        return np.int64(-1)
    if data[i] == 0x2E:
        i += 1
        behind = i
        while 0x30 <= data[i] <= 0x39:
            i += 1
        if i == behind:
            return np.int64(-1)
    if data[i] | 0x20 == 0x65 or i - start > MOST_DIGITS or i > end:
        return np.int64(-1)
    return i


@leaf
def literal_end(data, i, end):  # type: ignore[no-untyped-def]
    """Place behind true, false or null at `i`, or -1."""
    if i + 4 <= end:
        if data[i] == 0x74 and data[i + 1] == 0x72 and data[i + 2] == 0x75 and data[i + 3] == 0x65:
            return i + 4
        if data[i] == 0x6E and data[i + 1] == 0x75 and data[i + 2] == 0x6C and data[i + 3] == 0x6C:
            return i + 4
        if i + 5 <= end and data[i] == 0x66 and data[i + 1] == 0x61 and data[i + 2] == 0x6C and data[i + 3] == 0x73 and data[i + 4] == 0x65:
            return i + 5
    return np.int64(-1)


@leaf
def unescape(data, i, end, out, w, hexa):  # type: ignore[no-untyped-def]
    """Write the string `data[i:end]`, whose escapes are known to be in order, as UTF-8 to `out` from `w`; return the new `w`."""
    while i < end:
        b = data[i]
        if b != 0x5C:
            out[w] = b
            w += 1
            i += 1
            continue
        b = data[i + 1]
        if b != 0x75:
            if b == 0x6E:
                b = np.uint8(0x0A)
            elif b == 0x74:
                b = np.uint8(0x09)
            elif b == 0x72:
                b = np.uint8(0x0D)
            elif b == 0x62:
                b = np.uint8(0x08)
            elif b == 0x66:
                b = np.uint8(0x0C)
            out[w] = b
            w += 1
            i += 2
            continue
        point = _unit(data, i + 2, hexa)
        i += 6
        if 0xD800 <= point <= 0xDBFF:
            point = 0x10000 + ((point - 0xD800) << 10) + (_unit(data, i + 2, hexa) - 0xDC00)
            i += 6
        if point < 0x80:
            out[w] = point
            w += 1
        elif point < 0x800:
            out[w] = 0xC0 | (point >> 6)
            out[w + 1] = 0x80 | (point & 0x3F)
            w += 2
        elif point < 0x10000:
            out[w] = 0xE0 | (point >> 12)
            out[w + 1] = 0x80 | ((point >> 6) & 0x3F)
            out[w + 2] = 0x80 | (point & 0x3F)
            w += 3
        else:
            out[w] = 0xF0 | (point >> 18)
            out[w + 1] = 0x80 | ((point >> 12) & 0x3F)
            out[w + 2] = 0x80 | ((point >> 6) & 0x3F)
            out[w + 3] = 0x80 | (point & 0x3F)
            w += 4
    return w


@leaf
def specials(eight):  # type: ignore[no-untyped-def]
    """A mark (0x80) on the bytes of `eight` that are a quote, a backslash or below 0x20; only the lowest mark is to be trusted."""
    quote, backslash = eight ^ _QUOTES, eight ^ _BACKSLASHES
    return (((quote - _ONES) & ~quote) | ((backslash - _ONES) & ~backslash) | ((eight - _SPACES) & ~eight)) & _HIGHS


@leaf
def skip_space(data, i, end):  # type: ignore[no-untyped-def]
    """The first place from `i` on that holds no white space; never beyond `end`."""
    while i < end and (data[i] == 0x20 or data[i] == 0x0A or data[i] == 0x0D or data[i] == 0x09):
        i += 1
    return i


@leaf
def ampersand(data, eights, i, end):  # type: ignore[no-untyped-def]
    """Whether an ampersand stands in `data[i:end]` (or, which does no harm, in the few bytes behind)."""
    j, stop, last = np.uint64(i), np.uint64(end), np.uint64(eights.shape[0])
    marks = np.int64(0)
    while j < stop and j < last:
        eight = eights[j] ^ _AMPERSANDS
        marks |= (eight - _ONES) & ~eight & _HIGHS
        j += np.uint64(8)
    while j < stop:
        if data[j] == 0x26:
            return True
        j += np.uint64(1)
    return marks != 0


@leaf
def any_ampersand(out, w, stop):  # type: ignore[no-untyped-def]
    """Whether an ampersand stands in `out[w:stop]`."""
    for k in range(w, stop):
        if out[k] == 0x26:
            return True
    return False


@leaf
def undo_signs(out, w, stop):  # type: ignore[no-untyped-def]
    """Undo the entities &amp; &lt; &gt; in `out[w:stop]`, in place and once; return the new end."""
    i = w
    while i < stop:
        b = out[i]
        i += 1
        if b == 0x26:
            if i + 3 <= stop and out[i + 1] == 0x74 and out[i + 2] == 0x3B and (out[i] == 0x6C or out[i] == 0x67):  # lt; gt;
                b = np.uint8(0x3C if out[i] == 0x6C else 0x3E)
                i += 3
            elif i + 4 <= stop and out[i] == 0x61 and out[i + 1] == 0x6D and out[i + 2] == 0x70 and out[i + 3] == 0x3B:  # amp;
                i += 4
        out[w] = b
        w += 1
    return w


@leaf
def _bad_byte(b, p, q, r):  # type: ignore[no-untyped-def]
    """Whether UTF-8 forbids the byte `b` behind the bytes `p`, `q` and `r` (the nearest first; Unicode 16, table 3-7)."""
    goes_on = (b & 0xC0) == 0x80
    due = (p >= 0xC0) | (q >= 0xE0) | (r >= 0xF0)
    never = (b == 0xC0) | (b == 0xC1) | (b >= 0xF5)
    too_low = ((p == 0xE0) & (b < 0xA0)) | ((p == 0xF0) & (b < 0x90))
    too_high = ((p == 0xED) & (b > 0x9F)) | ((p == 0xF4) & (b > 0x8F))
    return (goes_on != due) | never | too_low | too_high


@leaf
def good_utf8(data, start, stop):  # type: ignore[no-untyped-def]
    """Whether `data[start:stop]` is good UTF-8.

    Every byte is judged by the three before it and without branches, so that the compiler judges 32 at a time: three times as fast as Arrow's check.
    """
    none = np.uint8(0)
    bad = False
    for k in range(start, min(start + 3, stop)):
        bad |= _bad_byte(data[k], data[k - 1] if k > start else none, data[k - 2] if k > start + 1 else none, none)
    for k in range(np.uint64(start + 3), np.uint64(max(stop, start + 3))):
        bad |= _bad_byte(data[k], data[k - np.uint64(1)], data[k - np.uint64(2)], data[k - np.uint64(3)])
    for k in range(max(start, stop - 3), stop):  # what the last bytes begin has to be whole
        bad |= data[k] >= (0xF0, 0xE0, 0xC0)[k - stop + 3]
    return not bad
