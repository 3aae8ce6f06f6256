"""Compiled scoring of one post: signals by trie and measures, character n-grams by table, added up as whole numbers.

Everything is summed in integers and divided once, so the screen, which looks at whole columns, and `assess`, which looks at one post, get the
same number to the last bit.
"""

from __future__ import annotations

import numpy as np

from andon.detection.scoring.lexicon import (
    HEAD_SHIFT,
    NODE_MULTIPLIER,
    NODE_SHIFT,
    PAIR_BITS,
    PAIR_MULTIPLIER,
    TERM_ENDS,
    TRIE_SHIFT,
    TRIPLE_BITS,
    TRIPLE_MULTIPLIER,
    WORDS,
)
from andon.language.fold import DIGIT, LATIN
from andon.language.kernels import STOP_CODE, leaf
from andon.language.measures import M
from andon.language.yen import EN, MAN

MOST_HITS = 256
ORDERS = 4  # n-grams of two to four characters
NGRAM_MULTIPLIER = 0x9E3779B97F4A7C15 - (1 << 64)
_NODE_MULTIPLIER = np.int64(NODE_MULTIPLIER)
_NGRAM_MULTIPLIER = np.int64(NGRAM_MULTIPLIER)
_DE_BRUIJN = np.int64(0x03F79D71B4CB0A89)  # times a power of two, it shows in its highest six bits which one it was
_BIT_NUMBERS = np.zeros(64, np.int64)
_BIT_NUMBERS[[((int(_DE_BRUIJN) << bit) >> 58) & 63 for bit in range(64)]] = np.arange(64)
_NEXT, _BEYOND = np.uint64(1), np.uint64(2)
_ZERO = ord("0")  # digits of the normal form are ASCII
_DOT, _SPACE, _W, _GRASS = ord("."), 0x20, ord("w"), ord("草")


@leaf
def _step(steps, node, code):  # type: ignore[no-untyped-def]
    """The trie's entry for the transition from `node` by `code`, or -1."""
    key = (node << 16) | np.int64(code)
    slot = ((key * _NODE_MULTIPLIER) >> NODE_SHIFT) & (steps.shape[0] - 1)
    while True:
        found = steps[slot]
        if found >> TRIE_SHIFT == key or found == -1:
            return found
        slot = (slot + 1) & (steps.shape[0] - 1)


@leaf
def _looked_up(table, key, bits):  # type: ignore[no-untyped-def]
    """The value of `key` in a table made by `lexicon._hashed`, or -1."""
    spot = ((key * _NODE_MULTIPLIER) >> HEAD_SHIFT) & (table.shape[0] - 1)
    while True:
        entry = np.int64(table[np.uint64(spot)])
        if entry == 0:
            return np.int64(-1)
        if (entry >> bits) & ((1 << (64 - bits)) - 1) == key:
            return (entry & ((1 << bits) - 1)) - 1
        spot = (spot + 1) & (table.shape[0] - 1)


@leaf
def _term_starts(codes, n, lexicon, spots):  # type: ignore[no-untyped-def]
    """Places where a term may begin, into `spots` (int32); return how many. Filters without branches, for the reason given at `ngram_weight`."""
    pairs, shorts, triples = lexicon.pairs, lexicon.shorts, lexicon.triples
    kept = np.uint64(0)
    for p in range(np.uint64(max(n - 1, 0))):
        pair = (np.int64(codes[p]) * PAIR_MULTIPLIER + np.int64(codes[p + _NEXT])) & (PAIR_BITS - 1)
        spots[kept] = p
        kept += np.uint64((pairs[np.uint64(pair >> 3)] >> (pair & 7)) & 1)
    starts = np.uint64(0)
    for i in range(kept):
        p = np.uint64(spots[i])
        code, second = np.int64(codes[p]), np.int64(codes[p + _NEXT])
        third = np.int64(codes[p + _BEYOND]) if p + _BEYOND < n else np.int64(0)
        pair = (code * PAIR_MULTIPLIER + second) & (PAIR_BITS - 1)
        mixed = ((code << 32) ^ (second << 16) ^ third) * TRIPLE_MULTIPLIER
        triple = ((mixed >> 24) ^ mixed) & (TRIPLE_BITS - 1)
        spots[starts] = p
        starts += np.uint64(((shorts[np.uint64(pair >> 3)] >> (pair & 7)) | (triples[np.uint64(triple >> 3)] >> (triple & 7))) & 1)
    return np.int64(starts)


@leaf
def _at_edge(codes, n, end, classes):  # type: ignore[no-untyped-def]
    """Whether a term may end before `end`: not amid a Latin word or a number."""
    if end >= n:
        return True
    klass = classes[codes[end - 1]]
    return not ((klass == LATIN or klass == DIGIT) and classes[codes[end]] == klass)


