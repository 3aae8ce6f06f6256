"""Compiled folding of UTF-8 text to the normal form (numba; no compiler is needed on the user's machine).

`fold_text` is one pass over the bytes with the folding table, followed by `join_letters`, which drops the separators that disguise puts inside
words. Both run on preallocated buffers and are called by other kernels, so that a whole Arrow column is folded without a Python object.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from andon.language.fold import (
    CHAR,
    COMMA,
    COUNT_DIGIT,
    COUNT_HAN,
    COUNT_KANA,
    COUNT_LATIN,
    DIGIT,
    DOT,
    DROP,
    EMOJI,
    FAR_HAN,
    HAN,
    KANA,
    LATIN,
    LONG_VOWEL,
    MENTION_CODE,
    NEWLINE,
    POOL,
    SEMIVOICED,
    SEPARATOR,
    SIZE,
    STOP,
    URL_CODE,
    VOICED,
    ZERO_RING,
)
from andon.language.measures import M

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    import numpy.typing as npt

    Codes = npt.NDArray[np.uint16]
    Bytes = npt.NDArray[np.uint8]
    Places = npt.NDArray[np.int32]

SPACE_CODE = 0x20
NEWLINE_CODE = 0x0A
STOP_CODE = 0x3002  # 。
_DOT_CODE = 0x2E
_NI_KATAKANA, _NI_HAN = 0x30CB, 0x4E8C
_BYTE_HASH, _BYTE_AT, _BYTE_H, _BYTE_COLON, _BYTE_SLASH = 0x23, 0x40, 0x68, 0x3A, 0x2F
_BEFORE_UNIT = tuple(map(ord, "万千百十割次人名回日月件"))
_BEHIND_EMOJI_WORD = tuple(map(ord, "をのがでにはと運届受送買持預渡"))
_VARIATION_SELECTOR = 0xFE0F
_ONE, _TWO, _THREE = np.uint64(1), np.uint64(2), np.uint64(3)
# Upper half of a folding entry: a character that becomes one letter, counted as such.
_PLAIN_HAN, _PLAIN_KANA, _PLAIN_LATIN, _PLAIN_DIGIT = (count << 4 | CHAR for count in (COUNT_HAN, COUNT_KANA, COUNT_LATIN, COUNT_DIGIT))

compiled: Callable[..., Any] = njit(cache=True, nogil=True, boundscheck=False, error_model="numpy")
# The same for kernels that other kernels call: arrays are not counted as they go in and out, which for a post costs more than all the rest of scoring
# it (some 400 atomic additions). A function compiled so may make no array.
leaf: Callable[..., Any] = njit(cache=True, nogil=True, boundscheck=False, error_model="numpy", _nrt=False)


@leaf
def decode(data: Bytes, i: int, end: int) -> tuple[int, int]:
    """Code point at byte `i` and its length in bytes. Broken bytes give U+FFFD of length 1; nothing is read at or beyond `end`."""
    b = np.int64(data[i])
    if b < 0x80:
        return b, 1
    if b < 0xE0:
        if b >= 0xC2 and i + 1 < end:
            return ((b & 0x1F) << 6) | (np.int64(data[i + 1]) & 0x3F), 2
    elif b < 0xF0:
        if i + 2 < end:
            return ((b & 0x0F) << 12) | ((np.int64(data[i + 1]) & 0x3F) << 6) | (np.int64(data[i + 2]) & 0x3F), 3
    elif b < 0xF5 and i + 3 < end:
        high = ((b & 0x07) << 18) | ((np.int64(data[i + 1]) & 0x3F) << 12)
        return high | ((np.int64(data[i + 2]) & 0x3F) << 6) | (np.int64(data[i + 3]) & 0x3F), 4
    return np.int64(0xFFFD), 1


@leaf
def voiced(code: int, semi: bool) -> int:
    """The kana `code` with a voiced (or half-voiced) mark, or 0 when it takes none."""
    if semi:
        if 0x306F <= code <= 0x307B and (code - 0x306F) % 3 == 0:
            return code + 2
        return 0
    if 0x304B <= code <= 0x3061 and code % 2 == 1:
        return code + 1
    if code == 0x3064 or code == 0x3066 or code == 0x3068:
        return code + 1
    if 0x306F <= code <= 0x307B and (code - 0x306F) % 3 == 0:
        return code + 1
    if code == 0x3046:
        return 0x3094
    return 0


@leaf
def _url_length(data: Bytes, i: int, end: int) -> int:
    """Bytes of the http(s) address that begins at `i`, or 0."""
    if i + 7 >= end or data[i + 1] | 0x20 != 0x74 or data[i + 2] | 0x20 != 0x74 or data[i + 3] | 0x20 != 0x70:
        return 0
    j = i + 4
    if data[j] | 0x20 == 0x73:
        j += 1
    if j + 2 >= end or data[j] != _BYTE_COLON or data[j + 1] != _BYTE_SLASH or data[j + 2] != _BYTE_SLASH:
        return 0
    j += 3
    while j < end and 0x20 < data[j] < 0x7F and data[j] != 0x22 and data[j] != 0x3C and data[j] != 0x3E:
        j += 1
    return j - i


@leaf
def _handle_length(data: Bytes, i: int, end: int) -> int:
    """Bytes of the @mention that begins at `i`, or 0 when fewer than two handle characters follow."""
    j = i + 1
    while j < end:
        b = data[j]
        if 0x30 <= b <= 0x39 or 0x61 <= (b | 0x20) <= 0x7A or b == 0x5F:
            j += 1
        else:
            break
    return j - i if j - i > 2 else 0


@leaf
def _is_unit(point: int) -> bool:
    """Whether a kanji numeral's usual neighbour (a unit or counter) stands here."""
    for unit in _BEFORE_UNIT:
        if unit == point:
            return True
    return False


