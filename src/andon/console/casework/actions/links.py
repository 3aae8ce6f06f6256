"""What belongs to a case: linked and taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.casework.actions.common import said_why, worked_on
from andon.console.casework.models import BY_HAND, GROUND_LENGTH, KEY_LENGTH, Case, CaseLink
from andon.console.casework.naming import is_known
from andon.console.gate import Actor, Done, verb
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.staff.models import Person

Kind = CaseLink.Kind


@verb("casework.linked", Right.CASE_WORK)
def link(actor: Actor, case_id: int, kind: str, key: str, *, ground: str = "", now: datetime | None = None) -> Done[CaseLink]:
    """Link a campaign, post, contact or measure. Raises Refused for who does not work on the case, Conflict for what is unknown or linked already."""
    now = now or timezone.now()
    case = worked_on(actor, case_id, now=now)
    if kind not in BY_HAND or not key or len(key) > KEY_LENGTH:
        raise Refused(reason="case_link")
    if not is_known(kind, key, actor.person):
        raise Conflict(reason="case_link_unknown", name=kind)
    if _standing(case, kind, key) is not None:
        raise Conflict(reason="case_linked", name=kind)
    made = attach(case, kind, key, by=actor.person, at=now, ground=ground)
    return Done(made, f"case:{case_id}", facts_of(made))


def attach(case: Case, kind: str, key: str, *, by: Person, at: datetime, ground: str = "") -> CaseLink:
    """Link something, unless it is linked. Only to be called by a verb."""
    standing = _standing(case, kind, key)
    return standing or CaseLink.objects.create(case=case, kind=kind, key=key, by=by, at=at, ground=ground.strip()[:GROUND_LENGTH])


def _standing(case: Case, kind: str, key: str) -> CaseLink | None:
    return CaseLink.objects.filter(case=case.pk, kind=kind, key=key, removed_at=None).first()


@verb("casework.unlinked", Right.CASE_WORK)
def unlink(actor: Actor, case_id: int, link_id: int, *, ground: str, now: datetime | None = None) -> Done[CaseLink]:
    """Take a link off; that it was there stays written. Raises Refused without a ground, Conflict for a link that is not of this case, of a kind that
    verbs link, or off already."""  # noqa: D205, D209
    now = now or timezone.now()
    worked_on(actor, case_id, now=now)
    standing = CaseLink.objects.select_for_update().filter(case=case_id, pk=link_id, kind__in=BY_HAND, removed_at=None).first()
    if standing is None:
        raise Conflict(reason="case_link_gone", name=f"case:{case_id}")
    standing.removed_at, standing.removed_by, standing.removed_ground = now, actor.person, said_why(ground)
    standing.save(update_fields=["removed_at", "removed_by", "removed_ground"])
    return Done(standing, f"case:{case_id}", facts_of(standing))


def facts_of(link: CaseLink) -> dict[str, object]:
    """For the trail: a contact by the link's number only."""
    return {"link": link.pk, "kind": link.kind, **({} if link.kind == Kind.CONTACT else {"key": link.key})}
