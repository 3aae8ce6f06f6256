"""The form of taking in: what a browser sends, or an entry of the installation's folder."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from andon.console.casework.doors import case_page
from andon.console.doors import actor_of
from andon.console.evidence.exhibits import incoming, sending, visible
from andon.console.evidence.exhibits.actions.take_in import Source, drop, order, retry
from andon.console.evidence.exhibits.forms import TakeInForm
from andon.console.evidence.exhibits.models import Exhibit
from andon.console.evidence.exhibits.views.common import did
from andon.console.frame.templatetags.desk import language
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused
from andon.wording.say import say, say_error

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andon.console.casework.models import Case


@csrf_exempt
def take_in(request: HttpRequest, case_id: int) -> HttpResponse:
    """The form, and what it sends. The folder of what was sent goes again unless an exhibit waits for it.

    The form's token is looked for here, not before: reading the form is what writes its files, so where they go has to be said first.
    """
    if request.method != "POST":
        return _take_in(request, case_id, None, "")
    token, may = secrets.token_hex(16), bool(getattr(request.user, "may", lambda _: False)(Right.EVIDENCE_KEEP))
    handler = sending.Sending(request, token, is_wanted=may)
    request.upload_handlers = [handler]
    try:
        if told := sending.too_much(request):
            return _take_in(request, case_id, None, told)
        return _checked(request, case_id, handler, token)
    finally:
        if not Exhibit.objects.filter(token=token).exists():
            incoming.discard(token)


@case_page(Right.EVIDENCE_KEEP, event="exhibits.opened")
@require_http_methods(["GET", "POST"])
def _take_in(request: HttpRequest, case: Case, handler: sending.Sending | None, told: str) -> HttpResponse:
    """`told` is the token of what is sent; without a handler (nothing is read then) why it is refused, if it is."""
    if handler is None:
        return _form(request, case, TakeInForm(), (told,) if told else (), is_read=False)
    return _sent(request, case, handler, told)


_checked = csrf_protect(_take_in)


def _sent(request: HttpRequest, case: Case, handler: sending.Sending, token: str) -> HttpResponse:
    form, entry = TakeInForm(request.POST), request.POST.get("entry", "")
    problems = [say(f"refused.{handler.problem}", language())] if handler.problem else []
    if not handler.names and not entry:
        problems.append(say("exhibits.nothing_chosen", language()))
    if problems or not form.is_valid():
        return _form(request, case, form, tuple(problems))
    try:
        source = _uploaded(request, handler, token, form.cleaned_data["title"]) if handler.names else _entry(case, entry)
        exhibit = order(actor_of(request), case, source, form.said())
    except (Refused, Conflict) as error:
        return _form(request, case, form, (say_error(error, language()),))
    address = reverse("exhibits:exhibit", args=[case.pk, exhibit.pk])
    return JsonResponse({"address": address}) if _by_script(request) else redirect(address)


def _uploaded(request: HttpRequest, handler: sending.Sending, token: str, title: str) -> Source:
    top, renamed = sending.lay_out(token, handler.names, request.POST.get("paths", ""), title)
    return Source(Exhibit.Way.UPLOAD, top.name, token, incoming.size_of(top), renamed)


def _entry(case: Case, name: str) -> Source:
    found = next((one for one in incoming.entries(case) if one.name == name), None)
    if found is None:
        raise Refused(reason="exhibit_entry", name=name)
    return Source(Exhibit.Way.FOLDER, found.name, "", found.size)


def _form(request: HttpRequest, case: Case, form: TakeInForm, problems: tuple[str, ...] = (), *, is_read: bool = True) -> HttpResponse:
    if problems and _by_script(request):
        return JsonResponse({"problems": list(problems)}, status=422)
    wrong = bool(problems) or (form.is_bound and bool(form.errors))
    if wrong and _by_script(request):
        return JsonResponse({"fields": {name: [str(one) for one in errors] for name, errors in form.errors.items()}}, status=422)
    about: dict[str, Any] = {
        "case": case, "form": form, "problems": problems, "entries": incoming.entries(case), "has_folder": incoming.take_in_folder() is not None,
        "limit": sending.limit_gib(), "entry": request.POST.get("entry", "") if is_read and form.is_bound else "",
    }  # fmt: skip
    return render(request, "exhibits/take_in.html", about, status=422 if wrong else 200)


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "desk"


@case_page(Right.EVIDENCE_KEEP)
@require_POST
def again(request: HttpRequest, case: Case, exhibit_id: int) -> HttpResponse:
    """Try one that failed again."""
    row = visible.in_case(case, exhibit_id)
    return did(request, lambda: retry(actor_of(request), row.pk), "exhibits.did.retried", "exhibits:exhibit", case.pk, row.pk)


@case_page(Right.EVIDENCE_KEEP)
@require_POST
def give_up(request: HttpRequest, case: Case, exhibit_id: int) -> HttpResponse:
    """Let one that failed rest."""
    row = visible.in_case(case, exhibit_id)
    return did(request, lambda: drop(actor_of(request), row.pk), "exhibits.did.dropped", "exhibits:list", case.pk)
