"""Write a contact down. Everything that happened can be written: what was not permitted is kept as what it is, with an error in the register."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Max
from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.staff.rights import Right
from andon.console.undercover.authority.codes import ErrorKind
from andon.console.undercover.authority.content import OPERATOR
from andon.console.undercover.authority.errors import About, record_error
from andon.console.undercover.authority.models import NOTE_LENGTH, TEXT_LENGTH, Plan
from andon.console.undercover.authority.queries import Reason, authority_at, may_contact
from andon.console.undercover.contactlog import hooks, inducement, signs
from andon.console.undercover.contactlog.actions.common import logged_in
from andon.console.undercover.contactlog.codes import Beyond, Channel, Direction, Tag
from andon.console.undercover.contactlog.handles import among, key_of
from andon.console.undercover.contactlog.models import HANDLE_LENGTH, LogEntry, RaisedWords
from andon.console.undercover.contactlog.rules import LATE_AFTER
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.casework.models import Case


@dataclass(frozen=True, slots=True)
class Said:
    """A contact, as somebody tells it."""

    happened_at: datetime
    officer: str
    channel: str
    direction: str
    own: str = ""
    other: str = ""
    known_as: str = ""  # the plan's handle of the same person, where `other` is another one
    tag: str = ""
    words: str = ""
    exhibit: str = ""
    purpose: str = ""
    result: str = ""
    asks_id: bool = False


@verb("contactlog.logged", Right.CONTACT_LOG)
def log(actor: Actor, case_id: int, plan_id: int | None, given: Said, *, now: datetime | None = None) -> Done[LogEntry]:
    """Add a contact to the log of a case.

    Raises Refused for who does not log in the case and for what is not whole; Conflict for a case that is not open or a plan of another case. A
    contact that no authority covers, or that goes beyond the plan, is kept with an error of the register; so is a late one.
    """
    now = now or timezone.now()
    case = logged_in(actor, case_id, now=now)
    plan = _plan(case, plan_id)
    given = _whole(given, now)
    entry = LogEntry.objects.create(
        case=case, plan=plan, number=(case.log.aggregate(last=Max("number"))["last"] or 0) + 1, logged_at=now, by=actor.person,
        sha256=digest(given.words, given.exhibit), outside=_outside(plan, given.happened_at), beyond=_beyond(plan, given),
        is_late=_is_late(case, given.happened_at, now), **_fields(given),
    )  # fmt: skip
    raised = _raise(entry)
    errors = _errors(entry, actor, now)
    for after in hooks.AFTER_ENTRY:
        after(entry)
    facts = {
        "entry": entry.pk, "plan": plan_id, "direction": entry.direction, "channel": entry.channel, "sha256": entry.sha256, "late": entry.is_late,
        "outside": entry.outside, "beyond": entry.beyond, "raised": sorted({one.rule for one in raised}), "errors": errors,
    }  # fmt: skip
    return Done(entry, f"log:{entry.pk}", facts)


def digest(words: str, exhibit: str) -> str:
    """Of what was said: in the entry and in the trail."""
    return hashlib.sha256(f"{words}\0{exhibit}".encode("utf-8", "replace")).hexdigest()


def _plan(case: Case, plan_id: int | None) -> Plan | None:
    if plan_id is None:
        return None
    plan = Plan.objects.filter(pk=plan_id, case=case).first()
    if plan is None:
        raise Conflict(reason="plan_unknown", name=f"plan:{plan_id}")
    return plan


def _whole(given: Said, now: datetime) -> Said:
    """What was told, cleaned. Raises Refused with what is missing (A18)."""
    known = given.channel in Channel.values and given.direction in Direction.values
    if not known or not OPERATOR.fullmatch(given.officer.strip().upper()):
        raise Refused(reason="log_whole")
    if given.happened_at > now:
        raise Refused(reason="log_future")
    if not (given.words.strip() or given.exhibit.strip()) or (given.direction != Direction.MET and not given.other.strip()):
        raise Refused(reason="log_whole")
    if given.direction == Direction.OUT and given.tag not in Tag.values:
        raise Refused(reason="log_tag")
    return given


def _fields(given: Said) -> dict[str, Any]:
    incoming, outgoing = given.direction == Direction.IN, given.direction == Direction.OUT
    keys = {name: key_of(getattr(given, name), given.channel)[:HANDLE_LENGTH] for name in ("own", "other", "known_as")}
    return keys | {
        "happened_at": given.happened_at, "officer": given.officer.strip().upper(), "channel": given.channel, "direction": given.direction,
        "tag": given.tag if outgoing else "", "words": given.words.strip()[:TEXT_LENGTH], "exhibit": given.exhibit.strip()[:HANDLE_LENGTH],
        "purpose": given.purpose.strip()[:NOTE_LENGTH], "result": given.result.strip()[:NOTE_LENGTH], "asks_id": given.asks_id and incoming,
    }  # fmt: skip


def _outside(plan: Plan | None, at: datetime) -> str:
    """Why no authority covered it at that time; nothing when one did (A9)."""
    return str((may_contact(plan, at) if plan else Reason.NOT_APPROVED) or "")


def _beyond(plan: Plan | None, given: Said) -> list[str]:
    """What of it the plan does not name: another account of our own, another person, another officer (A15)."""
    if plan is None:
        return []
    own, other, known = (key_of(one, given.channel) for one in (given.own, given.other, given.known_as))
    found = [Beyond.OFFICER.value] if given.officer.strip().upper() not in plan.operators else []
    if own and not among(own, plan.accounts):
        found.append(Beyond.OWN.value)
    if other and not among(other, plan.targets) and not (known and among(known, plan.targets)):
        found.append(Beyond.OTHER.value)
    return found


def _is_late(case: Case, happened_at: datetime, now: datetime) -> bool:
    """By the clock: written down long after, or after the authority that covered it had ended."""
    return now - happened_at > LATE_AFTER or (authority_at(case, happened_at) is not None and authority_at(case, now) is None)


def _raise(entry: LogEntry) -> list[RaisedWords]:
    """Look the words through: what an officer says for inducement, what comes in for signs of a stop rule."""
    found = inducement.check(entry.words) if entry.is_ours else signs.check(entry.words)
    return RaisedWords.objects.bulk_create([RaisedWords(entry=entry, rule=one.rule, start=one.start, end=one.end) for one in found])


def _errors(entry: LogEntry, actor: Actor, now: datetime) -> list[int]:
    """The errors that follow. What came in by itself is nobody's error, however late the hour."""
    kinds = [ErrorKind.CONTACT_WITHOUT_AUTHORITY] if entry.is_ours and not entry.is_permitted else []
    if entry.is_late:
        kinds.append(ErrorKind.LATE_RECORD)
    about = About(entry.case_id, entry.plan_id, entry.happened_at, now, actor.person)
    facts = {"entry": entry.pk, "outside": entry.outside, "beyond": entry.beyond}
    return [record_error(kind, f"log:{entry.pk}", about, facts).pk for kind in kinds]
