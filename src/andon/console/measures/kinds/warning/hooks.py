"""What the outbox and the review tell warnings: what may go, what became of it, and that a decision was taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from andon.console.measures.common import notices, outbox
from andon.console.measures.common.models import Outgoing
from andon.console.measures.kinds.warning import sending
from andon.console.measures.kinds.warning.audience import signs_of
from andon.console.measures.kinds.warning.log import note
from andon.console.measures.kinds.warning.models import WarningReply, Wording
from andon.console.measures.kinds.warning.queries.accounts import badge_problem
from andon.console.measures.kinds.warning.queries.decided import deciding
from andon.console.measures.visits.plan import plan_visits
from andon.console.measures.visits.queries import gone
from andon.console.review.models import Decision
from andon.console.review.queries.covering import survivor
from andon.domain.errors import Conflict

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from andon.console.staff.models import Person

_State = WarningReply.State
_Out = Outgoing.State
_FIRST_LOOK = timedelta(hours=6)
# What the outbox's states mean for a warning.
_BECOMES = {
    _Out.WAITING: _State.APPROVED, _Out.SENT: _State.SENT, _Out.DRY: _State.DRY, _Out.FAILED: _State.FAILED, _Out.UNSURE: _State.UNSURE,
    _Out.CANCELLED: _State.CANCELLED,
}  # fmt: skip


def may_go(row: Outgoing) -> str:
    """What stands in the way of a warning at the moment it would go: everything that was checked at its approval, looked at again."""
    warning = WarningReply.objects.select_related("post", "account", "batch__wording").get(pk=row.subject_id)
    if deciding(warning.post.campaign_id) is None:
        return "decision_withdrawn"
    if any(sign.certain for sign in signs_of(warning.post)):
        return "warning_audience"
    if warning.batch.wording.state != Wording.State.REVIEWED:
        return "warning_wording"
    if gone([warning.post_id]):
        return "warning_gone"
    return badge_problem(warning.account)


def changed(row: Outgoing) -> None:
    """A warning's own row follows what became of it in the outbox; called inside the outbox's verbs."""
    state = _BECOMES.get(_Out(row.state))
    if state is None:
        return
    warning = WarningReply.objects.select_for_update(of=("self",)).get(pk=row.subject_id)
    if state not in WarningReply.FREE and taken(warning):
        raise Conflict(reason="warning_taken", name=f"warning:{warning.pk}")
    before, warning.state, warning.problem = warning.state, state, row.problem
    if state == _State.SENT:
        warning.sent_at, warning.remote_id = row.sent_at, row.remote_id
        plan_visits([warning.post_id], first_after=_FIRST_LOOK, why="warning", by=row.by)
    warning.save(update_fields=["state", "problem", "sent_at", "remote_id"])
    note(warning, str(state), data={"problem": row.problem, "outgoing": row.pk, "before": before})


def taken(warning: WarningReply) -> bool:
    """Whether another warning stands under the post, or may yet."""
    others = WarningReply.objects.filter(target_key=warning.target_key).exclude(state__in=WarningReply.FREE)
    return others.exclude(pk=warning.pk).exists()


def withdrawal_changed(row: Outgoing) -> None:
    """A step of taking a warning back: kept in its log; when the reply is down and the apology stands, it is taken back."""
    if row.state == _Out.SENDING:
        return
    warning = WarningReply.objects.select_for_update(of=("self",)).get(pk=row.subject_id)
    what = "deletion" if row.kind == sending.DELETE else "apology"
    note(warning, f"{what}_{row.state}", data={"problem": row.problem, "outgoing": row.pk, "remote_id": row.remote_id})
    steps = Outgoing.objects.filter(kind__in=(sending.DELETE, sending.APOLOGY), subject_id=warning.pk)
    if row.state == _Out.SENT and not steps.exclude(state=_Out.SENT).exists():
        WarningReply.objects.filter(pk=warning.pk, state=_State.WITHDRAWING).update(state=_State.WITHDRAWN)
        note(warning, "withdrawn", data={})


def after_decision(decision: Decision) -> None:
    """A decision, or the withdrawal of one: what waits for it does not go, and who sent warnings on it is told. Called inside the review's verbs."""
    if decision.verdict == Decision.Verdict.RECRUITMENT:
        return
    home = survivor(decision.campaign_id)
    if deciding(home) is not None:
        return
    mine = WarningReply.objects.filter(post__campaign=home)
    waiting = list(mine.filter(state=_State.APPROVED).values_list("pk", flat=True))
    if waiting:
        outbox.cancel(Q(kind=sending.REPLY, subject_id__in=waiting), by=decision.by, problem="decision_withdrawn")
    for warning in mine.filter(state=_State.DRAFTED):
        cancel_draft(warning, decision.by, "decision_withdrawn")
    _tell_of_sent(home, mine.filter(state__in=(_State.SENT, _State.UNSURE)))


def cancel_draft(warning: WarningReply, by: Person | None, problem: str) -> None:
    """A draft that will not be approved; called inside a verb."""
    if WarningReply.objects.filter(pk=warning.pk, state=_State.DRAFTED).update(state=_State.CANCELLED, problem=problem):
        note(warning, "cancelled", by=by, data={"problem": problem})


def _tell_of_sent(campaign_id: int, sent: QuerySet[WarningReply]) -> None:
    """Warnings stand under posts that are no recruitment any more: the unit that posted them is told to take them back."""
    rows = list(sent.select_related("account__unit"))
    for unit in {row.account.unit for row in rows}:
        count = sum(row.account.unit_id == unit.pk for row in rows)
        url = reverse("warning:list") + f"?campaign={campaign_id}&state=sent"
        notices.tell("warning_take_back", url=url, unit=unit, right="measures.send", data={"campaign": campaign_id, "count": count})
