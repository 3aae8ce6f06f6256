"""Amounts of money as they are written in posts, and numbers that are none."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from andon.language.fold import folding
from andon.language.normal import normalise
from andon.language.yen import DAY, HOUR, LUMP, MONTH, MOST_AMOUNTS, find_amounts

PERIODS = {LUMP: "lump", HOUR: "hour", DAY: "day", MONTH: "month"}
TABLE = {
    # units
    "5万": [(50_000, "lump")], "五萬": [(50_000, "lump")], "五万円": [(50_000, "lump")], "50k": [(50_000, "lump")], "５０Ｋ": [(50_000, "lump")], "5.5k": [(5_500, "lump")],
    "1.5万": [(15_000, "lump")], "１．５万円": [(15_000, "lump")], "百万円": [(1_000_000, "lump")], "二十万": [(200_000, "lump")], "三十五万円": [(350_000, "lump")],
    "5万5千円": [(55_000, "lump")], "1万2000円": [(12_000, "lump")], "1万8千": [(18_000, "lump")], "2千円": [(2_000, "lump")], "三千円": [(3_000, "lump")], "千円": [(1_000, "lump")],
    "500万": [(5_000_000, "lump")], "2百万": [(2_000_000, "lump")], "1億": [(100_000_000, "lump")], "壱万円": [(10_000, "lump")], "1,500円": [(1_500, "lump")], "¥30,000": [(30_000, "lump")],
    "￥３００００": [(30_000, "lump")], "30000yen": [(30_000, "lump")], "1〇万円": [(100_000, "lump")], "二千五百円": [(2_500, "lump")], "5 0 0 0 円": [],
    "ニ万円": [(20_000, "lump")], "⑤万": [(50_000, "lump")], "5 万": [(50_000, "lump")],
    # periods
    "５〜１０万/日": [(100_000, "day")], "5万/日": [(50_000, "day")], "日給35000": [(35_000, "day")], "日給35,000円": [(35_000, "day")], "日当5万": [(50_000, "day")], "1日5万円": [(50_000, "day")],
    "一日五万": [(50_000, "day")], "時給1200円": [(1_200, "hour")], "時給1200": [(1_200, "hour")], "時給千五百円": [(1_500, "hour")], "5000円/時": [(5_000, "hour")], "1時間5000円": [(5_000, "hour")],
    "月収100万": [(1_000_000, "month")], "月に50万": [(500_000, "month")], "5万円/月": [(50_000, "month")], "報酬80000": [(80_000, "lump")], "1件3万円": [(30_000, "lump")], "一回10万": [(100_000, "lump")],
    "10万日払い": [(100_000, "lump")], "5万以上": [(50_000, "lump")], "10万-20万": [(100_000, "lump"), (200_000, "lump")], "時給1200円 日給1万": [(1_200, "hour"), (10_000, "day")],
    # no money
    "3万人": [], "3万人が参加": [], "5万回再生": [], "3万件": [], "10万台": [], "一万歩": [], "千人": [], "電話番号": [], "090-1234-5678": [], "2026年11月22日": [], "10時に": [], "100個": [], "50kg": [],
    "5km": [], "千葉": [], "万が一": [], "億万長者": [], "一攫千金": [], "数万円": [], "0円": [], "日給10": [], "手取り15": [], "12345678901234円": [], "": [],
}  # fmt: skip


def amounts(text: str) -> list[tuple[int, str, str]]:
    """Yen, period and place in the original of all amounts."""
    found, table = normalise(text), folding()
    places, yens, periods = np.empty((MOST_AMOUNTS, 2), np.int32), np.empty(MOST_AMOUNTS, np.int64), np.empty(MOST_AMOUNTS, np.int64)
    count = find_amounts(found.codes, len(found.codes), table.classes, table.numerals, places, yens, periods)
    spans = [found.span(int(start), int(end)) for start, end in places[:count]]
    return [(int(yens[k]), PERIODS[int(periods[k])], text[slice(*spans[k])]) for k in range(count)]


@pytest.mark.parametrize(("text", "expected"), TABLE.items())
def test_amounts(text: str, expected: list[tuple[int, str]]) -> None:
    """Amounts are read in yen with the period they are paid for; other numbers are none."""
    assert [(yen, period) for yen, period, _ in amounts(text)] == expected


@pytest.mark.parametrize(
    ("text", "place"), [("日給３５，０００円です", "３５，０００円"), ("報酬は ５ 万 円", "５ 万 円"), ("1回5万5千円〜", "5万5千円"), ("月収💰100万", "100万")]
)
def test_place_is_exact(text: str, place: str) -> None:
    """The place of an amount is its digits and units in the original spelling."""
    assert [found for _, _, found in amounts(text)] == [place]


@settings(max_examples=300)
@given(st.integers(1, 9999), st.sampled_from(["日給", "時給", "月収", "報酬", ""]))
def test_every_number_of_man(number: int, before: str) -> None:
    """Any number of 万 is that many times ten thousand, whatever stands before it."""
    assert [yen for yen, _, _ in amounts(f"{before}{number}万円")] == [number * 10_000]


@settings(max_examples=300)
@given(st.text("0123456789一二十百千万億円k.,日時月給人年¥ あ", max_size=30))
def test_amounts_are_few_ordered_and_positive(text: str) -> None:
    """Whatever the text: at most sixteen amounts, each above nothing and at most two thousand million, in order, none inside another."""
    found, table = normalise(text), folding()
    places, yens, periods = np.empty((MOST_AMOUNTS, 2), np.int32), np.empty(MOST_AMOUNTS, np.int64), np.empty(MOST_AMOUNTS, np.int64)
    count = find_amounts(found.codes, len(found.codes), table.classes, table.numerals, places, yens, periods)
    edges = places[:count].ravel().tolist()
    assert edges == sorted(edges)
    assert ((yens[:count] > 0) & (yens[:count] <= 2_000_000_000)).all()
    assert count == 0 or edges[-1] <= len(found.codes)


def test_long_price_list_ends_at_sixteen() -> None:
    """Of a long list of prices the first sixteen are read, and nothing breaks."""
    assert [yen for yen, _, _ in amounts("、".join(f"{k}万円" for k in range(1, 40)))] == [k * 10_000 for k in range(1, MOST_AMOUNTS + 1)]
