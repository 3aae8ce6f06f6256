"""What the screens share: who may do what on them, the page of a plan's documents, the page of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from andon.console.casework import visible
from andon.console.casework.models import LEADING, WORKING, Membership
from andon.console.doors import actor_of
from andon.console.frame.templatetags.desk import language
from andon.console.staff.rights import Right
from andon.console.undercover.authority.errors import all_errors
from andon.console.undercover.authority.views.common import did
from andon.console.undercover.identities import forms, queries
from andon.console.undercover.identities.actions.common import GRANTED, RUNNING
from andon.console.undercover.identities.codes import State
from andon.console.undercover.identities.models import Document, Identity, Place
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import Form
    from django.http import HttpRequest, HttpResponse

    from andon.console.gate import Actor
    from andon.console.undercover.authority.models import Plan

_ON_THE_WAY = (State.OUT, State.RECEIVED, State.RETURNED)  # nothing is reconciled before these are in their place
Tried = tuple[str, "Form"]  # which form was refused, and how it was filled in


def done(request: HttpRequest, form: Form, act: Callable[[], object], told: str) -> bool:
    """Whether the form was whole and the verb went through; then the person is told so."""
    if form.is_valid() and did(form, act):
        messages.success(request, say(f"identities.done.{told}", language()))
        return True
    return False


def known(request: HttpRequest, document_id: int) -> Document:
    """The document, or 404 for one of a case that the person may not know of."""
    found = queries.documents(actor_of(request).person).filter(pk=document_id).first()
    if found is None:
        raise Http404
    return found


def _roles(actor: Actor, case_id: int) -> dict[str, bool]:
    """What the person does in the case: keeps its documents, works on it, leads it."""
    roles = visible.roles_in(actor.person, case_id)
    return {
        "keeps": Membership.Role.CUSTODIAN.value in roles and actor.person.may(Right.IDENTITY_KEEP),
        "works": bool(roles & frozenset(WORKING)) and actor.person.may(Right.CASE_WORK),
        "leads": bool(roles & frozenset(LEADING)) and actor.person.may(Right.CASE_WORK),
    }


def show_plan(request: HttpRequest, plan: Plan, tried: Tried | None = None) -> HttpResponse:
    """The documents of a plan, and what can be done with them."""
    actor, now = actor_of(request), timezone.now()
    roles = _roles(actor, plan.case_id)
    documents = list(plan.documents.select_related("identity", "place").order_by("number"))
    late = set(queries.overdue(plan.documents.all(), now).values_list("pk", flat=True))
    waiting = {slip.pk for slip in queries.waiting(actor.person, now).filter(plan=plan)}
    slips = [(slip, slip.pk in waiting) for slip in plan.slips.filter(ended_at=None).select_related("document", "by")]
    shown = list(queries.showings(plan))
    context: dict[str, Any] = {
        "plan": plan, "case": plan.case, "identities": _identities(plan, roles, tried), "documents": documents, "late": late, "slips": slips,
        "showings": shown, "left": max(plan.documents_planned - len(documents), 0), "is_granted": plan.state in GRANTED, "now": now,
        "reconciliations": plan.reconciliations.select_related("by", "second").order_by("-pk"), "records": queries.records(plan),
        "errors": all_errors().filter(plan=plan, subject__in=[f"showing:{one.pk}" for one in shown]),
        "opens": actor.person.may(Right.SEAL_OPEN), "places": _places(actor) if roles["keeps"] else [], "tried": tried[1] if tried else None, **roles,
    }  # fmt: skip
    context |= _plan_forms(plan, documents, roles, tried)
    return render(request, "identities/plan.html", context, status=422 if tried else 200)


def _places(actor: Actor) -> list[Place]:
    return list(Place.objects.filter(unit=actor.person.unit_id).order_by("name"))


def _plan_forms(plan: Plan, documents: list[Document], roles: dict[str, bool], tried: Tried | None) -> dict[str, Any]:
    """The forms of the page, the refused one as it was filled in."""
    name, form = tried or ("", None)
    made: dict[str, Any] = {}
    if roles["keeps"] and plan.identities.count() < plan.documents_planned and plan.state in GRANTED:
        made["identity_form"] = forms.IdentityForm(plan=plan)
    if roles["keeps"] and any(one.reconciled_at is None for one in documents) and not any(one.state in _ON_THE_WAY for one in documents):
        made["reconcile_form"] = forms.NoteForm(prefix="reconcile")
    if roles["works"] and documents:
        made["show_form"] = forms.ShowForm(plan=plan)
    if roles["leads"] and plan.state not in ("ended", "cancelled", "refused", "closed") and (seal := forms.SealForm(plan=plan)).is_needed:
        made["seal_form"] = seal
    if form is not None and ":" not in name:
        made[f"{name}_form"] = form
    return made


def _identities(plan: Plan, roles: dict[str, bool], tried: Tried | None) -> list[tuple[Identity, Form | None]]:
    """The identities, each with the form of a document of it where one more may come."""
    may = roles["keeps"] and plan.state in GRANTED and plan.documents.count() < plan.documents_planned
    found = []
    for one in queries.identities(plan):
        form: Form | None = forms.ReceiveForm(auto_id=f"id_{one.pk}_%s") if may else None
        found.append((one, tried[1] if tried and tried[0] == f"receive:{one.pk}" else form))
    return found


def show_document(request: HttpRequest, document: Document, tried: Tried | None = None) -> HttpResponse:
    """A document: what it is, where it has been, and what can be done with it now."""
    actor, now = actor_of(request), timezone.now()
    roles = _roles(actor, document.plan.case_id)
    slip = document.slips.filter(ended_at=None).select_related("by", "plan").first()
    ends = slip is not None and queries.waiting(actor.person, now).filter(pk=slip.pk).exists()
    check = document.identity.checks.order_by("-pk").first()
    context: dict[str, Any] = {
        "document": document, "plan": document.plan, "case": document.plan.case, "chain": queries.chain(document), "slip": slip, "ends": ends,
        "late": queries.overdue(Document.objects.filter(pk=document.pk), now).exists(), "check": check,
        "shown": document.showings.select_related("by").order_by("-happened_at", "-pk"), "tried": tried[1] if tried else None, **roles,
        "acts": _acts(actor, document, tried) if roles["keeps"] and slip is None else [],
    }  # fmt: skip
    return render(request, "identities/document.html", context, status=422 if tried else 200)


_ACTS = {
    State.RECEIVED: ("store", "lose"), State.STORED: ("hand_out", "destroy", "lose"), State.OUT: ("take_back", "lose"),
    State.RETURNED: ("store", "lose"), State.LOST: ("find",), State.DESTROYED: (),
}  # fmt: skip
_SIGNS = {
    "store": ("lock", ""), "hand_out": ("out", ""), "take_back": ("undo", ""), "lose": ("warn", "danger"), "find": ("search", ""),
    "destroy": ("trash", "danger"),
}  # fmt: skip


def form_of(request_data: Any, name: str, document: Document, actor: Actor) -> Form:  # noqa: ANN401 - a QueryDict or nothing
    """The form of one thing to do with a document."""
    if name == "store":
        return forms.StoreForm(request_data, person=actor.person)
    if name == "hand_out":
        return forms.HandOutForm(request_data, plan=document.plan, initial={"officer": document.identity.officer})
    return {"lose": forms.LoseForm, "find": forms.FindForm}.get(name, forms.NoteForm)(request_data)


def _acts(actor: Actor, document: Document, tried: Tried | None) -> list[tuple[str, Form, str, str]]:
    """What can be done with it where it is: name, form, icon, tone."""
    names = _ACTS[State(document.state)]
    runs = document.plan.state in RUNNING
    open_now = {"hand_out": runs, "destroy": not runs and document.reconciled_at is not None}
    names = tuple(one for one in names if open_now.get(one, True))
    if tried is not None and tried[0] not in names:
        names = (tried[0], *names)
    return [(one, tried[1] if tried and tried[0] == one else form_of(None, one, document, actor), *_SIGNS[one]) for one in names]
