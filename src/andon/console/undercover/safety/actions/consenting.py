"""The briefing on risks, the officer's consent, its withdrawal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.staff.rights import Right
from andon.console.undercover.authority import hooks
from andon.console.undercover.authority.ask import Given
from andon.console.undercover.authority.codes import Ground, State, Verb
from andon.console.undercover.authority.moving import move
from andon.console.undercover.contactlog.actions.common import plan_of
from andon.console.undercover.safety import chain
from andon.console.undercover.safety.actions.common import codes_of, led_plan, officer_of, said
from andon.console.undercover.safety.codes import Risk, What
from andon.console.undercover.safety.models import Briefing, Consent
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from andon.console.undercover.authority.models import Plan

_PAPER_LENGTH = 100
_RUNNING = frozenset({State.ACTIVE.value, State.SUSPENDED.value})


@verb("safety.briefed", Right.CASE_WORK)
def brief(actor: Actor, plan_id: int, officer: str, risks: Iterable[str], text: str, *, now: datetime | None = None) -> Done[Briefing]:
    """Keep that an officer was told of the risks, by the coordinator or who leads the case. Raises Refused unless it was all of them, in words."""
    now = now or timezone.now()
    plan = led_plan(actor, plan_id, now=now)
    code, told = officer_of(plan, officer), sorted(set(risks))
    if told != sorted(Risk.values):
        raise Refused(reason="safety_risks", name=f"plan:{plan_id}")
    made = Briefing.objects.create(plan=plan, officer=code, risks=told, text=said(text, "safety_risks"), by=actor.person, at=now)
    return Done(made, f"plan:{plan_id}", {"briefing": made.pk, "risks": told})


@verb("safety.consented", Right.CONTACT_LOG)
def consent(actor: Actor, plan_id: int, officer: str, *, paper: str = "", now: datetime | None = None) -> Done[Consent]:
    """The officer consents, after a briefing that came after any withdrawal.

    In person where the sealed record says who the officer is: nobody consents for another. Otherwise the coordinator keeps the number of the signed
    paper. Raises Refused for others, and without a briefing.
    """
    now = now or timezone.now()
    plan = plan_of(actor, plan_id, now=now)
    code = officer_of(plan, officer)
    number = paper.strip()[:_PAPER_LENGTH]
    if code in hooks.operators(plan):
        if code not in codes_of(actor.person, plan):
            raise Refused(reason="safety_own_consent", name=f"plan:{plan_id}")
        number = ""
    else:
        led_plan(actor, plan_id, now=now)
        if not number:
            raise Refused(reason="safety_paper", name=f"plan:{plan_id}")
    last = Consent.objects.filter(plan=plan, officer=code).order_by("-pk").first()
    if last is not None and last.what == What.GIVEN:
        raise Conflict(reason="safety_consented", name=f"plan:{plan_id}")
    briefing = Briefing.objects.filter(plan=plan, officer=code).order_by("-pk").first()
    if briefing is None or (last is not None and briefing.at <= last.at):
        raise Refused(reason="safety_briefing", name=f"plan:{plan_id}")
    made = Consent.objects.create(plan=plan, officer=code, briefing=briefing, what=What.GIVEN, paper=number, at=now)
    return Done(made, f"plan:{plan_id}", {"consent": made.pk, "paper": bool(number)})


@verb("safety.consent_withdrawn", Right.CONTACT_LOG)
def withdraw(actor: Actor, plan_id: int, officer: str, *, now: datetime | None = None) -> Done[Consent]:
    """The officer withdraws; anybody of the case who logs may write it down, and no reason is asked for. What is being carried out stops."""
    now = now or timezone.now()
    plan = plan_of(actor, plan_id, now=now)
    code = officer_of(plan, officer)
    last = Consent.objects.filter(plan=plan, officer=code).order_by("-pk").first()
    if last is None or last.what != What.GIVEN:
        raise Conflict(reason="safety_no_consent", name=f"plan:{plan_id}")
    made = Consent.objects.create(plan=plan, officer=code, briefing=last.briefing, what=What.WITHDRAWN, at=now)
    stops = plan.state in _RUNNING
    if stops:  # as the desk itself: the name of who withdrew would stand beside an officer's code
        move(None, plan.pk, Verb.STOP, Given(ground=Ground.SAFETY.value), now=now)
    chain.tell_all("safety_withdrawn", plan, reverse("safety:plan", args=[plan.pk]), plan=plan.code)
    return Done(made, f"plan:{plan_id}", {"consent": made.pk, "stopped": stops})


def without_consent(plan: Plan) -> list[str]:
    """The officers of a plan whose consent does not stand."""
    last: dict[str, str] = {}
    for one in Consent.objects.filter(plan=plan).order_by("pk"):
        last[one.officer] = one.what
    return [code for code in plan.operators if last.get(code) != What.GIVEN]
