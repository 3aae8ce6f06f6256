"""The whole numbers taken of every post while it is folded, in the order in which the kernels store them."""

from __future__ import annotations

from enum import IntEnum


class M(IntEnum):
    """Index of a measure in a post's row of measures."""

    # The first seventeen are counted by the folding table, in the order of its counters.
    NONE = 0
    HASHTAGS = 1
    QUOTES = 2
    QUESTIONS = 3
    EXCLAMATIONS = 4
    STOPS = 5
    EMOJI = 6
    EMOJI_MONEY = 7
    EMOJI_CARRY = 8
    EMOJI_FORCE = 9
    EMOJI_CONTACT = 10
    EMOJI_DRUG = 11
    LOOKALIKES = 12
    LATIN = 13
    HAN = 14
    KANA = 15
    DIGITS = 16
    URLS = 17
    MENTIONS = 18
    SPLITS = 19
    LONG_DIGITS = 20
    LAUGHS = 21
    CHARS = 22
    PAY_LUMP_YEN = 23
    PAY_HOUR_YEN = 24
    PAY_DAY_YEN = 25
    PAY_MONTH_YEN = 26


COUNT = len(M)
