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
    unescape,
)
from andon.detection.records.shapes import (
    AT,
    CHILD_FROM,
    CHILD_TO,
    FIRST_AT,
    FIRST_SIZE,
    FIRSTS,
    HTML,
    IS_TEXT,
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

CAREFUL, BLANK, TAKEN, ESCAPED = 0, 1, 2, 3
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
def _scan_value(data, eights, i, end, nodes, keys, words, shapes, pool, classes, hexa, stack, scratch, found):  # type: ignore[no-untyped-def]
    """Check one JSON object and find its text: TAKEN or ESCAPED with `found` = (text start, text end, shape), else BLANK or CAREFUL.

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
            if depth == 0:
                break
        if depth == 0:
            break
    if skip_space(data, i, end) != end or text_node < 0:
        return CAREFUL
    shape = _fitting_shape(text_node, met, vetoed, shapes)
    if shape < 0:
        return CAREFUL
    found[2] = shape
    return ESCAPED if text_escaped else TAKEN


@compiled
def scan_values(data, eights, starts, ends, t, classes, hexa, most, out, offsets, status):  # type: ignore[no-untyped-def]
    """Scan the values `data[starts[k]:ends[k]]`; return how many were taken.

    `eights[i]` are the eight bytes from `data[i]` on as one number, for every `i`.
    `status[k]` becomes CAREFUL, BLANK or TAKEN. The texts of the taken values stand one behind the other in `out`, the j-th at
    `offsets[j]:offsets[j + 1]`. `most` is the longest text in bytes. No Python object is touched; the GIL is free.
    """
    nodes, keys, words, shapes, pool = t
    stack, found = np.empty(MOST_DEPTH + 1, np.int64), np.zeros(3, np.int64)
    scratch = np.empty(_SCRATCH + 4, np.uint8)
    taken = 0
    w = np.int64(0)
    offsets[0] = 0
    for k in range(starts.shape[0]):
        kind = _scan_value(data, eights, starts[k], ends[k], nodes, keys, words, shapes, pool, classes, hexa, stack, scratch, found)
        if kind >= TAKEN:
            shape = found[2]
            html = shapes[shape, HTML] == 1 and ampersand(data, eights, found[0], found[1])
            if kind == ESCAPED:
                stop = unescape(data, found[0], found[1], out, w, hexa)
                html = html or (shapes[shape, HTML] == 1 and any_ampersand(out, w, stop))
            else:
                source, target = np.uint64(found[0]), np.uint64(w)
                for p in range(np.uint64(found[1] - found[0])):
                    out[target + p] = data[source + p]
                stop = w + found[1] - found[0]
            first = shapes[shape, FIRST_SIZE]
            kind = TAKEN
            if stop == w or stop - w > most or html:
                kind = CAREFUL
            elif 0 < first <= stop - w and _same(out, w, first, pool, shapes[shape, FIRST_AT]):
                kind = CAREFUL
            else:
                w = stop
                taken += 1
                offsets[taken] = w
        status[k] = kind
    return taken
