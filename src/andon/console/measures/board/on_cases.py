"""Measures on a case: on its line of time, and by name where one is linked. Those of the reader's own unit; to an inspector all."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.db.models.functions import TruncDate
from django.urls import reverse

from andon.console.casework import visible
from andon.console.casework.models import CaseLink
from andon.console.casework.naming import NAMERS, Named
from andon.console.casework.timeline import SOURCES, Moment
from andon.console.frame.templatetags.desk import language
from andon.console.measures.kinds.referral.models import Referral
from andon.console.measures.kinds.removal.models import Request
from andon.console.measures.kinds.warning.models import WarningReply
from andon.console.staff.rights import Right
from andon.domain.times import JAPAN
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from andon.console.casework.models import Case
    from andon.console.staff.models import Person

_UNSENT = (Referral.State.DRAFT, Referral.State.APPROVED, Referral.State.WITHDRAWN)


def _said(code: str, **data: object) -> str:
    return say(code, language(), **data)


def moments(case: Case, person: Person) -> Iterator[Moment]:
    """Removal requests, warnings and referrals that concern what is linked to the case, once they have gone out."""
    if not visible.opens(person, case, Right.MEASURE_READ):
        return
    everything = visible.inspects(person, case.pk)
    links = list(case.links.filter(removed_at=None, kind__in=(CaseLink.Kind.CAMPAIGN, CaseLink.Kind.POST)).values_list("kind", "key"))
    campaigns = [int(key) for kind, key in links if kind == CaseLink.Kind.CAMPAIGN]
    posts = [int(key) for kind, key in links if kind == CaseLink.Kind.POST]
    yield from _removals(campaigns, person, everything=everything)
    yield from _warnings(campaigns, posts, person, everything=everything)
    yield from _referrals(campaigns, person, everything=everything)


def _removals(campaigns: list[int], person: Person, *, everything: bool) -> Iterator[Moment]:
    rows = Request.objects.filter(campaign__in=campaigns, first_sent_at__isnull=False)
    for one in (rows if everything else rows.filter(unit=person.unit_id)).select_related("provider", "unit"):
        url = reverse("removal:request", args=[one.pk]) if person.may(Right.MEASURE_READ) else None
        data = {"who": one.unit.name, "note": _said("moment.removal_stands", gone=one.gone, asked=one.asked)}
        yield Moment(one.first_sent_at or one.made_at, "measure", _said("moment.removal", name=one.provider.name), url, "done", data)


def _warnings(campaigns: list[int], posts: list[int], person: Person, *, everything: bool) -> Iterator[Moment]:
    """By day: one warning is a reply under one post, and there are many."""
    rows = WarningReply.objects.filter(Q(post__campaign__in=campaigns) | Q(post__in=posts), sent_at__isnull=False)
    mine = rows if everything else rows.filter(batch__unit=person.unit_id)
    by_day = mine.annotate(day=TruncDate("sent_at", tzinfo=JAPAN)).values("day").annotate(count=Count("pk")).order_by("day")
    for row in by_day:
        at = datetime.combine(row["day"], time(), JAPAN)
        yield Moment(at, "measure", _said("moment.warnings", count=row["count"]), None, "warn", {"whole_day": True, "count": row["count"]})


def _referrals(campaigns: list[int], person: Person, *, everything: bool) -> Iterator[Moment]:
    rows = Referral.objects.filter(campaign__in=campaigns).exclude(state__in=_UNSENT)
    mine = rows if everything else rows.filter(Q(unit=person.unit_id) | Q(to_unit=person.unit_id))
    for one in mine.select_related("unit", "to_unit", "receiver"):
        yield Moment(one.changed_at, "measure", _said("moment.referral", name=str(one.to)), None, "done", {"who": one.unit.name})


def named(keys: Sequence[str], person: Person) -> dict[str, Named]:
    """Measures by "removal:3", "warning:3" or "referral:3"."""
    if not person.may(Right.MEASURE_READ) and not person.may(Right.INSPECT):
        return {}
    wanted: dict[str, list[int]] = {}
    for key in keys:
        kind, _, number = key.partition(":")
        if number.isascii() and number.isdecimal():
            wanted.setdefault(kind, []).append(int(number[:18]))
    everything, unit = person.may(Right.INSPECT), person.unit_id
    reads = person.may(Right.MEASURE_READ)
    found: dict[str, Named] = {}
    removals = Request.objects.filter(pk__in=wanted.get("removal", [])).select_related("provider")
    for request in removals if everything else removals.filter(unit=unit):
        url = reverse("removal:request", args=[request.pk]) if reads else ""
        found[f"removal:{request.pk}"] = Named(f"{_said('kind_of_measure.removal')} {request.provider.name}", url, at=request.made_at)
    warnings = WarningReply.objects.filter(pk__in=wanted.get("warning", []))
    for warning in warnings if everything else warnings.filter(batch__unit=unit):
        url = reverse("warning:warning", args=[warning.pk]) if reads else ""
        found[f"warning:{warning.pk}"] = Named(f"{_said('kind_of_measure.warning')} {warning.pk}", url, at=warning.sent_at)
    referrals = Referral.objects.filter(pk__in=wanted.get("referral", [])).select_related("to_unit", "receiver")
    for referral in referrals if everything else referrals.filter(Q(unit=unit) | (Q(to_unit=unit) & ~Q(state__in=_UNSENT))):
        found[f"referral:{referral.pk}"] = Named(f"{_said('kind_of_measure.referral')} {referral.to}", at=referral.at)
    return found


def register() -> None:
    """Put them where casework looks."""
    SOURCES.append(moments)
    NAMERS["measure"] = named
