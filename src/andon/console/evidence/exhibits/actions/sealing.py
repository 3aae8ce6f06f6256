"""Verbs: an exhibit is sealed (nothing more is derived from it or decided on it), and opened again with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.console.evidence.exhibits import mirror
from andon.console.evidence.exhibits.actions.common import kept, said, taken
from andon.console.evidence.exhibits.models import NAME_LENGTH, TEXT_LENGTH
from andon.console.evidence.exhibits.people import written
from andon.console.evidence.exhibits.store import store
from andon.console.gate import Actor, Done, verb
from andon.console.staff.rights import Right
from andon.evidence.custody import acts

if TYPE_CHECKING:
    from andon.console.evidence.exhibits.models import CustodyLine


@verb("exhibits.sealed", Right.EVIDENCE_KEEP)
def seal(actor: Actor, exhibit_id: int, *, place: str, number: str = "") -> Done[CustodyLine]:
    """Seal it; `number` is that of the seal on the bag. The line's anchor is to be written down elsewhere."""
    exhibit = taken(kept(actor, exhibit_id))
    box = store()
    where = said(place, "exhibit_place", NAME_LENGTH)
    line = mirror.line_at(box, acts.seal(box, exhibit.code, by=written(actor.person), place=where, number=number.strip()[:60]))
    return Done(line, f"exhibit:{exhibit_id}", {"case": exhibit.case_id, "line": line.number, "hash": line.hash})


@verb("exhibits.unsealed", Right.EVIDENCE_KEEP)
def unseal(actor: Actor, exhibit_id: int, *, place: str, why: str) -> Done[CustodyLine]:
    """Open it, with the reason."""
    exhibit = taken(kept(actor, exhibit_id))
    box = store()
    where, reason = said(place, "exhibit_place", NAME_LENGTH), said(why, "exhibit_why", TEXT_LENGTH)
    line = mirror.line_at(box, acts.unseal(box, exhibit.code, by=written(actor.person), place=where, why=reason))
    return Done(line, f"exhibit:{exhibit_id}", {"case": exhibit.case_id, "line": line.number, "hash": line.hash})
