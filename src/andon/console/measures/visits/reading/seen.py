"""What a look saw."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from andon.console.measures.visits.rules import State
from andon.console.outside import fetch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andon.console.outside.answers import Answer


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked at: the post's address, and its text as stored."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found there. `code` says how it was told; `answer` is what the server gave, for evidence.

    `host_ails`: the server failed or wants to be left alone, `pause` seconds where it said for how long.
    """

    state: State
    code: str
    answer: Answer | None = None
    host_ails: bool = False
    pause: float | None = None

    @property
    def status(self) -> int | None:
        """Of HTTP."""
        return self.answer.status if self.answer else None

    @property
    def sha256(self) -> str:
        """Of the body."""
        return hashlib.sha256(self.answer.body).hexdigest() if self.answer else ""

    def of(self, answer: Answer) -> Seen:
        """The same, with what it was told by."""
        return replace(self, answer=answer)


def unknown(code: str, answer: Answer | None = None) -> Seen:
    """A look that cannot tell."""
    return Seen(State.UNKNOWN, code, answer)


class Net(Protocol):
    """The way to the outside: `console.outside.fetch`, or a stand-in of a test."""

    def get(self, url: str) -> Answer:
        """A public page, politely."""

    def call(self, method: str, url: str, *, json: Mapping[str, object] | None = None, timeout: float = 20.0, plain: bool = False) -> Answer:
        """An interface for programs."""


class Outside:
    """The real way."""

    def get(self, url: str) -> Answer:
        """A public page, politely."""
        return fetch.get(url)

    def call(self, method: str, url: str, *, json: Mapping[str, object] | None = None, timeout: float = 20.0, plain: bool = False) -> Answer:
        """An interface for programs."""
        return fetch.call(method, url, json=json, timeout=timeout, plain=plain)
