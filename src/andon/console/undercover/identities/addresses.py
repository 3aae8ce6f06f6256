"""Japanese addresses brought to one form, so that 「霞が関二丁目一番二号」 and "霞ヶ関2-1-2" are the same place.

What is understood: width, kansuji and Arabic digits, 丁目・番地・番・号 and dashes of every kind, 大字 and 字, ヶ・ケ・が, a prefecture left
out, a building's name behind the numbers (its room number behind a dash is kept). Not understood: old and new names of a town, lots renumbered since.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_KANJI = "".join([*_DIGITS, *_UNITS])
_DASHES = re.compile(r"[‐‑‒–—―−﹣─━－]")  # NFKC leaves most of them as they are
_LONG = re.compile(rf"(?<=[0-9{_KANJI}])ー(?=[0-9{_KANJI}])")  # a long vowel between numbers is a dash
_GAP = re.compile(r"(?<=\d)\s+(?=\d)")
_POST_CODE = re.compile(r"^〒?\s*\d{3}-?\d{4}(?=\D)")
_NUMERAL = re.compile(rf"[{_KANJI}]+(?=丁目|番地|番(?![町丁])|号|条|線|-)|(?<=-)[{_KANJI}]+")
_STEPS = (
    (re.compile(r"(?<=\d)丁目の?"), "-"),
    (re.compile(r"(?<=\d)番地?の?"), "-"),
    (re.compile(r"(?<=\d)(?:号室?|室)"), ""),
    (re.compile(r"(?<=\d)[のノ](?=\d)"), "-"),
    (re.compile(r"-+"), "-"),
)
_HAMLET = re.compile(r"(?<=[市区町村郡])大?字|大字")
_KE = re.compile(r"(?<=[一-龠々])[ヶケがガヵカ](?=[一-龠々])")
_NO = re.compile(r"(?<=[一-龠々])[のノ之](?=[一-龠々])")
_PREFECTURE = re.compile(r"^(東京都|北海道|京都府|大阪府|[^0-9市区町村郡]{2,3}県)")
_NUMBERS = re.compile(r"(?<!\d)(\d+(?:-\d+)*)(?![\d条線区町村丁通])")


@dataclass(frozen=True, slots=True)
class Address:
    """An address as it is compared. `numbers` are empty where there is nothing that could tell one house from another."""

    prefecture: str
    place: str
    numbers: tuple[int, ...]


def read(text: str) -> Address:
    """The address in `text`."""
    plain = _LONG.sub("-", _DASHES.sub("-", unicodedata.normalize("NFKC", text)))
    plain = _POST_CODE.sub("", re.sub(r"\s+", "", _GAP.sub("-", plain)))
    plain = _NUMERAL.sub(lambda found: str(_value(found[0])), plain)
    for pattern, by in _STEPS:
        plain = pattern.sub(by, plain)
    found = _NUMBERS.search(plain)
    place = plain[: found.start()] if found else plain
    numbers = tuple(int(one) for one in found[1].split("-")) if found else ()
    place = _NO.sub("ノ", _KE.sub("ヶ", _HAMLET.sub("", place))).strip("-、,・")
    prefecture = named[1] if (named := _PREFECTURE.match(place)) else ""
    return Address(prefecture, place.removeprefix(prefecture), numbers)


def _value(kansuji: str) -> int:
    """二十三, 二三 and 百二 as numbers."""
    if not set(kansuji) & set(_UNITS):
        return int("".join(str(_DIGITS[one]) for one in kansuji))
    total, digit = 0, 0
    for one in kansuji:
        if one in _UNITS:
            total, digit = total + (digit or 1) * _UNITS[one], 0
        else:
            digit = digit * 10 + _DIGITS[one]
    return total + digit


def same_house(one: Address, other: Address) -> bool:
    """Whether two addresses may mean one house: the same place, and the numbers of the shorter begin those of the longer.

    A single number names a lot and is compared as it stands: 村12 and 村12-3 are two lots. Where either leaves its prefecture out, the rest decides.
    """
    if not one.numbers or not other.numbers or one.place != other.place:
        return False
    if one.prefecture and other.prefecture and one.prefecture != other.prefecture:
        return False
    shared = min(len(one.numbers), len(other.numbers))
    if shared == 1:
        return one.numbers == other.numbers
    return one.numbers[:shared] == other.numbers[:shared]
