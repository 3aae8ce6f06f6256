"""Disguises made by code from any text, to train against and to measure with: one function per trick, the same text for the same seed."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable

Trick = Callable[[str, random.Random], str]

_HALF = {unicodedata.normalize("NFKC", chr(point)): chr(point) for point in range(0xFF66, 0xFF9E)}
_KANJI_LOOKALIKE = {"ロ": "口", "カ": "力", "エ": "工", "ト": "卜", "タ": "夕", "ニ": "二"}
_LATIN_LOOKALIKE = dict(zip("aeopcyxijskmt", "аеорсухіјѕкмт", strict=True))
_SMALL = dict(zip("アイウエオツヤユヨあいうえおつやゆよ", "ァィゥェォッャュョぁぃぅぇぉっゃゅょ", strict=True))
_WORD = re.compile("[ぁ-んァ-ヶ一-龥々]{2,}")
_KANA_VOWEL = re.compile("[アイウエオカキコサシタトナニノハホマミムモラリロヤユヨバドゴ](?=[ァ-ヶ])")


def _inside_words(text: str, mark: Callable[[], str], rate: float, rng: random.Random) -> str:
    """Put a mark between the letters of words, at `rate` of the places."""

    def spread(match: re.Match[str]) -> str:
        word = match.group()
        return word[0] + "".join((mark() if rng.random() < rate else "") + letter for letter in word[1:])

    return _WORD.sub(spread, text)


def full_width(text: str, rng: random.Random) -> str:  # noqa: ARG001 - every trick has the same form
    """ASCII as full-width characters."""
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def half_width_kana(text: str, rng: random.Random) -> str:  # noqa: ARG001
    """Katakana in half width, voiced marks as characters of their own."""
    out = []
    for char in text:
        parts = unicodedata.normalize("NFD", char).replace("\u3099", "ﾞ").replace("\u309a", "ﾟ") if "ァ" <= char <= "ー" else char
        out.append("".join(_HALF.get(part, part) for part in parts))
    return "".join(out)


def katakana(text: str, rng: random.Random) -> str:  # noqa: ARG001
    """Hiragana as katakana."""
    return "".join(chr(ord(char) + 0x60) if "ぁ" <= char <= "ゖ" else char for char in text)


def hiragana(text: str, rng: random.Random) -> str:  # noqa: ARG001
    """Katakana as hiragana."""
    return "".join(chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char for char in text)


def zero_width(text: str, rng: random.Random) -> str:
    """Zero-width characters between letters."""
    return _inside_words(text, lambda: rng.choice("\u200b\u200c\u200d\u2060\ufeff"), 0.6, rng)


def combining(text: str, rng: random.Random) -> str:
    """Combining marks on letters."""
    return "".join(char + (rng.choice("\u0336\u0334\u0332\u0305\u20dd") if char.isalpha() and rng.random() < 0.5 else "") for char in text)  # noqa: PLR2004


def spaced(text: str, rng: random.Random) -> str:
    """Spaces between the letters of words."""
    return _inside_words(text, lambda: rng.choice((" ", "\u3000")), 0.8, rng)


def dotted(text: str, rng: random.Random) -> str:
    """Dots between the letters of words."""
    return _inside_words(text, lambda: rng.choice("・．.･"), 0.7, rng)


def starred(text: str, rng: random.Random) -> str:
    """Stars, rings and slashes between the letters of words."""
    return _inside_words(text, lambda: rng.choice("☆★○●/／*♡"), 0.6, rng)


def emoji_inside(text: str, rng: random.Random) -> str:
    """Emoji between the letters of words."""
    return _inside_words(text, lambda: rng.choice("🔥✨💥🌈🎉😊"), 0.4, rng)


def look_alikes(text: str, rng: random.Random) -> str:  # noqa: ARG001
    """Kanji that look like kana, Cyrillic that looks like Latin."""
    return "".join(_KANJI_LOOKALIKE.get(char, _LATIN_LOOKALIKE.get(char, char)) for char in text)


def enclosed(text: str, rng: random.Random) -> str:  # noqa: ARG001
    """Latin letters and digits in circles."""
    out = []
    for char in text:
        if "a" <= char.lower() <= "z" and char.isascii():
            out.append(chr(0x24D0 + ord(char.lower()) - ord("a")))
        elif "1" <= char <= "9":
            out.append(chr(0x2460 + ord(char) - ord("1")))
        else:
            out.append(char)
    return "".join(out)


def small_kana(text: str, rng: random.Random) -> str:
    """Small kana for large ones."""
    return "".join(_SMALL.get(char, char) if rng.random() < 0.5 else char for char in text)  # noqa: PLR2004


def long_vowels(text: str, rng: random.Random) -> str:
    """Long-vowel marks inside katakana words."""
    return _KANA_VOWEL.sub(lambda match: match.group() + (rng.choice("ー〜") if rng.random() < 0.5 else ""), text)  # noqa: PLR2004


def split_hashtags(text: str, rng: random.Random) -> str:
    """Words cut in two, each half a hashtag."""

    def cut(match: re.Match[str]) -> str:
        word = match.group()
        at = rng.randrange(1, len(word))
        return f"#{word[:at]} #{word[at:]}" if len(word) <= 6 else word  # noqa: PLR2004

    return _WORD.sub(cut, text)


def kanji_amounts(text: str, rng: random.Random) -> str:
    """Amounts in kanji: 5万 as 五萬."""
    numerals = "〇一二三四五六七八九"
    return re.sub(r"(\d)(?=万)", lambda match: numerals[int(match.group())], text).replace("万", rng.choice("万萬"))


def vertical(text: str, rng: random.Random) -> str:
    """One short word written downwards."""
    words = [match for match in _WORD.finditer(text) if len(match.group()) >= 3]  # noqa: PLR2004
    if not words:
        return text
    word = rng.choice(words)
    return f"{text[: word.start()]}\n{chr(10).join(word.group())}\n{text[word.end() :]}"


TRICKS: dict[str, Trick] = {
    trick.__name__: trick
    for trick in (
        full_width, half_width_kana, katakana, hiragana, zero_width, combining, spaced, dotted, starred, emoji_inside, look_alikes, enclosed,
        small_kana, long_vowels, split_hashtags, kanji_amounts, vertical,
    )
}  # fmt: skip


def disguise(text: str, trick: str, *, seed: int = 0) -> str:
    """`text` under the named trick of `TRICKS`; the same text for the same seed."""
    return TRICKS[trick](text, random.Random(f"{seed}/{trick}/{text}"))  # noqa: S311 - reproducible, not secret
