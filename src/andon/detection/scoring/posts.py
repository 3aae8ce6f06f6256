"""Kernels that read whole posts: one for every post of a column (score only), one for the few that pass (everything needed to explain them)."""

from __future__ import annotations

import numpy as np

from andon.detection.scoring.gate_kernels import anchor_key, anchor_peak, anchor_places
from andon.detection.scoring.kernels import (
    MOST_HITS,
    ORDERS,
    combine,
    find_terms,
    is_reached,
    late_measures,
    mask_numbers,
    ngram_hash,
    ngram_sum,
    ngram_weight,
    signal_bits,
    weigh_signals,
)
from andon.detection.scoring.lexicon import WORDS
from andon.detection.scoring.meaning_kernels import MOST_WORDS, meaning_value, part_words, see, strongest
from andon.detection.scoring.model import FLOOR, SHIFT
from andon.language import measures as measured
from andon.language.kernels import STOP_CODE, compiled, fold_text, join_letters, leaf
from andon.language.measures import M
from andon.language.yen import MOST_AMOUNTS, find_amounts, measure_amounts

MOST_BYTES = 100_000  # a longer text is no post; sources reject it
ZERO_CODE = 0x30
LEAST_STRETCH = 0.25  # a stretch of wording that moves the raw score less is counted with the rest
ROOM = 1 << 19  # codes: the most that MOST_BYTES can fold to, with space to spare
AT_ONCE, AT_ONCE_CODES = 2048, 1 << 18  # texts that pass the gate, and their codes, that go from step to step together
BLOCK, BLOCK_CODES = 256, 1 << 14  # texts, and their codes, that are folded before the gate looks at them


@leaf
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


@leaf
def score_codes(codes, n, fold, bits, table, masked, place, states):  # type: ignore[no-untyped-def]
    """Raw score of one read post that passed the gate."""
    m = mask_numbers(codes, n, fold.classes, fold.numerals, masked, place)
    ngrams, length = ngram_sum(masked, m, table.reach, table.grams, SHIFT, place, states)
    return combine(weigh_signals(bits, table.weights), ngrams, length, table.numbers[0], table.numbers[1])


@leaf
def look_twice(raw, codes, n, fold, bits, contrast, limits, masked, place, states):  # type: ignore[no-untyped-def]
    """What the second look takes off a raw score (zero or negative): how far the post reads like lawful adverts, reports and talk.

    It is taken from `limits[0]` on only; a value by the table `contrast` below `limits[1]` counts.
    """
    if raw < limits[0]:
        return 0.0
    return min(0.0, score_codes(codes, n, fold, bits, contrast, masked, place, states) - limits[1])


@leaf
def look_at_meaning(raw, codes, n, meaning, limits, back, costs, chosen, answers):  # type: ignore[no-untyped-def]
    """What the words of a post, taken together, add to its raw score (either sign), and how many words there are; from `limits[0]` on only."""
    if raw < limits[0] or meaning.scales.shape[0] == 0:
        return 0.0, 0
    count = part_words(codes, n, meaning.words, back, costs, chosen)
    see(chosen, count, meaning, answers)
    return meaning_value(answers, count, meaning), count


@leaf
def fold_block(data, offsets, start, fold, nowhere, block):  # type: ignore[no-untyped-def]
    """Fold some texts from number `start` on into `block` (codes one behind the other, where each begins and the last ends, measures); return how many."""
    codes, ends, measures = block
    ends[0] = 0
    k = 0
    while k < BLOCK and start + k < offsets.shape[0] - 1 and ends[k] < BLOCK_CODES:
        row, own = measures[k], codes[ends[k] : ends[k] + ROOM]
        row[:] = 0
        n = fold_text(data, offsets[start + k], offsets[start + k + 1], fold.entry, fold.pool, fold.classes, own, nowhere, nowhere, row)
        ends[k + 1] = ends[k] + join_letters(own, n, fold.classes, nowhere, nowhere, row)
        k += 1
    return k


@leaf
def fold_anchored(data, offsets, start, fold, table, nowhere, block, kept_texts, measures, raw):  # type: ignore[no-untyped-def]
    """Fold the texts from number `start` on and keep those that pass the gate; return how many, and the number of the text to go on with.

    `kept_texts`: the folded texts one behind the other (uint16), where each begins and the last ends (int64), and their numbers (int64); their
    measures go to the rows of `measures`. All others score the floor. It ends when there is no room for one more block. `block` is scratch for
    `fold_block`: folding and gate take turns by blocks, since text by text the tables of each push those of the other out of the cache.
    """
    codes, ends, numbers = kept_texts
    folded, borders, measured_block = block
    kept, i = 0, start
    ends[0] = 0
    while i < offsets.shape[0] - 1 and kept + BLOCK <= AT_ONCE and ends[kept] <= AT_ONCE_CODES:
        count = fold_block(data, offsets, i, fold, nowhere, block)
        for k in range(count):
            own = folded[borders[k] : borders[k + 1]]
            raw[i + k] = FLOOR
            if anchor_peak(own, own.shape[0], table.anchors, table.gate[1]) >= table.gate[0]:
                numbers[kept] = i + k
                ends[kept + 1] = ends[kept] + own.shape[0]
                for p in range(own.shape[0]):  # a slice would ask for memory, which a leaf has none of
                    codes[ends[kept] + p] = own[p]
                for p in range(measured.COUNT):
                    measures[kept, p] = measured_block[k, p]
                kept += 1
        i += count
    return kept, i


