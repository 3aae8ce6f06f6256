"""A post as andon knows it, whatever network it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime  # noqa: TC003 - part of the public annotations that tools resolve at run time


@dataclass(frozen=True, slots=True)
class Link:
    """A link as shown in the text and the address behind it."""

    shown: str
    expanded: str


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, film or sound of a post, with its alternative text when there is one."""

    type: str
    url: str
    alt: str


@dataclass(frozen=True, slots=True)
class Post:
    """One public post. Ids are strings, times are aware (UTC); an empty string means that the source does not say."""

    id: str
    source: str
    text: str
    url: str = ""
    author: str = ""
    author_id: str = ""
    author_name: str = ""
    created_at: datetime | None = None
    observed_at: datetime | None = None
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    lang: str = ""
    reply_to: str = ""
    quote_of: str = ""
    repost_of: str = ""
    links: tuple[Link, ...] = ()
    media: tuple[Media, ...] = ()
    file: str = ""
    row: int = 0
    extra: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reject:
    """One row that could not be read: file, row (from 1), byte offset where known, and the code of the reason."""

    file: str
    row: int
    reason: str
    detail: str = ""
    raw: bytes = b""
