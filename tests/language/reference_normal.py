"""The rules of the normal form in plain Python: what the compiled kernels must give, said once more without tables or bytes.

Characters: compatibility form, small letters, katakana as hiragana, small kana as large, Latin letters without their marks, look-alikes as what they
imitate, old kanji as new. Invisible characters and combining marks go. Voiced marks join the kana before them. Long-vowel marks go, unless they stand
between digits. Addresses and handles are one sign each. An emoji is a separator, unless it stands for a word and a particle or a verb of moving
follows. Then words are joined over their separators; see `_between`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

URL, HANDLE, FAR = "\ue100", "\ue101", "〓"
NEWLINES = "\n\r\u2028\u2029\u0085\x0b\x0c"
STOPS = "。｡!！‼❗❕"
QUESTIONS, OPENING, CLOSING, YEN = "?？⁇❓❔", '「『“"＂«', "」』”»", "¥￥"
COMMAS, DOTS, LONG_VOWELS, RING = ",，", ".．", "ーｰ", "〇"
VOICED, SEMIVOICED = "゛ﾞ\u3099", "゜ﾟ\u309a"
SEPARATORS = (
    " \t\u3000\u00a0・･/／\\|｜¦☆★○●◯◎*＊_＿-－‐‑–—―−~〜～♪♫♡♥❤→⇒⇨➡←↑↓⇩⬇◆◇■□▪▫▼▽▲△※#＃+＋=＝×✕✖❌⭕()（）[]［］{}｛｝<>＜＞〈〉《》≪≫【】〔〕〖〗…‥`´^＾、､;；:："
    "‣•⚫⚪☀♢♦♣♠✦✧✨⭐🌟💫’'＇｀°"
)
SMALL = dict(zip("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ", strict=True))
LOOK_ALIKES = dict(zip("口力工卜夕囗", "ろかえとたろ", strict=True))
OLD_KANJI = dict(zip("萬圓壹壱貳弐參参髙﨑國對會賣實體點當學應價應號傳變拂銀圖", "万円一一二二三三高崎国対会売実体点当学応価応号伝変払銀図", strict=True))
CYRILLIC_AND_GREEK = dict(
    zip("аеорсухіјѕһԁԛԝкмтвнαονρτικχυωβ", "aeopcyxijshdqwkmtbhaovptikxuwb", strict=True),
) | {"đ": "d", "ł": "l", "ø": "o", "ı": "i"}  # fmt: skip
GREEK_CAPITALS = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "abezhikmnoptyx", strict=True))
EMOJI_WORDS = {
    "📦": "荷物", "🚗": "車", "🚙": "車", "🚚": "車", "💰": "お金", "💴": "お金", "💵": "お金", "💸": "お金", "📞": "電話", "☎": "電話", "📱": "携帯", "✈": "飛行機", "🛫": "飛行機",
    "💳": "かど", "🏦": "銀行", "🏠": "家", "🏡": "家", "📩": "dm", "✉": "dm", "📧": "dm", "🧳": "荷物", "💼": "かばん", "📄": "書類", "🐱": "猫", "🐈": "猫", "🔫": "銃", "🔪": "刃物",
}  # fmt: skip
BEHIND_EMOJI_WORD = "をのがでにはと運届受送買持預渡"
BEHIND_NUMERAL_TWO = "万千百十割次人名回日月件"
ADDRESS = re.compile(r"https?://[!#-;=?-~]+", re.IGNORECASE)
MENTION = re.compile(r"@[0-9A-Za-z_]{2,}")
FURTHEST = 0x20000


@dataclass
class Sign:
    """One character of the normal form, or a mark that parts words: text, and the original's code points behind it."""

    text: str
    first: int
    last: int


def letters(char: str) -> str:
    """What one ordinary character becomes."""
    if char in GREEK_CAPITALS:
        return GREEK_CAPITALS[char]
    result = ""
    for one in unicodedata.normalize("NFKC", char).lower():
        base = unicodedata.normalize("NFD", one)[0]
        letter = base if base.isascii() and base.isalpha() else one
        if "ァ" <= letter <= "ヶ":
            letter = chr(ord(letter) - ord("ァ") + ord("ぁ"))
        for table in (SMALL, LOOK_ALIKES, OLD_KANJI, CYRILLIC_AND_GREEK):
            letter = table.get(letter, letter)
        result += letter
    return result.replace(" ", "")


def is_emoji(char: str) -> bool:
    """Pictures and signs that stand for themselves."""
    return unicodedata.normalize("NFKC", char) == char and bool(re.match("[←-⇿⌀-⏿■-➿⬀-⯿\U0001f000-\U0001faff]", char))


def invisible(char: str) -> bool:
    """Combining, zero-width, control and private characters."""
    return unicodedata.category(char) in {"Mn", "Me", "Cf", "Cc", "Cs", "Co"}


def single_letter(char: str) -> str:
    """The Latin letter in a square, or among the letters that flags are made of; empty for other characters."""
    point = ord(char)
    for low, high in ((0x1F130, 0x1F149), (0x1F150, 0x1F169), (0x1F170, 0x1F189), (0x1F1E6, 0x1F1FF)):
        if low <= point <= high:
            return chr(ord("a") + point - low)
    return ""


def with_mark(kana: str, mark: str) -> str:
    """The kana with the (half-)voiced mark; the kana itself if there is no such letter."""
    joined = unicodedata.normalize("NFC", kana + ("\u309a" if mark in SEMIVOICED else "\u3099"))
    return joined if len(joined) == 1 and "ぁ" <= kana <= "ん" else kana


