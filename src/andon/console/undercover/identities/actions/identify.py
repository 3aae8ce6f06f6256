"""Enter an identity as it was issued, and compare its address with the installation's list of dwellings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.casework import visible
from andon.console.gate import Actor, Done, verb
from andon.console.staff.rights import Right
from andon.console.undercover.authority.models import NOTE_LENGTH
from andon.console.undercover.identities import dwellings
from andon.console.undercover.identities.actions.common import GRANTED, kept, said, state_at
from andon.console.undercover.identities.codes import Face, Looked
from andon.console.undercover.identities.models import ADDRESS_LENGTH, NAME_LENGTH, AddressCheck, Identity
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Invented:
    """An identity, as it stands on the papers that came."""

    name: str
    born_on: date
    address: str
    officer: str
    face: str
    reading: str = ""
    face_note: str = ""


def identify(actor: Actor, plan_id: int, given: Invented, *, now: datetime | None = None) -> Identity:
    """Enter an identity of a granted plan, by its custodian.

    Raises Refused before the approval (U4), for more identities than documents are planned (U6), for an officer whom the plan does not name, without
    word of how the face was made, and for an address where, by the installation's list, somebody may live (U13).
    """
    looked = dwellings.look_up(given.address)  # before the transaction: a list may be long
    return _identify(actor, plan_id, given, looked, now=now or timezone.now())


@verb("identities.identified", Right.IDENTITY_KEEP)
def _identify(actor: Actor, plan_id: int, given: Invented, looked: dwellings.Found, *, now: datetime) -> Done[Identity]:
    plan = kept(actor, plan_id, now=now)
    if state_at(plan, now) not in GRANTED:
        raise Refused(reason="identity_before_approval", name=f"plan:{plan_id}")
    number = plan.identities.count() + 1
    if number > plan.documents_planned:
        raise Refused(reason="identity_planned", name=f"plan:{plan_id}")
    if given.officer not in plan.operators:
        raise Refused(reason="identity_code", name=f"plan:{plan_id}")
    if given.face not in Face.values or (given.face != Face.NONE and not given.face_note.strip()):
        raise Refused(reason="identity_face", name=f"plan:{plan_id}")
    if looked.result == Looked.LISTED:
        raise Refused(reason="identity_address", name=f"plan:{plan_id}")
    made = Identity.objects.create(
        plan=plan, number=number, name=said(given.name, "identity_whole", NAME_LENGTH), reading=given.reading.strip()[:NAME_LENGTH],
        born_on=given.born_on, address=said(given.address, "identity_whole", ADDRESS_LENGTH), officer=given.officer, face=given.face,
        face_note=given.face_note.strip()[:NOTE_LENGTH], by=actor.person, at=now,
    )  # fmt: skip
    _kept(actor, made, looked, now)
    facts = {"identity": made.pk, "number": number, "address": looked.result, "list": looked.sha256, "lines": looked.lines}
    return Done(made, f"plan:{plan_id}", facts)


def _kept(actor: Actor, identity: Identity, looked: dwellings.Found, now: datetime) -> AddressCheck:
    return AddressCheck.objects.create(
        identity=identity, result=looked.result, list_sha256=looked.sha256, lines=looked.lines, by=actor.person, at=now
    )


def look_again(actor: Actor, identity_id: int, *, now: datetime | None = None) -> AddressCheck:
    """Compare an identity's address anew: a list came or was renewed. One that is listed now is handed out no more."""
    now = now or timezone.now()
    identity = Identity.objects.select_related("plan").filter(pk=identity_id).first()
    if identity is None or not visible.sees(actor.person, identity.plan.case_id, now=now):
        raise Conflict(reason="identity_unknown", name=f"identity:{identity_id}")
    return _look_again(actor, identity, dwellings.look_up(identity.address), now=now)


@verb("identities.address_checked", Right.IDENTITY_KEEP)
def _look_again(actor: Actor, identity: Identity, looked: dwellings.Found, *, now: datetime) -> Done[AddressCheck]:
    kept(actor, identity.plan_id, now=now)
    made = _kept(actor, identity, looked, now)
    return Done(made, f"plan:{identity.plan_id}", {"identity": identity.pk, "address": looked.result, "list": looked.sha256, "lines": looked.lines})
