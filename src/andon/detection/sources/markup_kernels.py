"""Compiled forms of the plainest markup: which texts hold Markdown at all, and HTML of the few tags that posts consist of.

Both only ever leave a text to `marked_text` and `html_text`, which read everything; what they take they read in exactly the same way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from andon.language.kernels import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

# Classes of bytes in HTML.
_PLAIN, _SPACE, _LESS, _AMPERSAND, _GREATER, _UNUSUAL = range(6)

# What a tag does. A link may hold spans of its own; those that change what is seen of it are `_SEEN`.
_PARAGRAPH, _BREAK, _BOX, _SPAN, _SEEN, _SPAN_ENDS, _LINK, _LINK_ENDS = range(8)
_TAGS = {
    b"<br />": _BREAK, b"<br>": _BREAK, b"<br/>": _BREAK, b"<p>": _PARAGRAPH, b"</p>": _PARAGRAPH, b'<a href="': _LINK, b"</a>": _LINK_ENDS,
    b"</span>": _SPAN_ENDS, b"<span>": _SPAN, b'<span class="invisible">': _SEEN, b'<span class="ellipsis">': _SEEN,
    b'<span class="h-card" translate="no">': _BOX, b'<span class="h-card">': _BOX,
}  # fmt: skip
_ENTITIES = {b"&amp;": b"&", b"&lt;": b"<", b"&gt;": b">", b"&quot;": b'"', b"&#39;": b"'", b"&nbsp;": "\xa0".encode()}


def _classes() -> npt.NDArray[np.uint8]:
    table = np.full(256, _PLAIN, np.uint8)
    for byte, kind in ((0x20, _SPACE), (0x0A, _SPACE), (0x3C, _LESS), (0x26, _AMPERSAND), (0x3E, _GREATER)):
        table[byte] = kind
    # The null byte and the carriage return are changed by browsers; `html_text` uses the other two as marks.
    table[[0x00, 0x0D, 0x1D, 0x1E]] = _UNUSUAL
    return table


def _words(words: Iterable[bytes]) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """The words one behind the other, and where each begins."""
    return np.frombuffer(b"".join(words), np.uint8).copy(), np.cumsum([0, *map(len, words)], dtype=np.int64)


_CLASSES = _classes()
_TAG_BYTES, _TAG_STARTS = _words(_TAGS)
_TAG_KINDS = np.array(list(_TAGS.values()), np.int64)
_ENTITY_BYTES, _ENTITY_STARTS = _words(_ENTITIES)
_CHARACTER_BYTES, _CHARACTER_STARTS = _words(_ENTITIES.values())


@compiled
def _word_at(data, i, end, content, starts):  # type: ignore[no-untyped-def]
    """Number of the word that stands at `i`, or -1."""
    for k in range(starts.shape[0] - 1):
        size = starts[k + 1] - starts[k]
        if i + size <= end:
            p = 1  # the first byte is what brought us here
            while p < size and data[i + p] == content[starts[k] + p]:
                p += 1
            if p == size:
                return k
    return -1


@compiled
def _value_end(data, i, end):  # type: ignore[no-untyped-def]
    """Place of the quotation mark that ends the attribute's value at `i`, or -1 where something unusual comes before it."""
    while i < end and data[i] != 0x22:
        if data[i] < 0x20 or data[i] == 0x3C or data[i] == 0x3E or (data[i] == 0x26 and _word_at(data, i, end, _ENTITY_BYTES, _ENTITY_STARTS) < 0):
            return -1
        i += 1
    return i if i < end else -1


@compiled
def _tag_end(data, i, end):  # type: ignore[no-untyped-def]
    """Place behind the attributes at `i` and the bracket that ends their tag, or -1."""
    while i < end and data[i] == 0x20:
        i += 1
        name = i
        while i < end and (0x61 <= data[i] <= 0x7A or data[i] == 0x2D):
            i += 1
        if i == name or i + 1 >= end or data[i] != 0x3D or data[i + 1] != 0x22:
            return -1
        i = _value_end(data, i + 2, end)
        if i < 0:
            return -1
        i += 1
    return i + 1 if i < end and data[i] == 0x3E else -1


@compiled
def _gap_closed(out, w, begin, gap, paragraph):  # type: ignore[no-untyped-def]
    """Write what stands for the white space and marks from `gap` on, now that something is seen behind it; return the new `w`."""
    if gap == begin:
        return begin
    if gap < 0 or not paragraph:
        return w
    out[gap], out[gap + 1] = 0x0A, 0x0A
    return gap + 2


@compiled
def _spells(data, i, size, at, stop):  # type: ignore[no-untyped-def]
    """Place behind `size` bytes of the address at `at` when those at `i` are the same, else -1."""
    if at < 0 or at + size > stop:
        return -1
    for k in range(size):
        if data[i + k] != data[at + k]:
            return -1
    return at + size


@compiled
def _graphic(b):  # type: ignore[no-untyped-def]
    """Whether the byte at an end of an address is one that stays when white space (and what is undone to it) is stripped."""
    return 0x21 <= b <= 0x7E and b != 0x26 and b != 0x3B


@compiled
def _copied(data, i, end, out, w):  # type: ignore[no-untyped-def]
    """Write `data[i:end]` to `out` from `w`; return the new `w`."""
    for k in range(end - i):
        out[w + k] = data[i + k]
    return w + end - i


