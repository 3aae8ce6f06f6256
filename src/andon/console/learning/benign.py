"""What decisions and newly drawn campaigns mean for the bank of benign wordings. Called inside the verbs of review and intake, by their hooks."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from django.db.models import Q

from andon.console.intake.ids import AT_ONCE, parts
from andon.console.intake.models import Campaign, Suggestion
from andon.console.intake.priority import priority_of
from andon.console.learning.models import BenignWording
from andon.console.review.models import Decision
from andon.detection.campaigns.ties import Ground

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from andon.console.learning.bank import Bank

_MOST_MARKED = 5_000  # near-benign campaigns that are looked at again when a wording leaves
_lock = threading.Lock()
Stamp = tuple[int, "datetime | None", int]


class _Held:
    """The bank as this process read it last. Reads and writes under `_lock`."""

    stamp: Stamp = (0, None, 0)
    bank: Bank | None = None


def after_decision(decision: Decision) -> None:
    """A campaign that is not recruitment brings its wording into the bank; a withdrawal takes it out. Near campaigns are marked anew."""
    campaign = decision.campaign
    if decision.verdict == Decision.Verdict.NOT and campaign.example is not None:
        from andon.console.learning.bank import Bank  # noqa: PLC0415 - numba takes a second to import; most processes never decide
        from andon.console.learning.rows import wording_sha256  # noqa: PLC0415 - the same

        text = campaign.example.text
        new = BenignWording.objects.create(decision=decision, campaign=campaign, text=text, wording_sha256=wording_sha256(text), made_at=decision.at)
        _mark_beside(campaign.pk, Bank([(new.pk, text)]))
    elif decision.withdraws_id is not None and BenignWording.objects.filter(decision=decision.withdraws_id).update(left_at=decision.at):
        marked = Campaign.objects.filter(state=Campaign.State.OPEN, near_benign=True).order_by("-pk").values_list("pk", flat=True)
        mark([*marked[:_MOST_MARKED], campaign.pk])


def mark(campaign_ids: Sequence[int]) -> None:
    """Say of open campaigns whether they are worded like something that is not recruitment; where that changes, the priority follows.

    None is hidden: they come later and say why. Called by the hooks of review and intake only.
    """
    if not campaign_ids or not (_stamp()[2] or Campaign.objects.filter(state=Campaign.State.OPEN, near_benign=True).exists()):
        return
    known = bank()
    for part in parts(list(dict.fromkeys(campaign_ids))):
        _mark(Campaign.objects.filter(pk__in=part), known)


def _mark(campaigns: QuerySet[Campaign], known: Bank, *, also_take_away: bool = True) -> None:
    """Set the mark of open campaigns by `known`. A part of the bank can only give it, not take it away."""
    rows = campaigns.filter(state=Campaign.State.OPEN, example__isnull=False)
    open_ones = list(rows.select_related("example").defer("template", "days"))
    near = known.near([one.example.text if one.example else "" for one in open_ones])
    changed = [
        one for one, found in zip(open_ones, near, strict=True)
        if one.near_benign != (found is not None) and (also_take_away or not one.near_benign)
    ]  # fmt: skip
    for one in changed:
        one.near_benign = not one.near_benign
        one.priority = priority_of(one)
    Campaign.objects.bulk_update(changed, ["near_benign", "priority"], batch_size=200)


def _mark_beside(campaign_id: int, new: Bank) -> None:
    """Mark what may be one with a campaign by its wording and is near the one wording that came: the whole bank need not be looked at."""
    if suggested := _suggested(campaign_id):
        _mark(Campaign.objects.filter(pk__in=suggested[:AT_ONCE]), new, also_take_away=False)


def bank() -> Bank:
    """The standing wordings. What came or went since this process looked last is taken in or out; all are read anew where the past itself changed (a
    transaction that was undone)."""  # noqa: D205, D209
    stamp = _stamp()
    with _lock:
        if _Held.bank is None or _Held.stamp != stamp:
            _Held.bank = _renewed(_Held.bank, _Held.stamp, stamp)
            _Held.stamp = stamp
        return _Held.bank


def _renewed(held: Bank | None, before: Stamp, now: Stamp) -> Bank:
    from andon.console.learning.bank import Bank  # noqa: PLC0415 - numba takes a second to import; most processes never ask

    standing = BenignWording.objects.filter(left_at=None).order_by("pk")
    if held is None or before[1] is None or not BenignWording.objects.filter(pk=before[0], made_at=before[1]).exists():
        return Bank(list(standing.values_list("pk", "text")))
    come = list(standing.filter(pk__gt=before[0]).values_list("pk", "text"))
    gone: set[int] = set()
    if len(held.numbers) + len(come) != now[2]:
        gone = set(held.numbers.tolist()) - set(standing.values_list("pk", flat=True))
    return held.changed(come=come, gone=gone)


def _stamp() -> Stamp:
    """Changes whenever the standing wordings do: the last one's number and time, and how many stand."""
    last = BenignWording.objects.order_by("-pk").values_list("pk", "made_at").first() or (0, None)
    return (*last, BenignWording.objects.filter(left_at=None).count())


def _suggested(campaign_id: int) -> list[int]:
    """Campaigns that may be one with it by their wording."""
    beside = Suggestion.objects.filter(Q(a=campaign_id) | Q(b=campaign_id), ground=str(Ground.WORDING)).values_list("a_id", "b_id")
    return [other for pair in beside for other in pair if other != campaign_id]

