"""One document: its chain, what its custodian does with it, and the second person's word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from andon.console import gate
from andon.console.casework import visible
from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.staff.models import Person
from andon.console.staff.rights import Right
from andon.console.undercover.identities.actions import keeping, slips
from andon.console.undercover.identities.models import Document
from andon.console.undercover.identities.views.common import done, form_of, known, show_document
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from andon.console.gate import Actor
    from andon.console.undercover.identities.models import Slip


@require_GET
def document(request: HttpRequest, document_id: int) -> HttpResponse:
    """One document. An inspector reads those of his sample."""
    case_id = Document.objects.filter(pk=document_id).values_list("plan__case", flat=True).first()
    sampled = isinstance(request.user, Person) and case_id is not None and visible.inspects(request.user, case_id)
    return page(Right.INSPECT if sampled else Right.CASE_READ)(_document)(request, document_id)


def _document(request: HttpRequest, document_id: int) -> HttpResponse:
    found = known(request, document_id)
    gate.saw(actor_of(request), "identities.document_opened", f"document:{document_id}", {"plan": found.plan_id})
    return show_document(request, found)


_VERBS: dict[str, tuple[Callable[[Actor, int, dict[str, Any]], object], str]] = {
    "store": (lambda actor, pk, given: keeping.store(actor, pk, given["place"]), "store"),
    "hand_out": (
        lambda actor, pk, given: slips.hand_out(actor, pk, officer=given["officer"], due_at=given["due_at"], note=given["note"]), "begun",
    ),
    "take_back": (lambda actor, pk, given: slips.take_back(actor, pk, note=given["note"]), "begun"),
    "lose": (lambda actor, pk, given: keeping.lose(actor, pk, noticed_by=given["noticed_by"], text=given["note"]), "lose"),
    "find": (lambda actor, pk, given: keeping.find(actor, pk, found_by=given["found_by"], text=given["note"]), "find"),
    "destroy": (lambda actor, pk, given: slips.destroy(actor, pk, note=given["note"]), "begun"),
}  # fmt: skip


@page(Right.IDENTITY_KEEP)
@require_POST
def do(request: HttpRequest, document_id: int, what: str) -> HttpResponse:
    """What the custodian does with it."""
    found, actor = known(request, document_id), actor_of(request)
    if what not in _VERBS:
        raise Http404
    act, told = _VERBS[what]
    form = form_of(request.POST, what, found, actor)
    if done(request, form, lambda: act(actor, document_id, form.cleaned_data), told):
        return redirect("identities:document", document_id)
    return show_document(request, found, (what, form))


@page(Right.CASE_WORK)
@require_POST
def confirm(request: HttpRequest, slip_id: int) -> HttpResponse:
    """The second person's word."""
    return _ended(request, slips.confirm(actor_of(request), slip_id), "confirm")


@page(Right.CASE_READ)
@require_POST
def drop(request: HttpRequest, slip_id: int) -> HttpResponse:
    """It is not done."""
    return _ended(request, slips.drop(actor_of(request), slip_id), "drop")


def _ended(request: HttpRequest, slip: Slip, told: str) -> HttpResponse:
    messages.success(request, say(f"identities.done.{told}", language()))
    if slip.document_id is None:
        return redirect("identities:plan", slip.plan_id)
    return redirect("identities:document", slip.document_id)
