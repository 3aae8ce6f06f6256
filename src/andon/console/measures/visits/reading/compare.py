"""Whether a text that was found says what the stored post says. Both by the letters of their normal form: breaks and marks differ by page."""

from __future__ import annotations

import re

from andon.console.measures.visits.rules import State
from andon.language.bigrams import search_form
from andon.language.normal import normalise

_RUN = 6  # characters of the runs that are counted
_LEAST = 12  # a text shorter than this is found whole or not at all
_SAME, _SOME = 0.9, 0.5  # shares of the stored text's runs that are found: parted by page layout; changed
_MOST = 0.6  # of a post's text that must be there
_NO_LETTER = re.compile(r"[\W_]+")


def compared(stored: str, found: str) -> State | None:
    """THERE when `found` (a whole page, or a post) holds the stored text, CHANGED when it holds much of it, else nothing: it may stand elsewhere."""
    wanted, given = _form(stored), _form(found)
    if not wanted:
        return None
    if wanted in given:
        return State.THERE
    if len(wanted) < _LEAST:
        return None
    share = _share(wanted, given)
    return State.THERE if share >= _SAME else State.CHANGED if share >= _SOME else None


def post_compared(stored: str, found: str) -> State:
    """The same where `found` is surely the post itself, by the same address: another text there is a changed one.

    Addresses and mentions are left out (services shorten and rewrite them). A text that is cut (…) is the same, and one that shows a little more or
    less than was stored: a heading, a poll.
    """
    is_cut = found.rstrip().endswith(("…", "..."))
    wanted, given = _letters(normalise(stored).text), _letters(normalise(found).text)
    if not wanted or not given:
        return State.CHANGED
    if is_cut and wanted.startswith(given):
        return State.THERE
    alike = min(len(wanted), len(given)) / max(len(wanted), len(given))
    return State.THERE if (wanted in given or given in wanted) and alike >= _MOST else State.CHANGED


def _share(wanted: str, given: str) -> float:
    runs = {wanted[k : k + _RUN] for k in range(len(wanted) - _RUN + 1)}
    return sum(run in given for run in runs) / len(runs)


def _form(text: str) -> str:
    return _letters(search_form(text))


def _letters(form: str) -> str:
    return _NO_LETTER.sub("", form)
