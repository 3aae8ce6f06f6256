"""Draw cases by chance, or open one for a cause."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.casework.actions import samples
from andon.console.casework.actions.common import said_why
from andon.console.gate import Actor, Done, verb
from andon.console.staff.rights import Right
from andon.console.undercover.inspection.drawing import all_cases, drawn, may_be_drawn
from andon.console.undercover.inspection.models import Draw
from andon.console.undercover.inspection.rules import MOST_DRAWN
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime

_SEED_BYTES = 8


@dataclass(frozen=True, slots=True)
class Terms:
    """How many, why, and until when they are read."""

    size: int
    ground: str
    until_at: datetime


@verb("inspection.drawn", Right.INSPECT)
def draw(actor: Actor, terms: Terms, *, now: datetime | None = None) -> Done[Draw]:
    """Draw cases by chance and open them to the inspector. The seed is the machine's: who draws does not choose.

    Raises Refused for terms that are none, Conflict where nothing is left to draw.
    """
    now = now or timezone.now()
    ground = said_why(terms.ground)
    if not 0 < terms.size <= MOST_DRAWN:
        raise Refused(reason="inspection_size", most=MOST_DRAWN)
    known = dict(may_be_drawn(actor.person.pk, now).order_by("code").values_list("code", "pk"))
    if not known:
        raise Conflict(reason="inspection_none_left")
    seed = secrets.token_hex(_SEED_BYTES)
    codes = drawn(seed, known, terms.size)
    made = Draw.objects.create(
        by=actor.person, at=now, ground=ground, until_at=terms.until_at, seed=seed, size=terms.size, population=list(known), drawn=codes,
        left_out=all_cases().count() - len(known),
    )  # fmt: skip
    samples.draw(actor, [known[code] for code in codes], ground=ground, until_at=terms.until_at, now=now)
    return Done(made, f"draw:{made.pk}", {"seed": seed, "size": terms.size, "of": len(known), "cases": codes})
