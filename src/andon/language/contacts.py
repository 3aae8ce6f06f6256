r"""Contacts written in a post: handles, messenger links, LINE ids, telephone numbers, mail and web addresses, with exact spans.

Patterns run on a copy of the text in which full-width and circled ASCII are plain, character for character, so spans need no map.
Classes are ASCII on purpose: `\w` would swallow the kana and kanji around an address.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact: type, value in its usual spelling, and the half-open code-point range in the original text."""

    type: str
    value: str
    start: int
    end: int


_TELEPHONE_DIGITS: Final = dict(zip("〇零一二三四五六七八九", "00123456789", strict=True))


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    """One character as plain ASCII where its compatibility form is a single ASCII character, else itself."""
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 and folded.isascii() else {"－": "-", "‐": "-", "―": "-", "ー": "-", "−": "-", "．": ".", "＿": "_"}.get(char, char)


# What `_plain` may change, and what stands for a digit of a telephone number: nearly all characters of a post are neither.
_PERHAPS_PLAIN = re.compile("[^\x00-\x7f\u3001-\u30fb\u30fd-\u9fff\uac00-\ud7a3]")
_PERHAPS_DIGIT = re.compile("[〇零一二三四五六七八九]")

_URL = re.compile(r"h?ttps?://[!-;=?-~]+", re.IGNORECASE)
_BARE_LINK = re.compile(
    r"(?<![A-Za-z0-9./@-])(?:t\.me|telegram\.me|lin\.ee|line\.me|signal\.me|signal\.group|wa\.me|discord\.gg|chat\.whatsapp\.com)/[!-;=?-~]+", re.IGNORECASE
)
_MAIL = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_HANDLE = re.compile(r"(?<![A-Za-z0-9._%+/@-])@([A-Za-z0-9_][A-Za-z0-9_.]{1,29})")
_TELEPHONE = re.compile(r"(?<![0-9])(?:\+81[ -]?[1-9]|0[1-9])(?:[ -]?[0-9]){7,9}(?![0-9])|(?<![0-9])0[0-9]{1,3}[ -(][0-9]{1,4}[ -)][0-9]{3,4}(?![0-9])")
_LINE_ID = re.compile(r"(?<![A-Za-zァ-ヶ])(?:line|ライン|ﾗｲﾝ|らいん)[\s・/]*(?:id|ＩＤ|アイディー|ぁぃでぃ)?[\s:：は→=＝@]*([A-Za-z0-9][A-Za-z0-9._-]{3,19})", re.IGNORECASE)
_APP_ID = re.compile(
    r"(telegram|テレグラム|テレグラ|テレ|ﾃﾚｸﾞﾗﾑ|ﾃﾚｸﾞﾗ|ﾃﾚ|signal|シグナル|シグ|ｼｸﾞﾅﾙ|ｼｸﾞ|discord|ディスコ|ﾃﾞｨｽｺ|wechat|微信|zalo|kakao|カカオ|ｶｶｵ|insta(?:gram)?|インスタ|ｲﾝｽﾀ|whatsapp)[\s・/]*(?:id)?[\s:：は→=＝]*@?([A-Za-z0-9][A-Za-z0-9._-]{3,31})",
    re.IGNORECASE,
)
_APPS: Final = {
    "te": "telegram", "テレ": "telegram", "si": "signal", "シグ": "signal", "di": "discord", "ディ": "discord", "we": "wechat", "微信": "wechat", "za": "zalo",
    "ka": "kakaotalk", "カカ": "kakaotalk", "in": "instagram", "イン": "instagram", "wh": "whatsapp", "ﾃﾚ": "telegram", "ｼｸ": "signal",
    "ﾃﾞ": "discord", "ｶｶ": "kakaotalk", "ｲﾝ": "instagram",
}  # fmt: skip
_TURKISH_I: Final = {ord("ı"): "i", ord("İ"): "i"}  # for Python the same letter as i, when case does not count
_HOSTS: Final = (
    ("t.me", "telegram"), ("telegram.me", "telegram"), ("lin.ee", "line"), ("line.me", "line"), ("signal.me", "signal"), ("signal.group", "signal"), ("wa.me", "whatsapp"),
    ("chat.whatsapp.com", "whatsapp"), ("discord.gg", "discord"), ("discord.com", "discord"), ("zalo.me", "zalo"), ("instagram.com", "instagram"),
)  # fmt: skip
# Without one of these nothing can match: an address, a mail address or handle, an id of a messenger, a telephone number.
_ID_LIKE = re.compile("[A-Za-z0-9][A-Za-z0-9._-]{3}", re.IGNORECASE)
_NUMBER_BEGIN = re.compile("[0+〇零]")
_STOP_WORDS: Final = {"line", "http", "https", "only", "please", "telegram", "signal", "official", "account"}
_TRAILING = ".,;:!?)]}'\"。、"


def _link_type(address: str) -> str:
    host = address.split("://", 1)[-1].split("/", 1)[0].lower().removeprefix("www.")
    return next((name for known, name in _HOSTS if host == known or host.endswith("." + known)), "url")


class _Found:
    """The contacts of one text so far; one that overlaps an earlier one is dropped."""

    def __init__(self, size: int) -> None:
        self.contacts: list[Contact] = []
        self._taken = bytearray(size)

    def add(self, type_: str, value: str, start: int, end: int) -> None:
        """Add one unless its place is taken."""
        if end > start and not any(self._taken[start:end]):
            self._taken[start:end] = b"\1" * (end - start)
            self.contacts.append(Contact(type_, value, start, end))


def find_contacts(text: str) -> tuple[Contact, ...]:
    """All contacts in `text`, in order, none overlapping another (addresses win over handles, handles over numbers)."""
    plain = _PERHAPS_PLAIN.sub(lambda match: _plain(match[0]), text)
    found = _Found(len(text))
    if "/" in plain:
        _find_links(plain, found)
    at = "@" in plain
    if at and "." in plain:
        for match in _MAIL.finditer(plain):
            found.add("mail", match.group().lower(), *match.span())
    if _ID_LIKE.search(plain):
        _find_ids(plain, found)
    if at:
        for match in _HANDLE.finditer(plain):
            found.add("handle", "@" + match.group(1).rstrip("."), match.start(), match.start() + 1 + len(match.group(1).rstrip(".")))
    if _NUMBER_BEGIN.search(plain):
        _find_telephones(plain, found)
    return tuple(sorted(found.contacts, key=lambda contact: contact.start))


def _find_links(plain: str, found: _Found) -> None:
    for pattern in (_URL, _BARE_LINK):
        for match in pattern.finditer(plain):
            value = match.group().rstrip(_TRAILING)
            found.add(_link_type(value), value, match.start(), match.start() + len(value))


def _find_ids(plain: str, found: _Found) -> None:
    for match in _LINE_ID.finditer(plain):
        if match.group(1).lower() not in _STOP_WORDS and not match.group(1).isalpha():
            found.add("line", match.group(1), *match.span(1))
    for match in _APP_ID.finditer(plain):
        if match.group(2).lower() not in _STOP_WORDS and not match.group(2).isalpha():
            found.add(_APPS[match.group(1)[:2].translate(_TURKISH_I).lower()], match.group(2), *match.span(2))


def _find_telephones(plain: str, found: _Found) -> None:
    digits = _PERHAPS_DIGIT.sub(lambda match: _TELEPHONE_DIGITS[match[0]], plain)
    for match in _TELEPHONE.finditer(digits):
        number = re.sub(r"[^0-9+]", "", match.group())
        found.add("telephone", "0" + number[3:] if number.startswith("+81") else number, *match.span())
