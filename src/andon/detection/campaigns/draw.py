"""From the book to campaigns: grouped, told by their templates, most pressing first."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from andon.detection.campaigns.campaign import Campaign, Member, Suggestion
from andon.detection.campaigns.grouping import group
from andon.detection.campaigns.template import make_template
from andon.domain.assessments import Level
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from andon.detection.campaigns.book import CampaignBook, StoredPost
    from andon.detection.campaigns.grouping import CommonContact, Grouping
    from andon.detection.campaigns.ties import Tie

SAMPLE = 40  # different texts that a template is made of
_EXAMPLE = 80  # characters of a suggestion's other side that are shown
_MOST_SUGGESTIONS = 20
_RANK = {Level.HIGH: 3, Level.MEDIUM: 2, Level.LOW: 1}


@dataclass(frozen=True, slots=True)
class Drawn:
    """All campaigns of at least the wanted size, the number of posts that stand alone, and the contacts too common to join anything."""

    campaigns: tuple[Campaign, ...]
    posts: int
    alone: int
    common: tuple[CommonContact, ...]


def draw_campaigns(book: CampaignBook, *, least: int = 2) -> Drawn:
    """Group the posts of the book; campaigns of fewer than `least` posts are left out. The best level first, then the most posts, then the latest."""
    times = book.times()
    contacts = {key: stretches(posts, times, book.window) for key, posts in book.shared_contacts().items()}
    grouping = group(len(times), book.wording_ties(times), contacts, book.judgements())
    members: defaultdict[int, list[int]] = defaultdict(list)
    for number, root in enumerate(grouping.root):
        members[root].append(number)
    suggested = _by_campaign(grouping)
    campaigns = [_campaign(book, numbers, grouping, suggested.get(root, [])) for root, numbers in members.items() if len(numbers) >= least]
    campaigns.sort(key=_pressing, reverse=True)
    alone = sum(len(numbers) == 1 for numbers in members.values())
    return Drawn(tuple(campaigns), len(times), alone, tuple(grouping.common))


def stretches(posts: Sequence[int], times: Mapping[int, datetime | None] | Sequence[datetime | None], window: timedelta) -> list[list[int]]:
    """The posts of one contact, parted where two neighbours in time lie further apart than the window; posts without a time go with the first."""
    dated = sorted((time, n) for n in posts if (time := times[n]) is not None)
    parts: list[list[int]] = [[n for n in posts if times[n] is None]]
    before: datetime | None = None
    for time, n in dated:
        if before is not None and time - before > window:
            parts.append([])
        parts[-1].append(n)
        before = time
    return parts


def _by_campaign(grouping: Grouping) -> dict[int, list[Tie]]:
    found: defaultdict[int, list[Tie]] = defaultdict(list)
    for tie in grouping.suggested:
        found[grouping.root[tie.a]].append(tie)
        found[grouping.root[tie.b]].append(tie)
    return found


def _pressing(campaign: Campaign) -> tuple[int, int, float]:
    latest = campaign.last_seen.timestamp() if campaign.last_seen else 0.0
    return _RANK.get(Level(campaign.level), 0) if campaign.level in set(Level) else 0, campaign.posts, latest


def _campaign(book: CampaignBook, numbers: list[int], grouping: Grouping, suggested: list[Tie]) -> Campaign:
    members: list[Member] = []
    accounts, sources, kinds, days, texts = set[tuple[str, str]](), Counter[str](), Counter[str](), Counter[datetime](), Counter[str]()
    level, score = "", 0.0
    for post in book.posts(numbers):
        members.append(Member(post.number, post.id, post.source, post.url, post.author, post.created_at, grouping.brought.get(post.number)))
        accounts |= {(post.source, post.author)} if post.author else set()
        sources[post.source] += 1
        kinds.update(post.kinds)
        texts[post.text] += 1
        score = max(score, post.score)
        level = max(level, post.level, key=lambda one: _RANK.get(Level(one), 0) if one in set(Level) else 0)
        if post.created_at:
            days[post.created_at.astimezone(JAPAN).replace(hour=0, minute=0, second=0, microsecond=0)] += 1
    seen = [one.created_at for one in members if one.created_at]
    return Campaign(
        id=_name(members[0]), members=tuple(members), template=make_template(list(texts)[:SAMPLE]), example=texts.most_common(1)[0][0],
        first_seen=min(seen, default=None), last_seen=max(seen, default=None), accounts=len(accounts), sources=tuple(sources.most_common()),
        kinds=tuple(kinds.most_common()), contacts=tuple(Counter(book.contact_keys(numbers)).most_common()),
        days=tuple((day.date(), count) for day, count in sorted(days.items())), level=level, score=score,
        suggestions=tuple(_suggestions(book, numbers, grouping, suggested)),
    )  # fmt: skip


def _name(post: Member | StoredPost) -> str:
    """A campaign's name: source and id of its first post."""
    return f"{post.source}:{post.id}"


def _suggestions(book: CampaignBook, numbers: list[int], grouping: Grouping, suggested: list[Tie]) -> Iterator[Suggestion]:
    """The other side of each suggested tie."""
    own = grouping.root[numbers[0]]
    for tie in suggested[:_MOST_SUGGESTIONS]:
        other = tie.b if grouping.root[tie.a] == own else tie.a
        first = next(book.posts([grouping.root[other]]))
        there = next(book.posts([other]))
        yield Suggestion(_name(first), there.text[:_EXAMPLE], tie)
