"""Compiled edit distance between short texts of sixteen symbols, bit by bit, and how many edits are allowed."""

from __future__ import annotations

import numpy as np

from andon.language.kernels import leaf

MOST_COMPARED = 256  # characters that the edit distance looks at
_WORD = 64
BLOCKS = MOST_COMPARED // _WORD
_ONE, _ZERO64, _LAST_BIT = np.uint64(1), np.uint64(0), np.uint64(63)


@leaf
def mark_symbols(a, n, equal):  # type: ignore[no-untyped-def]
    """Where each symbol (0 to 15) stands in `a[:n]`, as bits: `equal` (uint64) holds MOST_COMPARED bits a symbol."""
    for k in range(16 * BLOCKS):
        equal[k] = _ZERO64
    for p in range(n):
        equal[np.int64(a[p]) * BLOCKS + (p >> 6)] |= _ONE << np.uint64(p & 63)


@leaf
def _advance(eq, up, down, carry_up, carry_down, top):  # type: ignore[no-untyped-def]
    """One block of one column: new vertical differences, and the horizontal ones at bit `top`."""
    xv = eq | down
    eq |= carry_down
    xh = (((eq & up) + up) ^ up) | eq
    ph = down | ~(xh | up)
    mh = up & xh
    out_up, out_down = (ph >> top) & _ONE, (mh >> top) & _ONE
    ph = (ph << _ONE) | carry_up
    mh = (mh << _ONE) | carry_down
    return mh | ~(xv | ph), ph & xv, out_up, out_down


@leaf
def edit_distance(n, equal, letters, start, m, limit, plus, minus):  # type: ignore[no-untyped-def]
    """Edits (insert, delete, replace) between the text of `mark_symbols` (`n` symbols) and the `m` symbols packed from byte `start` of
    `letters` on; some number above `limit` as soon as it is certain that there are more (Myers 1999, blocks after Hyyrö 2003).

    `plus` and `minus` (uint64, blocks) are work space.
    """  # noqa: D205
    if n == 0 or m == 0:
        return max(n, m)
    blocks = (n + _WORD - 1) // _WORD
    score = n
    last = np.uint64((n - 1) & 63)
    if blocks <= 2:  # nearly all posts: the two blocks stay in registers
        up0, down0, up1, down1 = ~_ZERO64, _ZERO64, ~_ZERO64, _ZERO64
        top0 = last if blocks == 1 else _LAST_BIT
        for q in range(m):
            byte = np.int64(letters[start + (q >> 1)])
            symbol = ((byte >> 4) if q & 1 else (byte & 15)) * BLOCKS
            up0, down0, carry_up, carry_down = _advance(equal[symbol], up0, down0, _ONE, _ZERO64, top0)
            if blocks == 2:
                up1, down1, carry_up, carry_down = _advance(equal[symbol + 1], up1, down1, carry_up, carry_down, last)
            score += np.int64(carry_up) - np.int64(carry_down)
            if score - (m - 1 - q) > limit:
                return limit + 1
        return score
    for k in range(blocks):
        plus[k] = ~_ZERO64
        minus[k] = _ZERO64
    for q in range(m):
        byte = np.int64(letters[start + (q >> 1)])
        symbol = ((byte >> 4) if q & 1 else (byte & 15)) * BLOCKS
        carry_up, carry_down = _ONE, _ZERO64
        for k in range(blocks):
            top = last if k == blocks - 1 else _LAST_BIT
            plus[k], minus[k], carry_up, carry_down = _advance(equal[symbol + k], plus[k], minus[k], carry_up, carry_down, top)
        score += np.int64(carry_up) - np.int64(carry_down)
        if score - (m - 1 - q) > limit:
            return limit + 1
    return score


@leaf
def allowed_edits(length):  # type: ignore[no-untyped-def]
    """Edits up to which two texts, the longer of `length` characters, count as near-identical; -1 when even equal ones do not.

    31 of a hundred from 24 characters on; one of ten from 12 on; shorter ones only when equal, and nothing below 6: two different short posts never
    meet for being short.
    """
    if length < 6:
        return -1
    if length < 12:
        return 0
    if length < 24:
        return length // 10
    return (31 * length) // 100
