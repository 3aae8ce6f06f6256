"""What follows a verb, one function for each `Then`. Only `moving.move` calls these, inside a verb."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from andon.console.casework.actions.links import attach
from andon.console.casework.actions.members import admit
from andon.console.casework.models import CaseLink, Membership
from andon.console.casework.visible import roles_in
from andon.console.undercover.authority import hooks, queries
from andon.console.undercover.authority.codes import ErrorKind, Verb
from andon.console.undercover.authority.conditions import approvers
from andon.console.undercover.authority.content import WIDENED, content_of, put, sha256_of
from andon.console.undercover.authority.errors import About, record_error
from andon.console.undercover.authority.models import NOTE_LENGTH, Amendment, Asked, Grant, Notice, PlanVersion, Renewal, Review
from andon.console.undercover.authority.states import Then
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from andon.console.staff.models import Person
    from andon.console.undercover.authority.ask import Ask

_Answer = Asked.Answer


def _actor(ask: Ask) -> Person:
    """Who acts; a row with such an effect is never the machine's."""
    if ask.actor is None:
        raise Conflict(name=f"plan:{ask.plan.pk}")
    return ask.actor.person


def _version(ask: Ask) -> None:
    plan = ask.plan
    if ask.given.content:
        put(plan, ask.given.content)
        plan.save()
    content = content_of(plan)
    last = plan.versions.order_by("number").last()
    digest = sha256_of(content)
    if last is None or last.sha256 != digest:
        number = last.number + 1 if last else 1
        last = PlanVersion.objects.create(plan=plan, number=number, content=content, sha256=digest, by=_actor(ask), at=ask.now)
    ask.facts |= {"version": last.number, "sha256": digest}


def _members(ask: Ask) -> None:
    """Let in who has to know of it from now on: who decides, who leads, who keeps the documents."""
    plan, roles = ask.plan, Membership.Role
    wanted = [(one, roles.APPROVER) for one in approvers(plan.prefecture)]
    wanted += [(plan.coordinator, roles.COORDINATOR), (plan.custodian, roles.CUSTODIAN)]
    for person, role in wanted:
        if person is not None and not roles_in(person, plan.case_id, now=ask.now):
            admit(plan.case, person, role, by=_actor(ask), ground=plan.code, at=ask.now)
    attach(plan.case, CaseLink.Kind.PLAN, str(plan.pk), by=_actor(ask), at=ask.now)


def _grant(ask: Ask) -> None:
    plan, renewal = ask.plan, ask.renewal if ask.row.verb == Verb.RENEW else None
    start = plan.ends_at if renewal else plan.starts_at
    end = renewal.until if renewal else plan.ends_at
    if start is None or end is None:
        raise Conflict(name=f"plan:{plan.pk}")
    number = plan.grants.count()
    Grant.objects.create(
        plan=plan, number=number, starts_at=start, ends_at=end, by=_actor(ask), at=ask.now,
        involvement=ask.given.involvement.strip()[:NOTE_LENGTH], higher=ask.given.higher.strip()[:NOTE_LENGTH],
    )  # fmt: skip
    plan.ends_at, plan.approver = end, _actor(ask)
    ask.facts |= {"grant": number, "until": end.isoformat(), "involved": bool(ask.given.involvement.strip())}
    ask.facts |= {"higher": bool(ask.given.higher.strip())}
    if renewal:
        _answered(ask, renewal, _Answer.GRANTED)


def _reviews(ask: Ask) -> None:
    """Review days are set at the grant, up to its end; the last of them lies before the end."""
    grant = ask.plan.grants.order_by("number").last()
    if grant is None:
        raise Conflict(name=f"plan:{ask.plan.pk}")
    step = timedelta(days=ask.plan.review_every_days)
    Review.objects.bulk_create([Review(plan=ask.plan, due_at=at) for at in _steps(grant.starts_at, grant.ends_at, step)])


def _steps(start: datetime, end: datetime, step: timedelta) -> list[datetime]:
    days, at = [], start + step
    while at < end:
        days.append(at)
        at += step
    return days


def _notice(ask: Ask) -> None:
    given = ask.given
    if given.given_at is None:
        raise Refused(reason="plan_notice", name=f"plan:{ask.plan.pk}")
    Notice.objects.create(plan=ask.plan, reference=given.reference.strip()[:100], given_at=given.given_at, by=_actor(ask), at=ask.now)
    ask.facts |= {"given_at": given.given_at.isoformat()}


