"""The demo's investigation that goes on: begun days ago, its officer out with a document, a meeting tomorrow. All through the desk's own verbs."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from andon.console.demo_people import PREFECTURE
from andon.console.intake.models import Campaign, Post
from andon.console.undercover.contactlog.samples import load_live
from andon.console.undercover.deconfliction.actions.meet import Where, plan_meeting
from andon.console.undercover.identities.samples import fill
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from andon.console.undercover.authority.models import Plan
    from andon.console.undercover.contactlog.samples import Cast
    from andon.console.undercover.identities.samples import Keepers


def go_on(folder: Path, cast: Cast, keepers: Keepers, before_begin: Callable[[Plan, datetime], None]) -> None:
    """Its ground is the campaign that was handed up as dangerous. Once there, it ages like any other."""
    post = Post.objects.filter(campaign__state=Campaign.State.ESCALATED).order_by("pk").first()
    today = timezone.now().astimezone(JAPAN).date()
    found = load_live(folder, cast, post.pk, today, before_begin) if post is not None else None
    if found is None:
        return
    plan, meeting = found
    fill(keepers, [plan])
    plan_meeting(cast.applicant, plan.pk, _where(plan, meeting))


def _where(plan: Plan, told: dict[str, Any]) -> Where:
    begins, ends = (datetime.fromisoformat(told[name]) for name in ("from", "until"))
    return Where(PREFECTURE, told["municipality"], told["place"], begins, ends, tuple(plan.operators))
