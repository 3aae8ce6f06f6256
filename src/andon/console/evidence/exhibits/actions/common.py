"""What the verbs share: the exhibit, locked, for who may keep its case's exhibits. Plain functions, called by verbs only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.casework import visible
from andon.console.casework.models import WORKING
from andon.console.evidence.exhibits.models import Exhibit
from andon.console.evidence.exhibits.people import HIDING, KEEPING, hidden_in
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from andon.console.casework.models import Case
    from andon.console.gate import Actor


def kept(actor: Actor, exhibit_id: int) -> Exhibit:
    """The exhibit, for who keeps exhibits of its case. Raises Conflict for one that is unknown to them and for none alike, Refused for others."""
    return _of(actor, exhibit_id, KEEPING, "exhibit_keeping")


def worked_on(actor: Actor, exhibit_id: int) -> Exhibit:
    """The same, for who works on the case."""
    return _of(actor, exhibit_id, WORKING, "exhibit_working")


def _of(actor: Actor, exhibit_id: int, roles: Iterable[str], reason: str) -> Exhibit:
    known = Exhibit.objects.exclude(state=Exhibit.State.DROPPED).select_related("case", "by__unit")
    found = known.select_for_update(of=("self",)).filter(pk=exhibit_id).first()
    if found is None or not visible.sees(actor.person, found.case_id):
        raise Conflict(reason="exhibit_unknown", name=f"exhibit:{exhibit_id}")
    as_one_of(actor, found.case, roles, reason)
    return found


def as_one_of(actor: Actor, case: Case, roles: Iterable[str], reason: str) -> None:
    """Raise Refused for who is none of these in the case, and for who was its operation officer: their name would stand in the log (A19)."""
    if not visible.roles_in(actor.person, case.pk, now=timezone.now()) & frozenset(roles) or hidden_in(actor.person, case):
        raise Refused(reason=reason, name=f"case:{case.pk}")


def taken(exhibit: Exhibit) -> Exhibit:
    """The exhibit, which the store has. Raises Conflict for one that is still being copied, or failed."""
    if not exhibit.is_taken:
        raise Conflict(reason="exhibit_not_taken", name=f"exhibit:{exhibit.pk}")
    return exhibit


def clean(text: str, length: int) -> str:
    """What a person typed, without spaces around and without characters that hide or turn around what is shown."""
    return HIDING.sub("", text).strip()[:length]


def said(text: str, reason: str, length: int) -> str:
    """The text, without spaces around. Raises Refused for none."""
    plain = clean(text, length)
    if not plain:
        raise Refused(reason=reason)
    return plain
