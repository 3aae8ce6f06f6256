"""The folding table: what every Unicode code point becomes in the normal form, made from Unicode's own data.

One table look-up per character replaces NFKC, lower-casing, kana folding, look-alike folding and emoji classing. The table is
built with `unicodedata`, so it is right by construction for compatibility characters, and kept as `fold.npz` beside this file (run
`python -m andon.language.fold` after a change; a test holds the two together).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

SIZE = 0x20000

# What a code point does to the normal form (bits 16 to 19 of its entry).
DROP, CHAR, POOL, SEPARATOR, STOP, NEWLINE, EMOJI, VOICED, SEMIVOICED, COMMA, DOT, LONG_VOWEL, ZERO_RING = range(13)

# Classes of a code of the normal form.
OTHER, HAN, KANA, LATIN, DIGIT, SPACE, PUNCT = range(7)

# What is counted (bits 20 to 24); 0 counts nothing. Order is shared with `measures.COUNTED`.
(COUNT_NONE, COUNT_HASHTAG, COUNT_QUOTE, COUNT_QUESTION, COUNT_EXCLAMATION, COUNT_STOP, COUNT_EMOJI, COUNT_MONEY, COUNT_CARRY, COUNT_FORCE,
 COUNT_CONTACT, COUNT_DRUG, COUNT_LOOKALIKE, COUNT_LATIN, COUNT_HAN, COUNT_KANA, COUNT_DIGIT) = range(17)  # fmt: skip

URL_CODE = 0xE100
MENTION_CODE = 0xE101
FAR_HAN = 0x3013  # 〓 stands for every kanji beyond the table

_SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
_LOOKALIKE_KANJI = {"口": "ろ", "力": "か", "工": "え", "卜": "と", "夕": "た", "囗": "ろ"}
_OLD_KANJI = dict(zip("萬圓壹壱貳弐參参髙﨑國對會賣實體點當學應價應號傳變拂銀圖", "万円一一二二三三高崎国対会売実体点当学応価応号伝変払銀図", strict=True))
_LOOKALIKE_LATIN = dict(
    zip(
        "аеорсухіјѕһԁԛԝкмтвнАВЕКМНОРСТУХІЈЅԌԜαονρτικχυωβΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
        "aeopcyxijshdqwkmtbhabekmhopctyxijsgwaovptikxuwbabezhikmnoptyx",
        strict=True,
    )
)
_EMOJI = {
    COUNT_MONEY: "💰💸💴💵💶💷🤑💲🪙💳🏧🧧👛👝💹",
    COUNT_CARRY: "📦🚗🚙🚚🚛🚐🚌🛻✈🛫🛬🚢🛵🏍🚄🚅🚆🧳💼👜🎒🛍📮🚕🚖🏎🛣",
    COUNT_FORCE: "🔪👊🔨💣🔫🪓🗡⚔🥷🏴‍☠☠🧤🔧🪛💪🥊",
    COUNT_CONTACT: "📩✉📧📲💌📱📞☎📨📥📤💬🗨🤙",
    COUNT_DRUG: "🥦🧊🍁💊❄🌿🍃💉🍦🍨🌱🚬🍄",
}
# Emoji that stand for a word when a particle or a verb of moving follows (📦を運ぶ); anywhere else emoji are decoration and only counted.
_EMOJI_WORDS = {
    "📦": "荷物", "🚗": "車", "🚙": "車", "🚚": "車", "💰": "お金", "💴": "お金", "💵": "お金", "💸": "お金", "📞": "電話", "☎": "電話", "📱": "携帯", "✈": "飛行機", "🛫": "飛行機",
    "💳": "かど", "🏦": "銀行", "🏠": "家", "🏡": "家", "📩": "dm", "✉": "dm", "📧": "dm", "🧳": "荷物", "💼": "かばん", "📄": "書類", "🐱": "猫", "🐈": "猫", "🔫": "銃", "🔪": "刃物",
}  # fmt: skip
_SEPARATORS = " \t\u3000\u00a0・･.．/／\\|｜¦☆★○●◯◎*＊_＿-－‐‑–—―−~〜～♪♫♡♥❤→⇒⇨➡←↑↓⇩⬇◆◇■□▪▫▼▽▲△※#＃+＋=＝×✕✖❌⭕()（）[]［］{}｛｝<>＜＞〈〉《》≪≫【】〔〕〖〗…‥`´^＾、､;；:：‣•●⚫⚪☀♢♦♣♠✦✧✨⭐🌟💫’'＇｀°"


class Fold(NamedTuple):
    """The folding table.

    `entry`: uint32, one per code point below `SIZE`; `pool`: uint16, the codes of characters that become several;
    `classes`: uint8, the class of every code of the normal form; `numerals`: uint8, 1 to 10 for 〇 to 九, 11 to 13 for 十 百 千, else 0.
    """

    entry: npt.NDArray[np.uint32]
    pool: npt.NDArray[np.uint16]
    classes: npt.NDArray[np.uint8]
    numerals: npt.NDArray[np.uint8]


def fold_letter(char: str) -> str:
    """Fold one compatibility-normalised, lower-cased character to its class representative."""
    if "\u30a1" <= char <= "\u30f6":
        char = chr(ord(char) - 0x60)
    char = char.translate(_SMALL)
    char = _LOOKALIKE_KANJI.get(char, char)
    char = _OLD_KANJI.get(char, char)
    return _LOOKALIKE_LATIN.get(char, char)


def _plain(char: str) -> str:
    """NFKC, lower case, Latin letters without their marks, then `fold_letter`."""
    composed = _LOOKALIKE_LATIN.get(char) or unicodedata.normalize("NFKC", char).lower()  # Ε looks like E, its small ε does not
    out = []
    for one in composed:
        base = unicodedata.normalize("NFD", one)[0]
        latin = base.isascii() and base.isalpha()
        one = {"đ": "d", "ł": "l", "ø": "o", "ı": "i"}.get(one, one)  # noqa: PLW2901
        out.append(fold_letter(base if latin else one))
    return "".join(out)


def class_of(char: str) -> int:
    """Class of one character of the normal form."""
    if char.isascii():
        if char.isalpha():
            return LATIN
        if char.isdigit():
            return DIGIT
        return SPACE if char == " " else PUNCT
    if "\u3041" <= char <= "\u309f":
        return KANA
    if "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or char in "々〆〓":
        return HAN
    if char in "。「」¥%":
        return PUNCT
    return OTHER


def _is_emoji(point: int) -> bool:
    return 0x1F000 <= point <= 0x1FAFF or 0x2600 <= point <= 0x27BF or 0x2B00 <= point <= 0x2BFF or 0x2190 <= point <= 0x21FF or 0x2300 <= point <= 0x23FF or 0x25A0 <= point <= 0x25FF


def _special(point: int, emoji: dict[int, int]) -> tuple[int, int, str] | None:  # noqa: C901, PLR0912
    """Kind, counter and text of the code points that are not simply letters; None for the rest."""
    char = chr(point)
    if point in emoji:
        return EMOJI, emoji[point], ""
    if char in "\n\r\u2028\u2029\u0085\x0b\x0c":
        return NEWLINE, COUNT_STOP, ""
    if char in "。｡":
        return STOP, COUNT_STOP, ""
    if char in "!！‼❗❕":
        return STOP, COUNT_EXCLAMATION, ""
    if char in "?？⁇❓❔":
        return CHAR, COUNT_QUESTION, "?"
    if char in '「『“"＂«':
        return CHAR, COUNT_QUOTE, "「"
    if char in "」』”»":
        return CHAR, COUNT_NONE, "」"
    if char in ",，":
        return COMMA, COUNT_NONE, ""
    if char in ".．":
        return DOT, COUNT_NONE, ""
    if char in "ーｰ":
        return LONG_VOWEL, COUNT_NONE, ""
    if char == "〇":
        return ZERO_RING, COUNT_NONE, ""
    if char in "゛ﾞ\u3099":
        return VOICED, COUNT_NONE, ""
    if char in "゜ﾟ\u309a":
        return SEMIVOICED, COUNT_NONE, ""
    if char in "¥￥":
        return CHAR, COUNT_NONE, "¥"
    if char in _SEPARATORS:
        return SEPARATOR, COUNT_HASHTAG if char in "#＃" else COUNT_NONE, ""
    if 0x1F130 <= point <= 0x1F149 or 0x1F150 <= point <= 0x1F169 or 0x1F170 <= point <= 0x1F189:
        return CHAR, COUNT_LOOKALIKE, chr(ord("a") + (point - 0x1F130) % 0x20)
    if 0x1F1E6 <= point <= 0x1F1FF:
        return CHAR, COUNT_LOOKALIKE, chr(ord("a") + point - 0x1F1E6)
    if _is_emoji(point) and unicodedata.normalize("NFKC", char) == char:
        return EMOJI, COUNT_EMOJI, ""
    category = unicodedata.category(char)
    if category in {"Mn", "Me", "Cf", "Cc", "Cs", "Co"}:
        return DROP, COUNT_NONE, ""
    if category.startswith("Z"):
        return SEPARATOR, COUNT_NONE, ""
    return None


def _letter_counter(char: str, text: str) -> int:
    point = ord(char)
    if char in _LOOKALIKE_LATIN or (0x1D400 <= point <= 0x1D7FF) or (0x2460 <= point <= 0x24FF):
        return COUNT_LOOKALIKE
    return {LATIN: COUNT_LATIN, HAN: COUNT_HAN, KANA: COUNT_KANA, DIGIT: COUNT_DIGIT}.get(class_of(text[0]), COUNT_NONE)


# Blocks whose characters need a closer look; all others are kanji, Hangul or letters beyond the table's interest.
_LOOKED_AT = ((0x0, 0x3400), (0xA000, 0xAC00), (0xD7A4, 0xE000), (0xF900, 0x10000), (0x1D400, 0x1D800), (0x1F000, 0x1FB00))
_REPLACEMENT = 0xFFFD


def _entry(point: int, pool: list[int], emoji: dict[int, int]) -> int:
    """The table entry of one code point; characters that become several are added to `pool`."""
    special = _special(point, emoji)
    if special is not None:
        kind, counter, text = special
    else:
        text = "".join(c for c in _plain(chr(point)) if class_of(c) != SPACE)
        counter = _letter_counter(chr(point), text) if text else COUNT_NONE
        kind = CHAR if text else DROP
    codes = [ord(c) if ord(c) < 0x10000 else _REPLACEMENT for c in text][:15]
    word = _EMOJI_WORDS.get(chr(point), "") if kind == EMOJI else ""
    if word:
        pool.extend([len(word), *map(ord, word)])
        return (counter << 20) | (EMOJI << 16) | (len(pool) - len(word) - 1)
    if kind != CHAR:
        return (counter << 20) | (kind << 16)
    if len(codes) == 1:
        return (counter << 20) | (CHAR << 16) | codes[0]
    pool.extend([len(codes), *codes])
    return (counter << 20) | (POOL << 16) | (len(pool) - len(codes) - 1)


def build() -> Fold:
    """Build the table from `unicodedata` (0.7 s); `folding` reads the copy that this module stores beside itself."""
    entry = np.full(SIZE, (CHAR << 16) | _REPLACEMENT, np.uint32)
    letters = np.arange(0x3400, 0xE000, dtype=np.uint32)
    han = letters < 0xA000
    entry[0x3400:0xE000] = letters | (CHAR << 16) | np.where(han, COUNT_HAN << 20, 0).astype(np.uint32)
    pool: list[int] = []
    emoji = {ord(char): counter for counter, chars in _EMOJI.items() for char in chars if ord(char) > 0x2000 and char != "\u200d"}
    folded_kanji = [ord(char) for char in (*_LOOKALIKE_KANJI, *_OLD_KANJI)]
    for point in (*folded_kanji, *(p for low, high in _LOOKED_AT for p in range(low, high))):
        entry[point] = _entry(point, pool, emoji)
    classes = np.full(0x10000, OTHER, np.uint8)
    classes[0x3400:0xA000] = HAN
    for code in (*range(0x3400), *range(0xF900, 0xFB00)):
        classes[code] = class_of(chr(code))
    classes[[URL_CODE, MENTION_CODE]] = PUNCT
    numerals = np.zeros(0x10000, np.uint8)
    numerals[[ord(char) for char in "〇一二三四五六七八九十百千"]] = np.arange(1, 14)
    return Fold(entry, np.array(pool, np.uint16), classes, numerals)


_STORED = Path(__file__).with_name("fold.npz")


@lru_cache(maxsize=1)
def folding() -> Fold:
    """The folding table, read once per process."""
    with np.load(_STORED, allow_pickle=False) as stored:
        return Fold(stored["entry"], stored["pool"], stored["classes"], stored["numerals"])


if __name__ == "__main__":
    np.savez_compressed(_STORED, **build()._asdict())
