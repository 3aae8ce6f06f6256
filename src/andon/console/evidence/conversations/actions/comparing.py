"""Verbs of comparing: several phones' views are to be put together, they were, it failed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from andon.console.casework.actions.common import worked_on
from andon.console.evidence.conversations import visible
from andon.console.evidence.conversations.models import NAME_LENGTH, ComparedView, Comparison, State
from andon.console.evidence.exhibits import mirror
from andon.console.evidence.exhibits.store import store
from andon.console.gate import Actor, Done, Via, unattended, verb
from andon.console.staff.rights import Right
from andon.domain.errors import Refused
from andon.evidence.custody import acts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from andon.console.evidence.conversations.models import Conversation

LEAST, MOST = 2, 4


@verb("conversations.comparison_ordered", Right.CASE_WORK)
def compare(actor: Actor, case_id: int, conversation_ids: Sequence[int], *, title: str = "", now: datetime | None = None) -> Done[Comparison]:
    """Put two to four conversations of one case together, each of another exhibit or another place of it.

    Raises Refused for another number of them, for conversations of other cases and for sealed exhibits: a comparison is derived from them.
    """
    now = now or timezone.now()
    case = worked_on(actor, case_id, now=now)
    wanted = list(dict.fromkeys(conversation_ids))
    known = visible.conversations(actor.person).filter(reading__exhibit__case=case, pk__in=wanted)
    found = {one.pk: one for one in known.select_related("reading__exhibit")}
    if not LEAST <= len(wanted) <= MOST or len(found) != len(wanted):
        raise Refused(reason="conversations_compare_which")
    chosen = [found[one] for one in wanted]
    kept = store()
    for code in {one.reading.exhibit.code for one in chosen}:
        if acts.is_sealed(kept, code):
            raise Refused(reason="conversations_sealed", name=code)
    made = Comparison.objects.create(case=case, title=title.strip()[:NAME_LENGTH] or chosen[0].title, by=actor.person, at=now)
    ComparedView.objects.bulk_create(
        [ComparedView(comparison=made, conversation=one, label=label) for one, label in zip(chosen, labels(chosen), strict=True)]
    )
    return Done(made, f"comparison:{made.pk}", {"case": case.pk, "conversations": wanted})


def labels(chosen: Sequence[Conversation]) -> list[str]:
    """What each phone is called: the exhibit's code and device, with the conversation's number where one exhibit is there twice."""
    names = []
    for one in chosen:
        exhibit = one.reading.exhibit
        twice = sum(other.reading.exhibit_id == exhibit.pk for other in chosen) > 1
        names.append(f"{exhibit.code} {exhibit.device or exhibit.title}"[:48].strip() + (f" #{one.number}" if twice else ""))
    return names


@unattended("conversations.compared", Via.WORKER)
def finish(comparison_id: int, *, sha256: str, size: int, length: int, differing: int, places: bytes) -> Done[Comparison]:
    """The book of the comparison is in the store; `places` tell where the phones differ."""
    made = _locked(comparison_id)
    if not made.is_over:
        mirror.follow(store())
        made.sha256, made.size_bytes, made.length, made.differing = sha256, size, length, differing
        made.places, made.state, made.ended_at = places, State.DONE, timezone.now()
        made.save()
    return Done(made, f"comparison:{comparison_id}", {"case": made.case_id, "book": sha256, "messages": length, "differing": differing})


@unattended("conversations.comparison_failed", Via.WORKER)
def fail(comparison_id: int, problem: dict[str, Any]) -> Done[Comparison]:
    """It could not be made."""
    made = _locked(comparison_id)
    if not made.is_over:
        made.state, made.problem, made.ended_at = State.FAILED, problem, timezone.now()
        made.save(update_fields=["state", "problem", "ended_at"])
    return Done(made, f"comparison:{comparison_id}", {"case": made.case_id, "problem": problem.get("code", ""), "reason": problem.get("reason", "")})


def _locked(comparison_id: int) -> Comparison:
    return Comparison.objects.select_for_update(of=("self",)).select_related("case").get(pk=comparison_id)
