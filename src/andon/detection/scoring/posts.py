"""Kernels that read whole posts: one for every post of a column (score only), one for a single post (everything needed to explain it)."""

from __future__ import annotations

import numpy as np

from andon.detection.scoring.kernels import (
    MOST_HITS,
    ORDERS,
    combine,
    find_terms,
    is_anchored,
    is_reached,
    late_measures,
    mask_numbers,
    ngram_hash,
    ngram_sum,
    ngram_weight,
    signal_bits,
    weigh_signals,
)
from andon.detection.scoring.lexicon import PAIR_BITS, PAIR_MULTIPLIER, WORDS
from andon.detection.scoring.model import FLOOR, SHIFT
from andon.language import measures as measured
from andon.language.fold import DIGIT
from andon.language.kernels import STOP_CODE, compiled, fold_text, join_letters
from andon.language.measures import M
from andon.language.yen import MOST_AMOUNTS, find_amounts, measure_amounts

MOST_BYTES = 100_000  # a longer text is no post; sources reject it
ZERO_CODE = 0x30
ROOM = 1 << 19  # codes: the most that MOST_BYTES can fold to, with space to spare


@compiled
def read_codes(codes, n, fold, lexicon, measures, hit_term, hit_at, hit_bits, bits, places, yens, periods, spots):  # type: ignore[no-untyped-def]
    """Take the measures, terms and amounts of one folded text; return hits and amounts found."""
    amounts = 0
    if measures[M.DIGITS] > 0 or measures[M.HAN] > 0:
        amounts = find_amounts(codes, n, fold.classes, fold.numerals, places, yens, periods)
        measure_amounts(yens, periods, amounts, measures)
    late_measures(codes, n, fold.classes, measures)
    found = find_terms(codes, n, lexicon, fold.classes, hit_term, hit_at, spots)
    signal_bits(lexicon, found, hit_term, hit_at, hit_bits, measures, bits)
    return found, amounts


@compiled
def score_codes(codes, n, fold, bits, table, masked, place, states):  # type: ignore[no-untyped-def]
    """Raw score of one read post that passed the gate."""
    m = mask_numbers(codes, n, fold.classes, fold.numerals, masked, place)
    ngrams, length = ngram_sum(masked, m, table.reach, table.grams, SHIFT, place, states)
    return combine(weigh_signals(bits, table.weights), ngrams, length, table.numbers[0], table.numbers[1])


@compiled
def score_column(data, offsets, fold, lexicon, table, raw):  # type: ignore[no-untyped-def]
    """Raw scores (float64, into `raw`) of the texts `data[offsets[i]:offsets[i + 1]]`. No Python object is touched; the GIL is free."""
    codes, masked = np.empty(ROOM, np.uint16), np.empty(ROOM + 2, np.uint16)
    place, states = np.empty(ROOM + 2, np.int32), np.empty(ROOM + 2, np.int64)
    nowhere = np.empty(0, np.int32)
    measures = np.zeros(measured.COUNT, np.int32)
    hit_term, hit_at = np.empty(MOST_HITS, np.int32), np.empty(MOST_HITS, np.int32)
    hit_bits, bits = np.empty((MOST_HITS, WORDS), np.int64), np.zeros(WORDS, np.int64)
    places, yens, periods = np.empty((MOST_AMOUNTS, 2), np.int32), np.empty(MOST_AMOUNTS, np.int64), np.empty(MOST_AMOUNTS, np.int64)
    for i in range(offsets.shape[0] - 1):
        measures[:] = 0
        n = fold_text(data, offsets[i], offsets[i + 1], fold.entry, fold.pool, fold.classes, codes, nowhere, nowhere, measures)
        n = join_letters(codes, n, fold.classes, nowhere, nowhere, measures)
        if not is_anchored(codes, n, table.anchors, table.gate[0], table.gate[1]):
            raw[i] = FLOOR
            continue
        read_codes(codes, n, fold, lexicon, measures, hit_term, hit_at, hit_bits, bits, places, yens, periods, place)
        raw[i] = score_codes(codes, n, fold, bits, table, masked, place, states)


@compiled
def score_one(
    data, fold, lexicon, table, codes, masked, place, states, first, last, measures, hit_term, hit_at, hit_bits, bits,
    places, yens, periods,
):  # type: ignore[no-untyped-def]  # fmt: skip
    """Read one text whole, whatever its score; return codes, hits, amounts and the same raw score that `score_column` gives it."""
    n = fold_text(data, 0, data.shape[0], fold.entry, fold.pool, fold.classes, codes, first, last, measures)
    n = join_letters(codes, n, fold.classes, first, last, measures)
    found, amounts = read_codes(codes, n, fold, lexicon, measures, hit_term, hit_at, hit_bits, bits, places, yens, periods, place)
    if not is_anchored(codes, n, table.anchors, table.gate[0], table.gate[1]):
        return n, found, amounts, FLOOR
    return n, found, amounts, score_codes(codes, n, fold, bits, table, masked, place, states)


