"""Japanese addresses: one house, however it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.console.undercover.identities import dwellings
from andon.console.undercover.identities.addresses import read, same_house

if TYPE_CHECKING:
    from pathlib import Path

SAME = [
    ("東京都千代田区霞が関二丁目一番二号", "千代田区霞ヶ関2-1-2"),
    ("東京都千代田区霞ケ関2丁目1番2号", "東京都千代田区霞ガ関２－１－２"),
    ("見本県見本市大字上町字西１２番地の３", "見本市上町西12-3"),
    ("見本県見本市本町二十三番五号", "見本県見本市本町23-5"),
    ("見本市本町一ー二ー三", "見本市本町1-2-3"),
    ("〒123-4567 見本県見本市本町1-2-3", "見本市本町1丁目2番3号"),
    ("見本市本町1-2-3 コーポ見本201", "見本市本町1-2-3"),
    ("見本市本町1-2-3-201", "見本市本町1-2-3 201号室"),
    ("北海道札幌市中央区北1条西2丁目3番", "札幌市中央区北一条西二丁目3"),
    ("見本市三番町六番地", "見本市三番町6"),
    ("見本市一之宮町１の２", "見本市一の宮町1-2"),
    ("見本市本町百二番地", "見本市本町102"),
    ("見本 市 本町 1−2", "見本市本町1‐2"),
]
DIFFERENT = [
    ("見本市本町1-2-3", "見本市本町1-2-4"),
    ("東京都府中市本町1-2-3", "広島県府中市本町1-2-3"),
    ("見本村12", "見本村12-3"),  # two lots
    ("見本市三番町6", "見本市四番町6"),
    ("見本市本町", "見本市本町"),  # nothing to compare
    ("北海道札幌市中央区北1条西2-3", "北海道札幌市中央区北2条西2-3"),
    ("見本市本町23-5", "見本市本町2-35"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_house(one: str, other: str) -> None:
    """Both ways round."""
    assert same_house(read(one), read(other)), (read(one), read(other))
    assert same_house(read(other), read(one))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_two_houses(one: str, other: str) -> None:
    """Or nothing that could be said."""
    assert not same_house(read(one), read(other)), (read(one), read(other))


_TENS = "〇一二三四五六七八九"


def kansuji(number: int) -> str:
    """二百三十四, as on old papers."""
    text = ""
    for unit, value in (("百", 100), ("十", 10), ("", 1)):
        digit = number // value % 10
        if digit:
            text += (_TENS[digit] if digit > 1 or value == 1 else "") + unit
    return text


@given(st.integers(1, 30), st.integers(1, 120), st.integers(1, 250))
def test_any_number_in_any_writing(chome: int, block: int, house: int) -> None:
    """Kansuji, wide digits, dashes: the same numbers."""
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    written = (
        f"見本市本町{kansuji(chome)}丁目{kansuji(block)}番{kansuji(house)}号", f"見本市本町{chome}-{block}-{house}",
        f"見本市本町{chome}丁目{block}番地の{house}".translate(wide), f"見本県見本市本町{chome}―{block}―{house}",
    )  # fmt: skip
    assert {read(one).numbers for one in written} == {(chome, block, house)}
    assert {read(one).place for one in written} == {"見本市本町"}


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    """Nothing that somebody types breaks it."""
    assert isinstance(read(text).place, str)


def test_the_list_is_only_read(tmp_path: Path, settings: Any) -> None:
    """With or without a heading, in any column, quoted; the answer names the list by its hash and no line of it."""
    path = tmp_path / "d.csv"
    path.write_text('"見本県見本市本町1-2-3",x\n見本市西町4-5,"y, z"\n', encoding="utf-8")
    settings.DWELLINGS = str(path)
    found = dwellings.look_up("見本市本町一丁目二番三号")
    assert (found.result, found.lines, len(found.sha256)) == ("listed", 2, 64)
    assert dwellings.look_up("見本市本町9-9").result == "not_listed"
    path.write_text("番号,address\n1,見本市西町4-5\n", encoding="utf-8-sig")
    assert dwellings.look_up("見本市西町4番5号").result == "listed"
    settings.DWELLINGS = str(tmp_path / "gone.csv")
    with pytest.raises(OSError, match="gone"):
        dwellings.look_up("見本市西町4番5号")
