"""The first page: counts, trends, the oldest waiting, my work; for who checks the trail or changes people, what they look after."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from andon.console.doors import actor_of, page
from andon.console.home import charts, queries, watch
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from django.http import HttpRequest

    from andon.console.staff.models import Person

_SINCE = "home.since"


def health(_request: HttpRequest) -> HttpResponse:
    """Whether the desk answers and reaches its database: for who watches over the machine. Says nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


@page(Right.OWN_SETTINGS)
def today(request: HttpRequest) -> HttpResponse:
    """What this person looks after, as far as their rights go."""
    person = actor_of(request).person
    about: dict[str, Any] = {"now": timezone.now()}
    if person.may(Right.QUEUE_READ):
        about |= _figures(request, person) | _desk(person)
    if person.may(Right.AUDIT_READ):
        entries = watch.days()
        about |= {"trail": watch.trail(), "entries": charts.columns(entries), "entries_sum": sum(count for _, count in entries), "days": queries.DAYS}
    if person.may(Right.STAFF_CHANGE):
        about["people"] = watch.people()
    return render(request, "home/today.html", about)


@page(Right.QUEUE_READ)
def figures(request: HttpRequest) -> HttpResponse:
    """The counts alone, which the page asks for from time to time."""
    return render(request, "home/_figures.html", _figures(request, actor_of(request).person))


@page(Right.QUEUE_READ)
def uploads(request: HttpRequest) -> HttpResponse:
    """The uploads that are running, with how far they are."""
    return render(request, "home/_uploads.html", {"uploads": queries.running_uploads()})


def _figures(request: HttpRequest, person: Person) -> dict[str, Any]:
    counts, since = queries.counts(), _since(request, person)
    new = queries.new_since(since) if since else None
    return {"counts": counts, "parts": charts.parts(counts.waiting), "since": since, "new": new, "new_is_least": new == queries.NEWEST}


def _desk(person: Person) -> dict[str, Any]:
    days = queries.trend()
    return {
        "stored": charts.columns([(day.day, day.stored) for day in days]), "decided": charts.columns([(day.day, day.decided) for day in days]),
        "stored_sum": sum(day.stored for day in days), "decided_sum": sum(day.decided for day in days), "days": queries.DAYS,
        "oldest": queries.oldest_waiting(), "uploads": queries.running_uploads(),
        "work": queries.work_of(person) if person.may(Right.DECIDE) else None,
    }  # fmt: skip


def _since(request: HttpRequest, person: Person) -> datetime | None:
    """When this person signed in the time before this one; looked up once per session."""
    if _SINCE not in request.session:
        before = watch.sign_in_before(person)
        request.session[_SINCE] = before.isoformat() if before else ""
    kept = request.session[_SINCE]
    return datetime.fromisoformat(kept) if kept else None
