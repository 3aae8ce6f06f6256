"""What Japanese substring search compares: one form of a text, and its pairs of neighbouring characters. The same for every store and every query."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from andon.language.fold import MENTION_CODE, URL_CODE
from andon.language.normal import normalise

if TYPE_CHECKING:
    from andon.language.normal import NormalText

_SPECIAL = re.compile(f"[{chr(URL_CODE)}{chr(MENTION_CODE)}]")
_SCHEME = re.compile(r"^(?:h?ttps?://|[@＠]+)", re.IGNORECASE)


def search_form(text: str) -> str:
    """The normal form of `text` with addresses and handles written out (folded too, without `https://` and `@`), so that they can be found."""
    normal = normalise(text)
    form = normal.text
    if _SPECIAL.search(form):
        form = _SPECIAL.sub(lambda found: _written_out(text, normal, found.start()), form)
    return form.encode("utf-8", "replace").decode()  # halves of a character are no text for a database


def _written_out(text: str, normal: NormalText, place: int) -> str:
    start, end = normal.span(place, place + 1)
    return _SPECIAL.sub(" ", normalise(_SCHEME.sub("", text[start:end])).text)


def bigrams(form: str) -> list[str]:
    """Every pair of neighbouring characters, in order, and the last character alone: each character of the form begins exactly one of them."""
    return [form[k : k + 2] for k in range(len(form))]
