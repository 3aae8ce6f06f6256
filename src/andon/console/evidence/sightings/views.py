"""The screens of this app: thin, they translate HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from andon.console.casework.doors import case_page
from andon.console.evidence.conversations.visible import latest
from andon.console.evidence.sightings import queries
from andon.console.evidence.sightings.models import Sighting
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andon.console.casework.models import Case

_PAGE = 30
_MOST_DIGITS = 18


@case_page(Right.QUEUE_READ, event="sightings.opened")
@require_GET
def of_case(request: HttpRequest, case: Case) -> HttpResponse:
    """What the conversations of a case have in common with posts; `all`: what they hold besides; `at`: one sighting, as a badge asks for it."""
    one = _asked_for(request, case)
    shows = "wordings" if (one.what == Sighting.What.WORDING if one else request.GET.get("show") == "wordings") else "contacts"
    wants_all = one is not None or request.GET.get("all") == "1"
    rows: Any = queries.wordings(case, only_shared=not wants_all) if shows == "wordings" else queries.contact_keys(case, only_shared=not wants_all)
    if one is not None:
        rows = rows.filter(pk=one.pk) if shows == "wordings" else rows.filter(key=one.key)
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    found = queries.worded(page.object_list) if shows == "wordings" else queries.contacts(case, list(page.object_list))
    context = {
        "case": case, "one": one, "shows": shows, "wants_all": wants_all, "page_obj": page, "found": found, "counts": queries.counts(case),
        "waits": latest(case).filter(sweep=None).exists(), "is_read": latest(case).exists(),
    }  # fmt: skip
    return render(request, "sightings/case.html", context)


def _asked_for(request: HttpRequest, case: Case) -> Sighting | None:
    """The sighting that the address names. Raises Http404 for one of another case, and for none."""
    given = request.GET.get("at", "")
    if not given:
        return None
    number = int(given) if given.isascii() and given.isdigit() and len(given) <= _MOST_DIGITS else 0
    found = queries.seen(case).filter(pk=number).first()
    if found is None:
        raise Http404
    return found
