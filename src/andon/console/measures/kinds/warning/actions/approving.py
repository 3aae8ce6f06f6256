"""Approving warnings: a named person has read the posts, and each goes into the outbox in their name (W1, W5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.measures.common import outbox
from andon.console.measures.common.channels import COPY
from andon.console.measures.common.held import held_posts, refuse_if_held
from andon.console.measures.kinds.warning import sending
from andon.console.measures.kinds.warning.actions.drafting import own_batch
from andon.console.measures.kinds.warning.audience import signs_of
from andon.console.measures.kinds.warning.hooks import cancel_draft, taken
from andon.console.measures.kinds.warning.log import note
from andon.console.measures.kinds.warning.models import WarningReply, Wording
from andon.console.measures.kinds.warning.queries.accounts import badge_problem
from andon.console.measures.kinds.warning.queries.decided import deciding
from andon.console.measures.kinds.warning.services import SERVICES
from andon.console.measures.kinds.warning.texts import reading_of, text_of
from andon.console.measures.visits.queries import gone
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from andon.console.measures.kinds.warning.models import Batch

_State = WarningReply.State


@verb("warning.approved", Right.MEASURE_SEND)
def approve(actor: Actor, batch_id: int, read: Collection[str], *, now: datetime | None = None) -> Done[int]:
    """Approve the drafts of a batch whose posts the actor has read: those that say what is in `read` (`WarningReply.reading`).

    To read is to have looked that nobody asks for help in them and nobody under eighteen wrote them. Everything is checked again. Returns how many
    went into the outbox. Raises Refused when nothing was read, the decision no longer says recruitment, the wording was retired, the text breaks a
    rule, or the account has no badge; Held when every post that was read is held; Conflict when nothing is left to approve.
    """
    now = now or timezone.now()
    batch = own_batch(actor, batch_id)
    _check(batch, read)
    drafts = WarningReply.objects.select_for_update(of=("self",)).select_related("post").filter(batch=batch, state=_State.DRAFTED)
    rows = _still_good(actor, list(drafts.filter(reading__in=list(read)).order_by("pk")))
    for warning in rows:
        _put(actor, batch, warning, now)
    facts = {"warnings": [one.pk for one in rows], "account": batch.account_id, "wording": batch.wording_id, "readings": len(set(read))}
    return Done(len(rows), f"warnings:{batch_id}", facts)


def _check(batch: Batch, read: Collection[str]) -> None:
    name = f"warnings:{batch.pk}"
    if not read:
        raise Refused(reason="warning_not_read", name=name)
    if deciding(batch.campaign_id) is None:
        raise Refused(reason="warning_not_decided", name=name)
    if batch.wording.state != Wording.State.REVIEWED:
        raise Refused(reason="warning_wording_not_reviewed", name=name)
    problem = badge_problem(batch.account)
    if problem:
        raise Refused(reason=problem, name=batch.account.handle)
    broken = text_of(batch.wording, batch.account).broken
    if broken:
        raise Refused(reason="warning_rules", name=", ".join(dict.fromkeys(f"{one.rule} {one.code}" for one in broken)))


def _still_good(actor: Actor, drafts: Sequence[WarningReply]) -> list[WarningReply]:
    """The drafts that nothing has come in the way of since; those whose post is gone or turned out to be no recruiter's are dropped."""
    ids = [one.post_id for one in drafts]
    held, away = held_posts(ids), gone(ids)
    good = []
    for warning in drafts:
        problem = "warning_gone" if warning.post_id in away else _audience_problem(warning)
        if problem:
            cancel_draft(warning, actor.person, problem)
        elif warning.post_id not in held:
            good.append(warning)
    if not good:
        refuse_if_held(ids)
        raise Conflict(reason="warning_nothing", name="")
    return good


def _audience_problem(warning: WarningReply) -> str:
    """W5 once more: the post, or what counts as a sign, may have changed since the draft."""
    is_closed = any(sign.certain for sign in signs_of(warning.post)) or reading_of(warning.post.text) != warning.reading
    return "warning_audience" if is_closed else ""


def _put(actor: Actor, batch: Batch, warning: WarningReply, now: datetime) -> None:
    if taken(warning):
        raise Conflict(reason="warning_taken", name=f"warning:{warning.pk}")
    WarningReply.objects.filter(pk=warning.pk).update(
        state=_State.APPROVED, approved_by=actor.person, approved_at=now, round=F("round") + 1, text=text_of(batch.wording, batch.account).text
    )
    warning.refresh_from_db()
    note(warning, "approved", by=actor.person, data={"reading": warning.reading[:12], "looked": warning.needs_look})
    words = batch.wording
    channel = batch.account.service if batch.account.service in SERVICES and batch.account.token else COPY
    picture, at = (words.picture, words.picture_type, words.alt), now.isoformat(timespec="milliseconds")
    payload = sending.payload_of(warning, text=warning.text, at=at, picture=picture, language=words.language)
    outbox.put(
        key=f"warning:{warning.pk}:{warning.round}", kind=sending.REPLY, subject_id=warning.pk, channel=channel,
        account=f"account:{batch.account_id}", payload=payload, by=actor.person, posts=[warning.post_id],
        limit=f"warning:{batch.account_id}", now=now,
    )  # fmt: skip
