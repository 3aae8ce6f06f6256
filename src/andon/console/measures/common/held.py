"""Which posts are held: by a hold on the post, on its account, on a contact in it, or on its campaign. Asked before every warning and removal."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.holds import targets
from andon.console.holds.queries import kinds_held, of_hold, standing_holds
from andon.console.holds.targets import TargetKind
from andon.console.intake.models import Campaign, Move, Post, PostContact
from andon.domain import errors
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from andon.console.holds.models import Hold
    from andon.console.holds.queries import Held
    from andon.console.holds.targets import Target

_PIECE = 400  # posts of one question to the database
_MOST_JOINS = 50  # campaigns that were joined one into the other, one after the other


def held_posts(post_ids: Iterable[int], *, now: datetime | None = None) -> dict[int, Held]:
    """Those of the posts that are held, each with one hold that touches it (the oldest).

    A hold on a campaign covers the posts of the campaign and of all it was joined with, those that come later, and those that were in it while it
    stood and have left since: who drew the campaigns anew did not lift the hold.
    """
    kinds = kinds_held()
    if not kinds:
        return {}
    now = now or timezone.now()
    found: dict[int, Hold] = {}
    for piece in _pieces(list(dict.fromkeys(post_ids))):
        found |= _held(piece, kinds)
    return {post: of_hold(hold, now) for post, hold in found.items()}


def refuse_if_held(post_ids: Iterable[int]) -> None:
    """Raise Held (whom to ask, until when, how many of the posts) when a hold touches any of them."""
    held = held_posts(post_ids)
    if not held:
        return
    first = min(held.values(), key=lambda one: one.hold_id)
    raise errors.Held(hold=first.hold_id, unit=first.unit, name=first.ask, until=first.until.astimezone(JAPAN).date().isoformat(), posts=len(held))


def whom_to_ask(held: Mapping[int, Held]) -> list[tuple[str, str, int]]:
    """Unit, person and number of posts, most posts first: what a preview says of held posts."""
    return [(unit, ask, posts) for (unit, ask), posts in Counter((one.unit, one.ask) for one in held.values()).most_common()]


def on_campaign(campaign_id: int, *, now: datetime | None = None) -> list[tuple[Target, Held]]:
    """The standing holds that touch a campaign's posts now, the oldest first: for telling who looks at it. What stops an act is `held_posts`."""
    kinds = kinds_held()
    if not kinds:
        return []
    posts = Post.objects.filter(campaign=campaign_id).order_by()
    wanted = {targets.campaign(one) for one in _lines({campaign_id})[campaign_id]} if TargetKind.CAMPAIGN in kinds else set()
    if TargetKind.ACCOUNT in kinds:
        rows = posts.values_list("source", "author", "author_id").distinct()
        wanted |= {targets.account(source, name) for source, *names in rows for name in names if name}
    if TargetKind.CONTACT in kinds:
        keys = PostContact.objects.filter(post__campaign=campaign_id).order_by().values_list("contact__key", flat=True).distinct()
        wanted |= {targets.contact(key) for key in keys}
    if TargetKind.POST in kinds:
        wanted |= {targets.post(pk) for pk in posts.values_list("pk", flat=True)}
    found = sorted(((hold.pk, target, hold) for target, holds in standing_holds(wanted).items() for hold in holds), key=lambda row: row[0])
    return [(target, of_hold(hold, now)) for _, target, hold in found]


def _held(ids: Sequence[int], kinds: frozenset[str]) -> dict[int, Hold]:
    now = _touched(ids, kinds)
    once = _left(ids) if TargetKind.CAMPAIGN in kinds else {}
    holds = standing_holds({one for touched in now.values() for one in touched} | {one for left in once.values() for one in left})
    found: dict[int, Hold] = {}
    for post in ids:
        on = [hold for target in now.get(post, ()) for hold in holds.get(target, ())]
        on += [hold for target, at in once.get(post, {}).items() for hold in holds.get(target, ()) if hold.placed_at <= at]
        if on:
            found[post] = min(on, key=lambda hold: hold.pk)
    return found


def _touched(ids: Sequence[int], kinds: frozenset[str]) -> dict[int, set[Target]]:
    """All targets that each post falls under now."""
    touched: dict[int, set[Target]] = defaultdict(set)
    rows = Post.objects.filter(pk__in=ids).values_list("pk", "campaign_id", "source", "author", "author_id")
    lines = _lines({campaign for _, campaign, *_ in rows}) if TargetKind.CAMPAIGN in kinds else {}
    for pk, campaign, source, *names in rows:
        touched[pk] |= {targets.post(pk), *(targets.account(source, name) for name in names if name)}
        touched[pk] |= {targets.campaign(one) for one in lines.get(campaign, ())}
    if TargetKind.CONTACT in kinds:
        for pk, key in PostContact.objects.filter(post__in=ids).values_list("post_id", "contact__key"):
            touched[pk].add(targets.contact(key))
    return touched


def _lines(campaign_ids: set[int]) -> dict[int, set[int]]:
    """For each campaign: itself and all that were joined with it, directly or by way of another."""
    lines = {one: {one} for one in campaign_ids}
    home = {one: one for one in campaign_ids}
    for _ in range(_MOST_JOINS):
        joined = [row for piece in _pieces(list(home)) for row in Campaign.objects.filter(merged_into__in=piece).values_list("pk", "merged_into_id")]
        home = {pk: home[into] for pk, into in joined if into is not None}
        if not home:
            break
        for pk, survivor in home.items():
            lines[survivor].add(pk)
    return lines


def _left(ids: Sequence[int]) -> dict[int, dict[Target, datetime]]:
    """The campaigns that each post was in before, and when it left."""
    left: dict[int, dict[Target, datetime]] = defaultdict(dict)
    for post, before, at in Move.objects.filter(post__in=ids).order_by("at").values_list("post_id", "before_id", "at"):
        left[post][targets.campaign(before)] = at
    return left


def _pieces(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _PIECE):
        yield ids[start : start + _PIECE]