def is_digit(char: str) -> bool:
    """A digit of the normal form."""
    return len(char) == 1 and char in "0123456789"


def fold(text: str) -> list[Sign]:  # noqa: C901, PLR0912
    """First half: every character for itself, marks that part words as a space, a line end or a full stop."""
    signs: list[Sign] = []

    def extend(at: int) -> None:
        if signs and signs[-1].last == at:
            signs[-1].last = at + 1

    at = 0
    while at < len(text):
        char, following = text[at], text[at + 1 : at + 2]
        behind = text[at + 2 : at + 3] if following == "\ufe0f" and text[at + 2 : at + 3] else following
        address = ADDRESS.match(text, at) or MENTION.match(text, at)
        before_digit = bool(signs) and is_digit(signs[-1].text)
        between = before_digit and bool(following) and is_digit(letters(following))
        if address:
            signs.append(Sign(HANDLE if char == "@" else URL, at, address.end()))
            at = address.end()
            continue
        if ord(char) >= FURTHEST:
            folded = FAR
        elif char == "ニ" and following and following in BEHIND_NUMERAL_TWO:
            folded = "二"
        elif char in EMOJI_WORDS:
            folded = EMOJI_WORDS[char] if behind and behind in BEHIND_EMOJI_WORD else " "
        elif char in NEWLINES:
            folded = "\n"
        elif char in STOPS:
            folded = "。"
        elif char in QUESTIONS + OPENING + CLOSING + YEN:
            folded = next(sign for sign, chars in (("?", QUESTIONS), ("「", OPENING), ("」", CLOSING), ("¥", YEN)) if char in chars)
        elif char in COMMAS:
            folded = "" if between else " "
        elif char in DOTS:
            folded = "." if between else " "
        elif char in LONG_VOWELS:
            folded = " " if between else "drop"
        elif char == RING:
            folded = "0" if before_digit else " "
        elif char in VOICED + SEMIVOICED:
            folded = ""
            if signs and (joined := with_mark(signs[-1].text, char)) != signs[-1].text:
                signs[-1].text, signs[-1].last = joined, at + 1
        elif char in SEPARATORS:
            folded = " "
        elif single_letter(char):
            folded = single_letter(char)
        elif is_emoji(char):
            folded = " "
        elif invisible(char):
            folded = "drop"
        elif unicodedata.category(char).startswith("Z"):
            folded = " "
        else:
            folded = letters(char) or "drop"
        if folded == "drop":
            extend(at)
        else:
            signs += [Sign(one, at, at + 1) for one in folded]
        at += 1
    return signs


def is_latin(char: str) -> bool:
    """A Latin letter of the normal form."""
    return char.isascii() and char.isalpha()


def is_kana(char: str) -> bool:
    """A kana of the normal form."""
    return "ぁ" <= char <= "ゟ"


def between(left: list[Sign], marks: list[Sign], right: list[Sign], *, at_column: bool) -> str:
    """What stays between two words: 。, a space, or nothing.

    A full stop or line end stays as one 。, but a single line end between single characters is vertical writing, and so is one at the edge of a
    column (`at_column`). A separator stays only between digits and between Latin words, not between single Latin letters spelt out.
    """
    kinds = [mark.text for mark in marks]
    vertical = len(left) == len(right) == 1 or at_column
    if "。" in kinds or ("\n" in kinds and not (kinds.count("\n") == 1 and vertical)):
        return "。"
    if is_digit(left[-1].text) and is_digit(right[0].text):
        return " "
    if is_latin(left[-1].text) and is_latin(right[0].text):
        spelt_out = len(left) == 1 and (len(right) == 1 or not is_latin(right[1].text))
        return "" if spelt_out else " "
    return ""


def edge_of_column(groups: list[tuple[bool, list[Sign]]], index: int) -> bool:
    """Whether the marks at `index` stand before or behind three lines of one character each, or more."""

    def letter(at: int) -> bool:
        return at < len(groups) and len(groups[at][1]) == 1

    def is_end(at: int) -> bool:
        return at >= len(groups) or groups[at][1][0].text in {"\n", "。"}

    ends = [index + 2, index + 4]
    begins = all(letter(at) for at in (index + 1, index + 3, index + 5)) and is_end(index + 6)
    begins = begins and all([sign.text for sign in groups[at][1]] == ["\n"] for at in ends)
    joined, at = 0, index - 2  # backwards over single line ends between single characters
    while at > 0 and letter(at - 1) and letter(at + 1) and (kinds := [sign.text for sign in groups[at][1]]).count("\n") == 1 and "。" not in kinds:
        joined, at = joined + 1, at - 2
    return begins or (letter(index - 1) and joined >= 2)


def reference(text: str) -> list[Sign]:
    """The normal form of `text`."""
    groups: list[tuple[bool, list[Sign]]] = []
    for sign in fold(text):
        mark = sign.text in {" ", "\n", "。"}
        if not groups or groups[-1][0] != mark:
            groups.append((mark, []))
        groups[-1][1].append(sign)
    out: list[Sign] = []
    for index, (mark, signs) in enumerate(groups):
        if mark:
            if 0 < index < len(groups) - 1:
                kept = between(groups[index - 1][1], signs, groups[index + 1][1], at_column=edge_of_column(groups, index))
                out += [Sign(kept, signs[0].first, signs[-1].last)] if kept else []
            continue
        for sign in signs:
            repeated = len(out) > 1 and out[-1].text == out[-2].text == sign.text
            if repeated and (is_kana(sign.text) or is_latin(sign.text)):
                out[-1].last = sign.last
            else:
                out.append(Sign(sign.text, sign.first, sign.last))
    return out