@leaf
def _word_of_emoji(data, i, end, code):  # type: ignore[no-untyped-def]
    """Whether the emoji that ends before byte `i` is used as a word: it has one, and a particle or a verb of moving follows."""
    if code == 0 or i >= end:
        return False
    following, size = decode(data, i, end)
    if following == _VARIATION_SELECTOR and i + size < end:
        following, _ = decode(data, i + size, end)
    for char in _BEHIND_EMOJI_WORD:
        if char == following:
            return True
    return False


@leaf
def fold_text(data, start, end, entry, pool, classes, out, first, last, measures):  # type: ignore[no-untyped-def]
    """Fold the UTF-8 bytes `data[start:end]` into `out`; return the number of codes written (before `join_letters`).

    `first` and `last` (int32, as long as `out`, or empty when no map is wanted) receive for every code the half-open range of original
    code points it stands for. `measures` (int32 row) is added to. Writing stops when `out` is full.
    """
    n = 0
    point_index = 0
    room = out.shape[0] - 16
    want = first.shape[0] > 0
    i = start
    plain_end, whole_end, last_room = np.uint64(max(end - 2, 0)), np.uint64(end), np.uint64(max(room, 0))
    while i < end and n < room:
        # Kana and kanji, nearly all of a post, and then Latin letters and digits are read right here: at unsigned places, which spares a test for
        # negative ones at every access, and counted in registers, which spares waiting for what was just written.
        at, w = np.uint64(i), np.uint64(n)
        han = np.int64(0)
        while at < plain_end and w < last_room:
            b = np.int64(data[at])
            if b & 0xF0 != 0xE0:
                break
            point = ((b & 0x0F) << 12) | ((np.int64(data[at + _ONE]) & 0x3F) << 6) | (np.int64(data[at + _TWO]) & 0x3F)
            value = np.int64(entry[np.uint64(point)])
            if (value >> 16 != _PLAIN_KANA and value >> 16 != _PLAIN_HAN) or point == _NI_KATAKANA:
                break
            han += np.int64(value >> 16 == _PLAIN_HAN)
            out[w] = value & 0xFFFF
            if want:
                first[w] = point_index
                last[w] = point_index + 1
                point_index += 1
            at += _THREE
            w += _ONE
        read = np.int64(w) - n
        measures[M.HAN] += han
        measures[M.KANA] += read - han
        latin = np.int64(0)
        while at < whole_end and w < last_room:
            b = np.int64(data[at])
            if b >= 0x80 or b | 0x20 == _BYTE_H:
                break
            value = np.int64(entry[np.uint64(b)])
            if value >> 16 != _PLAIN_LATIN and value >> 16 != _PLAIN_DIGIT:
                break
            latin += np.int64(value >> 16 == _PLAIN_LATIN)
            out[w] = value & 0xFFFF
            if want:
                first[w] = point_index
                last[w] = point_index + 1
                point_index += 1
            at += _ONE
            w += _ONE
        measures[M.LATIN] += latin
        measures[M.DIGITS] += np.int64(w) - n - read - latin
        i, n = np.int64(at), np.int64(w)
        if i >= end or n >= room:
            break
        b = np.int64(data[i])
        here = point_index
        if 0xE0 <= b < 0xF0 and i + 2 < end:
            point = ((b & 0x0F) << 12) | ((np.int64(data[i + 1]) & 0x3F) << 6) | (np.int64(data[i + 2]) & 0x3F)
            i += 3
            point_index += 1
            value = np.int64(entry[point])
        else:
            point, size = decode(data, i, end)
            i += size
            point_index += 1
            if point >= SIZE:
                measures[M.HAN] += 1
                out[n] = FAR_HAN
                if want:
                    first[n] = here
                    last[n] = point_index
                n += 1
                continue
            length = 0
            if point | 0x20 == _BYTE_H:
                length = _url_length(data, i - 1, end)
            elif point == _BYTE_AT:
                length = _handle_length(data, i - 1, end)
            if length:
                measures[M.MENTIONS if point == _BYTE_AT else M.URLS] += 1
                i += length - 1
                point_index += length - 1
                out[n] = MENTION_CODE if point == _BYTE_AT else URL_CODE
                if want:
                    first[n] = here
                    last[n] = point_index
                n += 1
                continue
            value = np.int64(entry[point])
        measures[value >> 20] += 1
        kind = (value >> 16) & 15
        code = value & 0xFFFF
        if kind == CHAR:
            if point == _NI_KATAKANA and i < end:  # imitating the numeral two
                following, _ = decode(data, i, end)
                if _is_unit(following):
                    code = _NI_HAN
                    measures[M.LOOKALIKES] += 1
            out[n] = code
        elif kind == DROP:
            if want and n > 0 and last[n - 1] == here:
                last[n - 1] = point_index
            continue
        elif kind == SEPARATOR or (kind == EMOJI and not _word_of_emoji(data, i, end, code)):
            out[n] = SPACE_CODE
        elif kind == STOP:
            out[n] = STOP_CODE
        elif kind == NEWLINE:
            out[n] = NEWLINE_CODE
        elif kind == POOL or kind == EMOJI:
            length = np.int64(pool[code])
            for k in range(length):
                out[n] = pool[code + 1 + k]
                if want:
                    first[n] = here
                    last[n] = point_index
                n += 1
            continue
        elif kind == VOICED or kind == SEMIVOICED:
            if n > 0:
                marked = voiced(np.int64(out[n - 1]), kind == SEMIVOICED)
                if marked:
                    out[n - 1] = marked
                    if want:
                        last[n - 1] = point_index
            continue
        else:
            digit_before = n > 0 and classes[out[n - 1]] == DIGIT
            digit_after = False
            if i < end:
                following, _ = decode(data, i, end)
                if following < SIZE:
                    after = np.int64(entry[following])
                    digit_after = (after >> 16) & 15 == CHAR and classes[after & 0xFFFF] == DIGIT
            between = digit_before and digit_after
            if kind == COMMA and between:
                continue
            if kind == DOT and between:
                out[n] = _DOT_CODE
            elif kind == ZERO_RING and digit_before:
                out[n] = 0x30
            elif kind == LONG_VOWEL and not between:
                if want and n > 0 and last[n - 1] == here:
                    last[n - 1] = point_index
                continue
            else:
                out[n] = SPACE_CODE
        if want:
            first[n] = here
            last[n] = point_index
        n += 1
    return n


