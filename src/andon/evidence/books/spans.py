"""Where a text holds what was searched for: ranges of the original, from places in the folded form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.language.bigrams import searched

if TYPE_CHECKING:
    from collections.abc import Iterator


def spans_of(text: str, form: str) -> Iterator[tuple[int, int]]:
    """Half-open ranges of code points of `text` behind every place where its form holds `form`; they do not overlap."""
    compared = searched(text)
    at = compared.text.find(form)
    last = 0
    while at >= 0:
        start, end = compared.span(at, at + len(form))
        if end > last:
            yield max(start, last), end
            last = end
        at = compared.text.find(form, at + len(form))