@leaf
def find_terms(codes, n, lexicon, classes, hit_term, hit_at, spots):  # type: ignore[no-untyped-def]
    """All overlapping terms in `codes[:n]`; return how many hits were written (at most `MOST_HITS`).

    A term that begins or ends with a Latin letter or a digit counts at a word's edge only. `spots` (int32) is scratch, as long as `codes`.
    """
    found = 0
    steps, term_at, duos, heads, head_nodes, head_next = (
        lexicon.steps, lexicon.term_at, lexicon.duos, lexicon.heads, lexicon.head_nodes, lexicon.head_next
    )  # fmt: skip
    for i in range(_term_starts(codes, n, lexicon, spots)):
        p = np.int64(spots[i])
        if p > 0:
            klass = classes[codes[p]]
            if (klass == LATIN or klass == DIGIT) and classes[codes[p - 1]] == klass:
                continue
        key = (np.int64(codes[p]) << 16) | np.int64(codes[p + 1])
        pair = (np.int64(codes[p]) * PAIR_MULTIPLIER + np.int64(codes[p + 1])) & (PAIR_BITS - 1)
        if (lexicon.shorts[pair >> 3] >> (pair & 7)) & 1 != 0:
            term = _looked_up(duos, key, 32)
            if term >= 0 and found < MOST_HITS and _at_edge(codes, n, p + 2, classes):
                hit_term[found] = term
                hit_at[found] = p
                found += 1
        if p + 2 >= n:
            continue
        head = _looked_up(heads, (key << 16) | np.int64(codes[p + 2]), 16)
        if head < 0:
            continue
        entry = np.int64(head_nodes[head])
        q = p + 3
        goes_on = q < n and (np.int64(head_next[head]) >> (np.int64(codes[min(q, n - 1)]) & 63)) & 1 != 0
        while True:
            if entry & TERM_ENDS != 0 and found < MOST_HITS and _at_edge(codes, n, q, classes):
                hit_term[found] = term_at[entry & (TERM_ENDS - 1)]
                hit_at[found] = p
                found += 1
            if not goes_on:
                break
            entry = _step(steps, entry & (TERM_ENDS - 1), codes[q])
            if entry < 0:
                break
            q += 1
            goes_on = q < n
    return found


