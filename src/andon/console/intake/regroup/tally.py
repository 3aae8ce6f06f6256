"""The drawn fields of a campaign, added up: from new posts as they come, or from all posts when some have moved."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from andon.console.intake.bulk import select
from andon.console.intake.ids import parts
from andon.console.intake.models import Campaign, Post
from andon.console.intake.priority import priority_of
from andon.domain.kinds import Kind
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from andon.console.intake.ready import NewPost

LIGHT = ("pk", "source", "author", "created_at", "kinds", "level", "score", "joined_at")  # of a post, what a tally needs
TITLE = Campaign._meta.get_field("title").max_length or 0  # noqa: SLF001 - Django's documented API
_ACCOUNTS = (
    'SELECT DISTINCT "campaign_id", "source", "author" FROM "intake_post" WHERE "campaign_id" IN ({campaigns}) AND "author" IN ({ids})'
)
_MOST_DAYS = 400  # days that a campaign's sparkline can have; of longer ones the earliest fall out


@dataclass(slots=True)
class Tally:
    """Counts over the posts of one campaign."""

    posts: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    days: Counter[str] = field(default_factory=Counter)
    level: int = 0
    score: float = 0.0
    first_seen: datetime | None = None
    last_seen: datetime | None = None

    @classmethod
    def of(cls, row: Campaign) -> Tally:
        """What a row says."""
        return cls(row.posts, Counter(row.kinds), Counter(row.sources), Counter(row.days), row.level, row.score, row.first_seen, row.last_seen)

    def add(self, post: Post | NewPost) -> None:
        """One post more."""
        self.posts += 1
        self.kinds.update(post.kinds)
        self.sources[post.source] += 1
        self.level, self.score = max(self.level, post.level), max(self.score, post.score)
        if post.created_at:
            self.days[post.created_at.astimezone(JAPAN).date().isoformat()] += 1
            self.first_seen = min(self.first_seen or post.created_at, post.created_at)
            self.last_seen = max(self.last_seen or post.created_at, post.created_at)

    def write(self, row: Campaign, now: datetime) -> None:
        """Put the counts into a row (not saved), and the priority that follows from them."""
        row.posts, row.level, row.score = self.posts, self.level, self.score
        row.kinds, row.sources = dict(self.kinds.most_common()), dict(self.sources.most_common())
        row.kind, row.source = _main_kind(self.kinds), _most(self.sources)
        row.days = dict(sorted(self.days.items())[-_MOST_DAYS:])
        row.first_seen, row.last_seen, row.changed_at = self.first_seen, self.last_seen, now
        row.priority = priority_of(row)


def _most(counts: Mapping[str, float]) -> str:
    """The most common name; of equally common ones the first of the alphabet."""
    return min(counts, key=lambda name: (-counts[name], name), default="")


def _main_kind(kinds: Counter[str]) -> str:
    """The most common kind. Vague counts half, as in a single post: what is paid says less than what is asked."""
    return _most({kind: count / 2 if kind == Kind.VAGUE else count for kind, count in kinds.items()})


def new_row(pk: int, posts: Sequence[NewPost], now: datetime) -> Campaign:
    """The row (not saved) of a new campaign of new posts; of one that posts of others will move to (no new posts), an empty one."""
    row = Campaign(pk=pk, made_at=now, changed_at=now)
    if posts:
        row.example_id, row.title = posts[0].pk, title_of(posts[0].text)
        row.template, row.template_posts = [{"text": posts[0].text}], len(posts) if len({post.text for post in posts}) == 1 else 1
        grow(row, posts, len({(post.source, post.author) for post in posts if post.author}), now)
    return row


def grow(row: Campaign, posts: Sequence[NewPost], accounts: int, now: datetime) -> None:
    """Add new posts, which bring so many accounts, to a row (not saved)."""
    tally = Tally.of(row)
    for post in posts:
        tally.add(post)
    row.accounts += accounts
    row.later += len(posts) if row.settled_at is not None else 0
    tally.write(row, now)


def recount(row: Campaign, now: datetime) -> None:
    """The drawn fields of a row (not saved) from all of its posts."""
    tally, accounts, later, first = Tally(), set[tuple[str, str]](), 0, None
    for post in Post.objects.filter(campaign=row).order_by("pk").only(*LIGHT).iterator():
        tally.add(post)
        accounts |= {(post.source, post.author)} if post.author else set()
        later += row.settled_at is not None and post.joined_at > row.settled_at
        first = first or post.pk
    row.accounts, row.later, row.example_id, row.template_posts = len(accounts), later, first, 0
    row.title = title_of(Post.objects.values_list("text", flat=True).get(pk=first)) if first else ""
    tally.write(row, now)


def title_of(text: str) -> str:
    """The beginning of a text, in one line, without the invisible characters that disguise puts between letters."""
    line = " ".join("".join(char for char in text if unicodedata.category(char) != "Cf").split())
    return line if len(line) <= TITLE else line[: TITLE - 1] + "…"


def new_accounts(grown: dict[int, list[NewPost]]) -> dict[int, int]:
    """How many accounts the new posts bring to each stored campaign (called before they are stored)."""
    wanted = {campaign: {(post.source, post.author) for post in posts if post.author} for campaign, posts in grown.items()}
    names = sorted({author for pairs in wanted.values() for _, author in pairs})
    known = _accounts([campaign for campaign, pairs in wanted.items() if pairs], names)
    return {campaign: len(pairs - known.get(campaign, set())) for campaign, pairs in wanted.items()}


def _accounts(campaigns: list[int], names: list[str]) -> dict[int, set[tuple[str, str]]]:

    found: dict[int, set[tuple[str, str]]] = {}
    for some in parts(campaigns):
        for named in parts(names):
            query = _ACCOUNTS.format(campaigns=", ".join(["%s"] * len(some)), ids="{ids}")
            for campaign, source, author in select(query, named, *some):
                found.setdefault(campaign, set()).add((source, author))
    return found
