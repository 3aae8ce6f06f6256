"""Exhibits on the page of their case: a panel, and their moments on the line of time. Both are given only to who may know of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from andon.console.casework.panels import PANELS, Panel
from andon.console.casework.timeline import SOURCES, Moment
from andon.console.evidence.exhibits import visible
from andon.console.evidence.exhibits.models import CustodyLine, Exhibit
from andon.console.evidence.exhibits.queries.listing import rows
from andon.console.evidence.exhibits.views.common import may
from andon.console.frame.templatetags.desk import language
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.console.casework.models import Case
    from andon.console.casework.timeline import Tone
    from andon.console.staff.models import Person

_SHOWN = 5  # on the panel
_DRAWN: dict[str, Tone] = {"taken": "done", "transferred": "quiet", "sealed": "warn", "unsealed": "warn", "exported": "contact"}
_MOST = 300  # moments of one case; the page of each exhibit has them all


def panel(case: Case, person: Person) -> dict[str, Any] | None:
    """How many there are, the latest, and where to take more in. Nothing for a case that was never taken up."""
    if case.state in (case.State.PROPOSED, case.State.DECLINED):
        return None
    known = visible.exhibits(person).filter(case=case)
    return {"count": known.count(), "rows": rows(known.select_related("case", "by").order_by("-pk")[:_SHOWN]), "may": may(person, case)}


def moments(case: Case, person: Person) -> Iterator[Moment]:
    """Taken in, handed on, sealed, opened, handed over: as the custody log tells it."""
    mine = visible.exhibits(person).filter(case=case, state=Exhibit.State.TAKEN)
    told = list(CustodyLine.objects.filter(exhibit__in=mine.values("code"), event__in=_DRAWN).order_by("-number")[:_MOST])
    known = {one.code: one for one in mine.filter(code__in={line.exhibit for line in told})}
    for line in told:
        yield _moment(line, known[line.exhibit])


def _moment(line: CustodyLine, exhibit: Exhibit) -> Moment:
    to = str(line.facts.get("to", ""))
    label = say(f"exhibits.moment.{line.event}", language(), code=exhibit.code, title=exhibit.title, to=to)
    data = {"who": line.by.partition("（")[0]} | ({"note": line.how} if line.event == "unsealed" else {})
    return Moment(line.at, "exhibit", label, reverse("exhibits:exhibit", args=[exhibit.case_id, exhibit.pk]), _DRAWN[line.event], data)


def register() -> None:
    """Put both on every case."""
    PANELS.append(Panel("exhibits", "exhibits/_panel.html", panel, order=20))
    SOURCES.append(moments)
