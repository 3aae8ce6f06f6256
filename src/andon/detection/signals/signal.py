"""What a signal is: a named reason for or against, found by words, by a measure of the post, or by other signals."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from andon.domain.kinds import Kind  # noqa: TC001 - part of the public annotations that tools resolve at run time


class Side(StrEnum):
    """Whether a signal speaks for recruitment, against it, or only sets the scene (weight learned either way)."""

    FOR = "for"
    AGAINST = "against"
    SCENE = "scene"


class Measure(StrEnum):
    """Whole numbers that screening takes of every post; the unit is in the name."""

    CHARS = "chars"  # code units of the normal form
    PAY_LUMP_YEN = "pay_lump_yen"  # largest amount that is not per hour or month, in yen
    PAY_HOUR_YEN = "pay_hour_yen"  # largest amount behind 時給 and the like
    PAY_MONTH_YEN = "pay_month_yen"  # largest amount behind 月収, 月給 and the like
    PAY_DAY_YEN = "pay_day_yen"  # largest amount behind 日給, 日当, 1日 and the like
    HASHTAGS = "hashtags"
    URLS = "urls"
    MENTIONS = "mentions"
    LONG_DIGITS = "long_digits"  # runs of 9 and more digits, separators ignored
    QUOTES = "quotes"  # opening quotation brackets
    QUESTIONS = "questions"  # question marks
    EXCLAMATIONS = "exclamations"
    STOPS = "stops"  # full stops and line ends
    LAUGHS = "laughs"  # w, 草, 笑 at an end
    EMOJI = "emoji"
    EMOJI_MONEY = "emoji_money"
    EMOJI_CARRY = "emoji_carry"
    EMOJI_FORCE = "emoji_force"
    EMOJI_CONTACT = "emoji_contact"
    EMOJI_DRUG = "emoji_drug"
    SPLITS = "splits"  # separators dropped from inside running text
    LOOKALIKES = "lookalikes"  # characters of another script folded to the one they imitate
    LATIN = "latin"  # Latin letters
    HAN = "han"  # kanji
    KANA = "kana"


@dataclass(frozen=True, slots=True)
class Range:
    """A measure between `low` and `high`, both included, in the measure's own unit."""

    measure: Measure
    low: int
    high: int = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Signal:
    """One named reason. Exactly one of `terms`, `within` or `all_of` says when it fires.

    `terms` are words in ordinary spelling; `(a|b|)` lists alternatives and is multiplied out. They are matched on the
    normal form, so width, kana, case, inserted marks and look-alike letters need no entry of their own; a term that begins
    or ends with a Latin letter or digit matches at a Latin word's edge only. `guards` are innocent longer words: a hit that lies wholly
    inside one does not count. `within` is a range of a measure. `all_of` fires when every named signal fires
    (and none of `none_of`).
    """

    name: str
    group: str
    side: Side
    en: str
    ja: str
    why_ja: str
    terms: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    within: Range | None = None
    all_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()


def words(text: str) -> tuple[str, ...]:
    """Split a block of terms at white space; a term that needs an inner space writes it as `_`."""
    return tuple(term.replace("_", " ") for term in text.split())
