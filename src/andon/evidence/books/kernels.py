"""Compiled work on blocks of folded texts: folding many at once, filling and asking sieves."""

from __future__ import annotations

import numpy as np

from andon.language.fold import MENTION_CODE, URL_CODE
from andon.language.kernels import compiled, fold_text, join_letters
from andon.language.measures import COUNT

WIDEST = 18  # one code point becomes at most this many codes (as in `language.normal`)
SIEVE_BITS = 1 << 17


@compiled
def fold_some(data, ends, begin, entry, pool, classes, out, lengths, special):
    """Fold texts from number `begin` on while `out` has room: (the first that is not done, codes written)."""
    at = 0
    nothing = np.empty(0, np.int32)
    row = np.zeros(COUNT, np.int32)
    for k in range(begin, ends.shape[0]):
        start = ends[k - 1] if k > 0 else 0
        end = ends[k]
        if at + (end - start) * WIDEST + 32 > out.shape[0]:
            return k, at
        room = out[at:]
        n = fold_text(data, start, end, entry, pool, classes, room, nothing, nothing, row)
        n = join_letters(room, n, classes, nothing, nothing, row)
        lengths[k] = n
        for j in range(at, at + n):
            if out[j] == URL_CODE or out[j] == MENTION_CODE:
                special[k] = True
        at += n
    return ends.shape[0], at


@compiled
def _bit(first, second):
    return (np.uint32(first) * np.uint32(40503) + np.uint32(second) * np.uint32(30011)) % np.uint32(SIEVE_BITS)


@compiled
def fill(codes, sieve):
    """Set the bits of every character and pair."""
    for k in range(codes.shape[0]):
        one = _bit(codes[k], 0)
        sieve[one >> 3] |= np.uint8(1 << (one & 7))
        if k + 1 < codes.shape[0]:
            one = _bit(codes[k], codes[k + 1])
            sieve[one >> 3] |= np.uint8(1 << (one & 7))


@compiled
def may_hold(sieve, query):
    """Whether the block of this sieve can hold `query`."""
    for k in range(query.shape[0]):
        one = _bit(query[k], query[k + 1]) if k + 1 < query.shape[0] else _bit(query[k], 0)
        if not sieve[one >> 3] >> (one & 7) & 1:
            return False
    return True