@compiled
def _plain_html(data, i, end, out, w):  # type: ignore[no-untyped-def]
    """Write what is seen of the HTML `data[i:end]` to `out` from `w`; return the new `w`, or -1 where it holds anything unusual.

    `gap` is where white space and marks of paragraphs began that may yet become an empty line or vanish (at both ends). Inside of a link, `spelled` is
    how far its text has spelled its address: where parts of it are hidden, it stays whole only then.
    """
    begin, gap, paragraph = w, w, False
    linked, boxed, hides = False, False, False
    address, stop, spelled = 0, 0, 0
    while i < end:
        kind, size = _CLASSES[data[i]], 1
        if kind == _LESS:
            number = _word_at(data, i, end, _TAG_BYTES, _TAG_STARTS)
            if number < 0:
                return -1
            tag = _TAG_KINDS[number]
            i += _TAG_STARTS[number + 1] - _TAG_STARTS[number]
            if linked and (boxed != (tag == _SPAN_ENDS) or not (tag == _SPAN or tag == _SEEN or tag == _SPAN_ENDS or tag == _LINK_ENDS)):
                return -1
            if tag == _PARAGRAPH:
                gap, paragraph = w if gap < 0 else gap, True
            elif tag == _BREAK:
                gap = w if gap < 0 else gap
                out[w] = 0x0A
                w += 1
            elif tag == _LINK:
                address, stop = i, _value_end(data, i, end)
                i = _tag_end(data, stop + 1, end) if stop >= 0 else -1
                linked, spelled, hides = True, address, False
                if i < 0:
                    return -1
            elif tag == _LINK_ENDS and linked:
                if hides and not (address < stop == spelled and _graphic(data[address]) and _graphic(data[stop - 1])):
                    return -1
                linked = False
            elif linked or tag == _SPAN or tag == _SPAN_ENDS or tag == _BOX:
                boxed, hides = linked and tag != _SPAN_ENDS, hides or tag == _SEEN
            else:
                return -1
            continue
        if kind == _UNUSUAL or (kind == _GREATER and linked):
            return -1
        if kind == _SPACE:
            gap = w if gap < 0 else gap
            out[w] = data[i]
            w += 1
        else:
            w = _gap_closed(out, w, begin, gap, paragraph)
            gap, paragraph = -1, False
            if kind == _AMPERSAND:
                number = _word_at(data, i, end, _ENTITY_BYTES, _ENTITY_STARTS)
                if number < 0:
                    return -1
                w = _copied(_CHARACTER_BYTES, _CHARACTER_STARTS[number], _CHARACTER_STARTS[number + 1], out, w)
                size = _ENTITY_STARTS[number + 1] - _ENTITY_STARTS[number]
            else:
                while i + size < end and _CLASSES[data[i + size]] == _PLAIN:
                    size += 1
                w = _copied(data, i, i + size, out, w)
        if linked:
            spelled = _spells(data, i, size, spelled, stop)
        i += size
    if linked:
        return -1
    return gap if gap >= 0 else w


@compiled
def plain_html_column(data, offsets, out, borders, left):  # type: ignore[no-untyped-def]
    """Write what `plain_text` with `keep_breaks` gives of every text of a column to `out` and `borders`.

    Texts that are not of the plainest tags stay as they are, and their numbers stand in `left`. Return how many these are. `out` has the size of `data`,
    `left` room for all texts.
    """
    w, count = 0, 0
    borders[0] = 0
    for k in range(offsets.shape[0] - 1):
        stop = _plain_html(data, offsets[k], offsets[k + 1], out, w)
        if stop < 0:
            stop = _copied(data, offsets[k], offsets[k + 1], out, w)
            left[count] = k
            count += 1
        w = stop
        borders[k + 1] = w
    return count


@compiled
def _letter(b):  # type: ignore[no-untyped-def]
    """Whether the byte is an ASCII letter or digit."""
    return 0x30 <= b <= 0x39 or 0x61 <= (b | 0x20) <= 0x7A


@compiled
def _markdown_at(data, i, begin, end):  # type: ignore[no-untyped-def]
    """Whether the byte at `i` may be a mark of Markdown that changes the text `data[begin:end]`."""
    b = data[i]
    before, behind = data[i - 1] if i > begin else 0x0A, data[i + 1] if i + 1 < end else 0x0A
    if b == 0x0A:  # white space before a line feed goes
        return i > begin and (before == 0x20 or before == 0x09)
    if b == 0x5D:  # ] ends a label only before its address
        return behind == 0x28
    if b == 0x7E:  # one ~ alone is none
        return behind == 0x7E
    if b == 0x5F:  # _ inside of a word is none
        return not (_letter(before) and _letter(behind))
    if b == 0x23:  # a heading begins its line, and a space follows its signs
        line = i
        while line > begin and data[line - 1] == 0x20:
            line -= 1
        if line > begin and data[line - 1] != 0x0A:
            return False
        while i < end and data[i] == 0x23:
            i += 1
        return i < end and data[i] == 0x20
    return b == 0x2A or b == 0x3C or b == 0x3E or b == 0x60 or b == 0x5C or b == 0x5E or b == 0x26  # * < > ` \ ^ &


@compiled
def find_markdown(data, offsets, marks, found):  # type: ignore[no-untyped-def]
    """Numbers of the texts of a column in which Markdown may change something, to `found`; return how many. `marks` is true for bytes to look at."""
    count = 0
    for k in range(offsets.shape[0] - 1):
        begin, end = offsets[k], offsets[k + 1]
        for i in range(begin, end):
            if marks[data[i]] and _markdown_at(data, i, begin, end):
                found[count] = k
                count += 1
                break
    return count
