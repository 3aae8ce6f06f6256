"""Compiled reading of JSON without making Python objects: split, check and find the text of every value in a buffer of bytes.

The scanner is a full JSON checker with one addition: it follows the few paths that `ShapeTables` asks for. It never decides that a value is bad.
Whatever it does not expect is left to the careful way (orjson), which decides.
"""

from __future__ import annotations

import numpy as np

from andon.detection.records.pieces import (
    DE_BRUIJN,
    MOST_DIGITS,
    PLACES,
    ampersand,
    any_ampersand,
    leaf,
    literal_end,
    number_end,
    skip_space,
    specials,
    string_end,
    undo_signs,
    unescape,
)
from andon.detection.records.shapes import (
    AROUND,
    AT,
    BESIDE,
    CHILD_FROM,
    CHILD_TO,
    FIRST_AT,
    FIRST_SIZE,
    FIRSTS,
    HTML,
    IS_TEXT,
    ITEMS,
    LAST_BIT,
    LENGTHS,
    NEED,
    SIZE,
    TARGET,
    TEXT,
    VETO,
    VETO_BITS,
    WORD_FROM,
    WORD_TO,
)
from andon.language.kernels import compiled

CAREFUL, BLANK, TAKEN, ESCAPED, PAGE = 0, 1, 2, 3, 4
TEXT_START, TEXT_END, SHAPE, KIND = range(4)  # columns of the table of items
WHOLE = -1  # in place of the number of an item: the row is one post
MOST_DEPTH = 60
_SCRATCH = 256  # bytes: an escaped key that is longer goes the careful way


@leaf
def _same(data, i, length, pool, at):  # type: ignore[no-untyped-def]
    """Whether `length` bytes at `i` equal those of the pool at `at`."""
    for k in range(length):
        if data[i + k] != pool[at + k]:
            return False
    return True


@leaf
def _child(data, i, length, node, nodes, keys, pool):  # type: ignore[no-untyped-def]
    """The node below `node` for the key of `length` bytes at `i`, or -1."""
    for k in range(nodes[node, CHILD_FROM], nodes[node, CHILD_TO]):
        if keys[k, SIZE] == length and _same(data, i, length, pool, keys[k, AT]):
            return keys[k, TARGET]
    return np.int64(-1)


@leaf
def _words_met(data, i, length, node, nodes, words, pool):  # type: ignore[no-untyped-def]
    """Mask of the words asked for at `node` that equal the string at `i`."""
    met = np.int64(0)
    for k in range(nodes[node, WORD_FROM], nodes[node, WORD_TO]):
        if words[k, SIZE] == length and _same(data, i, length, pool, words[k, AT]):
            met |= np.int64(1) << words[k, TARGET]
    return met


@leaf
def _fitting_shape(text_node, met, vetoed, shapes):  # type: ignore[no-untyped-def]
    """Number of the shape that the value fits, or -1."""
    for s in range(shapes.shape[0]):
        if shapes[s, TEXT] == text_node and (met & shapes[s, NEED]) == shapes[s, NEED] and (vetoed & shapes[s, VETO]) == 0:
            return s
    return -1


