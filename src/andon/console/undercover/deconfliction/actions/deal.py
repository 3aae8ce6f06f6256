"""What the two sides do with a conflict: talk, dispute, ask to be shown, agree or decline; and the order of the chief."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.staff.rights import Right
from andon.console.undercover.authority.models import NOTE_LENGTH
from andon.console.undercover.deconfliction import sides
from andon.console.undercover.deconfliction.codes import How, State, What
from andon.console.undercover.deconfliction.models import Clash, Opening, Side, Step
from andon.console.undercover.deconfliction.queries import waits_for_order
from andon.console.undercover.deconfliction.register import tell_sides
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime

_NAME_LENGTH = 60


def _mine(actor: Actor, code: str) -> tuple[Clash, Side, Side]:
    """The conflict, locked, the actor's side and the other. Raises Conflict for one that they are on no side of, and for none, alike."""
    clash = Clash.objects.select_for_update().filter(code=code).first()
    side = sides.acting_side(actor.person, clash) if clash else None
    if clash is None or side is None:
        raise Conflict(reason="clash_unknown", name=f"clash:{code}")
    return clash, side, sides.other(side)


def _words(text: str) -> str:
    plain = text.strip()[:NOTE_LENGTH]
    if not plain:
        raise Refused(reason="deconfliction_words")
    return plain


def _step(actor: Actor, side: Side | None, clash: Clash, what: What, now: datetime, **more: str) -> Step:
    return Step.objects.create(clash=clash, side=side, what=what, by=actor.person, at=now, **more)


def _put(clash: Clash, state: State, *, is_disputed: bool | None = None) -> None:
    clash.state = state
    clash.is_disputed = clash.is_disputed if is_disputed is None else is_disputed
    clash.save(update_fields=["state", "is_disputed"])


@verb("deconfliction.talked", Right.OWN_SETTINGS)
def talked(actor: Actor, code: str, talked_to: str, text: str, *, goes_on: bool, now: datetime | None = None) -> Done[Step]:
    """Keep that both sides spoke, with whom, and what came of it: both go on, or this side stands back (then it stays open).

    Raises Refused without a name and words, and once the other side has said that a talk was not as it was kept.
    """
    now = now or timezone.now()
    clash, side, across = _mine(actor, code)
    if clash.is_disputed and goes_on:
        raise Refused(reason="deconfliction_disputed", name=f"clash:{code}")
    name = talked_to.strip()[:_NAME_LENGTH]
    if not name:
        raise Refused(reason="deconfliction_talked_to")
    step = _step(actor, side, clash, What.TALKED if goes_on else What.STANDS_BACK, now, text=_words(text), talked_to=name)
    _put(clash, State.DEALT if goes_on else State.OPEN)
    tell_sides("deconfliction_talked", clash, [across])
    return Done(step, f"clash:{code}", {"goes_on": goes_on})


@verb("deconfliction.disputed", Right.OWN_SETTINGS)
def dispute(actor: Actor, code: str, text: str, *, now: datetime | None = None) -> Done[Step]:
    """Say that a talk that the other side kept was not so. From then on an agreement or an order deals with the conflict, no further record."""
    now = now or timezone.now()
    clash, side, across = _mine(actor, code)
    last = clash.steps.filter(what=What.TALKED).order_by("-pk").first()
    if last is None or last.side_id == side.pk:
        raise Conflict(reason="clash_no_talk", name=f"clash:{code}")
    step = _step(actor, side, clash, What.DISPUTED, now, text=_words(text))
    _put(clash, State.OPEN, is_disputed=True)
    tell_sides("deconfliction_disputed", clash, [across])
    return Done(step, f"clash:{code}", {})


@verb("deconfliction.asked", Right.OWN_SETTINGS)
def ask(actor: Actor, code: str, text: str, *, now: datetime | None = None) -> Done[Step]:
    """Ask the other side to show what it has. The words go to that side and to its chief."""
    now = now or timezone.now()
    clash, side, across = _mine(actor, code)
    if across.openings.exists():
        raise Conflict(reason="clash_opened", name=f"clash:{code}")
    step = _step(actor, side, clash, What.ASKED, now, text=_words(text))
    tell_sides("deconfliction_asked", clash, [across])
    return Done(step, f"clash:{code}", {})


@verb("deconfliction.agreed", Right.OWN_SETTINGS)
def agree(actor: Actor, code: str, text: str = "", *, now: datetime | None = None) -> Done[Opening]:
    """Show the other side what this side has: the case or measure and the value, nothing beyond. It cannot be taken back."""
    now = now or timezone.now()
    clash, side, across = _mine(actor, code)
    if side.openings.exists():
        raise Conflict(reason="clash_opened", name=f"clash:{code}")
    _step(actor, side, clash, What.AGREED, now, text=text.strip()[:NOTE_LENGTH])
    made = Opening.objects.create(clash=clash, side=side, how=How.AGREEMENT, text=text.strip()[:NOTE_LENGTH], by=actor.person, at=now)
    _put(clash, State.DEALT)
    tell_sides("deconfliction_opened", clash, [across])
    return Done(made, f"clash:{code}", {"how": made.how})


@verb("deconfliction.declined", Right.OWN_SETTINGS)
def decline(actor: Actor, code: str, text: str, *, now: datetime | None = None) -> Done[Step]:
    """Decline to show it. The chief may order it all the same."""
    now = now or timezone.now()
    clash, side, across = _mine(actor, code)
    if not clash.steps.filter(what=What.ASKED, side=across).exists():
        raise Conflict(reason="clash_not_asked", name=f"clash:{code}")
    step = _step(actor, side, clash, What.DECLINED, now, text=_words(text))
    tell_sides("deconfliction_declined", clash, [across])
    return Done(step, f"clash:{code}", {})


@verb("deconfliction.ordered", Right.PLAN_APPROVE, grave=True)
def order(actor: Actor, code: str, text: str, *, now: datetime | None = None) -> Done[Opening]:
    """Order that a side be shown to the one that asked: by the chief of the prefecture whose content it is, in person, with a reason.

    Raises Conflict for a conflict in which nobody asked for something of that prefecture's.
    """
    now = now or timezone.now()
    clash = Clash.objects.select_for_update().filter(code=code).first()
    side = waits_for_order(actor.person).filter(clash=clash).first() if clash else None
    if clash is None or side is None:
        raise Conflict(reason="clash_unknown", name=f"clash:{code}")
    reason = _words(text)
    _step(actor, side, clash, What.ORDERED, now, text=reason)
    made = Opening.objects.create(clash=clash, side=side, how=How.ORDER, text=reason, by=actor.person, at=now)
    _put(clash, State.DEALT)
    tell_sides("deconfliction_opened", clash, [side, sides.other(side)])
    return Done(made, f"clash:{code}", {"how": made.how})
