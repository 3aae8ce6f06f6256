"""Compiled search for near-identical wording: one-permutation MinHash over three-character shingles, banded buckets, and an edit distance that decides.

A post costs a sketch of 32 bytes, four bits for each of its first 256 characters, and sixteen bucket entries. The buckets only propose: what is
reported has been compared character by character, because shared shingles alone cannot tell a copy with scattered edits from two adverts that
share boiler-plate (the copy differs in many short places, the adverts in one long stretch).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt  # numba reads the fields of the named tuples

from andon.detection.campaigns.edit_kernels import BLOCKS, MOST_COMPARED, allowed_edits, edit_distance, mark_symbols
from andon.detection.campaigns.prefetch import prefetch
from andon.detection.scoring.kernels import mask_numbers
from andon.detection.scoring.posts import ROOM
from andon.language import measures as measured
from andon.language.kernels import compiled, fold_text, join_letters, leaf

BINS = 32  # minima a sketch keeps, one byte each
BANDS = 16  # pairs of minima: two posts meet where both of a pair are equal
WAYS = 8  # entries of a bucket: the newest ones
MOST_PARTNERS = 4  # ties reported for one post
_SLOT_BITS = 24
MOST_SLOTS = (1 << _SLOT_BITS) - 2
_SLOT_MASK = (1 << _SLOT_BITS) - 1
_MOST_MET = BANDS * WAYS
_LEAST_BINS = 7  # equal minima below which no edit distance is taken
_MANY_BINS = 16  # equal minima from which it always is
SEEN_BITS = 20  # cells that count in how many wordings of their own a shingle stood
_COMMON_SHARE = 11  # a shingle in more than one of 2^11 wordings is boiler-plate,
_COMMON_LEAST = 8  # and in no fewer than this many
_SEEN_MASK = (1 << SEEN_BITS) - 1
_FEW_RARE, _RARE_SHARE, _RARE_LEAST = 6, 12, 1
_MOST_TRIED = 2  # edit distances per post: the most alike by their sketches; a third hardly ever finds what two did not
_SURE = 0.85  # two partners are enough when the better one is this like
_AHEAD = 16  # posts between asking for memory and reading it
_EMPTY_BIN = np.int64(0x7FFFFFFFFFFFFFFF)
_MULTIPLIER = np.int64(-7046029254386353131)
_STIR = np.int64(-4417276706812531889)
_LOW32 = 0xFFFFFFFF
_LOW_BITS, _UNITS = np.uint64(0x7F7F7F7F7F7F7F7F), np.uint64(0x0101010101010101)
WORDS = BINS // 8  # of a sketch, eight bins in each


@leaf
def stir(value):  # type: ignore[no-untyped-def]
    """A 64-bit hash of a 64-bit value (both int64; the product wraps)."""
    value = (value ^ ((value >> 32) & _LOW32)) * _MULTIPLIER
    value = (value ^ ((value >> 29) & 0x7FFFFFFFF)) * _STIR
    return value ^ ((value >> 32) & _LOW32)


@leaf
def take_minima(codes, n, minima):  # type: ignore[no-untyped-def]
    """The smallest shingle hash of each of BINS classes (int64 into `minima`); False when the text is too short for one shingle.

    An empty class borrows from the next filled one, so that short posts fill all bands.
    """
    for b in range(BINS):
        minima[b] = _EMPTY_BIN
    if n < 3:
        return False
    pair = (np.int64(codes[0]) << 16) | np.int64(codes[1])
    for p in range(2, n):
        triple = ((pair << 16) | np.int64(codes[p])) & 0xFFFFFFFFFFFF
        pair = triple & _LOW32
        h = stir(triple)
        place = h & (BINS - 1)
        value = (h >> 8) & 0xFFFFFFFFFFFF
        minima[place] = min(minima[place], value)
    lent = np.int64(0)
    for b in range(2 * BINS - 1, -1, -1):  # backwards and twice round: what was seen last is the next filled class
        place = b & (BINS - 1)
        if minima[place] == _EMPTY_BIN:
            if b < BINS and lent != 0:
                minima[place] = stir(lent + b) & 0xFFFFFFFFFFFF
        elif b >= BINS or minima[place] != 0:
            lent = minima[place]
    return True


@leaf
def _same_bytes(a, b):  # type: ignore[no-untyped-def]
    """A one in the lowest bit of every byte in which two words (uint64) are equal."""
    x = a ^ b
    return ((~(((x & _LOW_BITS) + _LOW_BITS) | x)) >> np.uint64(7)) & _UNITS


@leaf
def _count_units(a):  # type: ignore[no-untyped-def]
    """How many bytes of a word of zeros and ones are one."""
    return np.int64((a * _UNITS) >> np.uint64(56))


@leaf
def _pack(codes, n, letters):  # type: ignore[no-untyped-def]
    """Hash each of the first codes to four bits; return how many."""
    most = min(n, MOST_COMPARED)
    for p in range(most):
        letters[p] = ((np.int64(codes[p]) * 40503) >> 9) & 15
    return most


@leaf
def _find_buckets(minima, rooms, keys, tags, buckets, seen):  # type: ignore[no-untyped-def]
    """Place (first entry, `keys`) and tag of the bucket of every band; the memory behind them is asked for."""
    for band in range(BANDS):
        key = stir(minima[2 * band] * 3 + stir(minima[2 * band + 1] + band))
        keys[band] = (band * rooms + ((((key >> 32) & _LOW32) * rooms) >> 32)) * WAYS
        tags[band] = key & 0xFF
        prefetch(buckets, keys[band])
    for b in range(BINS):
        prefetch(seen, minima[b] & _SEEN_MASK)


@leaf
def _meet(keys, tags, buckets, sketches, met):  # type: ignore[no-untyped-def]
    """Slots that share a band, once for every band they share (int32 into `met`); return how many. Their sketches are asked for."""
    count = 0
    for band in range(BANDS):
        key, tag = keys[band], tags[band]
        for way in range(WAYS):
            entry = np.int64(buckets[key + way])
            if entry == 0:
                break
            if entry >> _SLOT_BITS == tag:
                slot = (entry & _SLOT_MASK) - 1
                met[count] = slot
                count += 1
                prefetch(sketches, slot * WORDS)
    return count


@leaf
def _note(tried, count, same, slot):  # type: ignore[no-untyped-def]
    """Put a slot in its place among those to compare, the most alike first and each once; return how many there are."""
    for k in range(count):
        if tried[k, 1] == slot:
            return count
    at = min(count, _MOST_TRIED - 1)
    if count == _MOST_TRIED and tried[at, 0] >= same:
        return count
    while at > 0 and tried[at - 1, 0] < same:
        tried[at, 0], tried[at, 1] = tried[at - 1, 0], tried[at - 1, 1]
        at -= 1
    tried[at, 0], tried[at, 1] = same, slot
    return min(count + 1, _MOST_TRIED)


class Window(NamedTuple):
    """The tables of a window of wordings, flat.

    `buckets` (uint32: tag and slot from 1, newest first), `sketches` (uint64, WORDS for each slot), `starts` (uint32: first byte in `letters`),
    `lengths` (uint16), `numbers` (uint32: of posts), `letters` (uint8 ring, two symbols a byte), `seen` (uint16: in how many wordings of their own a
    hashed shingle was among the minima), `state` (int64: slots used in all, next byte of letters, wordings of their own, oldest slot used whose
    letters still stand).
    """

    buckets: npt.NDArray[np.uint32]
    sketches: npt.NDArray[np.uint64]
    starts: npt.NDArray[np.uint32]
    lengths: npt.NDArray[np.uint16]
    numbers: npt.NDArray[np.uint32]
    letters: npt.NDArray[np.uint8]
    seen: npt.NDArray[np.uint16]
    state: npt.NDArray[np.int64]


class _Desk(NamedTuple):
    """Work space for one post."""

    sketch: npt.NDArray[np.uint64]
    rare: npt.NDArray[np.uint64]
    own: npt.NDArray[np.uint8]
    met: npt.NDArray[np.int32]
    tried: npt.NDArray[np.int64]
    equal: npt.NDArray[np.uint64]
    plus: npt.NDArray[np.uint64]
    minus: npt.NDArray[np.uint64]


@leaf
def _sketch(minima, window, desk):  # type: ignore[no-untyped-def]
    """Sketch of one post, and which of its minima are no boiler-plate (a one in each byte of `rare`); return how many these are."""
    limit = max(np.int64(_COMMON_LEAST), window.state[2] >> _COMMON_SHARE)
    rare_bins = 0
    for w in range(WORDS):
        values, flags = np.int64(0), np.int64(0)
        for b in range(8 * w, 8 * w + 8):
            values = (values << 8) | ((minima[b] >> 11) & 0xFF)
            is_rare = np.int64(window.seen[minima[b] & _SEEN_MASK]) <= limit
            flags = (flags << 8) | is_rare
            rare_bins += is_rare
        desk.sketch[w], desk.rare[w] = np.uint64(values), np.uint64(flags)
    return rare_bins


@leaf
def _candidates(count, rare_bins, window, desk):  # type: ignore[no-untyped-def]
    """Of the `count` slots met, those whose sketches agree enough, into `tried`; return how many. Texts are asked for."""
    kept = 0
    for k in range(count):
        slot = np.int64(desk.met[k])
        same, same_rare = np.int64(0), np.int64(0)
        for w in range(WORDS):
            units = _same_bytes(window.sketches[slot * WORDS + w], desk.sketch[w])
            same += _count_units(units)
            same_rare += _count_units(units & desk.rare[w])
        if same < _LEAST_BINS:
            continue
        if same < _MANY_BINS and rare_bins >= _FEW_RARE and (same_rare < _RARE_LEAST or same_rare * _RARE_SHARE < rare_bins):
            continue  # they share boiler-plate only
        kept = _note(desk.tried, kept, same, slot)
        prefetch(window.lengths, slot)
        prefetch(window.starts, slot)
    for k in range(kept):
        prefetch(window.letters, np.int64(window.starts[desk.tried[k, 1]]))
    return kept


@leaf
def _compare(count, length, window, desk, near_copy, partners, similarities):  # type: ignore[no-untyped-def]
    """Edit distances to the `count` candidates; return partners found, the best similarity and its slot. Stops at a near copy."""
    found, best, best_slot = 0, 0.0, np.int64(-1)
    if count > 0:
        mark_symbols(desk.own, length, desk.equal)
    for k in range(count):
        slot = desk.tried[k, 1]
        m = np.int64(window.lengths[slot])
        longest = max(length, m)
        limit = allowed_edits(longest)
        age = (window.state[0] - 1 - slot) % window.lengths.shape[0]
        if abs(length - m) > limit or age >= window.state[0] - window.state[3]:
            continue
        distance = edit_distance(length, desk.equal, window.letters, np.int64(window.starts[slot]), m, limit, desk.plus, desk.minus)
        if distance > limit:
            continue
        similarity = 1.0 - distance / longest
        if similarity > best:
            best, best_slot = similarity, slot
        partners[found] = window.numbers[slot]
        similarities[found] = similarity
        found += 1
        if found == MOST_PARTNERS or similarity >= near_copy or (found > 1 and best >= _SURE):
            break
    return found, best, best_slot


@leaf
def _insert(number, length, keys, tags, window, desk):  # type: ignore[no-untyped-def]
    """Store one post in the next slot; what stood there is forgotten."""
    slots, room = window.lengths.shape[0], window.letters.shape[0]
    used, start, oldest = window.state[0], window.state[1], window.state[3]
    packed = (length + 1) // 2
    if start + packed > room:  # a text is never cut at the end of the ring
        while oldest < used and window.starts[oldest % slots] >= start:
            oldest += 1
        start = 0
    while oldest < used and (used - oldest == slots or start <= window.starts[oldest % slots] < start + packed):
        oldest += 1
    slot = used % slots
    window.starts[slot] = start
    window.lengths[slot] = length
    window.numbers[slot] = number
    for p in range(packed):
        high = desk.own[2 * p + 1] if 2 * p + 1 < length else 0
        window.letters[start + p] = desk.own[2 * p] | (high << 4)
    for w in range(WORDS):
        window.sketches[slot * WORDS + w] = desk.sketch[w]
    for band in range(BANDS):
        key = keys[band]
        for way in range(WAYS - 1, 0, -1):
            window.buckets[key + way] = window.buckets[key + way - 1]
        window.buckets[key] = (tags[band] << _SLOT_BITS) | (slot + 1)
    window.state[0] = used + 1
    window.state[1] = start + packed
    window.state[3] = oldest


@leaf
def add_codes(codes, n, number, minima, keys, tags, window, desk, near_copy, partners, similarities):  # type: ignore[no-untyped-def]
    """Find the earlier posts that one masked text nearly equals, then take it in; return how many partners were written.

    A partner is the last post that had the wording found (or a near copy of it); the similarity is that to the wording as stored. A near copy of what stands there already is not stored again, unless what stands there is older than half of the window.
    """
    rare_bins = _sketch(minima, window, desk)
    length = _pack(codes, n, desk.own)
    met = _meet(keys, tags, window.buckets, window.sketches, desk.met)
    tried = _candidates(met, rare_bins, window, desk)
    found, best, best_slot = _compare(tried, length, window, desk, near_copy, partners, similarities)
    if found == 0:  # a wording of its own: its shingles count, those of a campaign's copies do not
        window.state[2] += 1
        for b in range(BINS):
            place = minima[b] & _SEEN_MASK
            if window.seen[place] < 0xFFFF:
                window.seen[place] += 1
    slots = window.lengths.shape[0]
    young = best_slot >= 0 and ((window.state[0] - 1 - best_slot) % slots) * 2 < slots
    if best < near_copy or not young:
        _insert(number, length, keys, tags, window, desk)
    else:
        window.numbers[best_slot] = number  # the next copy is tied to this one, so that a long campaign reaches beyond a window of time
    return found


@compiled
def add_column(codes, offsets, first_number, window, near_copy, counts, partners, similarities):  # type: ignore[no-untyped-def]
    """`add_codes` for every masked text `codes[offsets[i]:offsets[i + 1]]`; `counts`, `partners`, `similarities` have one row per text."""
    desk = _Desk(
        np.empty(WORDS, np.uint64), np.empty(WORDS, np.uint64), np.empty(MOST_COMPARED, np.uint8), np.empty(_MOST_MET, np.int32),
        np.zeros((_MOST_TRIED, 2), np.int64), np.empty(16 * BLOCKS, np.uint64), np.empty(BLOCKS, np.uint64), np.empty(BLOCKS, np.uint64),
    )  # fmt: skip
    minima, keys, tags = np.empty((_AHEAD, BINS), np.int64), np.empty((_AHEAD, BANDS), np.int64), np.empty((_AHEAD, BANDS), np.int64)
    long_enough = np.empty(_AHEAD, np.bool_)
    posts, rooms = offsets.shape[0] - 1, window.buckets.shape[0] // (BANDS * WAYS)
    for step in range(posts + _AHEAD - 1):
        if step < posts:  # the buckets of a post are asked for some posts before they are read
            lane = step % _AHEAD
            text = codes[offsets[step] : offsets[step + 1]]
            long_enough[lane] = take_minima(text, text.shape[0], minima[lane])
            if long_enough[lane]:
                _find_buckets(minima[lane], rooms, keys[lane], tags[lane], window.buckets, window.seen)
        i = step - _AHEAD + 1
        if i < 0:
            continue
        lane = i % _AHEAD
        counts[i] = 0
        if long_enough[lane]:
            text = codes[offsets[i] : offsets[i + 1]]
            counts[i] = add_codes(
                text, text.shape[0], first_number + i, minima[lane], keys[lane], tags[lane], window, desk, near_copy, partners[i], similarities[i]
            )


@compiled
def mask_column(data, offsets, fold, codes, code_offsets):  # type: ignore[no-untyped-def]
    """Normal forms of UTF-8 texts with every number as one 0 (uint16 into `codes`, text after text); return the number of codes."""
    whole, masked = np.empty(ROOM, np.uint16), np.empty(ROOM + 2, np.uint16)
    place = np.empty(ROOM + 2, np.int32)
    nowhere = np.empty(0, np.int32)
    measures = np.zeros(measured.COUNT, np.int32)
    written = 0
    code_offsets[0] = 0
    for i in range(offsets.shape[0] - 1):
        n = fold_text(data, offsets[i], offsets[i + 1], fold.entry, fold.pool, fold.classes, whole, nowhere, nowhere, measures)
        n = join_letters(whole, n, fold.classes, nowhere, nowhere, measures)
        m = mask_numbers(whole, n, fold.classes, fold.numerals, masked, place)
        for p in range(1, m - 1):  # without the stops at both ends
            codes[written] = masked[p]
            written += 1
        code_offsets[i + 1] = written
    return written