@leaf
def _scan_value(data, eights, i, end, nodes, keys, words, shapes, pool, classes, hexa, stack, scratch, found, items):  # type: ignore[no-untyped-def]
    """Check one JSON object and find its text: TAKEN or ESCAPED with `found` = (text start, text end, shape), else BLANK or CAREFUL.

    Of an object whose posts are the elements of an array, PAGE with `found` = (number of items, paths of vetoes met around them) and a row in `items`
    for each of them: as for a single object, CAREFUL where the element does not fit a shape.

    One turn of the loop reads one member of an object or one element of an array. Plain strings and numbers are read right here, because at some
    thirty of them in a post even the calls would cost more than the reading. The unsigned index in those loops spares a test for negative ones
    at every byte; it never meets a signed number. `objects` is a stack of bits (1 = object) and `stack` holds the node of every open container,
    -1 where no path of a shape leads.
    """
    i = skip_space(data, i, end)
    if i >= end:
        return BLANK
    if data[i] != 0x7B:
        return CAREFUL
    depth = 0
    objects = np.int64(0)
    node = np.int64(-1)  # of the container
    pending = np.int64(0)  # of the value to come
    seen, met, vetoed = np.int64(0), np.int64(0), np.int64(0)
    text_node = np.int64(-1)
    text_escaped = False
    at_key = False
    page_depth, page_root, count = np.int64(-1), np.int64(-1), np.int64(0)  # within the array of items: its depth and the node of its elements
    outer_seen, outer_vetoed = np.int64(0), np.int64(0)
    is_page = False
    last = np.uint64(eights.shape[0])
    while True:
        if at_key:
            if data[i] != 0x22:
                return CAREFUL
            j = np.uint64(i + 1)
            while j < last:
                special = specials(eights[j])
                if special != 0:
                    j += PLACES[(((special & -special) * DE_BRUIJN) >> 58) & 63]
                    break
                j += np.uint64(8)
            while classes[data[j]] == 0:
                j += np.uint64(1)
            close, escaped = np.int64(j), False
            if data[j] != 0x22 or close >= end:
                close, escaped = string_end(data, i + 1, end, classes, hexa)
                if close < 0:
                    return CAREFUL
            pending = np.int64(-1)
            if node >= 0:
                if escaped:
                    if close - i > _SCRATCH:
                        return CAREFUL
                    pending = _child(scratch, 0, unescape(data, i + 1, close, scratch, 0, hexa), node, nodes, keys, pool)
                elif (nodes[node, LENGTHS] >> min(close - i - 1, LAST_BIT)) & (nodes[node, FIRSTS] >> min(data[i + 1] & 63, LAST_BIT)) & 1 == 1:
                    pending = _child(data, i + 1, close - i - 1, node, nodes, keys, pool)
                if pending >= 0:
                    if (seen >> pending) & 1 == 1:  # a key twice: which one counts is the careful way's matter
                        return CAREFUL
                    seen |= np.int64(1) << pending
                    vetoed |= nodes[pending, VETO_BITS]
            i = close + 1
            if data[i] <= 0x20:
                i = skip_space(data, i, end)
            if data[i] != 0x3A:
                return CAREFUL
            i += 1
            if data[i] == 0x20:
                i += 1
            if data[i] <= 0x20:
                i = skip_space(data, i, end)
        c = data[i]
        if depth == page_depth and c != 0x7B:
            return CAREFUL
        if c == 0x22:
            j = np.uint64(i + 1)
            while j < last:
                special = specials(eights[j])
                if special != 0:
                    j += PLACES[(((special & -special) * DE_BRUIJN) >> 58) & 63]
                    break
                j += np.uint64(8)
            while classes[data[j]] == 0:
                j += np.uint64(1)
            close, escaped = np.int64(j), False
            if data[j] != 0x22 or close >= end:
                close, escaped = string_end(data, i + 1, end, classes, hexa)
                if close < 0:
                    return CAREFUL
            if pending >= 0:
                if nodes[pending, IS_TEXT] == 1:
                    if text_node >= 0:
                        return CAREFUL
                    text_node = pending
                    text_escaped = escaped
                    found[0], found[1] = i + 1, close
                if nodes[pending, WORD_TO] > nodes[pending, WORD_FROM]:
                    if escaped:
                        return CAREFUL
                    met |= _words_met(data, i + 1, close - i - 1, pending, nodes, words, pool)
            i = close + 1
        elif pending >= 0 and nodes[pending, IS_TEXT] == 1:
            return CAREFUL
        elif c == 0x7B or c == 0x5B:
            if depth >= MOST_DEPTH:
                return CAREFUL
            at_key = c == 0x7B
            objects = (objects << 1) | (1 if at_key else 0)
            stack[depth] = node
            if depth == page_depth:
                node = page_root
                seen, met, vetoed = np.int64(0), np.int64(0), np.int64(0)
            else:
                if pending >= 0 and not at_key and nodes[pending, ITEMS] > 0:
                    if is_page or text_node >= 0:
                        return CAREFUL
                    is_page = True
                    page_depth, page_root = depth + 1, nodes[pending, ITEMS]
                    outer_seen, outer_vetoed = seen, vetoed
                node = pending if at_key else np.int64(-1)
            depth += 1
            pending = np.int64(-1)
            i += 1
            if data[i] <= 0x20:
                i = skip_space(data, i, end)
            if data[i] != (0x7D if at_key else 0x5D):
                continue
        elif 0x31 <= c <= 0x39:
            j = np.uint64(i + 1)
            while 0x30 <= data[j] <= 0x39:
                j += np.uint64(1)
            if data[j] == 0x2E or data[j] | 0x20 == 0x65 or np.int64(j) - i > MOST_DIGITS:
                i = number_end(data, i, end)
                if i < 0:
                    return CAREFUL
            else:
                i = np.int64(j)
        else:
            if c == 0x6E and pending >= 0:  # null: as if the key were not there
                vetoed &= ~nodes[pending, VETO_BITS]
            i = number_end(data, i, end) if c == 0x30 or c == 0x2D else literal_end(data, i, end)
            if i < 0:
                return CAREFUL
        while True:  # behind a value: closing brackets, then a comma or the end
            if data[i] <= 0x20:
                i = skip_space(data, i, end)
            c = data[i]
            if c == 0x2C:
                i += 1
                if data[i] == 0x20:
                    i += 1
                if data[i] <= 0x20:
                    i = skip_space(data, i, end)
                pending = np.int64(-1)
                break
            if c != (0x7D if at_key else 0x5D):
                return CAREFUL
            i += 1
            depth -= 1
            node = stack[depth]
            objects >>= 1
            at_key = objects & 1 == 1
            if depth <= page_depth:
                if depth < page_depth:  # the array of items ends
                    page_depth = np.int64(-1)
                    seen, vetoed = outer_seen, outer_vetoed
                else:  # an item ends
                    if count >= items.shape[0]:
                        return CAREFUL
                    shape = _fitting_shape(text_node, met, vetoed, shapes)
                    items[count, KIND] = CAREFUL if text_node < 0 or shape < 0 else ESCAPED if text_escaped else TAKEN
                    items[count, TEXT_START], items[count, TEXT_END], items[count, SHAPE] = found[0], found[1], shape
                    count += 1
                    text_node = np.int64(-1)
            if depth == 0:
                break
        if depth == 0:
            break
    if skip_space(data, i, end) != end:
        return CAREFUL
    if is_page:
        found[0], found[1] = count, vetoed
        return PAGE if count > 0 and text_node < 0 else CAREFUL
    if text_node < 0:
        return CAREFUL
    shape = _fitting_shape(text_node, met, vetoed, shapes)
    if shape < 0:
        return CAREFUL
    found[2] = shape
    return ESCAPED if text_escaped else TAKEN


