"""Taking warnings back: before they go, or afterwards with an apology (W6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.measures.common import outbox
from andon.console.measures.common.channels import COPY
from andon.console.measures.kinds.warning import sending
from andon.console.measures.kinds.warning.log import note
from andon.console.measures.kinds.warning.models import WarningReply, Wording
from andon.console.measures.kinds.warning.services import SERVICES
from andon.console.measures.kinds.warning.texts import text_of
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

REASONS = ("not_recruitment", "help_seeker", "minor", "wrong_post", "other")
LIMIT = "withdrawal"
_State = WarningReply.State


@verb("warning.undone", Right.MEASURE_SEND)
def take_out(actor: Actor, ids: Sequence[int]) -> Done[int]:
    """Take approved warnings out of the outbox before they go. Returns how many were still there."""
    own = WarningReply.objects.filter(pk__in=list(ids), account__unit=actor.person.unit_id).values_list("pk", flat=True)
    done = outbox.cancel(Q(kind=sending.REPLY, subject_id__in=list(own)), by=actor.person)
    return Done(len(done), "warnings", {"warnings": sorted(own), "outgoing": done})


@verb("warning.withdrawal_asked", Right.MEASURE_SEND)
def withdraw(actor: Actor, warning_id: int, *, reason: str, wording_id: int, note_text: str = "", now: datetime | None = None) -> Done[WarningReply]:
    """Take a posted warning down and apologise under the post: both go by way of the outbox, first the one, then the other.

    Raises Refused without a reason that is known, without a reviewed apology, or for another unit's account; Conflict for one that was not posted.
    """
    now = now or timezone.now()
    warning = WarningReply.objects.select_for_update(of=("self",)).select_related("account__unit").get(pk=warning_id)
    if warning.account.unit_id != actor.person.unit_id:
        raise Refused(reason="warning_other_unit", name=f"warning:{warning_id}")
    if reason not in REASONS:
        raise Refused(reason="warning_reason", name=f"warning:{warning_id}")
    if warning.state not in (_State.SENT, _State.UNSURE):
        raise Conflict(reason="warning_not_sent", name=f"warning:{warning_id}")
    text = _apology(warning, wording_id)
    warning.state, warning.withdrawn_by, warning.withdrawn_at, warning.apology = _State.WITHDRAWING, actor.person, now, text[0]
    warning.save(update_fields=["state", "withdrawn_by", "withdrawn_at", "apology"])
    note(warning, "withdrawing", by=actor.person, data={"reason": reason, "note": note_text.strip()[:1000], "wording": wording_id})
    _put(actor, warning, language=text[1], now=now)
    return Done(warning, f"warning:{warning_id}", {"reason": reason, "wording": wording_id, "has_note": bool(note_text.strip())})


def _apology(warning: WarningReply, wording_id: int) -> tuple[str, str]:
    wording = Wording.objects.filter(pk=wording_id, state=Wording.State.REVIEWED, purpose=Wording.Purpose.APOLOGY).first()
    if wording is None:
        raise Refused(reason="warning_wording_not_reviewed", name=f"wording:{wording_id}")
    text = text_of(wording, warning.account)
    if text.broken:
        raise Refused(reason="warning_rules", name=", ".join(dict.fromkeys(f"{one.rule} {one.code}" for one in text.broken)))
    return text.text, wording.language


def _was_by_service(warning: WarningReply) -> bool:
    """Whether the service itself gave the reply's number: what a person posted by hand is known by an address at most, and is deleted by hand."""
    number = sending.remote_number(warning.remote_id)
    return warning.account.service in SERVICES and bool(warning.account.token) and bool(number) and not number.startswith("http")


def _put(actor: Actor, warning: WarningReply, *, language: str, now: datetime) -> None:
    """Both steps. A hold does not stop them: a wrong warning harms as long as it stands, and no post of others vanishes by them."""
    channel = warning.account.service if _was_by_service(warning) else COPY
    steps = {
        sending.DELETE: sending.deletion_of(warning),
        sending.APOLOGY: sending.payload_of(warning, text=warning.apology, at=now.isoformat(timespec="milliseconds"), language=language),
    }
    for kind, payload in steps.items():
        outbox.put(
            key=f"{kind}:{warning.pk}", kind=kind, subject_id=warning.pk, channel=channel, account=f"account:{warning.account_id}", payload=payload,
            by=actor.person, limit=LIMIT, now=now,
        )  # fmt: skip
