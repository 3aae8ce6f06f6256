"""A way to the outside that answers what the test says, and posts on made-up servers."""

from __future__ import annotations

import json as encoding
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from andon.console import gate
from andon.console.intake.models import Post
from andon.console.measures.visits.plan import plan_visits
from andon.console.outside.answers import Answer, Headers
from andon.console.outside.errors import Unreachable

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.intake.models import Campaign

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


class Net:
    """Answers by address; what nobody gave an answer for cannot be reached. Keeps what was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {}
        self.asked: list[str] = []

    def put(self, url: str, body: Any = "", *, status: int = 200, kind: str = "text/html; charset=utf-8", final: str = "", **headers: str) -> None:
        """What `url` answers from now on: text as HTML, anything else as JSON; an exception is raised."""
        if isinstance(body, Exception):
            self.answers[url] = body
            return
        content = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else encoding.dumps(body).encode()
        kind = kind if isinstance(body, str | bytes) else "application/json"
        pairs = (("Content-Type", kind), *((name.replace("_", "-"), value) for name, value in headers.items()))
        self.answers[url] = Answer(url, final or url, status, Headers(pairs), content, datetime.now(UTC), "192.0.2.1", raw=content)

    def get(self, url: str) -> Answer:
        """A public page."""
        self.asked.append(url)
        found = self.answers.get(url, Unreachable(reason="not_connected", host=url))
        if isinstance(found, Exception):
            raise found
        return found

    def call(self, method: str, url: str, *, json: Any = None, timeout: float = 20.0, plain: bool = False) -> Answer:  # noqa: ARG002 - as the real one
        """An interface."""
        return self.get(url)


@pytest.fixture
def net() -> Net:
    """Nothing answers yet."""
    return Net()


@pytest.fixture
def watched(campaign: Callable[..., Campaign]) -> Callable[..., list[int]]:
    """Make a campaign whose posts are on `host` and are looked at from NOW on: their ids."""

    def make(posts: int = 1, *, host: str = "board.example", text: str = "日給5万円 荷物を受け取るだけ 詳細はDM", now: datetime = NOW, **asked: Any) -> list[int]:
        one = campaign(text, posts=posts)
        ids = list(one.members.order_by("pk").values_list("pk", flat=True))
        with gate._door():
            for pk in ids:
                Post.objects.filter(pk=pk).update(url=f"https://{host}/posts/{pk}")
            plan_visits(ids, now=now, **asked)
        return ids

    return make