@leaf
def _put_text(data, eights, start, end, escaped, row, shapes, pool, most, out, w, hexa):  # type: ignore[no-untyped-def]
    """Write the text `data[start:end]` as the shape `row` has it to `out` from `w`; return the new `w`, or -1 where it goes the careful way."""
    if escaped:
        stop = unescape(data, start, end, out, w, hexa)
    else:
        source, target = np.uint64(start), np.uint64(w)
        for p in range(np.uint64(end - start)):
            out[target + p] = data[source + p]
        stop = w + end - start
    first = shapes[row, FIRST_SIZE]
    if stop == w or stop - w > most or (0 < first <= stop - w and _same(out, w, first, pool, shapes[row, FIRST_AT])):
        return np.int64(-1)
    if shapes[row, HTML] == 1 and (any_ampersand(out, w, stop) if escaped else ampersand(data, eights, start, end)):
        stop = undo_signs(out, w, stop)
    return stop


@compiled
def scan_values(data, eights, starts, ends, t, classes, hexa, most, out, offsets, status, owners, left, items):  # type: ignore[no-untyped-def]
    """Scan the values `data[starts[k]:ends[k]]`; return how many texts were taken and how many items of pages were left.

    `eights[i]` are the eight bytes from `data[i]` on as one number, for every `i`.
    `status[k]` becomes CAREFUL, BLANK, TAKEN or PAGE. The texts taken stand one behind the other in `out`, the j-th at `offsets[j]:offsets[j + 1]`;
    it belongs to the value `owners[j, 0]` and is the text of its item `owners[j, 1]` (WHOLE where the value is one post). `left` names the items of
    pages that go the careful way in the same form, WHOLE for what stands beside the items. `items` is room for the items of one page; `owners` and `left` have room for every object of `data`
    that is one. `most` is the longest text in bytes. No Python object is touched; the GIL is free.
    """
    nodes, keys, words, shapes, pool = t
    stack, found = np.empty(MOST_DEPTH + 1, np.int64), np.zeros(3, np.int64)
    scratch = np.empty(_SCRATCH + 4, np.uint8)
    around, beside = np.int64(0), np.int64(0)
    for s in range(shapes.shape[0]):
        around |= shapes[s, AROUND]
        beside |= shapes[s, BESIDE]
    taken, behind = 0, 0
    w = np.int64(0)
    offsets[0] = 0
    for k in range(starts.shape[0]):
        kind = _scan_value(data, eights, starts[k], ends[k], nodes, keys, words, shapes, pool, classes, hexa, stack, scratch, found, items)
        if kind == PAGE:
            if found[1] & around != 0:
                kind = CAREFUL
            else:
                if found[1] & beside != 0:
                    left[behind, 0], left[behind, 1] = k, WHOLE
                    behind += 1
                for n in range(found[0]):
                    stop = np.int64(-1)
                    if items[n, KIND] != CAREFUL:
                        escaped = items[n, KIND] == ESCAPED
                        stop = _put_text(
                            data, eights, items[n, TEXT_START], items[n, TEXT_END], escaped, items[n, SHAPE], shapes, pool, most, out, w, hexa
                        )
                    if stop < 0:
                        left[behind, 0], left[behind, 1] = k, n
                        behind += 1
                    else:
                        w = stop
                        owners[taken, 0], owners[taken, 1] = k, n
                        taken += 1
                        offsets[taken] = w
        elif kind >= TAKEN:
            stop = _put_text(data, eights, found[0], found[1], kind == ESCAPED, found[2], shapes, pool, most, out, w, hexa)
            kind = CAREFUL if stop < 0 else TAKEN
            if stop >= 0:
                w = stop
                owners[taken, 0], owners[taken, 1] = k, WHOLE
                taken += 1
                offsets[taken] = w
        status[k] = kind
    return taken, behind
