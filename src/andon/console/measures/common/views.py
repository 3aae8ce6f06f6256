"""The directory of providers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.measures.common.actions.providers import FIELDS, confirm_provider, load_directory, save_provider
from andon.console.measures.common.forms import ProviderForm
from andon.console.measures.common.models import Provider
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict
from andon.wording.say import say, say_error

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@page(Right.MEASURE_READ)
def providers(request: HttpRequest) -> HttpResponse:
    """All of them, those in use first."""
    rows, wanted = Provider.objects.select_related("confirmed_by"), request.GET.get("q", "").strip()[:100]
    if wanted:
        rows = rows.filter(Q(name__icontains=wanted) | Q(name_en__icontains=wanted) | Q(hosts__icontains=wanted) | Q(code__icontains=wanted))
    any_there = bool(wanted) or rows.exists()
    return render(request, "measures/providers.html", {"providers": rows.order_by("-is_active", "name", "pk"), "wanted": wanted, "any": any_there})


@page(Right.MEASURE_RULES)
def new(request: HttpRequest) -> HttpResponse:
    """Add one."""
    return _form(request, None)


@page(Right.MEASURE_RULES)
def provider(request: HttpRequest, provider_id: int) -> HttpResponse:
    """Change one."""
    return _form(request, get_object_or_404(Provider.objects.select_related("confirmed_by"), pk=provider_id))


def _form(request: HttpRequest, one: Provider | None) -> HttpResponse:
    form = ProviderForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        code = one.code if one else form.cleaned_data["code"]
        try:
            save_provider(actor_of(request), code, {name: form.cleaned_data[name] for name in FIELDS})
        except Conflict as error:
            form.add_error("hosts", say_error(error, language()))
        else:
            messages.success(request, say("measures.provider.saved", language()))
            return redirect("measures:providers")
    status = 422 if request.method == "POST" else 200
    return render(request, "measures/provider.html", {"form": form, "provider": one}, status=status)


@page(Right.MEASURE_RULES)
@require_POST
def load(request: HttpRequest) -> HttpResponse:
    """Load the starting directory."""
    count = load_directory(actor_of(request))
    messages.success(request, say("measures.providers.loaded", language(), n=count))
    return redirect("measures:providers")


@page(Right.MEASURE_RULES)
@require_POST
def confirm(request: HttpRequest, provider_id: int) -> HttpResponse:
    """Its address is right."""
    get_object_or_404(Provider, pk=provider_id)
    confirm_provider(actor_of(request), provider_id)
    messages.success(request, say("measures.provider.confirmed", language()))
    return redirect("measures:providers")
