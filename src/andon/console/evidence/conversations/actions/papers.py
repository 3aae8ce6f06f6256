"""Verbs of transcripts, of one conversation or of a comparison: one is ordered, it is made, it failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from andon.console.evidence.conversations import visible
from andon.console.evidence.conversations.models import MergedTranscript, Paper, State, Transcript
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
Kind = type[Transcript] | type[MergedTranscript]
_SUBJECTS = {Transcript: "transcript", MergedTranscript: "merged_transcript"}


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
    word = _sound(form, first, last, conversation.length, language, is_disclosable)
    _unsealed(exhibit.code)
    made = Transcript.objects.create(
        conversation=conversation, form=form, language=language, first=first, last=last, is_disclosable=word, by=actor.person,
        at=now or timezone.now(),
    )  # fmt: skip
    facts = {"case": exhibit.case_id, "conversation": conversation.pk, "form": form, "first": first, "last": last, "disclosable": word}
    return Done(made, f"transcript:{made.pk}", facts)


@verb("conversations.transcript_ordered", Right.EVIDENCE_KEEP)
def order_merged(
    actor: Actor, comparison_id: int, form: str, first: int, last: int, *, is_disclosable: bool | None, language: str, now: datetime | None = None
) -> Done[MergedTranscript]:  # fmt: skip
    """The same of a comparison that is done: several phones' views as one. The actor must keep every one of its exhibits, and none be sealed."""
    comparison = visible.comparisons(actor.person).filter(pk=comparison_id, state=State.DONE).first()
    if comparison is None:
        raise Refused(reason="conversations_unknown", name=f"comparison:{comparison_id}")
    exhibits = {view.conversation.reading.exhibit_id for view in comparison.views.select_related("conversation__reading")}
    codes = [taken(kept(actor, one)).code for one in sorted(exhibits)]
    word = _sound(form, first, last, comparison.length, language, is_disclosable)
    for code in codes:
        _unsealed(code)
    made = MergedTranscript.objects.create(
        comparison=comparison, form=form, language=language, first=first, last=last, is_disclosable=word, by=actor.person, at=now or timezone.now()
    )
    facts = {"case": comparison.case_id, "comparison": comparison.pk, "form": form, "first": first, "last": last, "disclosable": word}
    return Done(made, f"merged_transcript:{made.pk}", facts)


def _sound(form: str, first: int, last: int, length: int, language: str, is_disclosable: bool | None) -> bool:  # noqa: FBT001 - as ordered
    """The word on disclosure. Raises Refused without it, and for what cannot be put on paper."""
    if is_disclosable is None:
        raise Refused(reason="conversations_disclosable")
    if form not in Paper.Form.values or language not in ("ja", "en") or not 0 <= first <= last < length:
        raise Refused(reason="conversations_range")
    if last - first + 1 > MOST_ON_PAPER.get(form, length):
        raise Refused(reason="conversations_too_long", name=f"{form.upper()} {MOST_ON_PAPER[form]:,}")
    return is_disclosable


def _unsealed(code: str) -> None:
    if acts.is_sealed(store(), code):
        raise Refused(reason="conversations_sealed", name=code)


@unattended("conversations.transcribed", Via.WORKER)
def finish(kind: Kind, transcript_id: int, *, sha256: str, size: int) -> Done[Transcript | MergedTranscript]:
    """It is in the store, as an item derived from the exhibits that its lines stand in."""
    made = _locked(kind, transcript_id)
    if not made.is_over:
        mirror.follow(store())
        made.sha256, made.size_bytes, made.state, made.ended_at = sha256, size, State.DONE, timezone.now()
        made.save()
    return Done(made, f"{_SUBJECTS[kind]}:{transcript_id}", {**_of(made), "sha256": sha256, "bytes": size})


@unattended("conversations.transcript_failed", Via.WORKER)
def fail(kind: Kind, transcript_id: int, problem: dict[str, Any]) -> Done[Transcript | MergedTranscript]:
    """It could not be made."""
    made = _locked(kind, transcript_id)
    if not made.is_over:
        made.state, made.problem, made.ended_at = State.FAILED, problem, timezone.now()
        made.save(update_fields=["state", "problem", "ended_at"])
    facts = {**_of(made), "problem": problem.get("code", ""), "reason": problem.get("reason", "")}
    return Done(made, f"{_SUBJECTS[kind]}:{transcript_id}", facts)


def _of(made: Transcript | MergedTranscript) -> dict[str, int]:
    return {"conversation": made.conversation_id} if isinstance(made, Transcript) else {"comparison": made.comparison_id}


def _locked(kind: Kind, transcript_id: int) -> Transcript | MergedTranscript:
    return kind.objects.select_for_update(of=("self",)).get(pk=transcript_id)