@leaf
def begins_column(out, j, n):  # type: ignore[no-untyped-def]
    """Whether three lines of one character each begin at `j`."""
    if j + 4 >= n or out[j + 1] != NEWLINE_CODE or out[j + 3] != NEWLINE_CODE:
        return False
    for k in (j, j + 2, j + 4):
        if out[k] == SPACE_CODE or out[k] == NEWLINE_CODE or out[k] == STOP_CODE:
            return False
    return j + 5 >= n or out[j + 5] == NEWLINE_CODE or out[j + 5] == STOP_CODE


@leaf
def join_letters(out, n, classes, first, last, measures):  # type: ignore[no-untyped-def]
    """Drop, in place, what separates letters without meaning: the second half of the normal form. Return the new length.

    A separator stays (as one space) only between Latin words and between numbers; it goes between single Latin letters, and next to kana, kanji
    and everything else. Line ends and full stops become one stop, but line ends between lines of one character are dropped (vertical
    writing), and so are those before and behind three such lines or more (a word written downwards). A letter repeated more than twice is
    kept twice.
    """
    want = first.shape[0] > 0
    w = 0
    i = 0
    column = 0  # lines of one character that were joined so far, less one
    token = 0  # letters since the last separator or stop
    while i < n:
        code = np.int64(out[i])
        if (code <= SPACE_CODE or code == STOP_CODE) and (code == SPACE_CODE or code == NEWLINE_CODE or code == STOP_CODE):
            stop = code == STOP_CODE
            lines = 0
            j = i
            while j < n and (out[j] == SPACE_CODE or out[j] == NEWLINE_CODE or out[j] == STOP_CODE):
                stop = stop or out[j] == STOP_CODE
                if out[j] == NEWLINE_CODE:
                    lines += 1
                j += 1
            single_after = j + 1 >= n or out[j + 1] == SPACE_CODE or out[j + 1] == NEWLINE_CODE or out[j + 1] == STOP_CODE
            before = classes[out[w - 1]] if w > 0 else 0
            after = classes[out[j]] if j < n else 0
            vertical = lines == 1 and token == 1 and single_after and j < n
            beside = lines == 1 and ((token == 1 and column >= 2) or (single_after and begins_column(out, j, n)))
            column = column + 1 if vertical and not stop else 0
            if (vertical or beside) and not stop:
                measures[M.STOPS] -= 1  # no line that is stacked on others
            if stop or (lines > 0 and not vertical and not beside):
                if w > 0 and j < n and out[w - 1] != STOP_CODE:
                    out[w] = STOP_CODE
                    if want:
                        first[w] = first[i]
                        last[w] = last[j - 1]
                    w += 1
            elif j < n and w > 0:
                latin = before == LATIN and after == LATIN
                if (latin and not (token == 1 and (single_after or classes[out[j + 1]] != LATIN))) or (before == DIGIT and after == DIGIT):
                    out[w] = SPACE_CODE
                    if want:
                        first[w] = first[i]
                        last[w] = last[j - 1]
                    w += 1
                elif (token == 1 or single_after) and (before == KANA or before == HAN or before == LATIN):
                    measures[M.SPLITS] += 1
            token = 0
            i = j
            continue
        token += 1
        if w > 1 and out[w - 1] == code and out[w - 2] == code and (classes[code] == KANA or classes[code] == LATIN):
            if want:
                last[w - 1] = last[i]
            i += 1
            continue
        out[w] = code
        if want:
            first[w] = first[i]
            last[w] = last[i]
        w += 1
        i += 1
    measures[M.CHARS] = w
    return w
