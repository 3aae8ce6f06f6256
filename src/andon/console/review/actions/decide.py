"""Decide a campaign: one record, and the campaign says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.intake.actions.settle import settle
from andon.console.intake.engine import in_use
from andon.console.intake.models import LEVEL_RANK, Campaign
from andon.console.review import choices
from andon.console.review.actions.lease import may_decide
from andon.console.review.hooks import AFTER_DECISION
from andon.console.review.models import Decision, Lease
from andon.console.review.queries.covering import members, members_sha256
from andon.console.staff.rights import Right
from andon.detection.assess.assess import assess
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.intake.engine import InUse

Verdict = Decision.Verdict
NOTE_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of a card: the verdict with its code (a kind for recruitment, else a reason), a note, and which card they saw (`seen`)."""

    verdict: str
    code: str
    seen: str
    note: str = ""


def seen_token(campaign: Campaign) -> str:
    """Names the card as it stands: another one when posts came or went or it was drawn anew."""
    return f"{campaign.posts}-{round(campaign.changed_at.timestamp() * 1_000_000)}"


@verb("review.decided", Right.DECIDE)
def decide(actor: Actor, campaign_id: int, said: Said, *, now: datetime | None = None) -> Done[Decision]:
    """Record what the actor says of a campaign that is in their hand.

    Raises Refused for a choice that makes no sense, and Conflict when the card is not (or no longer) in their hand, was settled or joined with
    another meanwhile, or is no longer what they saw.
    """
    now = now or timezone.now()
    note = said.note.strip()[:NOTE_LENGTH]
    _check_choice(said, note)
    since = _let_go(actor, campaign_id, now)
    campaign = Campaign.objects.select_for_update(of=("self",)).select_related("example").defer("template", "days").get(pk=campaign_id)
    _check_card(actor, campaign, said)
    using = in_use()
    ids = members(campaign_id)
    score, level = _as_scored(campaign, using)
    decision = Decision.objects.create(
        campaign=campaign, verdict=said.verdict, kind=said.code if said.verdict == Verdict.RECRUITMENT else "",
        reason="" if said.verdict == Verdict.RECRUITMENT else said.code, note=note, by=actor.person, at=now, model=using.version, score=score,
        level=level, posts=len(ids), members_sha256=members_sha256(ids), seconds=round((now - since).total_seconds(), 3),
    )  # fmt: skip
    settle(campaign_id, said.verdict, now)
    for hook in AFTER_DECISION:
        hook(decision)
    facts = {
        "decision": decision.pk, "verdict": said.verdict, "code": said.code, "posts": len(ids), "members_sha256": decision.members_sha256,
        "model": using.version.sha256[:12], "seconds": decision.seconds,
    }  # fmt: skip
    return Done(decision, f"campaign:{campaign_id}", facts)


def _check_choice(said: Said, note: str) -> None:
    if said.code not in choices.allowed(said.verdict):
        raise Refused(reason="choice", name=said.verdict)
    if said.code == choices.NEEDS_NOTE and not note:
        raise Refused(reason="note_needed", name=said.verdict)


def _let_go(actor: Actor, campaign_id: int, now: datetime) -> datetime:
    """Give up the actor's own lease, which must still be good, and say since when it was held. Of two answers at once only one finds it."""
    mine = Lease.objects.filter(campaign=campaign_id, person=actor.person.pk, until__gt=now)
    since = mine.values_list("since", flat=True).first()
    if since is None or not mine.delete()[0]:
        raise Conflict(reason="no_lease", name=f"campaign:{campaign_id}")
    return since


def _check_card(actor: Actor, campaign: Campaign, said: Said) -> None:
    name = f"campaign:{campaign.pk}"
    if campaign.state == Campaign.State.MERGED:
        raise Conflict(reason="merged", name=name)
    if not may_decide(actor.person, campaign.state):
        raise Conflict(reason="settled", name=name)
    if seen_token(campaign) != said.seen:
        raise Conflict(reason="changed", name=name)


def _as_scored(campaign: Campaign, using: InUse) -> tuple[float, int]:
    """Score and level by the model in use: as stored when that model gave them, else those of the example read again."""
    example = campaign.example
    if example is None or example.model_id == using.version.pk:
        return campaign.score, campaign.level
    again = assess(example.text, using.engine)
    return again.score, LEVEL_RANK[again.level] if again.level else 0
