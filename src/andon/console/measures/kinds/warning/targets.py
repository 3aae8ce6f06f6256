"""Under which post of which network a reply would go."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from andon.console.intake.models import Post

X, BLUESKY, FEDIVERSE, OTHER = "x", "bluesky", "fediverse", "other"
_X_HOSTS = ("x.com", "twitter.com")
_X_NUMBER = re.compile(r"/(?:status|statuses)/(\d{1,20})(?:/|$)")
_BSKY_PATH = re.compile(r"^/profile/([^/]+)/post/([a-z2-7]{1,20})/?$")
_NUMBER = re.compile(r"\d{1,20}")
_AT = re.compile(r"^at://[^/\s]+/app\.bsky\.feed\.post/[^/\s]+$")
_FEDIVERSE_SOURCES = ("mastodon", "misskey")
_KEY_LENGTH = 500


@dataclass(frozen=True, slots=True)
class Target:
    """A post as a reply names it. `place`: its number, at-address or address. The same post has one `key`, by whichever file it came to the desk."""

    network: str
    place: str

    @property
    def key(self) -> str:
        """What no two warnings may share."""
        return f"{self.network}:{self.place}"[:_KEY_LENGTH]


def target_of(post: Post) -> Target | None:
    """Where a reply to a stored post would go; None where nothing says where it stands."""
    host = _host(post.url)
    if host in _X_HOSTS or post.source in ("x", "x_api", "x_archive"):
        number = _X_NUMBER.search(urlsplit(post.url).path) if post.url else None
        if number:
            return Target(X, number.group(1))
        return Target(X, post.source_id) if _NUMBER.fullmatch(post.source_id) else None
    if host == "bsky.app" or post.source == "bluesky":
        return _bluesky(post)
    if not host:
        return None
    return Target(FEDIVERSE if post.source in _FEDIVERSE_SOURCES else OTHER, _plain(post.url))


def _bluesky(post: Post) -> Target | None:
    if _AT.match(post.source_id):
        return Target(BLUESKY, post.source_id)
    found = _BSKY_PATH.match(urlsplit(post.url).path)
    return Target(BLUESKY, f"at://{found.group(1)}/app.bsky.feed.post/{found.group(2)}") if found else None


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https"):
        return ""
    return (parts.hostname or "").removeprefix("www.").removeprefix("mobile.")


def _plain(url: str) -> str:
    """One writing of an address: without what follows "#", its host in small letters."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}{query}"
