"""Accounts: read by all, added and switched by who sets the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.measures.common import limits
from andon.console.measures.kinds.warning.actions import accounts as acts
from andon.console.measures.kinds.warning.forms import AccountForm, BadgeForm, ChangeForm
from andon.console.measures.kinds.warning.models import Account
from andon.console.measures.kinds.warning.queries.accounts import badge_problem
from andon.console.measures.kinds.warning.services.service import NotPosted
from andon.console.staff.rights import Right
from andon.domain.errors import Refused
from andon.wording.say import say, say_error

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andon.console.staff.models import Person


@page(Right.MEASURE_READ)
@require_GET
def accounts(request: HttpRequest) -> HttpResponse:
    """All accounts of all units: who warns from where."""
    found = Account.objects.select_related("unit", "badge_by").order_by("unit__name", "service", "pk")
    rows = [(one, badge_problem(one), limits.left(f"warning:{one.pk}")) for one in found]
    return render(request, "warning/accounts.html", {"rows": rows})


@page(Right.MEASURE_RULES, grave=True)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Add one."""
    form = AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = acts.add(actor_of(request), form.new())
        messages.success(request, say("warning.account_added", language()))
        return redirect("warning:account", made.pk)
    return render(request, "warning/account_new.html", {"form": form}, status=422 if form.errors else 200)


@page(Right.MEASURE_READ, grave=True)
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, account_id: int) -> HttpResponse:
    """One account, and for its own unit what can be changed."""
    one = get_object_or_404(Account.objects.select_related("unit", "badge_by", "switched_by", "made_by"), pk=account_id)
    person = cast("Person", request.user)
    form = ChangeForm(request.POST or None, initial={"name": one.name, "verify_url": one.verify_url})
    if request.method == "POST":
        if not person.may(Right.MEASURE_RULES):
            raise PermissionDenied
        if form.is_valid():
            given = form.cleaned_data
            acts.change(actor_of(request), account_id, name=given["name"], verify_url=given["verify_url"], token=given["new_token"])
            messages.success(request, say("warning.saved", language()))
            return redirect("warning:account", account_id)
    badge = BadgeForm(initial={"badge": one.badge if one.badge != Account.Badge.NONE else Account.Badge.BOTH, "badge_note": one.badge_note})
    may = one.unit_id == person.unit_id and person.may(Right.MEASURE_RULES)
    limit = f"warning:{account_id}"
    context = {"account": one, "form": form, "badge": badge, "may": may, "problem": badge_problem(one), "left": limits.left(limit), "limit": limit}
    return render(request, "warning/account.html", context, status=422 if form.errors else 200)


@page(Right.MEASURE_RULES)
@require_POST
def ask(request: HttpRequest, account_id: int) -> HttpResponse:
    """Ask the service whose key it is. The network is reached before the verb, so that no transaction waits for it."""
    one = get_object_or_404(Account, pk=account_id)
    if one.unit_id != cast("Person", request.user).unit_id:
        raise Refused(reason="warning_other_unit", name=f"account:{account_id}")
    try:
        identity = acts.identity_of(one)
        acts.keep_identity(actor_of(request), account_id, identity)
    except NotPosted as error:
        messages.error(request, say("warning.ask_failed", language(), why=say(f"outgoing.problem.warning_{error.problem}", language())))
    except Refused as error:
        messages.error(request, say_error(error, language()))
    else:
        messages.success(request, say("warning.asked", language(), handle=identity.handle))
    return redirect("warning:account", account_id)


@page(Right.MEASURE_RULES)
@require_POST
def badge(request: HttpRequest, account_id: int) -> HttpResponse:
    """Say how people can tell that the account is ours."""
    get_object_or_404(Account, pk=account_id)
    form = BadgeForm(request.POST)
    if form.is_valid():
        acts.check_badge(actor_of(request), account_id, form.cleaned_data["badge"], form.cleaned_data["badge_note"])
        messages.success(request, say("warning.saved", language()))
    return redirect("warning:account", account_id)


@page(Right.MEASURE_RULES, grave=True)
@require_POST
def switch(request: HttpRequest, account_id: int) -> HttpResponse:
    """Live or not: the button says which."""
    get_object_or_404(Account, pk=account_id)
    is_live = request.POST.get("to") == "live"
    acts.switch(actor_of(request), account_id, is_live=is_live)
    messages.success(request, say("warning.now_live" if is_live else "warning.now_off", language()))
    return redirect("warning:account", account_id)
