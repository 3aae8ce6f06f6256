"""Asking a service over HTTP, and what its refusals mean."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from andon.console.measures.kinds.warning.services.service import NotPosted, Unclear
from andon.console.outside import fetch
from andon.console.outside.errors import Unreachable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andon.console.measures.kinds.warning.services.service import Picture

TIMEOUT = 30.0
_OK = range(200, 300)
_BROKEN, _TOO_MANY = 500, 429
_PROBLEMS = {
    400: "rejected", 401: "denied", 403: "forbidden", 404: "target_gone", 410: "target_gone", 413: "too_long", 422: "rejected", _TOO_MANY: "too_many",
}  # fmt: skip
# The line broke before anything was said, or there was none: nothing can have been posted.
_BEFORE = frozenset({"address", "scheme", "port", "private", "not_https", "no_such_host", "not_connected", "not_trusted"})
_OUR_SETTING = frozenset({"address", "scheme", "port", "private", "not_https"})  # trying again changes nothing


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: its status, and the value of its JSON (None when it is none)."""

    status: int
    value: Any

    @property
    def is_ok(self) -> bool:
        """Whether the service did it."""
        return self.status in _OK


def ask(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    value: object = None,
    form: Mapping[str, str] | None = None,
    files: Mapping[str, tuple[str, bytes, str]] | None = None,
    body: bytes | None = None,
    posts: bool = False,
) -> Said:
    """Send one request. `posts`: the service posts by it, so that a line that breaks, or a service that fails, leaves it unclear (raises Unclear).

    Raises NotPosted when the service cannot be reached otherwise.
    """
    try:
        answer = fetch.call(method, url, headers=headers, json=value, form=form, files=files, body=body, timeout=TIMEOUT)
    except Unreachable as error:
        if posts and error.reason not in _BEFORE:
            raise Unclear(name=error.reason) from error
        raise NotPosted("unreachable", permanent=error.reason in _OUR_SETTING) from error
    said = Said(answer.status, _parsed(answer.body))
    if posts and said.status >= _BROKEN:
        raise Unclear(name="service_failed")
    return said


def must(said: Said) -> Any:  # noqa: ANN401 - JSON
    """The value of an answer that has to be good. Raises NotPosted, for good where asking again would not help."""
    if said.is_ok:
        return said.value
    raise NotPosted(_PROBLEMS.get(said.status, "service_failed"), permanent=said.status < _BROKEN and said.status != _TOO_MANY)


def named(picture: Picture) -> tuple[str, bytes, str]:
    """A picture as a file of a form."""
    return f"warning.{picture.media_type.rpartition('/')[2]}", picture.content, picture.media_type


def text_at(value: Any, *path: str) -> str:  # noqa: ANN401 - JSON
    """The text or number at a path of a JSON value; empty when there is none."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


def posted_id(value: Any, *path: str) -> str:  # noqa: ANN401 - JSON
    """What a service calls the reply that it has just posted. Raises Unclear when it said yes and no more."""
    found = text_at(value, *path)
    if not found:
        raise Unclear(name="no_id")
    return found


def dicts(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - JSON
    """The objects of a list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _parsed(body: bytes) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