@compiled
def wording_shares(codes, n, fold, table, masked, place, shares):  # type: ignore[no-untyped-def]
    """Give every n-gram's contribution to the codes it covers, in equal parts, into `shares` (float64, `n`); return the sum of all.

    What falls on the stops at the two ends alone is in the sum, but in no share.
    """
    shares[:n] = 0.0
    m = mask_numbers(codes, n, fold.classes, fold.numerals, masked, place)
    unit = table.numbers[1] / np.sqrt(np.float64(m))
    total = 0.0
    for p in range(m - 1):
        state = ngram_hash(np.int64(0), masked[p])
        for q in range(p + 1, min(p + ORDERS, m)):
            state = ngram_hash(state, masked[q])
            if is_reached(state, table.reach, SHIFT) == 0:
                break
            weight = ngram_weight(state, table.grams, SHIFT)
            if weight == 0:
                continue
            total += weight * unit
            start = max(place[p], 0)
            end = min(place[q + 1] if q + 1 < m else n, n)
            for k in range(start, end):
                shares[k] += weight * unit / (end - start)
    return total


@compiled
def ngram_hashes(masked, m, out):  # type: ignore[no-untyped-def]
    """64-bit hashes of all n-grams of `masked[:m]` (for training): of two, three, … characters at every place; return how many."""
    found = 0
    for p in range(m - 1):
        state = ngram_hash(np.int64(0), masked[p])
        for q in range(p + 1, min(p + ORDERS, m)):
            state = ngram_hash(state, masked[q])
            out[found] = state
            found += 1
    return found


@compiled
def describe_column(data, offsets, fold, lexicon, bits_out, counts, hashes):  # type: ignore[no-untyped-def]
    """Signals and n-gram hashes of every text, for training; return the number of hashes written.

    `bits_out` (int64, texts by `WORDS`), `counts` (int64: length of each masked stream), `hashes` (int64, long enough for all n-grams: four for
    every byte and eight more per text); text after text.
    """
    codes, masked = np.empty(ROOM, np.uint16), np.empty(ROOM + 2, np.uint16)
    place = np.empty(ROOM + 2, np.int32)
    nowhere = np.empty(0, np.int32)
    measures = np.zeros(measured.COUNT, np.int32)
    hit_term, hit_at = np.empty(MOST_HITS, np.int32), np.empty(MOST_HITS, np.int32)
    hit_bits, bits = np.empty((MOST_HITS, WORDS), np.int64), np.zeros(WORDS, np.int64)
    places, yens, periods = np.empty((MOST_AMOUNTS, 2), np.int32), np.empty(MOST_AMOUNTS, np.int64), np.empty(MOST_AMOUNTS, np.int64)
    written = 0
    for i in range(offsets.shape[0] - 1):
        measures[:] = 0
        n = fold_text(data, offsets[i], offsets[i + 1], fold.entry, fold.pool, fold.classes, codes, nowhere, nowhere, measures)
        n = join_letters(codes, n, fold.classes, nowhere, nowhere, measures)
        read_codes(codes, n, fold, lexicon, measures, hit_term, hit_at, hit_bits, bits, places, yens, periods, place)
        bits_out[i] = bits
        m = mask_numbers(codes, n, fold.classes, fold.numerals, masked, place)
        counts[i] = m
        written += ngram_hashes(masked, m, hashes[written:])
    return written


@compiled
def pairs_column(data, offsets, fold, pairs, rows):  # type: ignore[no-untyped-def]
    """Hashed pairs of characters of every text as the gate sees them (int32 into `pairs`, the text's number into `rows`); return how many."""
    codes = np.empty(ROOM, np.uint16)
    nowhere = np.empty(0, np.int32)
    measures = np.zeros(measured.COUNT, np.int32)
    written = 0
    for i in range(offsets.shape[0] - 1):
        n = fold_text(data, offsets[i], offsets[i + 1], fold.entry, fold.pool, fold.classes, codes, nowhere, nowhere, measures)
        n = join_letters(codes, n, fold.classes, nowhere, nowhere, measures)
        before = np.int64(STOP_CODE)
        for p in range(n + 1):
            code = np.int64(codes[p]) if p < n else np.int64(STOP_CODE)
            if fold.classes[code] == DIGIT:
                code = np.int64(ZERO_CODE)
            pairs[written] = (before * PAIR_MULTIPLIER + code) & (PAIR_BITS - 1)
            rows[written] = i
            written += 1
            before = code
    return written
