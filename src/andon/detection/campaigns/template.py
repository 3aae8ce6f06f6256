"""What the posts of a campaign have in common, once, with slots where they vary."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from andon.language.contacts import find_contacts
from andon.language.normal import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

_KEPT = 0.75  # share of the members that must have a piece for it to be common text
_MOST_VALUES = 6
_FULLEST = 2  # share of common text (1 in so many) below which there is no template worth showing


class Slot(StrEnum):
    """What varies in a place."""

    CONTACT = "contact"
    PAY = "pay"
    DAY = "day"
    PLACE = "place"
    NUMBER = "number"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the template: common text (`slot` None), or a slot with the values seen most, each with its number of posts ("" is none there)."""

    text: str
    slot: Slot | None = None
    values: tuple[tuple[str, int], ...] = ()


_NUMBER = r"[0-9０-９〇一二三四五六七八九十百千][0-9０-９〇一二三四五六七八九十百千万億,，.．]*"
_PIECE = re.compile(
    rf"(?P<pay>[¥￥]\s*{_NUMBER}|{_NUMBER}\s*[~〜～\-ー－]?\s*(?:{_NUMBER})?\s*(?:万円?|萬円?|千円|円|[kKｋＫ](?![a-zA-Z])))"
    rf"|(?P<day>{_NUMBER}\s*月\s*{_NUMBER}\s*日|[0-9０-９]{{1,2}}[/／][0-9０-９]{{1,2}}|[月火水木金土日]曜日?|今日|本日|明日|明後日|今夜|今晩|今週|来週|今月|来月|土日|平日)"
    r"|(?P<place>北海道|東京都?|大阪府?|京都府?|神奈川|埼玉|千葉|愛知|福岡|名古屋|横浜|札幌|仙台|広島|神戸|関東|関西|東海|九州|東北|都内|全国|[一-龥]{2,3}県|[一-龥]{1,4}市(?!場)|[一-龥]{1,3}区|[一-龥ァ-ヶ]{1,5}駅)"
    r"|(?P<number>[0-9０-９]+)|(?P<latin>[A-Za-zＡ-Ｚａ-ｚ]+)|(?P<rest>[\s\S])"
)
_TYPED = {"pay": Slot.PAY, "day": Slot.DAY, "place": Slot.PLACE, "number": Slot.NUMBER}


@dataclass(frozen=True, slots=True)
class _Token:
    """A piece of a post: how it is written, what it is compared by, and which slot it would fill."""

    text: str
    key: str
    slot: Slot | None


@lru_cache(maxsize=1 << 14)
def _key(piece: str) -> str:
    """What a piece is compared by. Most pieces are single characters that come again and again."""
    return normalise(piece).text if not piece.isspace() else " "


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []

    def plain(start: int, end: int) -> None:
        for match in _PIECE.finditer(text, start, end):
            piece = match.group()
            slot = _TYPED.get(str(match.lastgroup))
            tokens.append(_Token(piece, _key(piece), slot))

    at = 0
    for contact in find_contacts(text):
        plain(at, contact.start)
        tokens.append(_Token(text[contact.start : contact.end], contact.value, Slot.CONTACT))
        at = contact.end
    plain(at, len(text))
    return tokens


def make_template(texts: Sequence[str]) -> tuple[Part, ...]:
    """The template of the texts of one campaign (a few dozen are enough): the one that is most like the others, its varying pieces as slots.

    One text is its own template. Texts that share less than half (posts tied by a contact alone) have none: the result is empty.
    """
    if not texts:
        return ()
    members = [_tokens(text) for text in texts]
    if len(texts) == 1 or len(set(texts)) == 1:
        return (Part(texts[0]),)
    keys = [[token.key for token in member] for member in members]
    base = _most_central(keys)
    kept = Counter[int]()
    found: list[list[list[_Token]]] = []
    for number, member in enumerate(members):
        blocks = SequenceMatcher(None, keys[base], keys[number], autojunk=False).get_matching_blocks()
        kept.update(place for block in blocks for place in range(block.a, block.a + block.size))
        found.append(_by_gap(member, blocks, len(keys[base])))
    parts = _parts(members[base], kept, found, len(members))
    common = sum(len(part.text) for part in parts if part.slot is None)
    return parts if common * _FULLEST >= len(texts[base]) else ()


def _most_central(keys: Sequence[Sequence[str]]) -> int:
    """The member that shares most pieces with the others."""
    bags = [Counter(one) for one in keys]
    whole = sum(bags, Counter())

    def shared(number: int) -> float:
        return sum(min(count, 3) * whole[key] for key, count in bags[number].items()) / (len(keys[number]) + 8)

    return max(range(len(keys)), key=lambda number: (shared(number), -number))


def _by_gap(member: Sequence[_Token], blocks: Sequence[tuple[int, int, int]], length: int) -> list[list[_Token]]:
    """For every place of the base (and the end) the member's pieces there: the matched one, or what stands in its stead before the next match."""
    stands: list[list[_Token]] = [[] for _ in range(length + 1)]
    base_at = member_at = 0
    for base_start, member_start, size in blocks:
        stands[base_at] += member[member_at:member_start]
        for k in range(size):
            stands[base_start + k].append(member[member_start + k])
        base_at, member_at = base_start + size, member_start + size
    return stands


def _parts(base: Sequence[_Token], kept: Counter[int], found: Sequence[Sequence[Sequence[_Token]]], members: int) -> tuple[Part, ...]:
    """Runs of common pieces and runs of varying ones; a varying run becomes a slot with the values that members have there."""
    parts: list[Part] = []
    at = 0
    while at < len(base):
        common = kept[at] >= _KEPT * members
        end = at
        while end < len(base) and (kept[end] >= _KEPT * members) == common:
            end += 1
        text = "".join(token.text for token in base[at:end])
        if common:
            parts.append(Part(text))
        else:
            values = Counter("".join(token.text for place in range(at, end) for token in member[place]).strip() for member in found)
            parts.append(Part(text, _slot_of(base[at:end]), tuple(values.most_common(_MOST_VALUES))))
        at = end
    return tuple(parts)


def _slot_of(tokens: Sequence[_Token]) -> Slot:
    """The kind of slot most of the varying pieces ask for."""
    kinds = Counter[Slot]()
    for token in tokens:
        if token.slot is not None:
            kinds[token.slot] += len(token.text)
    length = sum(len(token.text) for token in tokens if not token.text.isspace())
    if kinds:
        kind, covered = kinds.most_common(1)[0]
        if covered * 2 >= length:
            return kind
    return Slot.WORDS
