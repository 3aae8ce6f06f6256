"""Verb: count anew what decisions say of each signal. In the background, since it reads every stored post; `ask_count` is how that is asked for."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.gate import Done, Via, unattended
from andon.console.intake.models import Post
from andon.console.learning.models import SignalCount, SignalFigure
from andon.console.learning.queries.decisions import standings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

EXAMPLES = 5
_FETCH = 5_000


def count() -> None:
    """Read all stored posts once, and keep the figures."""
    began = timezone.now()  # what is decided from here on is not counted, and asks for the next count
    verdicts = {one.campaign: one.recruit for one in standings()}
    figures, posts = figures_of(Post.objects.order_by("pk").values_list("pk", "campaign_id", "signals").iterator(_FETCH), verdicts)
    _keep(figures, posts, len(verdicts), began)


@unattended("learning.signals_counted", Via.WORKER)
def _keep(figures: list[SignalFigure], posts: int, campaigns: int, began: datetime) -> Done[None]:
    """The new figures take the place of the old ones."""
    SignalFigure.objects.all().delete()
    SignalFigure.objects.bulk_create(figures, batch_size=200)
    counted = {"counted_at": began, "posts": posts, "campaigns": campaigns}
    SignalCount.objects.update_or_create(pk=1, defaults=counted, create_defaults=counted | {"asked_at": began})
    return Done(None, "signals", {"posts": posts, "campaigns": campaigns})


def figures_of(posts: Iterable[tuple[int, int, list[str]]], verdicts: Mapping[int, bool]) -> tuple[list[SignalFigure], int]:
    """The figures of each signal that fired in any of `posts` (id, campaign, signals), and how many posts there were.

    `verdicts` says of settled campaigns whether they are recruitment. A campaign counts once for a signal, in however many of its posts it fired: its
    posts were settled by one decision, and are copies of each other.
    """
    fired: Counter[str] = Counter()
    by_label = {True: Counter[str](), False: Counter[str]()}
    campaigns: dict[bool, defaultdict[str, set[int]]] = {True: defaultdict(set), False: defaultdict(set)}
    examples: defaultdict[str, dict[int, int]] = defaultdict(dict)  # signal → campaign → its latest post, the campaign seen last at the end
    total = 0
    for post, campaign, signals in posts:
        total += 1
        fired.update(signals)
        verdict = verdicts.get(campaign)
        for name in signals:
            _keep_example(examples[name], campaign, post)
            if verdict is not None:
                by_label[verdict][name] += 1
                campaigns[verdict][name].add(campaign)
    return [
        SignalFigure(
            signal=name, recruitment=len(campaigns[True][name]), benign=len(campaigns[False][name]), recruitment_posts=by_label[True][name],
            benign_posts=by_label[False][name], posts=number, examples=list(reversed(examples[name].values())),
        )
        for name, number in sorted(fired.items())
    ], total  # fmt: skip


def _keep_example(examples: dict[int, int], campaign: int, post: int) -> None:
    """The latest post of each of the latest campaigns: copies of one another tell nothing more."""
    examples.pop(campaign, None)
    examples[campaign] = post
    if len(examples) > EXAMPLES:
        del examples[next(iter(examples))]