@leaf
def read_anchored(kept_texts, kept, fold, lexicon, measures, hits, amounts, bits, spots):  # type: ignore[no-untyped-def]
    """The signals (row k of `bits`) of the first `kept` texts of `fold_anchored`. `hits`, `amounts` and `spots` are scratch for `read_codes`."""
    codes, ends, _ = kept_texts
    hit_term, hit_at, hit_bits = hits
    places, yens, periods = amounts
    for k in range(kept):
        own = codes[ends[k] : ends[k + 1]]
        read_codes(own, own.shape[0], fold, lexicon, measures[k], hit_term, hit_at, hit_bits, bits[k], places, yens, periods, spots)


@leaf
def score_anchored(kept_texts, kept, fold, bits, table, contrast, meaning, limits, raw, masked, place, states, chosen, answers):  # type: ignore[no-untyped-def]
    """The raw scores of the first `kept` texts of `fold_anchored`, contrast and meaning included. The last five are scratch."""
    codes, ends, numbers = kept_texts
    for k in range(kept):
        own = codes[ends[k] : ends[k + 1]]
        raw[numbers[k]] = score_codes(own, own.shape[0], fold, bits[k], table, masked, place, states)
    for k in range(kept):
        own, first = codes[ends[k] : ends[k + 1]], raw[numbers[k]]
        second = first + look_twice(first, own, own.shape[0], fold, bits[k], contrast, limits, masked, place, states)
        meant, _ = look_at_meaning(first, own, own.shape[0], meaning, limits, place, states, chosen, answers)
        raw[numbers[k]] = second + meant


@compiled
def score_column(data, offsets, fold, lexicon, table, contrast, meaning, limits, raw):  # type: ignore[no-untyped-def]
    """Raw scores (float64, into `raw`) of the texts `data[offsets[i]:offsets[i + 1]]`, contrast and meaning included.

    Step by step for many texts, not text by text: every step has tables of up to a megabyte, and only one step's stay in the second-level cache.
    No Python object is touched; the GIL is free.
    """
    block = np.empty(BLOCK_CODES + ROOM, np.uint16), np.empty(BLOCK + 1, np.int64), np.empty((BLOCK, measured.COUNT), np.int32)
    texts = np.empty(AT_ONCE_CODES + BLOCK_CODES + ROOM, np.uint16), np.empty(AT_ONCE + 1, np.int64), np.empty(AT_ONCE, np.int64)
    measures, bits = np.empty((AT_ONCE, measured.COUNT), np.int32), np.empty((AT_ONCE, WORDS), np.int64)
    hits = np.empty(MOST_HITS, np.int32), np.empty(MOST_HITS, np.int32), np.empty((MOST_HITS, WORDS), np.int64)
    amounts = np.empty((MOST_AMOUNTS, 2), np.int32), np.empty(MOST_AMOUNTS, np.int64), np.empty(MOST_AMOUNTS, np.int64)
    masked, place, states = np.empty(ROOM + 2, np.uint16), np.empty(ROOM + 2, np.int32), np.empty(ROOM + 2, np.int64)
    nowhere, chosen, answers = np.empty(0, np.int32), np.empty((MOST_WORDS, 2), np.int32), np.empty((MOST_WORDS, meaning.scales.shape[0]), np.float32)
    done = 0
    while done < offsets.shape[0] - 1:
        kept, done = fold_anchored(data, offsets, done, fold, table, nowhere, block, texts, measures, raw)
        read_anchored(texts, kept, fold, lexicon, measures, hits, amounts, bits, place)
        score_anchored(texts, kept, fold, bits, table, contrast, meaning, limits, raw, masked, place, states, chosen, answers)


