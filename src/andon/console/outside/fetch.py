"""Looking at public pages (`get`), and calling the interfaces of services that the installation uses (`call`)."""

from __future__ import annotations

import json as encoding
import secrets
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from andon.console.outside import line, pace, robots
from andon.console.outside.addressed import Address, address_of, joined, public_address
from andon.console.outside.addresses import may_reach
from andon.console.outside.agent import headers as own_headers
from andon.console.outside.agent import user_agent
from andon.console.outside.answers import Answer, Headers, Hop
from andon.console.outside.deadline import Deadline
from andon.console.outside.errors import Unreachable
from andon.console.outside.line import Limits

if TYPE_CHECKING:
    from collections.abc import Mapping

USUAL = Limits()
_REDIRECTS = (301, 302, 303, 307, 308)
_LATER = (429, 503)


def get(url: str, *, limits: Limits = USUAL) -> Answer:
    """What stands at a public address, politely: its turn is waited for, robots.txt is asked, at every step of the way.

    Any status is an answer. Raises Unreachable when none came, or when none may be asked for.
    """
    hops: list[Hop] = []
    address, deadline = public_address(url), Deadline(limits.seconds + limits.wait_seconds)
    while True:
        got = _turn(address, deadline, limits)
        location = got.header("location") if got.status in _REDIRECTS else ""
        if not location:
            break
        if len(hops) >= limits.redirects:
            raise Unreachable(reason="redirects", host=address.netloc)
        hops.append(Hop(address.url, got.status, location, got.ip))
        address = public_address(joined(address, location))
    return _answer(url, address, got, tuple(hops))


def _turn(address: Address, deadline: Deadline, limits: Limits) -> line.Got:
    spacing = pace.SPACING
    if limits.robots:
        if reason := robots.refusal(address):
            raise Unreachable(reason=reason, host=address.netloc)
        spacing = robots.spacing(address)
    pace.wait(address.netloc, spacing, most=min(limits.wait_seconds, deadline.left()))
    deadline = Deadline(min(limits.seconds, deadline.left()))
    got = line.ask("GET", address, deadline, limits, headers=own_headers())
    if got.status in _LATER:
        pace.hold_back(address.netloc, _seconds(got.header("retry-after")))
    return got


def _seconds(retry_after: str) -> float:
    """Of a Retry-After header: seconds or a date; a minute where it says nothing usable."""
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        at = parsedate_to_datetime(retry_after)
    except ValueError:
        return 60.0
    return max(0.0, (at - datetime.now(UTC if at.tzinfo else None)).total_seconds())


def call(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    json: object = None,
    form: Mapping[str, str] | None = None,
    files: Mapping[str, tuple[str, bytes, str]] | None = None,
    timeout: float = 20.0,
    plain: bool = False,
) -> Answer:
    """Ask a service's interface. One of `body`, `json` or `form` (with `files`: name → file name, content, media type) goes with it.

    Over HTTPS, unless the settings name the host as one to be reached, or the caller says that nothing secret is sent (`plain`). A redirect is
    followed only for GET and only to the same origin: keys never travel to another host. Any status is an answer. Raises Unreachable.
    """
    address, deadline = address_of(url), Deadline(timeout)
    if address.scheme != "https" and not plain and not may_reach(address.host, address.port):
        raise Unreachable(reason="not_https", host=address.netloc)
    content, kind = _content(body, json, form, files)
    sent = {"User-Agent": user_agent(), "Accept": "application/json, */*;q=0.5", "Accept-Encoding": "gzip", "Connection": "close"}
    sent |= kind | dict(headers or {})
    if content is not None or method not in ("GET", "HEAD"):
        sent["Content-Length"] = str(len(content or b""))
    limits, hops = Limits(seconds=timeout, step_seconds=timeout), list[Hop]()
    while True:
        got = line.ask(method, address, deadline, limits, headers=list(sent.items()), body=content)
        if got.truncated:
            raise Unreachable(reason="too_large", host=address.netloc)
        if got.status not in _REDIRECTS or not got.header("location"):
            return _answer(url, address, got, tuple(hops))
        onward = address_of(joined(address, got.header("location")))
        if method != "GET" or onward.origin != address.origin or len(hops) >= limits.redirects:
            raise Unreachable(reason="redirected", host=address.netloc)
        hops.append(Hop(address.url, got.status, got.header("location"), got.ip))
        address = onward


def _answer(url: str, address: Address, got: line.Got, hops: tuple[Hop, ...]) -> Answer:
    return Answer(url, address.url, got.status, Headers(got.headers), got.body, datetime.now(UTC), got.ip, hops, got.truncated, got.raw)


def _content(
    body: bytes | None, json: object, form: Mapping[str, str] | None, files: Mapping[str, tuple[str, bytes, str]] | None
) -> tuple[bytes | None, dict[str, str]]:
    if files:
        return _parts(form or {}, files)
    if form is not None:
        return urlencode(form).encode(), {"Content-Type": "application/x-www-form-urlencoded"}
    if json is not None:
        return encoding.dumps(json, ensure_ascii=False).encode(), {"Content-Type": "application/json"}
    return body, {}


def _parts(form: Mapping[str, str], files: Mapping[str, tuple[str, bytes, str]]) -> tuple[bytes, dict[str, str]]:
    """A form with files (multipart/form-data)."""
    mark = secrets.token_hex(16)
    out = bytearray()
    for name, value in form.items():
        out += f'--{mark}\r\nContent-Disposition: form-data; name="{_quoted(name)}"\r\n\r\n{value}\r\n'.encode()
    for name, (file, content, media_type) in files.items():
        out += f'--{mark}\r\nContent-Disposition: form-data; name="{_quoted(name)}"; filename="{_quoted(file)}"\r\n'.encode()
        out += f"Content-Type: {_quoted(media_type)}\r\n\r\n".encode() + content + b"\r\n"
    out += f"--{mark}--\r\n".encode()
    return bytes(out), {"Content-Type": f"multipart/form-data; boundary={mark}"}


def _quoted(text: str) -> str:
    """As browsers write names into the head of a part."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
