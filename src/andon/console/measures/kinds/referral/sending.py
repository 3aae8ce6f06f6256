"""What the outbox asks and tells of referrals, and the channel to units of this desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.console.measures.common.channels import Channel, Sent
from andon.console.measures.common.models import Outgoing
from andon.console.measures.kinds.referral.actions.give import DESK, tell_unit
from andon.console.measures.kinds.referral.actions.steps import step
from andon.console.measures.kinds.referral.models import Referral
from andon.console.review.models import Decision
from andon.console.review.queries.covering import standing_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andon.console.measures.common.channels import Answer

_State = Referral.State
_Out = Outgoing.State


def may_go(row: Outgoing) -> str:
    """A decision that was withdrawn, or changed to "not recruitment", stops what waits."""
    campaign = Referral.objects.values_list("campaign", flat=True).get(pk=row.subject_id)
    decision = standing_of(campaign)
    referable = decision is not None and decision.verdict in (Decision.Verdict.RECRUITMENT, Decision.Verdict.ESCALATED)
    return "" if referable else "decision_withdrawn"


def changed(row: Outgoing) -> None:
    """The referral follows what became of its sending."""
    referral = Referral.objects.select_related("unit", "to_unit", "receiver", "by").get(pk=row.subject_id)
    if row.state == _Out.SENT and referral.state == _State.APPROVED:
        step(referral, _State.SENT, of=(_State.APPROVED,), by=None)
        if referral.to_unit is not None:
            tell_unit(referral, referral.to_unit, "referral_received")
    elif row.state == _Out.CANCELLED and referral.state == _State.APPROVED:
        step(referral, _State.DRAFT, of=(_State.APPROVED,), by=None, code="undone", approved_by=None, answer_by=None)
    elif row.state == _Out.BOUNCED and referral.state == _State.SENT:
        step(referral, _State.APPROVED, of=(_State.SENT,), by=None, code="bounced")


def _send(_payload: Mapping[str, Any], key: str) -> Sent:
    """Within the desk being sent is being shown: the referral's own state says so."""
    return Sent(key)


def _was_sent(_key: str, _payload: Mapping[str, Any]) -> Answer:
    """Nothing left the desk: what was not written down was not sent."""
    return False


CHANNEL = Channel(DESK, _send, _was_sent, lambda _payload: True)