def _skip_reviews(ask: Ask) -> None:
    """Nothing was carried out before it began: what fell due until now has nothing to look at."""
    ask.plan.reviews.filter(done_at=None, dropped_at=None, due_at__lte=ask.now).update(dropped_at=ask.now)


def _review_done(ask: Ask) -> None:
    """One look covers everything that is due; nothing due: the next one is done early."""
    left = ask.plan.reviews.filter(done_at=None, dropped_at=None)
    due = list(left.filter(due_at__lte=ask.now).values_list("pk", flat=True)) or list(left.order_by("due_at").values_list("pk", flat=True)[:1])
    Review.objects.filter(pk__in=due).update(done_at=ask.now, by=_actor(ask), text=ask.given.text.strip())
    ask.facts |= {"reviews": due}


def _error(ask: Ask) -> None:
    missed = queries.missed_reviews(ask.now).filter(plan=ask.plan).order_by("due_at").first()
    about = About(ask.plan.case_id, ask.plan.pk, missed.due_at if missed else ask.now, ask.now)
    made = record_error(ErrorKind.REVIEW_MISSED, f"plan:{ask.plan.pk}", about, {"review": missed.pk if missed else None})
    ask.facts |= {"error": made.pk}


def _renewal_asked(ask: Ask) -> None:
    given = ask.given
    if given.until is None:
        raise Refused(reason="plan_until", name=f"plan:{ask.plan.pk}")
    made = Renewal.objects.create(
        plan=ask.plan, by=_actor(ask), at=ask.now, until=given.until, results=given.results.strip(), need=given.text.strip(),
        counted=hooks.results(ask.plan),
    )  # fmt: skip
    ask.facts |= {"renewal": made.pk, "until": made.until.isoformat()}


def _amendment_asked(ask: Ask) -> None:
    made = Amendment.objects.create(plan=ask.plan, by=_actor(ask), at=ask.now, adds=ask.given.adds, why=ask.given.text.strip())
    ask.facts |= {"amendment": made.pk}


def _answered(ask: Ask, asked: Renewal | Amendment | None, answer: str) -> None:
    if asked is None:
        raise Conflict(name=f"plan:{ask.plan.pk}")
    asked.answer, asked.answered_by, asked.answered_at, asked.answer_text = answer, _actor(ask), ask.now, ask.given.text.strip()[:NOTE_LENGTH]
    asked.save(update_fields=["answer", "answered_by", "answered_at", "answer_text"])
    ask.facts |= {type(asked).__name__.lower(): asked.pk}


def _widen(ask: Ask) -> None:
    plan, amendment = ask.plan, ask.amendment
    _answered(ask, amendment, _Answer.GRANTED)
    adds = amendment.adds if amendment else {}
    for name in WIDENED:
        setattr(plan, name, list(dict.fromkeys([*getattr(plan, name), *adds.get(name, [])])))
    plan.documents_planned += int(adds.get("documents", 0))
    plan.linked_reason = plan.linked_reason or (amendment.why[:NOTE_LENGTH] if amendment else "")
    plan.approver = _actor(ask)


def _things(ask: Ask) -> None:
    ask.facts |= {"things": [[thing.kind, thing.name, thing.state] for thing in hooks.things(ask.plan)]}


def _over(ask: Ask) -> None:
    """Nothing is due or waits any longer."""
    ask.plan.reviews.filter(done_at=None, dropped_at=None).update(dropped_at=ask.now)
    for asked in (Renewal, Amendment):
        asked.objects.filter(plan=ask.plan, answer=_Answer.WAITING).update(answer=_Answer.LAPSED, answered_at=ask.now)


EFFECTS: dict[Then, Callable[[Ask], None]] = {
    Then.VERSION: _version,
    Then.MEMBERS: _members,
    Then.GRANT: _grant,
    Then.REVIEWS: _reviews,
    Then.NOTICE: _notice,
    Then.SKIP_REVIEWS: _skip_reviews,
    Then.REVIEW_DONE: _review_done,
    Then.ERROR: _error,
    Then.RENEWAL_ASKED: _renewal_asked,
    Then.RENEWAL_REFUSED: lambda ask: _answered(ask, ask.renewal, _Answer.REFUSED),
    Then.AMENDMENT_ASKED: _amendment_asked,
    Then.AMENDMENT_REFUSED: lambda ask: _answered(ask, ask.amendment, _Answer.REFUSED),
    Then.WIDEN: _widen,
    Then.THINGS: _things,
    Then.OVER: _over,
}
