"""An inspector's sample: cases that are read for a time, by who has no part in them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from andon.console.casework.actions.common import said_why
from andon.console.casework.models import Case, Sample
from andon.console.gate import Actor, Done, verb
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Collection

LONGEST = timedelta(days=92)
MOST = 100


@verb("casework.sampled", Right.INSPECT)
def draw(actor: Actor, case_ids: Collection[int], *, ground: str, until_at: datetime, now: datetime | None = None) -> Done[list[Sample]]:
    """Open cases to the inspector. Raises Refused without a ground, for too long a time, and for a case that the inspector ever had a part in."""
    now = now or timezone.now()
    ground, wanted = said_why(ground), sorted(set(case_ids))
    if not 0 < len(wanted) <= MOST or not now < until_at <= now + LONGEST:
        raise Refused(reason="sample_terms")
    cases = Case.objects.filter(pk__in=wanted)
    if cases.count() != len(wanted):
        raise Conflict(reason="sample_gone")
    if cases.filter(_part_of(actor.person.pk)).exists():
        raise Refused(reason="sample_own")
    _make_room(actor.person.pk, wanted, now)
    made = [Sample.objects.create(case_id=pk, inspector=actor.person, ground=ground, from_at=now, until_at=until_at) for pk in wanted]
    return Done(made, "", {"cases": wanted, "until": until_at.isoformat()})


def _part_of(person_id: int) -> Q:
    return Q(opened_by=person_id) | Q(taken_by=person_id) | Q(memberships__person=person_id)


def _make_room(person_id: int, case_ids: Collection[int], now: datetime) -> None:
    """Write the end of samples whose time is over. Raises Conflict for one that still stands."""
    for standing in Sample.objects.select_for_update().filter(inspector=person_id, case__in=case_ids, ended_at=None):
        if standing.until_at > now:
            raise Conflict(reason="sample_standing", name=f"case:{standing.case_id}")
        standing.ended_at = standing.until_at
        standing.save(update_fields=["ended_at"])


@verb("casework.sample_ended", Right.INSPECT)
def give_back(actor: Actor, case_id: int, *, now: datetime | None = None) -> Done[None]:
    """End one's own sample before its time."""
    now = now or timezone.now()
    standing = Sample.objects.select_for_update().filter(inspector=actor.person.pk, case=case_id, ended_at=None).first()
    if standing is None:
        raise Conflict(reason="sample_gone")
    standing.ended_at = now
    standing.save(update_fields=["ended_at"])
    return Done(None, f"case:{case_id}", {"sample": standing.pk})