@compiled
def read_column(data, offsets, fold, lexicon, table, contrast, meaning, limits, rooms, text, hits, amounts, wording):  # type: ignore[no-untyped-def]
    """Read texts whole, whatever their scores, which are those that `score_column` gives.

    `text`: codes (uint16), first and last (int32: the original's half-open range behind every code), all of which give text i the room
    `rooms[i]:rooms[i + 1]`; with a row for every text measures (int32), counts (int64: codes, hits, amounts, stretches, and the place of
    the words that pull most), what fires (int64, `WORDS`) and scores (float64: raw; sum of all n-grams; what contrast takes off; what meaning adds: all are
    in raw, too). The others hold what was found, text after text: `hits`: term, place (int32), what each fires
    (int64, `WORDS`); `amounts`: place (int32, 2), yen, period (int64); `wording`: first and last code of every stretch (int32), its worth (float64).
    """
    codes, first, last, measures, counts, bits, scores = text
    hit_term, hit_at, hit_bits = hits
    places, yens, periods = amounts
    begins, ends, worths = wording
    most = np.int64(0)
    for i in range(offsets.shape[0] - 1):
        most = max(most, rooms[i + 1] - rooms[i])
    masked, place = np.empty(most + 2, np.uint16), np.empty(most + 2, np.int32)
    states, shares = np.empty(most + 2, np.int64), np.empty(most + 2 + MOST_WORDS, np.float64)
    chosen, answers = np.empty((MOST_WORDS, 2), np.int32), np.empty((MOST_WORDS, meaning.scales.shape[0]), np.float32)
    h, s, w = np.int64(0), np.int64(0), np.int64(0)
    for i in range(offsets.shape[0] - 1):
        a, b = rooms[i], rooms[i + 1]
        own, row = codes[a:b], measures[i]
        n = fold_text(data, offsets[i], offsets[i + 1], fold.entry, fold.pool, fold.classes, own, first[a:b], last[a:b], row)
        n = join_letters(own, n, fold.classes, first[a:b], last[a:b], row)
        found, sums = read_codes(own, n, fold, lexicon, row, hit_term[h:], hit_at[h:], hit_bits[h:], bits[i], places[s:], yens[s:], periods[s:], place)
        scores[i, 0], scores[i, 1], scores[i, 2], scores[i, 3], stretches = FLOOR, 0.0, 0.0, 0.0, 0
        counts[i, 4], counts[i, 5] = 0, 0
        if anchor_peak(own, n, table.anchors, table.gate[1]) >= table.gate[0]:
            first_score = score_codes(own, n, fold, bits[i], table, masked, place, states)
            scores[i, 2] = look_twice(first_score, own, n, fold, bits[i], contrast, limits, masked, place, states)
            scores[i, 3], words = look_at_meaning(first_score, own, n, meaning, limits, place, states, chosen, answers)
            counts[i, 4], counts[i, 5] = strongest(chosen, answers, words, meaning, scores[i, 3], shares)
            scores[i, 0] = first_score + scores[i, 2] + scores[i, 3]
            scores[i, 1] = _wording_shares(own, n, fold, table, masked, place, shares)
            stretches = _stretches(shares, n, begins[w:], ends[w:], worths[w:])
        counts[i, 0], counts[i, 1], counts[i, 2], counts[i, 3] = n, found, sums, stretches
        h, s, w = h + found, s + sums, w + stretches


@leaf
def _wording_shares(codes, n, fold, table, masked, place, shares):  # type: ignore[no-untyped-def]
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


@leaf
def _stretches(shares, n, begins, ends, worths):  # type: ignore[no-untyped-def]
    """The longest stretches whose shares all pull one way and that are worth `LEAST_STRETCH` or more; return how many."""
    found = 0
    k = 0
    while k < n:
        begin, worth = k, 0.0
        pulls = shares[k] > 0
        while k < n and (shares[k] > 0) == pulls:
            worth += shares[k]
            k += 1
        if abs(worth) >= LEAST_STRETCH:
            begins[found], ends[found], worths[found] = begin, k, worth
            found += 1
    return found


@leaf
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
def anchor_column(data, offsets, fold, places, rows):  # type: ignore[no-untyped-def]
    """Places of the anchors of every text (int32 into `places`, the text's number into `rows`), two for every code and the end; return how many."""
    codes, nowhere, row = np.empty(ROOM, np.uint16), np.empty(0, np.int32), np.zeros(measured.COUNT, np.int32)
    written = 0
    for i in range(offsets.shape[0] - 1):
        n = fold_text(data, offsets[i], offsets[i + 1], fold.entry, fold.pool, fold.classes, codes, nowhere, nowhere, row)
        n = join_letters(codes, n, fold.classes, nowhere, nowhere, row)
        key = np.int64(STOP_CODE)
        for p in range(n + 1):
            key = anchor_key(key, np.int64(codes[p]) if p < n else np.int64(STOP_CODE))
            places[written], places[written + 1] = anchor_places(key)
            rows[written], rows[written + 1] = i, i
            written += 2
    return written


@compiled
def peaks_column(data, offsets, fold, anchors, lowest, peaks):  # type: ignore[no-untyped-def]
    """What the gate asks of every text (int64, into `peaks`): see `anchor_peak`."""
    codes, nowhere, row = np.empty(ROOM, np.uint16), np.empty(0, np.int32), np.zeros(measured.COUNT, np.int32)
    for i in range(offsets.shape[0] - 1):
        n = fold_text(data, offsets[i], offsets[i + 1], fold.entry, fold.pool, fold.classes, codes, nowhere, nowhere, row)
        peaks[i] = anchor_peak(codes, join_letters(codes, n, fold.classes, nowhere, nowhere, row), anchors, lowest)
