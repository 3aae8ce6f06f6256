"""Looking at one page: as its server gives it, and as a browser shows it. Nothing is written here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from andon.console.outside import browser, fetch
from andon.console.outside.errors import Unreachable
from andon.console.outside.line import Limits

if TYPE_CHECKING:
    from andon.console.outside.answers import Answer
    from andon.console.outside.browser import Picture

# A named person asks for this one page, as with a browser: the rules for programs that wander about (robots.txt) are not asked.
LIMITS = Limits(seconds=30, step_seconds=10, most_bytes=20 * 2**20, robots=False)
_SHOWN = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as it was seen; `without` says why there is no picture of it."""

    answer: Answer
    picture: Picture | None = None
    without: str = ""


def see(url: str, *, with_picture: bool = True) -> Seen:
    """Fetch a page, and take a picture where a browser is there and it is a page to look at. Raises Unreachable when it cannot be fetched."""
    answer = fetch.get(url, limits=LIMITS)
    if not with_picture:
        return Seen(answer, without="not_wanted")
    if answer.media_type not in _SHOWN:
        return Seen(answer, without="not_a_page")
    try:
        return Seen(answer, browser.picture(answer.final_url))
    except Unreachable as error:
        return Seen(answer, without=error.reason)
