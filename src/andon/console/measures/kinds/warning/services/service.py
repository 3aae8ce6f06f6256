"""What the desk asks of a network: say who we are, find the post, reply, look whether the reply is there, delete it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

from andon.domain.errors import AndonError

if TYPE_CHECKING:
    from collections.abc import Mapping

ADDRESS = re.compile(r"https?://[^\s<>\"'、。）)」]+")
ADDRESS_LENGTH = 23  # what X and Mastodon count an address as, however long it is


@dataclass(frozen=True, slots=True)
class Login:
    """An account of ours as a service wants it: where it is, what it is called, its key in the clear (never logged, never shown)."""

    server: str
    handle: str
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the service says we are. `badge`: what it says of us being verified, in its own words; empty where it says nothing."""

    remote_id: str
    handle: str
    badge: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that goes with a text, and what it shows in words."""

    content: bytes = field(repr=False)
    media_type: str
    alt: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What is to be posted under which post. `target` names that post in the way of its network ("x:123", an at-address, an address)."""

    key: str
    target: str
    text: str
    language: str
    at: str  # ISO 8601, when it was approved: the same at every attempt
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """A reply that is there: what the service calls it, and where people see it."""

    remote_id: str
    url: str = ""


Found: TypeAlias = "Posted | Literal[False] | None"  # there, surely not there, nobody can say


class NotPosted(AndonError):  # noqa: N818 - what happened
    """The service has surely posted nothing. `permanent`: trying again would change nothing. `problem` is a code ("target_gone")."""

    code = "not_posted"

    def __init__(self, problem: str, *, permanent: bool) -> None:
        super().__init__(name=problem)
        self.problem, self.permanent = problem, permanent


class Unclear(AndonError):  # noqa: N818 - what happened
    """The line broke, or the service failed, after it was asked to post: it may have done so."""

    code = "not_clear"


class Form(Protocol):
    """What a reply on a network looks like: how long it may be, and what would be sent."""

    @property
    def code(self) -> str:
        """The service's name in the program."""

    @property
    def networks(self) -> tuple[str, ...]:
        """Whose posts it can reply to (`targets`)."""

    @property
    def usual_server(self) -> str:
        """Empty: every account has its own."""

    @property
    def most(self) -> int:
        """Characters of a text, as `length` counts them."""

    def length(self, text: str) -> int:
        """How long the service takes a text to be."""

    def shown(self, reply: Reply) -> Mapping[str, Any]:
        """What `reply` would send, for a person to see: method, path and body without keys."""


class Service(Form, Protocol):
    """One network. Its methods reach it through `asking`; they raise NotPosted, and Unclear only where something may have been posted."""

    def who(self, login: Login) -> Identity:
        """Who this key belongs to."""

    def reply(self, login: Login, reply: Reply) -> Posted:
        """Post it."""

    def find(self, login: Login, reply: Reply) -> Found:
        """Whether it was posted."""

    def delete(self, login: Login, remote_id: str) -> bool:
        """Take a post of ours down. Says whether it was there; one that is gone already is no failure."""


def counted(text: str) -> int:
    """Characters of a text, an address as 23: never less than what services count, since pictures made of several signs count as several here."""
    plain = unicodedata.normalize("NFC", text)
    return len(ADDRESS.sub("", plain)) + ADDRESS_LENGTH * len(ADDRESS.findall(plain))


_MENTION = re.compile(r"@[\w.-]+(?:@[\w.-]+)?")


def words_of(text: str) -> str:
    """A text without what services change in it: addresses, names of those it replies to, white space."""
    return "".join(_MENTION.sub("", ADDRESS.sub("", unicodedata.normalize("NFC", text))).split())


def same_words(ours: str, theirs: str) -> bool:
    """Whether a post found at a service is the text that was sent there."""
    return bool(words_of(ours)) and words_of(ours) == words_of(theirs)
