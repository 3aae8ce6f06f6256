"""What the pages of a case and of an exhibit show of conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Sum

from andon.console.casework.panels import PANELS, Panel
from andon.console.evidence.conversations import exported, jobs, visible
from andon.console.evidence.conversations.models import Note, Reading, State
from andon.console.evidence.conversations.views.common import may_keep
from andon.console.evidence.exhibits import hooks as exhibit_hooks
from andon.console.evidence.exhibits import mirror
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from andon.console.casework.models import Case
    from andon.console.evidence.exhibits.models import Exhibit
    from andon.console.staff.models import Person

_SHOWN = 6


def register() -> None:
    """Put the panels on the pages, and hear of exhibits that were taken in."""
    PANELS.append(Panel("conversations", "conversations/_case_panel.html", of_case, right=Right.CASE_READ, order=26))
    on_exhibit = exhibit_hooks.Panel("conversations", "conversations/_exhibit_panel.html", of_exhibit, right=Right.CASE_READ, order=20)
    exhibit_hooks.PANELS.append(on_exhibit)
    exhibit_hooks.AFTER_TAKEN.append(jobs.after_taken)
    exhibit_hooks.DISCLOSED.append(exported.disclosed)


def of_case(case: Case, _person: Person) -> dict[str, Any] | None:
    """The largest conversations and how much there is; nothing for a case without readings."""
    if not Reading.objects.filter(exhibit__case=case).exists():
        return None
    current = visible.current(case)
    sums = current.aggregate(conversations=Count("pk"), messages=Sum("length"), gaps=Sum("gaps"))
    under_way = Reading.objects.filter(exhibit__case=case, state__in=(State.WAITING, State.RUNNING)).count()
    return {
        "sums": sums, "conversations": current.order_by("-length", "pk")[:_SHOWN], "notes": Note.objects.filter(exhibit__case=case).count(),
        "under_way": under_way,
    }  # fmt: skip


def of_exhibit(exhibit: Exhibit, person: Person) -> dict[str, Any] | None:
    """Its readings and the conversations of the latest; nothing before it is taken in."""
    if not exhibit.is_taken:
        return None
    readings = list(exhibit.readings.order_by("-number"))
    done = next((one for one in readings if one.state == State.DONE), None)
    under_way = next((one for one in readings if not one.is_over), None)
    failed = readings[0] if readings and readings[0].state == State.FAILED else None
    sealed = mirror.is_sealed(exhibit)
    return {
        "done": done, "under_way": under_way, "failed": failed, "problem": jobs.problem_words(failed.problem) if failed else "",
        "conversations": done.conversations.order_by("-length", "number")[:50] if done else [], "is_sealed": sealed,
        "may_read": under_way is None and not sealed and may_keep(person, exhibit.case),
    }  # fmt: skip
