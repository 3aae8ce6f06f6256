"""Compiled gate of the screen: the running sum of what pairs and threes of characters weigh."""

from __future__ import annotations

import numpy as np

from andon.detection.scoring.kernels import NGRAM_MULTIPLIER
from andon.detection.scoring.model import PAIRS, TRIPLES
from andon.language.kernels import STOP_CODE, leaf

_TWO, _THREE = np.int64((1 << 32) - 1), np.int64((1 << 48) - 1)  # masks of so many codes
_MULTIPLIER = np.int64(NGRAM_MULTIPLIER)
_ZERO = ord("0")  # digits of the normal form are ASCII


@leaf
def anchor_key(key, code):  # type: ignore[no-untyped-def]
    """The last three codes as one number, from that of the three before: what anchors are hashed from. Every digit counts as 0."""
    digit = np.int64((code >= _ZERO) & (code <= _ZERO + 9))
    return ((key << 16) | (code + digit * (_ZERO - code))) & _THREE


@leaf
def anchor_places(key):  # type: ignore[no-untyped-def]
    """Where the anchors of the last two and of the last three codes of `key` stand."""
    pair = (((key & _TWO) * _MULTIPLIER) >> 40) & (PAIRS - 1)
    return np.uint64(pair), np.uint64(PAIRS + (((key * _MULTIPLIER) >> 40) & (TRIPLES - 1)))


@leaf
def anchor_peak(codes, n, anchors, lowest):  # type: ignore[no-untyped-def]
    """The highest running sum of the anchors of a text: what the screen's gate asks for.

    `anchors` (int8) holds the weights of hashed pairs and threes of characters; a stop stands at both ends. The sum begins at 0 and never falls below
    `lowest`, so that ordinary words behind an offer cannot hide it, and those before it only so far. By the model's definition a post whose peak is
    below the limit scores the floor, so leaving it here drops nothing that the full score would keep.
    """
    total, peak, key = np.int64(0), np.int64(-(1 << 62)), np.int64(STOP_CODE)
    for p in range(np.uint64(n)):
        key = anchor_key(key, np.int64(codes[p]))
        pair, triple = anchor_places(key)
        total = max(total + anchors[pair] + anchors[triple], lowest)
        peak = max(peak, total)
    pair, triple = anchor_places(anchor_key(key, np.int64(STOP_CODE)))
    return max(peak, max(total + anchors[pair] + anchors[triple], lowest))  # noqa: PLW3301 - two at a time
