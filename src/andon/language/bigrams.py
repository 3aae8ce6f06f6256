"""What Japanese substring search compares: one form of a text, and its pairs of neighbouring characters. The same for every store and every query."""

from __future__ import annotations

import re
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Searched:
    """The search form of a text, with the half-open range of original code points behind each of its characters."""

    text: str
    first: tuple[int, ...]
    last: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's range behind `text[start:end]`; `end` must be beyond `start`."""
        return min(self.first[start:end]), max(self.last[start:end])


def searched(text: str) -> Searched:
    """The same form as `search_form`, with the map back to `text`."""
    normal = normalise(text)
    form, first, last = list[str](), list[int](), list[int]()
    for place, char in enumerate(normal.text):
        start, end = normal.span(place, place + 1)
        if not _SPECIAL.match(char):
            form.append(char)
            first.append(start)
            last.append(end)
            continue
        scheme = _SCHEME.match(text[start:end])
        begin = start + (scheme.end() if scheme else 0)
        inner = normalise(text[begin:end])
        form += _SPECIAL.sub(" ", inner.text)
        first += [begin + int(at) for at in inner.first]
        last += [begin + int(at) for at in inner.last]
    return Searched("".join(form).encode("utf-8", "replace").decode(), tuple(first), tuple(last))


def bigrams(form: str) -> list[str]:
    """Every pair of neighbouring characters, in order, and the last character alone: each character of the form begins exactly one of them."""
    return [form[k : k + 2] for k in range(len(form))]
