"""Handing a campaign over: drafted with its packet, approved by a named person, taken back before or after it went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from andon.console.captures.actions.capture import capture_posts
from andon.console.gate import Actor, Done, verb
from andon.console.intake.models import Campaign, Post
from andon.console.measures.common import files, notices
from andon.console.measures.common.channels import COPY, MAIL
from andon.console.measures.common.outbox import cancel, put
from andon.console.measures.kinds.referral import packet
from andon.console.measures.kinds.referral.actions.steps import step
from andon.console.measures.kinds.referral.letters import mail_of
from andon.console.measures.kinds.referral.models import Receiver, Referral, ReferralEvent, ReferralPost
from andon.console.measures.kinds.referral.reasons import ANSWER_WITHIN, NEEDS_NOTE, REASONS
from andon.console.review.models import Decision
from andon.console.review.queries.covering import standing_of, survivor
from andon.console.staff.models import Unit
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

KIND = "referral"
DESK = "desk"  # the channel to units of this desk
MAIL_MOST = 8 * 2**20  # bytes of a packet that most mailboxes take; a larger one is handed over by a person
NOTE_LENGTH = 2000
_State = Referral.State
_REFERABLE = (Decision.Verdict.RECRUITMENT, Decision.Verdict.ESCALATED)


@dataclass(frozen=True, slots=True)
class Handing:
    """To whom (a unit of the desk, or a receiver outside), why, and with which words."""

    reason: str
    to_unit: int | None = None
    receiver: int | None = None
    note: str = ""


@verb("referral.drafted", Right.MEASURE_DRAFT)
def draft(actor: Actor, campaign_id: int, handing: Handing, *, now: datetime | None = None) -> Done[Referral]:
    """Make a referral of a campaign with its packet; what is not kept as evidence yet is kept first.

    Raises Refused where nobody decided that it is recruitment or handed it up, for a choice that makes no sense and for one's own unit, and Conflict
    when it is with the same receiver already.
    """
    now = now or timezone.now()
    campaign = Campaign.objects.defer("template", "days").get(pk=survivor(campaign_id))
    decision = standing_of(campaign.pk)
    if decision is None or decision.verdict not in _REFERABLE:
        raise Refused(reason="not_referable", name=f"campaign:{campaign.pk}")
    unit, receiver = _whom(actor, handing)
    posts = list(Post.objects.filter(campaign=campaign).select_related("upload", "model").order_by("pk"))
    if actor.person.may(Right.CAPTURE):
        capture_posts(actor, [post.pk for post in posts])
    referral = Referral(
        campaign=campaign, unit=actor.person.unit, to_unit=unit, receiver=receiver, reason=handing.reason, note=handing.note.strip()[:NOTE_LENGTH],
        posts=len(posts), by=actor.person, at=now, changed_at=now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            referral.save()
    except IntegrityError as error:
        raise Conflict(reason="referral_twice", name=f"campaign:{campaign.pk}") from error
    ReferralPost.objects.bulk_create([ReferralPost(referral=referral, post=post) for post in posts], batch_size=500)
    made = packet.build(referral, posts, decision)
    referral.packet, referral.manifest_sha256 = files.keep(made.content), made.manifest_sha256
    referral.save(update_fields=["packet", "manifest_sha256"])
    ReferralEvent.objects.create(referral=referral, state=_State.DRAFT, code="draft", by=actor.person, at=now)
    facts = {
        "campaign": campaign.pk, "to_unit": handing.to_unit, "receiver": handing.receiver, "reason": handing.reason, "posts": len(posts),
        "packet": referral.packet, "manifest": referral.manifest_sha256,
    }  # fmt: skip
    return Done(referral, f"referral:{referral.pk}", facts)


def _whom(actor: Actor, handing: Handing) -> tuple[Unit | None, Receiver | None]:
    unit = Unit.objects.filter(pk=handing.to_unit).first() if handing.to_unit else None
    receiver = Receiver.objects.filter(pk=handing.receiver, is_active=True).first() if handing.receiver else None
    if (unit is None) == (receiver is None) or handing.reason not in REASONS:
        raise Refused(reason="referral_choice", name=handing.reason or "-")
    if unit is not None and unit.pk == actor.person.unit_id:
        raise Refused(reason="own_unit", name=unit.name)
    if handing.reason == NEEDS_NOTE and not handing.note.strip():
        raise Refused(reason="note_needed", name=handing.reason)
    return unit, receiver


@verb("referral.approved", Right.MEASURE_SEND)
def approve(actor: Actor, ids: Sequence[int], *, now: datetime | None = None) -> Done[int]:
    """Approve drafts of one's own unit: they go out when the undo window is over. Returns how many."""
    now = now or timezone.now()
    drafts = Referral.objects.filter(pk__in=list(ids), unit=actor.person.unit_id).select_related("unit", "to_unit", "receiver", "by")
    done = []
    for referral in drafts.filter(state=_State.DRAFT).order_by("pk"):
        step(referral, _State.APPROVED, of=(_State.DRAFT,), by=actor.person, now=now, approved_by=actor.person, answer_by=now + ANSWER_WITHIN)
        _put(referral, actor, now)
        done.append(referral.pk)
    return Done(len(done), f"referral:{done[0]}" if len(done) == 1 else "referrals", {"referrals": done})


