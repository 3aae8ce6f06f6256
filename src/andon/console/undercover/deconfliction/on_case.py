"""What the page of a case shows of its own conflicts and meetings; of the other side no more than whom to call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from andon.console.casework.models import WORKING
from andon.console.casework.timeline import Moment
from andon.console.casework.visible import roles_in
from andon.console.frame.templatetags.desk import language
from andon.console.undercover.deconfliction import queries
from andon.console.undercover.deconfliction.codes import State, What
from andon.console.undercover.deconfliction.models import Check, Meeting, Step
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.console.casework.models import Case
    from andon.console.casework.timeline import Tone
    from andon.console.staff.models import Person

_TONES: dict[str, Tone] = {What.FOUND: "warn", What.DISPUTED: "warn", What.TALKED: "done", What.AGREED: "done", What.ORDERED: "done"}
_MOST = 20


def moments(case: Case, _person: Person) -> Iterator[Moment]:
    """Conflicts as they were found and dealt with, and planned meetings. No word of the other side."""
    for step in Step.objects.filter(clash__in=queries.of_case(case.pk)).select_related("clash"):
        label = say(f"deconfliction.what.{step.what}", language())
        yield Moment(step.at, "deconfliction", label, reverse("deconfliction:clash", args=[step.clash.code]), _TONES.get(step.what, "quiet"))
    for one in Meeting.objects.filter(case=case, cancelled_at=None).select_related("plan"):
        label = say("deconfliction.moment.meeting", language(), area=f"{one.prefecture}{one.municipality}")
        data = {"who": " ".join(one.officers)}
        yield Moment(one.starts_at, "deconfliction", label, reverse("deconfliction:meetings", args=[one.plan_id]), "contact", data, until=one.ends_at)


def panel(case: Case, person: Person) -> dict[str, Any] | None:
    """Conflicts, the latest first, open ones before; meetings to come; the way to a check."""
    works = case.is_open and bool(roles_in(person, case.pk) & frozenset(WORKING))
    found = list(queries.of_case(case.pk).order_by("-state", "-pk")[:_MOST])
    if not found and not works and case.kind != case.Kind.UNDERCOVER:
        return None
    meetings = Meeting.objects.filter(case=case, cancelled_at=None, ends_at__gt=timezone.now()).select_related("plan")[:_MOST]
    return {
        "lines": queries.lines(person, found), "works": works, "checks": Check.objects.filter(case=case).count(), "meetings": meetings,
        "waits": sum(one.state == State.OPEN for one in found),
    }  # fmt: skip
