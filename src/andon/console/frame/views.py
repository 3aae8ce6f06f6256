"""Looks before anybody has signed in; and the page of all parts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_A_YEAR = 365 * 24 * 3600
_CHOICES = {"language": (settings.LANGUAGE_COOKIE_NAME, ("ja", "en")), "appearance": ("appearance", ("auto", "light", "dark"))}


@require_POST
def looks(request: HttpRequest) -> HttpResponseRedirect:
    """Keep the language and the colours in cookies: the doors' pages know no person yet. What a person chose for themselves stands in staff."""
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if safe else "/")
    for field, (cookie, known) in _CHOICES.items():
        value = request.POST.get(field, "")
        if value in known:
            response.set_cookie(cookie, value, max_age=_A_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax")
    return response


@login_required
def guide(request: HttpRequest) -> HttpResponse:
    """Every part of the frame with invented content; there is no such page outside the demo."""
    if not settings.DEMO:
        raise Http404
    return render(request, "frame/guide.html", _invented())


def _invented() -> dict[str, Any]:
    """What the page of all parts shows: the same every time but for its times."""
    now = timezone.now()
    series = [3, 5, 4, 8, 6, 9, 14, 11, 7, 12, 10, 15, 9, 13]
    states = ["open", "recruitment", "not", "escalated", "running", "done", "failed", "withdrawn"]
    return {
        "colours": ["paper", "sheet", "sunk", "raised", "hover", "chosen", "line", "edge", "lantern", "ink", "ink-2", "link",
                    "for", "against", "escalate", "contact", "warn", "done"],
        "series": series,
        "rare": [0, 0, 1, 0, 0, 2, 0, 0, 0, 1, 0, 0, 4, 1],
        "flat": [4] * 14,
        "kinds": ["parcel", "cash_collection", "account"],
        "states": states,
        "rows": [{"at": now - timedelta(hours=7 * k + 1), "count": count * 137, "state": state, "series": series[k:] + series[:k]}
                 for k, (count, state) in enumerate(zip(series, states, strict=False))],
        "text": "図書室の本を棚に戻す手伝いを募集しています。時給1,200円、週末だけでも歓迎です。",  # a post: Japanese in both languages
        "page_obj": Paginator(range(1, 400), 20).page(3),
    }  # fmt: skip
