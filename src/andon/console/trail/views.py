"""The trail on a screen: searching, exporting, verifying. Reading it is an event, too."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import orjson
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from andon.console import gate
from andon.console.doors import actor_of, page
from andon.console.staff.queries import people_named
from andon.console.staff.rights import Right
from andon.console.trail import queries, steps
from andon.console.trail.forms import TrailForm
from andon.detection.records.writing import safe_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from andon.console.audit.models import Entry
    from andon.console.trail.queries import Filter

_COLUMNS = ("number", "at", "person", "name", "unit", "via", "event", "subject", "facts", "hash")


@page(Right.AUDIT_READ)
def trail(request: HttpRequest) -> HttpResponse:
    """One page of the trail."""
    form = TrailForm(request.GET or None)
    wanted = form.filter()
    before = int(given) if (given := request.GET.get("before", "")).isdecimal() and len(given) < 19 else None  # noqa: PLR2004 - fits any database
    found = queries.find(wanted, before)
    gate.saw(actor_of(request), "audit.read", "", wanted.facts() | {"entries": len(found.entries)} | ({"before": before} if before else {}))
    rest = request.GET.copy()
    rest.pop("before", None)
    names = people_named(one.subject for one in found.entries)
    rows = [{"entry": one, "facts": list(one.facts.items()), "whom": names.get(one.subject, "")} for one in found.entries]
    return render(request, "trail/trail.html", {"form": form, "rows": rows, "found": found, "before": before, "query": rest.urlencode()})


@require_POST
@page(Right.AUDIT_READ)
def export(request: HttpRequest) -> HttpResponse:
    """Everything that fits, as CSV; kept in the trail before the first line is sent."""
    wanted = TrailForm(request.POST).filter()
    upto = queries.newest()
    gate.saw(actor_of(request), "audit.exported", "", wanted.facts() | {"upto": upto})
    response: Any = StreamingHttpResponse(_lines(wanted, upto), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="audit-{upto}.csv"'
    return response  # type: ignore[no-any-return]  # a response like any other


def _lines(wanted: Filter, upto: int) -> Iterator[str]:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    yield "\ufeff"  # without it Excel takes UTF-8 for Shift_JIS
    for entry in queries.every(wanted, upto):
        writer.writerow(_cells(entry))
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def _cells(entry: Entry) -> list[object]:
    values = {name: getattr(entry, name) for name in _COLUMNS} | {"at": entry.at.isoformat(), "facts": orjson.dumps(entry.facts).decode()}
    return [safe_cell(values[name]) for name in _COLUMNS]


@require_POST
@page(Right.AUDIT_READ)
def verify(request: HttpRequest) -> HttpResponse:
    """One step of a verification; the page asks for the next one until it is done (without scripts: a button does)."""
    step = steps.go_on(request.POST.get("state", ""))
    if step.is_done:
        found = len(step.walk.findings) + step.walk.more
        gate.saw(actor_of(request), "audit.verified", "", {"checked": step.walk.checked, "upto": step.walk.upto, "findings": found})
    template = "trail/_verification.html" if getattr(request, "htmx", False) else "trail/verification.html"
    return render(request, template, {"step": step, "walk": step.walk, "last_checkpoint": steps.last_checkpoint() if step.is_done else None})
