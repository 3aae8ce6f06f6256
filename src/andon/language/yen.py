"""Amounts of money in the normal form: 5万, 五萬, 50k, 5〜10万/日, 日給35000, ¥30,000 become yen and the period they are paid for.

A bare number counts as pay only behind a pay word (日給35000). 1本 (slang for a large sum) is not read: its worth differs by trade.
"""

from __future__ import annotations

import numpy as np

from andon.language.fold import DIGIT, LATIN
from andon.language.kernels import leaf
from andon.language.measures import M

MAN, SEN, HYAKU, OKU, YEN_SIGN, EN = (ord(c) for c in "万千百億¥円")
_K = ord("k")
_DOT, _ZERO, _NINE = ord("."), ord("0"), ord("9")
_DAY, _HOUR_KANJI, _MONTH = ord("日"), ord("時"), ord("月")
LUMP, HOUR, DAY, MONTH = int(M.PAY_LUMP_YEN), int(M.PAY_HOUR_YEN), int(M.PAY_DAY_YEN), int(M.PAY_MONTH_YEN)
_MOST = 2_000_000_000
_LEAST_BARE = 800  # yen: a smaller number without a unit is no pay, whatever stands before it
MOST_AMOUNTS = 16


def _rows(*patterns: tuple[str, int]) -> np.ndarray[tuple[int, int], np.dtype[np.int32]]:
    """Patterns as rows: length, meaning, codes."""
    table = np.zeros((len(patterns), 10), np.int32)
    for row, (pattern, meaning) in zip(table, patterns, strict=True):
        row[0], row[1] = len(pattern), meaning
        row[2 : 2 + len(pattern)] = [ord(c) for c in pattern]
    return table


# Words shortly before an amount that say what it is paid for; the nearest wins.
_BEFORE = _rows(
    ("時給", HOUR), ("時間給", HOUR), ("じ給", HOUR), ("1時間", HOUR), ("一時間", HOUR), ("hour", HOUR), ("時間", HOUR), ("jikyu", HOUR),
    ("日給", DAY), ("日当", DAY), ("にっ給", DAY), ("につきゆう", DAY), ("1日", DAY), ("一日", DAY), ("日収", DAY), ("daily", DAY), ("日払", DAY), ("nikkyu", DAY), ("1晩", DAY),
    ("月収", MONTH), ("月給", MONTH), ("月商", MONTH), ("月額", MONTH), ("毎月", MONTH), ("月に", MONTH), ("1か月", MONTH), ("1ケ月", MONTH), ("月々", MONTH), ("month", MONTH), ("年収", MONTH),
    ("報酬", LUMP), ("1件", LUMP), ("1回", LUMP), ("一回", LUMP), ("一件", LUMP), ("謝礼", LUMP), ("給料", LUMP), ("手取り", LUMP), ("salary", LUMP), ("pay", LUMP), ("週給", LUMP), ("買取", LUMP),
)  # fmt: skip
# Bit k: one of them begins with a code whose lowest six bits are k.
_FIRST_CODES = np.array([sum(1 << low for low in {code & 63 for code in _BEFORE[:, 2].tolist()})], np.uint64).view(np.int64)[0]
# Counters that show that a number in 万 or 千 is no money.
_COUNTERS = tuple(map(ord, "年台票個歩部名社校頭匹語字枚点位戸平坪倍度"))
_TIMES = tuple(map(ord, "人回件本"))  # these show it only where no word says what is paid: 一人5万 is pay


@leaf
def _matches(codes, n, at, row):  # type: ignore[no-untyped-def]
    """Whether the pattern in `row` stands at `at`."""
    length = row[0]
    if at + length > n:
        return False
    for k in range(length):
        if codes[at + k] != row[2 + k]:
            return False
    return True


@leaf
def _read_number(codes, n, at, classes, numerals):  # type: ignore[no-untyped-def]
    """Arabic or kanji number at `at`: (value times ten, next position, whether any). Kanji numbers stop before 万."""
    p = at
    if classes[codes[p]] == DIGIT:
        value = np.int64(0)
        digits = 0
        while p < n and classes[codes[p]] == DIGIT:
            if digits < 12:
                value = value * 10 + (np.int64(codes[p]) - 48)
            digits += 1
            p += 1
        value *= 10
        if p + 1 < n and codes[p] == _DOT and classes[codes[p + 1]] == DIGIT:
            value += np.int64(codes[p + 1]) - 48
            p += 2
            while p < n and classes[codes[p]] == DIGIT:
                p += 1
        return value, p, digits <= 12
    total, current = np.int64(0), np.int64(-1)
    while p < n:
        numeral = np.int64(numerals[codes[p]])
        if 1 <= numeral <= 10:
            current = numeral - 1 if current < 0 else current * 10 + numeral - 1
        elif numeral > 10:
            unit = 10 if numeral == 11 else (100 if numeral == 12 else 1000)
            total += unit * (current if current > 0 else 1)
            current = -1
        else:
            break
        p += 1
        if p - at > 8:
            return np.int64(0), p, False
    if current > 0:
        total += current
    return total * 10, p, p > at


