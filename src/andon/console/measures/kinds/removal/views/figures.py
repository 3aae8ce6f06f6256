"""What came of requests: the table, and one provider's record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.gate import saw
from andon.console.measures.common.models import Provider
from andon.console.measures.kinds.removal.documents.table import table
from andon.console.measures.kinds.removal.models import Request
from andon.console.measures.kinds.removal.queries import outcomes as queries
from andon.console.measures.kinds.removal.queries.requests import OPEN_STATES
from andon.console.staff.rights import Right
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

_MONTHS = (3, 6, 12, 24)
_ROWS = 40
_COLUMNS = ("month", "provider", "meant", "gone_before", "asked", "removed", "left", "unknown", "rate", "low", "high", "median", "p90")


@page(Right.MEASURE_READ)
@require_GET
def outcomes(request: HttpRequest) -> HttpResponse:
    """The reaction-time table."""
    months = _months(request)
    found = _table(months)
    rows = Paginator(found.months, _ROWS).get_page(request.GET.get("page"))
    return render(request, "removal/outcomes.html", {"table": found, "rows": rows, "months": months, "choices": _MONTHS})


@page(Right.MEASURE_READ)
@require_GET
def outcomes_csv(request: HttpRequest) -> HttpResponse:
    """The same as CSV, every figure with its denominator."""
    months = _months(request)
    found = _table(months)
    saw(actor_of(request), "removal.outcomes_exported", "", {"months": months, "rows": len(found.months)})
    rows = [*found.months, *found.providers, queries.Row(None, "", found.total)]
    content = table([say(f"removal.col.{name}", language()) for name in _COLUMNS], (list(_cells(row)) for row in rows))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="andon-removals-{found.since}.csv"'
    return response


@page(Right.MEASURE_READ)
@require_GET
def provider(request: HttpRequest, provider_id: int) -> HttpResponse:
    """One provider: how it is asked, what came of it, what is open."""
    one = get_object_or_404(Provider, pk=provider_id)
    found = queries.outcomes(since=queries.months_ago(queries.MONTHS - 1, timezone.now()), provider=one.pk)
    pending = Request.objects.filter(provider=one, state__in=OPEN_STATES)
    rows = pending.select_related("campaign").defer("campaign__template", "campaign__days").order_by("due_at", "-made_at")[:20]
    return render(request, "removal/provider.html", {"provider": one, "table": found, "rows": rows, "open": pending.count()})


def _months(request: HttpRequest) -> int:
    given = request.GET.get("months", "")
    return int(given) if given in {str(one) for one in _MONTHS} else queries.MONTHS


def _table(months: int) -> queries.Table:
    return queries.outcomes(since=queries.months_ago(months - 1, timezone.now()))


def _cells(row: queries.Row) -> Iterator[object]:
    one, rate = row.outcome, row.outcome.rate
    yield _month(row.month)
    yield _name(row.provider) if row.provider else say("removal.every", language())
    yield from (one.meant, one.gone_before, one.asked, one.removed, one.left, one.unknown)
    yield from ("" if value is None else round(value, 3) for value in (rate.value, rate.low, rate.high))
    yield from ("" if value is None else round(value, 1) for value in (one.median, one.p90))


def _name(one: Provider) -> str:
    return one.name_en or one.name if language() == "en" else one.name


def _month(month: str) -> str:
    return month or say("removal.every", language())
