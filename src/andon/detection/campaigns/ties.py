"""Ties between posts: what holds two of them together, how strongly, and who said so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

CONFIRMED_WORDING = 0.85  # similarity from which near-identical wording needs nobody's word
CONFIRMED_LENGTH = 24  # characters of the normal form below which it always does


class Ground(StrEnum):
    """What a tie rests on."""

    WORDING = "wording"
    CONTACT = "contact"
    PERSON = "person"


class Standing(StrEnum):
    """Whether a decision may flow along a tie."""

    CONFIRMED = "confirmed"
    SUGGESTED = "suggested"


@dataclass(frozen=True, slots=True)
class Tie:
    """One tie between two posts (numbers in the book, `a` before `b`).

    `strength` is the similarity of the wording (0 to 1), 1.0 for a shared contact or a person's word; `detail` is the contact's key or the person.
    """

    a: int
    b: int
    ground: Ground
    standing: Standing
    strength: float
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word on two posts: the same campaign or not. The last word on a pair holds."""

    a: int
    b: int
    same: bool
    by: str


def wording_standing(similarity: float, length: int) -> Standing:
    """Near-identical long texts are of one hand or copied from it; shorter or looser likeness is for a person to confirm."""
    near = similarity >= CONFIRMED_WORDING and length >= CONFIRMED_LENGTH
    return Standing.CONFIRMED if near else Standing.SUGGESTED


# Addresses that hold an id: the id is the contact, however the link is written.
_ID_LINKS = (
    ("telegram", re.compile(r"(?:t\.me|telegram\.me)/(?:s/)?(\+?[A-Za-z0-9_-]{4,})", re.IGNORECASE)),
    ("line", re.compile(r"(?:lin\.ee|line\.me/(?:ti/p|R/ti/p|ti/g2?))/([~@A-Za-z0-9_-]{4,})", re.IGNORECASE)),
    ("signal", re.compile(r"(?:signal\.me|signal\.group)/#?(?:p/|eu/)?(\+?[A-Za-z0-9_/+=-]{6,})", re.IGNORECASE)),
    ("whatsapp", re.compile(r"(?:wa\.me|chat\.whatsapp\.com)/(\+?[A-Za-z0-9]{6,})", re.IGNORECASE)),
    ("discord", re.compile(r"(?:discord\.gg|discord\.com/invite)/([A-Za-z0-9-]{4,})", re.IGNORECASE)),
    ("instagram", re.compile(r"instagram\.com/([A-Za-z0-9_.]{3,})", re.IGNORECASE)),
)
_TYING = frozenset({"telegram", "signal", "line", "whatsapp", "discord", "wechat", "zalo", "kakaotalk", "instagram", "telephone", "mail", "handle"})
_WEAK = frozenset({"handle"})  # a mention may name a victim, a paper or the police: for a person to confirm
_LEAST_ID = 4


def contact_key(type_: str, value: str) -> str | None:
    """One spelling for one contact ("telegram:abc"), or None for what ties nothing: web addresses, and ids too short to be somebody's.

    Invite codes keep their case (they differ by it); ids, handles and mail addresses do not.
    """
    for name, pattern in _ID_LINKS:
        match = pattern.search(value)
        if match:
            code = match.group(1)
            is_invite = name in ("discord", "signal") or code.startswith("+") or (name == "line" and not code.startswith("~"))
            return f"{name}:{code if is_invite else code.lstrip('~').lower()}"
    bare = value.strip().removeprefix("@")
    if type_ not in _TYING or len(bare) < _LEAST_ID or "/" in bare:
        return None
    return f"{type_}:{bare.lower()}"


def contact_standing(key: str) -> Standing:
    """A messenger id, an invite, a telephone number or a mail address confirms; a mere mention suggests."""
    return Standing.SUGGESTED if key.split(":", 1)[0] in _WEAK else Standing.CONFIRMED