@leaf
def _period(codes, n, start, end):  # type: ignore[no-untyped-def]
    """What the amount at `start:end` is paid for; -1 when no word says so."""
    if end < n:
        after = codes[end]
        beyond = codes[end + 1] if end + 1 < n else 0
        pay_word = beyond == ord("給") or beyond == ord("当") or beyond == ord("収")  # 時給1200円 日給1万: what follows is the next amount's
        if after == _DAY and not pay_word and beyond != ord("払") and beyond != ord("間") and beyond != ord("以"):
            return DAY
        if after == _HOUR_KANJI and not pay_word and beyond != ord("計"):
            return HOUR
        if after == _MONTH and not pay_word and not 48 <= beyond <= 57:
            return MONTH
    lowest = max(0, start - 9)
    at = start - 2
    while at >= lowest:
        if (_FIRST_CODES >> (np.int64(codes[at]) & 63)) & 1 == 0:
            at -= 1
            continue
        for r in range(_BEFORE.shape[0]):
            if at + _BEFORE[r, 0] <= start and _matches(codes, n, at, _BEFORE[r]):
                return _BEFORE[r, 1]
        at -= 1
    return -1


@leaf
def find_amounts(codes, n, classes, numerals, places, yens, periods):  # type: ignore[no-untyped-def]
    """Find amounts in the normal form `codes[:n]`; return how many (at most `MOST_AMOUNTS`).

    `places` (int32, two columns) receives the half-open code ranges, `yens` (int64) the amounts in yen, `periods` (int64) the index of the measure
    it belongs to (`LUMP`, `HOUR`, `DAY` or `MONTH`).
    """
    found = 0
    p = 0
    while p < n and found < MOST_AMOUNTS:
        code = np.int64(codes[np.uint64(p)])
        if not ((code >= _ZERO) & (code <= _NINE)) | (numerals[np.uint64(code)] > 1):  # both asked at once: numbers are rare, and a guess costs more
            p += 1
            continue
        start = p
        tenths, p, good = _read_number(codes, n, p, classes, numerals)
        if not good:
            continue
        sign = start > 0 and codes[start - 1] == YEN_SIGN
        unit = False
        value = tenths
        if p < n and codes[p] == SEN and p + 1 < n and (codes[p + 1] == MAN or codes[p + 1] == EN):
            value *= 1000
            p += 1
            unit = codes[p] != MAN
        elif p < n and codes[p] == HYAKU and p + 1 < n and codes[p + 1] == MAN:
            value *= 100
            p += 1
        if p < n and codes[p] == MAN:
            value *= 10_000
            p += 1
            unit = True
            if p < n and classes[codes[p]] == DIGIT:  # 5万5千円, 1万2000円
                more, after, good = _read_number(codes, n, p, classes, numerals)
                if good and after < n and (codes[after] == SEN or codes[after] == EN):
                    value += more * 1000 if codes[after] == SEN else more
                    p = after + 1 if codes[after] == SEN else after
        elif p < n and codes[p] == OKU:
            value *= 100_000_000
            p += 1
            unit = True
        elif p < n and codes[p] == _K and (p + 1 >= n or classes[codes[p + 1]] != LATIN):
            value *= 1000
            p += 1
            unit = True
        value //= 10
        yen = p < n and codes[p] == EN
        if yen:
            p += 1
        elif p + 2 < n and codes[p] == ord("y") and codes[p + 1] == ord("e") and codes[p + 2] == ord("n"):
            yen = True
            p += 3
        money = yen or sign
        if not money and not unit and value < _LEAST_BARE:
            continue  # most numbers: no words before it can make it money
        period = _period(codes, n, start, p)
        if not money and unit:
            money = True
            if p < n:
                for counter in _COUNTERS:
                    if counter == codes[p]:
                        money = False
                if money and period < 0:
                    for counter in _TIMES:
                        if counter == codes[p]:
                            money = False
        elif not money:
            money = period >= 0 and value >= _LEAST_BARE
        if money and value > 0:
            places[found, 0] = start
            places[found, 1] = p
            yens[found] = min(value, _MOST)
            periods[found] = period if period >= 0 else LUMP
            found += 1
    return found


@leaf
def measure_amounts(yens, periods, found, measures):  # type: ignore[no-untyped-def]
    """Put the largest amount of every period into the row of measures."""
    for k in range(found):
        index = periods[k]
        measures[index] = max(measures[index], yens[k])
