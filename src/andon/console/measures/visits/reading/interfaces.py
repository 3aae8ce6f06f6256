"""Places with an interface for programs that answers anybody and says of one post whether it is there: better than any page.

X gives what others embed (oEmbed; documented as open to everybody), Bluesky its AppView, Misskey and Mastodon their own. Each reader takes an address
apart or leaves it (None); an answer that does not clearly speak of the post tells nothing, and the page is looked at where there is one to look at.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from andon.console.measures.visits.reading.compare import post_compared
from andon.console.measures.visits.reading.page import failed
from andon.console.measures.visits.reading.seen import Look, Net, Seen, unknown
from andon.console.measures.visits.rules import State
from andon.detection.sources.html_text import plain_text

if TYPE_CHECKING:
    from andon.console.outside.answers import Answer

X_EMBED = "https://publish.twitter.com/oembed"
BLUESKY = "https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread"
_X = re.compile(r"/[A-Za-z0-9_]{1,20}/status/\d{1,20}/?|/i/(?:web/)?status/\d{1,20}/?")
_BLUESKY = re.compile(r"/profile/([^/]{3,300})/post/([A-Za-z0-9._~:-]{1,100})/?")
_MISSKEY = re.compile(r"/notes/([a-z0-9]{8,40})/?")
_MASTODON = re.compile(r"/@[^/]{1,200}/(\d{1,25})/?")
_GOOD, _BAD, _NOT_FOUND = 200, 400, 404


def x(one: Look, net: Net) -> Seen | None:
    """X: 404 is a post that was deleted, 403 one that is not shown to everybody (protected, suspended, account gone): nobody can tell which."""
    parts = urlsplit(one.url)
    if (parts.hostname or "").removeprefix("www.").removeprefix("mobile.") not in ("x.com", "twitter.com") or not _X.fullmatch(parts.path):
        return None
    answer = net.call("GET", f"{X_EMBED}?omit_script=1&dnt=1&url={quote(one.url, safe='')}")
    if answer.status == _NOT_FOUND:
        return Seen(State.GONE, "embed_404", answer)
    if answer.status != _GOOD:
        return failed(answer)
    shown = _field(answer, "html")
    found = re.search(r"<p[^>]*>(.*?)</p>", shown, re.DOTALL)
    return unknown("no_text", answer) if found is None else _compared(one, plain_text(found.group(1))[0], answer)


def bluesky(one: Look, net: Net) -> Seen | None:
    """Bluesky's AppView: NotFound is a post that nobody is shown."""
    parts = urlsplit(one.url)
    match = _BLUESKY.fullmatch(parts.path)
    if parts.hostname != "bsky.app" or match is None:
        return None
    answer = net.call("GET", f"{BLUESKY}?depth=0&parentHeight=0&uri={quote(f'at://{match[1]}/app.bsky.feed.post/{match[2]}', safe='')}")
    if answer.status == _BAD and _field(answer, "error") == "NotFound":
        return Seen(State.GONE, "api_not_found", answer)
    if answer.status != _GOOD:
        return failed(answer)
    text = _field(answer, "thread", "post", "record", "text")
    return _compared(one, text, answer) if text else unknown("no_text", answer)


def misskey(one: Look, net: Net) -> Seen | None:
    """A Misskey server: NO_SUCH_NOTE."""
    match, origin = _MISSKEY.fullmatch(urlsplit(one.url).path), _origin(one.url)
    if match is None:
        return None
    answer = net.call("POST", f"{origin}/api/notes/show", json={"noteId": match[1]}, plain=True)
    if answer.status in (_BAD, _NOT_FOUND) and _field(answer, "error", "code") == "NO_SUCH_NOTE":
        return Seen(State.GONE, "api_not_found", answer)
    text = _field(answer, "text") if answer.status == _GOOD and _field(answer, "id") == match[1] else ""
    return _compared(one, text, answer) if text else None


def mastodon(one: Look, net: Net) -> Seen | None:
    """A Mastodon server. Some answer only those who have signed in: then its page is looked at."""
    match, origin = _MASTODON.fullmatch(urlsplit(one.url).path), _origin(one.url)
    if match is None:
        return None
    answer = net.call("GET", f"{origin}/api/v1/statuses/{match[1]}", plain=True)
    if answer.status == _NOT_FOUND and _field(answer, "error") == "Record not found":
        return Seen(State.GONE, "api_not_found", answer)
    if answer.status != _GOOD or _field(answer, "id") != match[1]:
        return None
    text = "\n".join(part for name in ("spoiler_text", "content") if (part := plain_text(_field(answer, name))[0]))
    return _compared(one, text, answer) if text else None


READERS = (x, bluesky, misskey, mastodon)


def _compared(one: Look, text: str, answer: Answer) -> Seen:
    state = post_compared(one.text, text)
    return Seen(state, "text" if state is State.THERE else "text_differs", answer)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _field(answer: Answer, *path: str) -> str:
    """A text of a JSON answer; empty where it is not there, or the answer is none."""
    if not answer.media_type.endswith("json"):
        return ""
    value: Any = answer.json()
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, str) else ""
