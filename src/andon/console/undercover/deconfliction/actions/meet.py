"""Plan a meeting, or cancel it. Its area and hours stand on the board and in the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.people import secret_box
from andon.console.people.prefectures import PREFECTURES
from andon.console.staff.rights import Right
from andon.console.undercover.authority.codes import State
from andon.console.undercover.authority.models import NOTE_LENGTH, Plan
from andon.console.undercover.contactlog.actions.common import plan_of
from andon.console.undercover.contactlog.hooks import AFTER_MEETING, Planned
from andon.console.undercover.deconfliction.codes import Role
from andon.console.undercover.deconfliction.keyed import area_of, place
from andon.console.undercover.deconfliction.models import AREA_LENGTH, Clash, Meeting
from andon.console.undercover.deconfliction.register import enter, leave
from andon.console.undercover.deconfliction.rules import LONGEST_WINDOW
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime

_RUNNING = frozenset({State.APPROVED.value, State.NOTIFIED.value, State.ACTIVE.value})


@dataclass(frozen=True, slots=True)
class Where:
    """When and where, and which officers go."""

    prefecture: str
    municipality: str
    place: str
    starts_at: datetime
    ends_at: datetime
    officers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Met:
    """A planned meeting, and the conflicts of its area and hours."""

    meeting: Meeting
    clashes: tuple[Clash, ...]


@verb("deconfliction.meeting_planned", Right.CONTACT_LOG)
def plan_meeting(actor: Actor, plan_id: int, where: Where, *, now: datetime | None = None) -> Done[Met]:
    """Put a meeting on the board, and compare its area and hours with all others, also those that nobody here may know of.

    Raises Refused for an area, hours or officers that make no sense, Conflict for a plan that is not to be carried out.
    """
    now = now or timezone.now()
    plan = plan_of(actor, plan_id, now=now)
    if plan.state not in _RUNNING:
        raise Conflict(reason=f"plan_state_{plan.state}", name=f"plan:{plan_id}")
    officers = _officers(plan, where)
    _times(where, now)
    if where.prefecture not in PREFECTURES and where.prefecture != plan.prefecture:
        raise Refused(reason="deconfliction_area")
    area = area_of(where.municipality)[:AREA_LENGTH]
    meeting = Meeting.objects.create(
        case=plan.case, plan=plan, officers=officers, prefecture=where.prefecture, municipality=area, by=actor.person, at=now,
        place=secret_box.lock(where.place.strip()[:NOTE_LENGTH]), starts_at=where.starts_at, ends_at=where.ends_at,
    )  # fmt: skip
    value = place(where.prefecture, area, where.starts_at, where.ends_at)
    found = enter(plan.case, value, Role.MEETING, by=actor.person, now=now, plan=plan, meeting=meeting)
    _tell(meeting, now)
    return Done(Met(meeting, tuple(found)), f"plan:{plan_id}", {"meeting": meeting.pk, "conflicts": len(found)})


@verb("deconfliction.meeting_cancelled", Right.CONTACT_LOG)
def cancel_meeting(actor: Actor, meeting_id: int, *, now: datetime | None = None) -> Done[Meeting]:
    """Take a meeting off the board before it is over."""
    now = now or timezone.now()
    meeting = Meeting.objects.select_for_update().filter(pk=meeting_id, cancelled_at=None, ends_at__gt=now).first()
    if meeting is None:
        raise Conflict(reason="meeting_unknown", name=f"meeting:{meeting_id}")
    plan_of(actor, meeting.plan_id, now=now)
    meeting.cancelled_at = now
    meeting.save(update_fields=["cancelled_at"])
    leave(now, meeting=meeting)
    _tell(meeting, now)
    return Done(meeting, f"plan:{meeting.plan_id}", {"meeting": meeting.pk})


def _officers(plan: Plan, where: Where) -> list[str]:
    """Those of the plan, and at least one."""
    named = sorted({one.strip().upper() for one in where.officers})
    if not named or not set(named) <= set(plan.operators):
        raise Refused(reason="deconfliction_officers", name=f"plan:{plan.pk}")
    return named


def _times(where: Where, now: datetime) -> None:
    if not where.starts_at < where.ends_at <= where.starts_at + LONGEST_WINDOW or where.ends_at <= now:
        raise Refused(reason="deconfliction_hours")


def _tell(meeting: Meeting, now: datetime) -> None:
    """The apps beside this one."""
    told = Planned(
        meeting.pk, meeting.plan_id, tuple(meeting.officers), meeting.starts_at, meeting.ends_at, meeting.by,
        is_cancelled=meeting.cancelled_at is not None,
    )  # fmt: skip
    for after in AFTER_MEETING:
        after(told, now)
