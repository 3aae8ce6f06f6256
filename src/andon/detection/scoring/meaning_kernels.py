"""Compiled: a text parted into common words, and what filters over neighbouring words see in it (`meaning.py` says what for)."""

from __future__ import annotations

import numpy as np

from andon.detection.scoring.kernels import is_reached, ngram_hash
from andon.language.kernels import compiled, leaf

MOST_WORDS = 48  # of one text; what stands behind them is not looked at
MOST_CODES = 12  # of one word
SHIFT = 20  # bits of the hash below those that name a beginning
UNKNOWN = 2500  # cost of a character that no word covers; the rarest word costs 1,842


@leaf
def _slot(slots, state):  # type: ignore[no-untyped-def]
    """The place of the hash `state` in an open table, or the empty one where it belongs."""
    at = (state >> 17) & (slots.shape[0] - 1)
    while slots[at] != 0 and slots[at] != state:
        at = (at + 1) & (slots.shape[0] - 1)
    return at


@compiled
def fill_slots(codes, lengths, slots, found, begins):  # type: ignore[no-untyped-def]
    """Put every word into the open table, and all its beginnings into the bit set."""
    begin = 0
    for number in range(lengths.shape[0]):
        state = np.int64(0)
        for k in range(begin, begin + lengths[number]):
            state = ngram_hash(state, codes[k])
            bit = (state >> SHIFT) & (begins.shape[0] * 8 - 1)
            begins[bit >> 3] |= np.uint8(1 << (bit & 7))
        at = _slot(slots, state)
        slots[at], found[at] = state, number
        begin += lengths[number]


@leaf
def part_words(codes, n, words, back, costs, chosen):  # type: ignore[no-untyped-def]
    """Part `codes[:n]` into known words and single unknown characters at the least cost.

    The first `MOST_WORDS` known words go to `chosen` (int32, two columns: number of the word, code at which it begins); returned is how many. `back` (int32) and
    `costs` (int64) are scratch for one more than `n`.
    """
    for p in range(1, n + 1):
        costs[p] = np.int64(1) << 60
    costs[0] = 0
    for p in range(n):
        if costs[p] + UNKNOWN < costs[p + 1]:
            costs[p + 1], back[p + 1] = costs[p] + UNKNOWN, -1
        state = np.int64(0)
        for q in range(p, min(p + MOST_CODES, n)):
            state = ngram_hash(state, codes[q])
            if is_reached(state, words.begins, SHIFT) == 0:
                break
            at = _slot(words.slots, state)
            if words.slots[at] != 0 and costs[p] + words.costs[words.found[at]] < costs[q + 1]:
                costs[q + 1], back[q + 1] = costs[p] + words.costs[words.found[at]], words.found[at]
    known, p = 0, n
    while p > 0:
        known += back[p] >= 0
        p -= words.lengths[back[p]] if back[p] >= 0 else 1
    at, p = known, n
    while p > 0:
        word = back[p]
        p -= words.lengths[word] if word >= 0 else 1
        if word >= 0:
            at -= 1
            if at < MOST_WORDS:
                chosen[at, 0], chosen[at, 1] = word, p
    return min(known, MOST_WORDS)


@leaf
def see(chosen, count, table, answers):  # type: ignore[no-untyped-def]
    """What every filter sees at each of the first `count` words of a text, into `answers` (float32, words by filters)."""
    rows, parts, scales, biases = table.words.rows, table.parts, table.scales, table.biases
    for k in range(count):
        own, row = parts[rows[chosen[k, 0]], 1], answers[k]
        for f in range(scales.shape[0]):
            row[f] = own[f]
        if k > 0:
            before = parts[rows[chosen[k - 1, 0]], 0]
            for f in range(scales.shape[0]):
                row[f] += before[f]
        if k + 1 < count:
            after = parts[rows[chosen[k + 1, 0]], 2]
            for f in range(scales.shape[0]):
                row[f] += after[f]
        for f in range(scales.shape[0]):
            row[f] = max(np.float32(0.0), row[f] * scales[f] + biases[f])


@leaf
def meaning_value(answers, count, table):  # type: ignore[no-untyped-def]
    """What the words add to the raw score: of each filter its strongest place and the sum over all, weighed; nothing where no word is known."""
    filters = table.scales.shape[0]
    if filters == 0 or count == 0:
        return 0.0
    root = np.sqrt(np.float64(count + 1))
    value = table.weights[2 * filters]
    for f in range(filters):
        top, total = np.float32(0.0), 0.0
        for k in range(count):
            top = max(top, answers[k, f])
            total += np.float64(answers[k, f])
        value += np.float64(top) * table.weights[f] + total * table.weights[filters + f] / root
    return value


@leaf
def strongest(chosen, answers, count, table, value, shares):  # type: ignore[no-untyped-def]
    """Half-open range of codes of the three words whose share of `value` pulls most to its side; nothing for no words.

    A word's share (into `shares`, float64) is what its window adds to each filter's sum, and all of a filter's strongest place where that is the window.
    """
    if count == 0:
        return 0, 0
    filters, root = table.scales.shape[0], np.sqrt(np.float64(count + 1))
    shares[:count] = 0.0
    for f in range(filters):
        place = 0
        for k in range(count):
            shares[k] += np.float64(answers[k, f]) * table.weights[filters + f] / root
            if answers[k, f] > answers[place, f]:
                place = k
        shares[place] += np.float64(answers[place, f]) * table.weights[f]
    best = 0
    for k in range(1, count):
        if shares[k] > shares[best] if value > 0 else shares[k] < shares[best]:
            best = k
    last, lengths = min(best + 1, count - 1), table.words.lengths
    return chosen[max(best - 1, 0), 1], chosen[last, 1] + lengths[chosen[last, 0]]


@compiled
def words_column(codes, offsets, words, chosen, counts):  # type: ignore[no-untyped-def]
    """The words of folded texts (`codes[offsets[i]:offsets[i + 1]]`), for training: the rows of their vectors into row i of `chosen` (int32, `counts[i]` of them)."""
    most = np.int64(0)
    for i in range(offsets.shape[0] - 1):
        most = max(most, offsets[i + 1] - offsets[i])
    back, costs, own = np.empty(most + 1, np.int32), np.empty(most + 1, np.int64), np.empty((MOST_WORDS, 2), np.int32)
    for i in range(offsets.shape[0] - 1):
        counts[i] = part_words(codes[offsets[i] : offsets[i + 1]], offsets[i + 1] - offsets[i], words, back, costs, own)
        for k in range(counts[i]):
            chosen[i, k] = words.rows[own[k, 0]]
