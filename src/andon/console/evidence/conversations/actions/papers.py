"""Verbs of transcripts: one is ordered, it is made, it failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from andon.console.evidence.conversations import visible
from andon.console.evidence.conversations.models import State, Transcript
from andon.console.evidence.exhibits import mirror
from andon.console.evidence.exhibits.actions.common import kept, taken
from andon.console.evidence.exhibits.store import store
from andon.console.gate import Actor, Done, Via, unattended, verb
from andon.console.staff.rights import Right
from andon.domain.errors import Refused
from andon.evidence.custody import acts

if TYPE_CHECKING:
    from datetime import datetime

MOST_ON_PAPER = {"pdf": 30_000, "docx": 10_000}  # the library's own limits (a test holds the two together): not imported, it brings fonts along


@verb("conversations.transcript_ordered", Right.EVIDENCE_KEEP)
def order(
    actor: Actor, conversation_id: int, form: str, first: int, last: int, *, is_disclosable: bool | None, language: str, now: datetime | None = None
) -> Done[Transcript]:  # fmt: skip
    """A stretch of a conversation is to be put on paper; it is born disclosable or not.

    Raises Refused without that word, for positions or a form that are none, for who keeps no exhibits of the case, and for a sealed exhibit.
    """
    conversation = visible.conversations(actor.person).select_related("reading__exhibit").filter(pk=conversation_id).first()
    if conversation is None:
        raise Refused(reason="conversations_unknown", name=f"conversation:{conversation_id}")
    exhibit = taken(kept(actor, conversation.reading.exhibit_id))
    if is_disclosable is None:
        raise Refused(reason="conversations_disclosable")
    if form not in Transcript.Form.values or language not in ("ja", "en") or not 0 <= first <= last < conversation.length:
        raise Refused(reason="conversations_range")
    if last - first + 1 > MOST_ON_PAPER.get(form, conversation.length):
        raise Refused(reason="conversations_too_long", name=f"{form.upper()} {MOST_ON_PAPER[form]:,}")
    if acts.is_sealed(store(), exhibit.code):
        raise Refused(reason="conversations_sealed", name=exhibit.code)
    made = Transcript.objects.create(
        conversation=conversation, form=form, language=language, first=first, last=last, is_disclosable=is_disclosable, by=actor.person,
        at=now or timezone.now(),
    )  # fmt: skip
    facts = {"case": exhibit.case_id, "conversation": conversation.pk, "form": form, "first": first, "last": last, "disclosable": is_disclosable}
    return Done(made, f"transcript:{made.pk}", facts)


@unattended("conversations.transcribed", Via.WORKER)
def finish(transcript_id: int, *, sha256: str, size: int) -> Done[Transcript]:
    """It is in the store, as an item derived from the exhibit."""
    made = _locked(transcript_id)
    if not made.is_over:
        mirror.follow(store())
        made.sha256, made.size_bytes, made.state, made.ended_at = sha256, size, State.DONE, timezone.now()
        made.save()
    return Done(made, f"transcript:{transcript_id}", {"conversation": made.conversation_id, "sha256": sha256, "bytes": size})


@unattended("conversations.transcript_failed", Via.WORKER)
def fail(transcript_id: int, problem: dict[str, Any]) -> Done[Transcript]:
    """It could not be made."""
    made = _locked(transcript_id)
    if not made.is_over:
        made.state, made.problem, made.ended_at = State.FAILED, problem, timezone.now()
        made.save(update_fields=["state", "problem", "ended_at"])
    facts = {"conversation": made.conversation_id, "problem": problem.get("code", ""), "reason": problem.get("reason", "")}
    return Done(made, f"transcript:{transcript_id}", facts)


def _locked(transcript_id: int) -> Transcript:
    return Transcript.objects.select_for_update(of=("self",)).get(pk=transcript_id)