@leaf
def signal_bits(lexicon, found, hit_term, hit_at, hit_bits, measures, bits):  # type: ignore[no-untyped-def]
    """Set `bits` (int64, `WORDS`) to the signals that fire; leave in `hit_bits` (hits by `WORDS`) what each hit fires once guards are applied."""
    term_bits, guard_bits, lengths, rows = lexicon.bits, lexicon.guard_bits, lexicon.lengths, lexicon.rows
    for k in range(WORDS):
        bits[k] = 0
    guarded = np.int64(0)
    for h in range(found):
        row = rows[hit_term[h]]
        for k in range(WORDS):
            hit_bits[h, k] = term_bits[row, k]
            guarded |= guard_bits[row, k]
    for g in range(found if guarded != 0 else 0):
        own = rows[hit_term[g]]
        guards = np.int64(0)
        for k in range(WORDS):
            guards |= guard_bits[own, k]
        if guards == 0:
            continue
        start = hit_at[g]
        end = start + lengths[hit_term[g]]
        for h in range(found):
            if hit_at[h] >= start and hit_at[h] + lengths[hit_term[h]] <= end:
                for k in range(WORDS):
                    hit_bits[h, k] &= ~guard_bits[own, k]
    for h in range(found):
        for k in range(WORDS):
            bits[k] |= hit_bits[h, k]
    range_rows = lexicon.range_rows
    for r in range(range_rows.shape[0]):
        value = measures[range_rows[r, 0]]
        if range_rows[r, 1] <= value <= range_rows[r, 2]:
            signal = range_rows[r, 3]
            bits[signal // 63] |= np.int64(1) << (signal % 63)
    combined, needs, bans = lexicon.combined, lexicon.needs, lexicon.bans
    for r in range(combined.shape[0]):
        fires = True
        for k in range(WORDS):
            if bits[k] & needs[r, k] != needs[r, k] or bits[k] & bans[r, k] != 0:
                fires = False
        if fires:
            signal = combined[r]
            bits[signal // 63] |= np.int64(1) << (signal % 63)


@leaf
def late_measures(codes, n, classes, measures):  # type: ignore[no-untyped-def]
    """Measures that need the finished normal form: long digit runs and laughter."""
    digits = 0
    for p in range(n):
        code = np.int64(codes[p])
        if code > _W and code != _GRASS:  # neither a digit nor a space nor laughter
            digits = 0
            continue
        if classes[code] == DIGIT:
            digits += 1
            if digits == 9:
                measures[M.LONG_DIGITS] += 1
        elif code != _SPACE:
            digits = 0
        if (code == _W or code == _GRASS) and (p + 1 == n or codes[p + 1] == STOP_CODE or codes[p + 1] == _W):
            before = classes[codes[p - 1]] if p > 0 else 0
            if code == _GRASS or before != LATIN or codes[p - 1] == _W:
                measures[M.LAUGHS] += 1


@leaf
def mask_numbers(codes, n, classes, numerals, masked, place):  # type: ignore[no-untyped-def]
    """The stream that n-grams are taken from: every number is one 0, a stop stands at both ends. Return its length.

    `place` (int32) is the index in `codes` of each masked code (-1 and `n` for the two ends).
    """
    masked[0] = STOP_CODE
    place[0] = -1
    w = 1
    p = 0
    while p < n:
        code = np.int64(codes[np.uint64(p)])
        digit = (code >= _ZERO) & (code <= _ZERO + 9)
        if not digit | (numerals[np.uint64(code)] > 1):
            masked[np.uint64(w)] = code
            place[np.uint64(w)] = p
            w += 1
            p += 1
            continue
        if digit:
            masked[w] = _ZERO
            place[w] = p
            w += 1
            while p < n and (classes[codes[p]] == DIGIT or ((codes[p] == _DOT or codes[p] == _SPACE) and p + 1 < n and classes[codes[p + 1]] == DIGIT)):
                p += 1
            continue
        q = p
        while q < n and numerals[codes[q]] > 0:
            q += 1
        if q < n and (codes[q] == MAN or codes[q] == EN):
            masked[w] = _ZERO
            place[w] = p
            w += 1
            p = q
            continue
        masked[w] = code
        place[w] = p
        w += 1
        p += 1
    if masked[w - 1] != STOP_CODE:
        masked[w] = STOP_CODE
        place[w] = n
        w += 1
    return w


@leaf
def ngram_hash(state, code):  # type: ignore[no-untyped-def]
    """Roll one more code into an n-gram's 64-bit hash."""
    mixed = (state ^ np.int64(code)) * _NGRAM_MULTIPLIER
    return mixed ^ ((mixed >> 29) & np.int64(0x7FFFFFFFF))


@leaf
def ngram_weight(state, grams, shift):  # type: ignore[no-untyped-def]
    """Weight of the n-gram whose hash is `state`, 0 when the model does not know it.

    `grams` (uint32) holds buckets of two entries, fingerprint above weight, so that one look into the cache answers. Written without branches:
    what a post holds cannot be guessed, and every wrong guess of the processor costs more than the look-up (4 times slower with them).
    """
    bucket = np.uint64(2 * ((state >> shift) & (grams.shape[0] // 2 - 1)))  # unsigned: no test for a negative place
    wanted = state & 0xFFFF
    first, second = np.int64(grams[bucket]), np.int64(grams[bucket + _NEXT])
    is_first, is_second = np.int64(first >> 8 == wanted), np.int64(second >> 8 == wanted)
    # The weight's sign stands in bit 7; an empty entry weighs nothing, whatever its fingerprint says.
    return is_first * (((first & 0xFF) ^ 128) - 128) + (1 - is_first) * is_second * (((second & 0xFF) ^ 128) - 128)


@leaf
def is_reached(state, reach, shift):  # type: ignore[no-untyped-def]
    """1 when a known n-gram is, or begins with, the one whose hash is `state` (may be 1 in error, never 0 in error)."""
    bit = (state >> shift) & (reach.shape[0] * 8 - 1)
    return np.int64((reach[np.uint64(bit >> 3)] >> (bit & 7)) & 1)


@leaf
def ngram_sum(masked, m, reach, grams, shift, spots, states):  # type: ignore[no-untyped-def]
    """Sum of the weights of all n-grams of `masked[:m]` and their number.

    All pairs first, then those that go on to three characters, then four: reading stops where, by `reach`, no known n-gram can follow. An n-gram
    never seen in training adds nothing. `spots` (int32) and `states` (int64) are scratch, as long as `masked`.
    """
    for p in range(np.uint64(max(m - 1, 0))):
        states[p] = ngram_hash(ngram_hash(np.int64(0), masked[p]), masked[p + _NEXT])
    kept = np.uint64(0)
    for p in range(np.uint64(max(m - 1, 0))):
        state = states[p]
        spots[kept] = p + _NEXT
        states[kept] = state
        kept += np.uint64(is_reached(state, reach, shift))
    total = np.int64(0)
    for order in range(2, ORDERS + 1):
        for i in range(kept):
            total += ngram_weight(states[i], grams, shift)
        if order == ORDERS:
            break
        # The last spot may have no character behind it.
        while kept > 0 and spots[kept - _NEXT] + 1 >= m:
            kept -= _NEXT
        for i in range(kept):
            states[i] = ngram_hash(states[i], masked[np.uint64(spots[i] + 1)])
        longer = np.uint64(0)
        for i in range(kept):
            state = states[i]
            spots[longer] = spots[i] + 1
            states[longer] = state
            longer += np.uint64(is_reached(state, reach, shift))
        kept = longer
    return total, m


@leaf
def weigh_signals(bits, weights):  # type: ignore[no-untyped-def]
    """Sum of the weights (int32, thousandths) of the signals in `bits`."""
    total = np.int64(0)
    for k in range(WORDS):
        word = bits[k]
        while word != 0:
            lowest = word & -word
            total += weights[k * 63 + _BIT_NUMBERS[((lowest * _DE_BRUIJN) >> 58) & 63]]
            word ^= lowest
    return total


@leaf
def combine(signals, ngrams, length, bias, step):  # type: ignore[no-untyped-def]
    """The raw score in log-odds-like units: one division and one multiplication, the same everywhere."""
    return bias + signals / 1000.0 + ngrams * step / np.sqrt(np.float64(length))
