"""The finished text of a warning, as it would stand under a post, with what the rules say of it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from andon.console.measures.kinds.warning import rules
from andon.console.measures.kinds.warning.services import service_of
from andon.language.normal import normalise

if TYPE_CHECKING:
    from andon.console.measures.kinds.warning.models import Account, Wording

_DIGITS = re.compile(r"\d+")
_JAPANESE = re.compile("[\u3041-\u30ff\u3400-\u9fff]")
# A stand-in for who warns, to check a wording before anybody uses it.
EXAMPLE_NAME, EXAMPLE_PAGE = "○○県警察", "https://www.example.jp/account"


@dataclass(frozen=True, slots=True)
class Text:
    """A finished text, how long its service takes it to be, how long it may be, and the rules it breaks."""

    text: str
    length: int
    most: int
    broken: tuple[rules.Broken, ...]


def text_of(wording: Wording, account: Account) -> Text:
    """A wording as this account would post it."""
    service = service_of(account.service)
    text = filled(wording.text, account.name, account.verify_url)
    length = service.length(text)
    broken = rules.check(text, purpose=wording.purpose, verify_url=account.verify_url, length=length, most=service.most)
    return Text(text, length, service.most, tuple(broken))


def checked(text: str, purpose: str) -> list[rules.Broken]:
    """The rules that a wording breaks whoever posts it."""
    return rules.check(filled(text, EXAMPLE_NAME, EXAMPLE_PAGE), purpose=purpose, verify_url=EXAMPLE_PAGE)


def filled(text: str, name: str, verify_url: str) -> str:
    """The places filled; one that nothing is known for stays, and the rules refuse it."""
    text = text.replace("\r\n", "\n").strip()
    text = text.replace("{unit}", name) if name else text
    return text.replace("{verify}", verify_url) if verify_url else text


def reading_of(text: str) -> str:
    """Names what a post says, with every number as one: posts with the same name are read at once. Anything else that differs makes another."""
    return hashlib.sha256(_DIGITS.sub("0", normalise(text).text).encode("utf-8", "replace")).hexdigest()


def language_of(text: str) -> str:
    """The language a post is answered in: Japanese where any of its letters are."""
    return "ja" if _JAPANESE.search(text) else "en"
