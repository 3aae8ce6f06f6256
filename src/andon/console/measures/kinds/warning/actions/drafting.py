"""Drafting warnings for a campaign, and dropping drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.intake.models import Campaign
from andon.console.measures.kinds.warning.hooks import cancel_draft
from andon.console.measures.kinds.warning.models import Account, Batch, WarningReply, Wording
from andon.console.measures.kinds.warning.queries.decided import deciding
from andon.console.measures.kinds.warning.queries.plan import look_at
from andon.console.measures.kinds.warning.services import service_of
from andon.console.measures.kinds.warning.texts import reading_of, text_of
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andon.console.measures.kinds.warning.queries.plan import Found

MOST = 200  # warnings of one batch: more at once is what services stop accounts for


@verb("warning.drafted", Right.MEASURE_DRAFT)
def draft(actor: Actor, campaign_id: int, account_id: int, wording_id: int, *, post_ids: Sequence[int] | None = None) -> Done[Batch]:
    """Draft a warning for every post of a campaign (or those given) that can be warned by this account; posts that cannot are left out.

    Raises Refused when no decision says that the campaign recruits, for an account of another unit, a wording that nobody reviewed, or a text that
    breaks a rule; Conflict when there is nothing (left) to warn.
    """
    campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign_id)
    decision = deciding(campaign_id)
    if decision is None or campaign.state != Campaign.State.RECRUITMENT:
        raise Refused(reason="warning_not_decided", name=f"campaign:{campaign_id}")
    account, wording = _account(actor, account_id), _wording(wording_id)
    text = text_of(wording, account)
    if text.broken:
        raise Refused(reason="warning_rules", name=", ".join(dict.fromkeys(f"{one.rule} {one.code}" for one in text.broken)))
    look = look_at(campaign, post_ids=post_ids)
    ready = [one for network in service_of(account.service).networks for one in look.ready(network)][:MOST]
    if not ready:
        raise Conflict(reason="warning_nothing", name=f"campaign:{campaign_id}")
    batch = Batch.objects.create(
        campaign=campaign, decision=decision, account=account, wording=wording, unit=actor.person.unit, by=actor.person, at=timezone.now()
    )
    made = _make(batch, ready, text.text)
    if not made:
        raise Conflict(reason="warning_taken", name=f"campaign:{campaign_id}")
    facts = {"campaign": campaign_id, "account": account_id, "wording": wording_id, "warnings": made, "left_out": dict(look.counts())}
    return Done(batch, f"warnings:{batch.pk}", facts)


def _make(batch: Batch, ready: Sequence[Found], text: str) -> int:
    """Add the drafts; what another unit has drafted for meanwhile is left out. Says how many there are."""
    rows = [
        WarningReply(
            batch=batch, post=one.post, account=batch.account, target_key=one.target.key, target=one.target.place, text=text,
            reading=reading_of(one.post.text), needs_look=one.needs_look,
        )
        for one in ready if one.target
    ]  # fmt: skip
    WarningReply.objects.bulk_create(rows, ignore_conflicts=True)
    return WarningReply.objects.filter(batch=batch).count()


@verb("warning.dropped", Right.MEASURE_DRAFT)
def drop(actor: Actor, batch_id: int, *, ids: Sequence[int] | None = None) -> Done[int]:
    """Drop drafts of a batch that were not approved (all, or those given)."""
    batch = own_batch(actor, batch_id)
    drafts = WarningReply.objects.select_for_update(of=("self",)).filter(batch=batch, state=WarningReply.State.DRAFTED)
    rows = list(drafts if ids is None else drafts.filter(pk__in=list(ids)))
    for warning in rows:
        cancel_draft(warning, actor.person, "dropped")
    return Done(len(rows), f"warnings:{batch_id}", {"dropped": len(rows)})


def own_batch(actor: Actor, batch_id: int) -> Batch:
    """A batch of the actor's unit. Raises Refused for another's; called inside verbs."""
    batch = Batch.objects.select_for_update(of=("self",)).select_related("account", "wording", "campaign", "decision").get(pk=batch_id)
    if batch.unit_id != actor.person.unit_id:
        raise Refused(reason="warning_other_unit", name=f"warnings:{batch_id}")
    return batch


def _account(actor: Actor, account_id: int) -> Account:
    account = Account.objects.filter(pk=account_id, unit=actor.person.unit_id).first()
    if account is None:
        raise Refused(reason="warning_other_unit", name=f"account:{account_id}")
    return account


def _wording(wording_id: int) -> Wording:
    wording = Wording.objects.filter(pk=wording_id, state=Wording.State.REVIEWED, purpose=Wording.Purpose.WARNING).first()
    if wording is None:
        raise Refused(reason="warning_wording_not_reviewed", name=f"wording:{wording_id}")
    return wording
