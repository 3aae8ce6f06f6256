"""What the page of a case shows of its documents, what plans and cases ask of the register, and who hears when a plan no longer runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from andon.console.casework import visible
from andon.console.casework.timeline import Moment
from andon.console.frame.templatetags.desk import language
from andon.console.measures.common.notices import tell
from andon.console.staff.rights import Right
from andon.console.undercover.authority.codes import State as PlanState
from andon.console.undercover.authority.hooks import Thing
from andon.console.undercover.authority.models import Plan
from andon.console.undercover.identities import queries
from andon.console.undercover.identities.codes import Moved, State
from andon.console.undercover.identities.models import Document, Movement, Officer, Showing
from andon.domain.errors import Refused
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from andon.console.casework.models import Case
    from andon.console.casework.timeline import Tone
    from andon.console.staff.models import Person
    from andon.console.undercover.authority.models import PlanEvent

_TONES: dict[str, Tone] = {"lost": "warn", "found": "warn", "destroyed": "done"}
_DRAWN_AS_SPAN = (Moved.HANDED_OUT, Moved.RETURNED)
_UNSEEN = (PlanState.DRAFT, PlanState.SUBMITTED, PlanState.REFUSED)


def things(plan: Plan) -> list[Thing]:
    """The documents of a plan as they stand: closing it waits until each is settled (D4)."""
    return [Thing("document", str(one), one.state, one.is_settled) for one in plan.documents.order_by("number")]


def may_close(case: Case, _now: datetime) -> None:
    """Raise Refused for a case with a document that is not settled: one that turned up after its plan was closed, too."""
    if queries.unsettled(Document.objects.filter(plan__case=case)).exists():
        raise Refused(reason="documents_open", name=f"case:{case.pk}")


def officers_sealed(plan: Plan, _now: datetime) -> str | None:
    """Nobody is sent before it is sealed who goes: only then can be checked that he decides, leads, keeps and inspects nothing (A6, A19)."""
    sealed = set(Officer.objects.filter(plan=plan).values_list("code", flat=True))
    return "officer_unsealed" if set(plan.operators) - sealed else None


def call_back(plan: Plan, event: PlanEvent) -> None:
    """Where a plan no longer runs, its custodian hears which documents have to come back."""
    if event.before != PlanState.ACTIVE or event.after == PlanState.ACTIVE or plan.custodian is None:
        return
    count = plan.documents.filter(state=State.OUT).count()
    if count:
        url = reverse("identities:plan", args=[plan.pk])
        tell("documents_back", url=url, person=plan.custodian, data={"plan": plan.code, "count": count})


def moments(case: Case, person: Person) -> Iterator[Moment]:
    """Documents that came and went, spans in which one was out, and showings. Officers by code; no name, serial or address of an identity."""
    if not visible.opens(person, case, Right.CASE_READ):
        return
    moved = Movement.objects.filter(document__plan__case=case).exclude(what__in=_DRAWN_AS_SPAN).exclude(what=Moved.STORED)
    for one in moved.select_related("document__plan").order_by("at", "pk"):
        yield Moment(one.at, "identity", _label(one.document, one.what), _url(one.document), _TONES.get(one.what, "quiet"))
    yield from _spans(case)
    for shown in Showing.objects.filter(plan__case=case).select_related("document__plan"):
        label = say("identities.moment.shown", language(), document=_name(shown.document), recipient=shown.recipient or "—")
        tone: Tone = "contact" if shown.is_permitted else "warn"
        yield Moment(shown.happened_at, "identity", label, _url(shown.document), tone, {"note": _note(shown)})


def _spans(case: Case) -> Iterator[Moment]:
    begun: Movement | None = None
    for one in queries.out_spans(Plan.objects.filter(case=case).values_list("pk", flat=True)):
        if begun is not None and begun.document_id == one.document_id:
            yield _span(begun, one.at)
        elif begun is not None:
            yield _span(begun, None)
        begun = one if one.what == Moved.HANDED_OUT else None
    if begun is not None:
        yield _span(begun, None)


def _span(begun: Movement, until: datetime | None) -> Moment:
    label = say("identities.moment.out", language(), document=_name(begun.document), officer=begun.officer)
    is_open, now = until is None, timezone.now()
    late = is_open and begun.due_at is not None and begun.due_at < now
    tone: Tone = "warn" if late else "quiet"
    return Moment(begun.at, "identity", label, _url(begun.document), tone, {"is_open": is_open}, until=until or (now if late else begun.due_at))


def _label(document: Document, what: str) -> str:
    return say("identities.moment", language(), document=_name(document), what=say(f"identities.moved.{what}", language()))


def _name(document: Document) -> str:
    return say("identities.document_of", language(), kind=say(f"identities.kind.{document.kind}", language()), number=document.number)


def _url(document: Document) -> str:
    return reverse("identities:document", args=[document.pk])


def _note(shown: Showing) -> str:
    return "・".join(say(f"identities.wrong.{wrong}", language()) for wrong in shown.wrongs)


def panel(case: Case, _person: Person) -> dict[str, Any] | None:
    """The plans of the case with their documents, one line each; nothing for a case of another kind."""
    if case.kind != case.Kind.UNDERCOVER:
        return None
    plans = list(Plan.objects.filter(case=case).exclude(state__in=_UNSEEN).order_by("-pk"))
    counted = queries.counts(plans, timezone.now())
    return {"rows": [(plan, counted.get(plan.pk)) for plan in plans]}
