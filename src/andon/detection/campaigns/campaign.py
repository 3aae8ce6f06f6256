"""A campaign: posts that belong together, told by their template, their spread and the ties that hold them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from andon.detection.campaigns.template import Part
    from andon.detection.campaigns.ties import Tie


@dataclass(frozen=True, slots=True)
class Member:
    """One post of a campaign, and the tie that brought it in (None for the first post). Times are aware, UTC."""

    number: int
    id: str
    source: str
    url: str
    author: str
    created_at: datetime | None
    tie: Tie | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another campaign that may be the same: a person decides. `tie` joins a post here with one there."""

    campaign: str
    example: str
    tie: Tie


@dataclass(frozen=True, slots=True)
class Campaign:
    """Posts tied by confirmed ties.

    `id` is that of the campaign's first post in the book, so that it stays when others join. `days` counts posts by day in Japan, `accounts` the
    different authors per source, `sources` and `kinds` posts by name, `contacts` posts by contact key. `level` and `score` are the best of its
    posts. `template` is empty where the posts share less than half of their text; `example` is the text most of them have, or the first.
    """

    id: str
    members: tuple[Member, ...]
    template: tuple[Part, ...]
    example: str
    first_seen: datetime | None
    last_seen: datetime | None
    accounts: int
    sources: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[str, int], ...]
    contacts: tuple[tuple[str, int], ...]
    days: tuple[tuple[date, int], ...]
    level: str
    score: float
    suggestions: tuple[Suggestion, ...]

    @property
    def posts(self) -> int:
        """Number of posts."""
        return len(self.members)