def _put(referral: Referral, actor: Actor, now: datetime) -> None:
    """Into the outbox: to a unit of the desk by the desk itself, outside by mail where there is an address and the packet is not too large."""
    channel: str = DESK
    payload: dict[str, Any] = {"referral": referral.pk}
    if referral.receiver is not None:
        by_mail = bool(referral.receiver.email) and files.path_of(referral.packet).stat().st_size <= MAIL_MOST
        channel, payload = (MAIL, mail_of(referral)) if by_mail else (COPY, payload | {"packet": referral.packet})
    number = referral.events.count()  # a referral that was taken back and approved anew is put anew
    put(key=f"referral:{referral.pk}:{number}", kind=KIND, subject_id=referral.pk, channel=channel, payload=payload, by=actor.person, now=now)


@verb("referral.withdrawn", Right.MEASURE_DRAFT)
def withdraw(actor: Actor, referral_id: int, *, note: str = "", now: datetime | None = None) -> Done[Referral]:
    """Take a referral of one's own unit back. One that was sent needs a reason, and its receiver is told."""
    now = now or timezone.now()
    referral = own(actor, referral_id)
    was_sent = referral.state in (_State.SENT, _State.ACCEPTED)
    if was_sent and not note.strip():
        raise Refused(reason="note_needed", name=f"referral:{referral_id}")
    cancel(Q(kind=KIND, subject_id=referral.pk), by=actor.person, problem="undone", now=now)
    referral.refresh_from_db()
    of = (_State.DRAFT, _State.APPROVED, _State.SENT, _State.ACCEPTED)
    step(referral, _State.WITHDRAWN, of=of, by=actor.person, note=note.strip()[:NOTE_LENGTH], now=now)
    if was_sent and referral.to_unit is not None:
        tell_unit(referral, referral.to_unit, "referral_withdrawn")
    return Done(referral, f"referral:{referral.pk}", {"was_sent": was_sent})


def own(actor: Actor, referral_id: int) -> Referral:
    """A referral that the actor's unit gave. Raises Refused for another's, as for none: nobody learns what is there."""
    found = Referral.objects.filter(pk=referral_id, unit=actor.person.unit_id).select_related("unit", "to_unit", "receiver", "by").first()
    if found is None:
        raise Refused(reason="not_own_referral", name=f"referral:{referral_id}")
    return found


def tell_unit(referral: Referral, unit: Unit, code: str) -> None:
    """Tell those of a unit who work on measures; called inside a verb."""
    data = {"number": referral.pk, "unit": referral.unit.name, "to": str(referral.to), "posts": referral.posts}
    notices.tell(code, url=reverse("referral:referral", args=[referral.pk]), unit=unit, right=Right.MEASURE_DRAFT, data=data)
