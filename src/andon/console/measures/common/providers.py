"""Which provider a post is with: by the host of its address, then by its source."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from andon.console.measures.common.models import Provider

if TYPE_CHECKING:
    from collections.abc import Iterable

    from andon.console.intake.models import Post


class Directory:
    """All active providers, looked up without asking the database for each post."""

    def __init__(self, providers: Iterable[Provider] | None = None) -> None:
        self._hosts: dict[str, Provider] = {}
        self._sources: dict[str, Provider] = {}
        for one in Provider.objects.filter(is_active=True).order_by("pk") if providers is None else providers:
            for host in one.hosts:
                self._hosts.setdefault(bare(host), one)
            for source in one.sources:
                self._sources.setdefault(source, one)

    def of(self, url: str, source: str) -> Provider | None:
        """The provider of an address: the one with the longest host that the address's host is or ends with; else that of the source."""
        host = bare(host_of(url))
        while host:
            if host in self._hosts:
                return self._hosts[host]
            host = host.partition(".")[2]
        return self._sources.get(source)


def provider_of(post: Post) -> Provider | None:
    """The provider of one post. For many posts, make one `Directory`."""
    return Directory().of(post.url, post.source)


def providers_of(posts: Iterable[Post]) -> dict[int, Provider | None]:
    """The providers of many posts, by the posts' numbers."""
    directory = Directory()
    return {post.pk: directory.of(post.url, post.source) for post in posts}


def host_of(url: str) -> str:
    """The host of an address, in small letters; nothing for what is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def bare(host: str) -> str:
    """Without "www.", as the directory keeps it; names in other scripts as they go over the wire."""
    host = host.strip().lower().rstrip(".").removeprefix("www.")
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host
