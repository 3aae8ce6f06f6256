"""Any page of the web: what its server says, and whether the post's text stands in it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from andon.console.measures.visits.reading.compare import compared
from andon.console.measures.visits.reading.seen import Look, Net, Seen, unknown
from andon.console.measures.visits.reading.walls import is_walled
from andon.console.measures.visits.rules import State
from andon.detection.sources.html_text import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.console.outside.answers import Answer

GONE = {404: "http_404", 410: "http_410"}
TOLD = (400, 401, 403, 429, 451, 500, 502, 503, 504)  # statuses that have words of their own
_TOO_MANY, _FAILS, _GOOD = (429, 503), 500, 200
_SIGN_IN = re.compile(r"/(?:log-?in|sign-?in|signup|accounts/login|i/flow/login|auth|checkpoint|captcha|challenge)(?:[/.?]|$)", re.IGNORECASE)
_DESCRIBING = ("og:description", "description", "twitter:description", "og:title", "twitter:title")
_CHARSET = re.compile(rb"charset=[\"']?\s*([\w-]{2,30})", re.IGNORECASE)
_CHARSETS = {"shift_jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "shift-jis": "cp932", "windows-31j": "cp932"}
_HEAD = 4096


def look(one: Look, net: Net) -> Seen:
    """Look at the page. A page that does not hold the text tells nothing: it may be a wall, another page, or filled by scripts."""
    host = urlsplit(one.url).hostname or ""
    if is_walled(host):
        return unknown("wall")
    answer = net.get(one.url)
    return failed(answer) or _moved(one.url, answer) or _told(one, answer)


def failed(answer: Answer) -> Seen | None:
    """A server that fails, wants to be left alone, or lets nobody in has told nothing of the post."""
    if answer.status in _TOO_MANY or answer.status >= _FAILS:
        return Seen(State.UNKNOWN, _code(answer.status), answer, host_ails=True, pause=_seconds(answer.headers.get("retry-after", "")))
    if answer.status != _GOOD and answer.status not in GONE:
        return unknown(_code(answer.status), answer)
    return None


def _code(status: int) -> str:
    return f"http_{status}" if status in TOLD else "http_other"


def _seconds(retry_after: str) -> float | None:
    return float(retry_after) if retry_after.strip().isdecimal() else None


def _moved(url: str, answer: Answer) -> Seen | None:
    """Redirects to a sign-in page, to another host or to the front page tell nothing of the post."""
    asked, got = urlsplit(url), urlsplit(answer.final_url)
    if _SIGN_IN.search(got.path) and not _SIGN_IN.search(asked.path):
        return unknown("sign_in", answer)
    if _bare(asked.hostname) != _bare(got.hostname) or (got.path in ("", "/") and asked.path not in ("", "/")):
        return unknown("moved", answer)
    return None


def _bare(host: str | None) -> str:
    return (host or "").removeprefix("www.").removeprefix("m.")


def _told(one: Look, answer: Answer) -> Seen:
    if answer.status in GONE:
        return Seen(State.GONE, GONE[answer.status], answer)
    found = [compared(one.text, text) for text in texts(answer)]
    if State.THERE in found:
        return Seen(State.THERE, "text", answer)
    if State.CHANGED in found:
        return Seen(State.CHANGED, "text_differs", answer)
    return unknown("cut" if answer.truncated else "no_text", answer)


def texts(answer: Answer) -> Iterator[str]:
    """What a page says: what people see of it, what it says of itself, and what its data say."""
    text = decoded(answer)
    if answer.media_type.endswith(("/json", "+json")):
        yield from _strings(text)
        return
    yield plain_text(text)[0]
    page = LexborHTMLParser(text)
    for meta in page.css("meta[content]"):
        if (meta.attributes.get("property") or meta.attributes.get("name") or "").lower() in _DESCRIBING:
            yield meta.attributes.get("content") or ""
    for script in page.css('script[type="application/ld+json"], script[type="application/json"]'):
        yield from _strings(script.text())


def decoded(answer: Answer) -> str:
    """The body as text: by what the server says, what the page says, or UTF-8."""
    said = answer.headers.get("content-type", "").partition("charset=")[2].strip("\"' ;").lower()
    if not said and (match := _CHARSET.search(answer.body[:_HEAD])):
        said = match.group(1).decode("ascii").lower()
    try:
        return answer.body.decode(_CHARSETS.get(said, said) or "utf-8", errors="replace")
    except LookupError:
        return answer.body.decode("utf-8", errors="replace")


def _strings(text: str) -> Iterator[str]:
    """Every text in a JSON document, markup taken off."""
    try:
        left = [json.loads(text)]
    except (ValueError, RecursionError):
        return
    while left:
        value = left.pop()
        if isinstance(value, str):
            yield plain_text(value)[0] if "<" in value else value
        elif isinstance(value, list):
            left += value
        elif isinstance(value, dict):
            left += value.values()
