"""Reads of captures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from andon.console.captures.models import Archive, Capture, Order, Stamp
from andon.console.intake.models import Post

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from django.db.models import QuerySet

_IS_STAMPED = Exists(Stamp.objects.filter(archive=OuterRef("archive")))
MANY = 500  # ids in one question to the database
PER_PAGE = 30
MOST_VERIFIED = 100  # archives at a click; the command verifies all


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is kept of a post: kind (record, page, screenshot), SHA-256 of the content, when it was seen, and whether its time is sworn to."""

    kind: str
    sha256: str
    at: datetime
    capture_id: int
    stamped: bool
    url: str = ""
    status: int | None = None
    archive: str = ""


def evidence_of(post_ids: Iterable[int]) -> dict[int, list[Evidence]]:
    """What is kept of these posts, earliest first; posts without captures are not in it."""
    found: dict[int, list[Evidence]] = {}
    for ids in _chunks(post_ids):
        rows = Capture.objects.filter(post__in=ids).annotate(is_stamped=_IS_STAMPED).order_by("at", "pk")
        for row in rows.values_list("post", "kind", "sha256", "at", "pk", "is_stamped", "url", "status", "archive__key"):
            found.setdefault(row[0], []).append(Evidence(*row[1:]))
    return found


def with_stamps(captures: QuerySet[Capture]) -> QuerySet[Capture]:
    """The same, each with `is_stamped`."""
    return captures.annotate(is_stamped=_IS_STAMPED)


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    every = list(dict.fromkeys(ids))
    return (every[start : start + MANY] for start in range(0, len(every), MANY))


@dataclass(frozen=True, slots=True)
class Scope:
    """Which captures are meant: those of a campaign's posts, of a post, or all."""

    campaign: int | None = None
    post: int | None = None

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Scope:
        """As an address or a form names it."""
        return cls(_number(given.get("campaign", "")), _number(given.get("post", "")))

    @property
    def query(self) -> str:
        """For an address."""
        return f"campaign={self.campaign}" if self.campaign else f"post={self.post}" if self.post else ""

    def captures(self) -> QuerySet[Capture]:
        """They."""
        return Capture.objects.filter(self._of_posts("post"))

    def orders(self) -> QuerySet[Order]:
        """Pages that are to be captured, or could not be."""
        return Order.objects.filter(self._of_posts("post"))

    def posts(self) -> list[int]:
        """The posts that a capture would keep; none for all."""
        if self.campaign:
            return list(Post.objects.filter(campaign=self.campaign).order_by("pk").values_list("pk", flat=True))
        return [self.post] if self.post else []

    def facts(self) -> dict[str, int]:
        """For the trail."""
        return {name: number for name, number in (("campaign", self.campaign), ("post", self.post)) if number}

    def _of_posts(self, path: str) -> Q:
        if self.campaign:
            return Q(**{f"{path}__campaign": self.campaign})
        return Q(**{path: self.post}) if self.post else Q()


@dataclass(frozen=True, slots=True)
class Page:
    """Some captures, latest first, and where the next page begins."""

    captures: list[Capture]
    next: int | None


def latest(scope: Scope, before: int | None) -> Page:
    """A page of captures, from number `before` downwards (no counting: there may be a million)."""
    rows = scope.captures().select_related("post", "by", "archive").order_by("-pk")
    if before:
        rows = rows.filter(pk__lt=before)
    some = list(with_stamps(rows)[: PER_PAGE + 1])
    return Page(some[:PER_PAGE], some[PER_PAGE - 1].pk if len(some) > PER_PAGE else None)


def archives(scope: Scope) -> list[Archive]:
    """The latest archives of a scope, as many as are verified at a click."""
    return list(Archive.objects.filter(pk__in=scope.captures().values("archive")).order_by("-pk")[: MOST_VERIFIED + 1])


def _number(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 19 else None  # noqa: PLR2004 - fits any database
