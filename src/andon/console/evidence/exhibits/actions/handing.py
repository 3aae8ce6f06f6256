"""Transfers: who holds an exhibit hands it on. Between two people of the desk each signs in: one begins, the other confirms.

To somebody outside (a laboratory, the prosecutor's office) the holder writes it down at once, with what paper was signed; from outside, or from a
person who cannot sign in for the case any longer, who takes it back writes it down. The line of the log is written when it has changed hands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.evidence.exhibits import mirror
from andon.console.evidence.exhibits.actions.common import kept, said, taken
from andon.console.evidence.exhibits.models import NAME_LENGTH, TEXT_LENGTH, Handing
from andon.console.evidence.exhibits.people import can_sign, holds, is_of_desk, may_hold, username_in, written
from andon.console.evidence.exhibits.store import store
from andon.console.gate import Actor, Done, verb
from andon.console.staff.models import Person
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused
from andon.evidence.custody import acts

if TYPE_CHECKING:
    from andon.console.evidence.exhibits.models import CustodyLine, Exhibit


@verb("exhibits.handing_begun", Right.EVIDENCE_KEEP)
def give(actor: Actor, exhibit_id: int, taker_id: int, *, place: str, how: str) -> Done[Handing]:
    """Begin to hand an exhibit to another person of its case. Raises Refused for who does not hold it, and for who cannot take it."""
    exhibit = _held(actor, exhibit_id)
    taker = Person.objects.select_related("unit").filter(pk=taker_id).first()
    if taker is None or taker.pk == actor.person.pk or not may_hold(taker, exhibit.case):
        raise Refused(reason="exhibit_taker", name=f"exhibit:{exhibit_id}")
    handing = Handing.objects.create(
        exhibit=exhibit, giver=actor.person, taker=taker, place=said(place, "exhibit_place", NAME_LENGTH), how=said(how, "exhibit_how", TEXT_LENGTH)
    )  # fmt: skip
    return Done(handing, f"exhibit:{exhibit_id}", {"case": exhibit.case_id, "handing": handing.pk, "taker": taker.pk})


@verb("exhibits.transferred", Right.EVIDENCE_KEEP)
def confirm(actor: Actor, handing_id: int) -> Done[CustodyLine]:
    """End a transfer that another began, as its taker: now it has changed hands. Raises Refused for anybody else."""
    handing = _waiting(actor, handing_id)
    exhibit = taken(handing.exhibit)
    if handing.taker_id != actor.person.pk or not may_hold(actor.person, exhibit.case):
        raise Refused(reason="exhibit_only_taker", name=f"exhibit:{exhibit.pk}")
    holder = mirror.holder(exhibit)
    if not holds(handing.giver, holder):
        raise Conflict(reason="exhibit_moved_on", name=f"exhibit:{exhibit.pk}")
    line = _transferred(exhibit, holder, written(actor.person), handing.place, handing.how)
    people = {"handing": handing_id, "giver": handing.giver_id, "taker": handing.taker_id}
    return Done(line, f"exhibit:{exhibit.pk}", people | {"case": exhibit.case_id, "line": line.number, "hash": line.hash})


@verb("exhibits.handing_dropped", Right.EVIDENCE_KEEP)
def leave(actor: Actor, handing_id: int) -> Done[Handing]:
    """A transfer comes to nothing: by its giver, its taker, or anybody else who keeps the case's exhibits (a giver may be away)."""
    handing = _waiting(actor, handing_id)
    handing.ended_at, handing.ended_by = timezone.now(), actor.person
    handing.save(update_fields=["ended_at", "ended_by"])
    return Done(handing, f"exhibit:{handing.exhibit_id}", {"case": handing.exhibit.case_id, "handing": handing_id})


@verb("exhibits.transferred", Right.EVIDENCE_KEEP)
def give_out(actor: Actor, exhibit_id: int, *, to: str, place: str, how: str) -> Done[CustodyLine]:
    """The holder has handed an exhibit to somebody outside of the desk; `how` says what paper tells of it."""
    exhibit = _held(actor, exhibit_id)
    name = _outsider(to)
    line = _transferred(exhibit, mirror.holder(exhibit), name, said(place, "exhibit_place", NAME_LENGTH), said(how, "exhibit_how", TEXT_LENGTH))
    facts = {"case": exhibit.case_id, "giver": actor.person.pk, "outside": True, "line": line.number, "hash": line.hash}
    return Done(line, f"exhibit:{exhibit_id}", facts)


@verb("exhibits.transferred", Right.EVIDENCE_KEEP)
def take_back(actor: Actor, exhibit_id: int, *, place: str, how: str) -> Done[CustodyLine]:
    """Take an exhibit over from somebody outside, or from a person who cannot sign in for this case any longer. Raises Refused where they can."""
    exhibit = taken(kept(actor, exhibit_id))
    holder = mirror.holder(exhibit)
    if holds(actor.person, holder) or can_sign(holder, exhibit.case):
        raise Refused(reason="exhibit_giver_signs", name=f"exhibit:{exhibit_id}")
    if not may_hold(actor.person, exhibit.case):
        raise Refused(reason="exhibit_keeping", name=f"exhibit:{exhibit_id}")
    where, text = said(place, "exhibit_place", NAME_LENGTH), said(how, "exhibit_how", TEXT_LENGTH)
    Handing.objects.filter(exhibit=exhibit, ended_at=None).update(ended_at=timezone.now(), ended_by=actor.person)  # its giver is gone
    line = _transferred(exhibit, holder, written(actor.person), where, text)
    facts = {"case": exhibit.case_id, "taker": actor.person.pk, "outside": not is_of_desk(holder), "line": line.number, "hash": line.hash}
    return Done(line, f"exhibit:{exhibit_id}", facts)


def _held(actor: Actor, exhibit_id: int) -> Exhibit:
    """The exhibit, which the actor holds and is not handing on already."""
    exhibit = taken(kept(actor, exhibit_id))
    if not holds(actor.person, mirror.holder(exhibit)):
        raise Refused(reason="exhibit_holder", name=f"exhibit:{exhibit_id}")
    if Handing.objects.filter(exhibit=exhibit, ended_at=None).exists():
        raise Conflict(reason="exhibit_handing", name=f"exhibit:{exhibit_id}")
    return exhibit


def _waiting(actor: Actor, handing_id: int) -> Handing:
    found = Handing.objects.select_related("giver__unit", "taker__unit").filter(pk=handing_id, ended_at=None).first()
    if found is None:
        raise Conflict(reason="exhibit_handing_gone", name=f"handing:{handing_id}")
    found.exhibit = kept(actor, found.exhibit_id)
    return found


def _outsider(name: str) -> str:
    """The name of somebody outside. One that reads like a person of the desk is refused: they sign in."""
    plain = " ".join(said(name, "exhibit_to", NAME_LENGTH).split())
    if is_of_desk(plain) or username_in(plain):
        raise Refused(reason="exhibit_outsider")
    return plain


def _transferred(exhibit: Exhibit, giver: str, taker: str, place: str, how: str) -> CustodyLine:
    """Write the line, and the row of it; an open slip ends with it (`mirror`)."""
    box = store()
    anchor = acts.transfer(box, exhibit.code, giver=giver, taker=taker, place=place, how=how)
    return mirror.line_at(box, anchor)
