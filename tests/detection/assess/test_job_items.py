"""The six items of a job advert, and where a post states them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from andon.detection.assess import job_items
from andon.detection.assess.job_items import JobItem, find_job_items
from andon.language.contacts import find_contacts

WHOLE = "株式会社青葉物流 仕事内容：倉庫での仕分け 勤務地：川口市本町1-2-3 青葉ビル5F 時給1,200円 応募は048-000-0000まで"
# (text, items that it states)
TABLE = [
    ("高収入！即日！DMまで", ""),
    ("誰でもできる簡単なお仕事です", ""),
    ("日給5万 DMまで", "pay"),
    ("日給5万 @abc_1 まで", "pay"),
    ("日給5万 https://t.me/abc", "pay"),
    ("LINE: abc123 まで", ""),
    ("https://example.jp/x1", ""),
    ("応募フォーム https://example.jp/entry/5", "contact"),
    ("recruit@example.jp", "contact"),
    ("電話０４８－０００－００００", "contact"),
    ("青葉運輸株式会社", "name"),
    ("(株)ひかり", "name"),
    ("三ツ葉クリニック", "name"),
    ("倉庫内の仕分けです", "work"),
    ("職種：事務", "work"),
    ("新宿駅すぐ", "place"),
    ("勤務地：仙台", "place"),
    ("大宮駅弁を食べた", ""),
    ("川口市栄町2-5-10", "address place"),
    ("時給1200円", "pay"),
    ("報酬は五十万", "pay"),
    ("", ""),
]


def stated(text: str) -> dict[str, str]:
    """The items that `text` states, each with its words."""
    return {str(item): text[slice(*span)] for item, span in find_job_items(text, find_contacts(text)).items() if span}


def test_whole_advert() -> None:
    """An advert with all six items lacks none, and every place is right."""
    found = stated(WHOLE)
    assert set(found) == set(map(str, JobItem))
    assert found["name"].startswith("株式会社青葉物流")
    assert "本町1-2-3" in found["address"]
    assert found["contact"] == "048-000-0000"
    assert "1,200" in found["pay"]


@pytest.mark.parametrize(("text", "items"), TABLE)
def test_items(text: str, items: str) -> None:
    """A post states what it states; a private message, a handle or a messenger's link is no contact in the sense of the rule."""
    assert set(stated(text)) == set(items.split())


@pytest.mark.parametrize("cut", ["株式会社青葉物流 ", "仕事内容：倉庫での仕分け ", "時給1,200円 ", "応募は048-000-0000まで"])
def test_item_taken_away(cut: str) -> None:
    """Taking one item out of a whole advert makes just that one missing."""
    assert len(stated(WHOLE.replace(cut, ""))) == len(JobItem) - 1


HEADED = r"(?:仕事内容|業務内容|職種|作業内容)\s*[:：】]\s*\S{2,20}|"
SLOW = {
    JobItem.NAME: job_items._NAME, JobItem.ADDRESS: job_items._ADDRESS, JobItem.PLACE: job_items._PLACE, JobItem.PAY: job_items._PAY,
    JobItem.WORK: re.compile(HEADED + "|".join(sorted(job_items._TASKS, key=len, reverse=True))),
}  # fmt: skip
PIECES = [
    *(row[0] for row in TABLE), "株", "会社", "（有）", "同)", "法人", "医", "青葉", "支店", "センター", "物流", "配送", "駅", "弁", "東京", "北海道", "大阪", "市", "場", "区", "分", "県", "郡", "：",
    "勤務地", "職種", "レジ", "リフト係", "フォークリフト", "1", "日給", "万", "の", " ", "A", "ホテル", "々",
]  # fmt: skip


def check_against_slow(text: str) -> None:
    """The items are those that the patterns find when nothing is tested before them."""
    found = find_job_items(text, ())
    assert {item: found[item] for item in SLOW} == {item: match.span() if (match := pattern.search(text)) else None for item, pattern in SLOW.items()}


@settings(max_examples=500)
@given(text=st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_quick_tests_lose_nothing(text: str) -> None:
    """The quick tests before the patterns change no answer."""
    check_against_slow(text)


def test_quick_tests_lose_nothing_in_the_corpus(corpus: Callable[[str], list[dict[str, Any]]]) -> None:
    """Nor on the project's own texts."""
    for row in corpus("heldout"):
        check_against_slow(row["text"])
