"""Verb: whether files or derived items of an exhibit may be shown to the defence, with the reason. The last decision counts, none is erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.console.evidence.exhibits import mirror
from andon.console.evidence.exhibits.actions.common import said, taken, worked_on
from andon.console.evidence.exhibits.models import TEXT_LENGTH
from andon.console.evidence.exhibits.people import written
from andon.console.evidence.exhibits.store import store
from andon.console.gate import Actor, Done, verb
from andon.console.staff.rights import Right
from andon.domain.errors import Refused
from andon.evidence.custody import acts

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_MARKED = 200  # items of one decision: a line of the log each


@verb("exhibits.marked", Right.CASE_WORK)
def mark(actor: Actor, exhibit_id: int, items: Sequence[str], *, is_disclosable: bool, why: str) -> Done[int]:
    """Decide on items by their SHA-256; how many.

    Raises Refused for none and too many, EvidenceError for what the exhibit does not have, and while it is sealed.
    """
    exhibit = taken(worked_on(actor, exhibit_id))
    chosen = list(dict.fromkeys(items))
    if not 0 < len(chosen) <= MOST_MARKED:
        raise Refused(reason="exhibit_items", most=MOST_MARKED)
    box, reason = store(), said(why, "exhibit_why", TEXT_LENGTH)
    for sha256 in chosen:
        acts.mark(box, exhibit.code, by=written(actor.person), sha256=sha256, is_disclosable=is_disclosable, why=reason)
    mirror.follow(box)
    facts = {"case": exhibit.case_id, "items": len(chosen), "is_disclosable": is_disclosable, "sha256": chosen[:20]}
    return Done(len(chosen), f"exhibit:{exhibit_id}", facts)
