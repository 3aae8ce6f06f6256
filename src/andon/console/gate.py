"""The one door for writes: right → transaction → work → entry in the trail.

A verb is a function decorated with `verb`; nothing else can write: the database connection refuses every statement that would change a table of the
desk while no verb is open (`guard`). There is no parameter that switches one of the four steps off.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar

from django.db import transaction

from andon.console.audit.chain import Who, append
from andon.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from django.db.backends.base.base import BaseDatabaseWrapper

    from andon.console.staff.models import Person
    from andon.console.staff.rights import Right

P = ParamSpec("P")
R = TypeVar("R")
_open: ContextVar[bool] = ContextVar("gate_open", default=False)
_APPS = "staff|audit|holds|intake|review|learning|captures|measures|visits|removal|warning|referral|board|casework"
_APPS += "|authority|identities|contactlog|deconfliction|safety|inspection|exhibits|conversations|sightings"
_OURS = re.compile(rf'\s*(?:INSERT|UPDATE|DELETE|REPLACE|TRUNCATE)\b[^"]*"(?:{_APPS})_', re.IGNORECASE)


class Via(StrEnum):
    """By which door a person came."""

    SCREEN = "screen"
    API = "api"
    COMMAND = "command"
    WORKER = "worker"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person, by a door. `fresh` says that they proved who they are within the last minutes (asked of grave verbs on screens)."""

    person: Person
    via: Via
    fresh: bool = False

    def who(self) -> Who:
        """As the trail keeps it."""
        return Who(self.person.pk, self.person.name, self.person.unit.name, str(self.via))


@dataclass(frozen=True, slots=True)
class Done(Generic[R]):
    """What a verb hands to the gate: its result, the subject of the entry ("campaign:12"), and facts for the entry (ids, hashes, codes)."""

    value: R
    subject: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def verb(
    event: str, right: Right, *, grave: bool = False
) -> Callable[[Callable[Concatenate[Actor, P], Done[R]]], Callable[Concatenate[Actor, P], R]]:
    """Make a function a verb of the desk, named `event` in the trail.

    The person needs `right`; a `grave` verb on a screen also needs a fresh sign-in. Raises Refused (and keeps the refusal in the trail) for who may
    not; whatever the work raises undoes all of it.
    """

    def bind(work: Callable[Concatenate[Actor, P], Done[R]]) -> Callable[Concatenate[Actor, P], R]:
        @wraps(work)
        def through(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            _check(actor, event, right, grave=grave)
            with transaction.atomic(), _door():
                done = work(actor, *args, **kwargs)
                append(actor.who(), event, done.subject, done.facts)
            return done.value

        return through

    return bind


def unattended(event: str, via: Via) -> Callable[[Callable[P, Done[R]]], Callable[P, R]]:
    """Make a function a verb that no signed-in person calls: setting an installation up, work of the machine itself. The other steps are as ever."""

    def bind(work: Callable[P, Done[R]]) -> Callable[P, R]:
        @wraps(work)
        def through(*args: P.args, **kwargs: P.kwargs) -> R:
            with transaction.atomic(), _door():
                done = work(*args, **kwargs)
                append(Who(None, "", "", str(via)), event, done.subject, done.facts)
            return done.value

        return through

    return bind


def saw(actor: Actor, event: str, subject: str = "", facts: Mapping[str, Any] | None = None) -> None:
    """Keep in the trail that a person looked at, searched or exported something."""
    with transaction.atomic(), _door():
        append(actor.who(), event, subject, facts)


def record(who: Who, event: str, subject: str = "", facts: Mapping[str, Any] | None = None) -> None:
    """Keep an event that has no signed-in person: a failed sign-in, a refused key, the setting up of an installation."""
    with transaction.atomic(), _door():
        append(who, event, subject, facts)


def _check(actor: Actor, event: str, right: Right, *, grave: bool) -> None:
    reason = "" if actor.person.may(right) else "right"
    if not reason and grave and actor.via is Via.SCREEN and not actor.fresh:
        reason = "not_fresh"
    if reason:
        record(actor.who(), "gate.refused", event, {"right": str(right), "reason": reason})
        raise Refused(reason=reason, name=event)


@contextmanager
def _door() -> Iterator[None]:
    """Open for the length of one verb."""
    token = _open.set(True)
    try:
        yield
    finally:
        _open.reset(token)


def guard(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: ANN401, FBT001 - Django's form
    """Refuse a statement that changes a table of the desk while no verb is open. Installed on every connection (`audit.apps`)."""
    if not _open.get() and _OURS.match(sql):
        raise Refused(reason="past_the_gate", name=sql.split('"')[1])
    return execute(sql, params, many, context)


def watch(connection: BaseDatabaseWrapper, **_: object) -> None:
    """Put the guard on a new connection."""
    if guard not in connection.execute_wrappers:
        connection.execute_wrappers.append(guard)


def migrating(**_: object) -> None:
    """The tables are about to be made or changed: migrations (ours and those of libraries) write without a person."""
    _open.set(True)


def migrated(**_: object) -> None:
    """The tables stand: from here on the guard holds."""
    _open.set(False)
