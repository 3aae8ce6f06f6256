"""Ending sessions: one's own on other machines, or all of a person who must not be inside any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession

from andon.console.gate import Actor, Done, verb
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict

if TYPE_CHECKING:
    from andon.console.staff.models import Person


def end_all(person: Person) -> int:
    """Sign a person out everywhere; how many sessions that were. Only to be called by a verb."""
    sessions = list(UserSession.objects.filter(user_id=person.pk))
    for session in sessions:
        session.end()
    return len(sessions)


@verb("staff.sessions_ended", Right.OWN_SETTINGS)
def end_others(actor: Actor, current_key: str) -> Done[int]:
    """End all of the actor's sessions but the one of that key."""
    others = list(UserSession.objects.filter(user_id=actor.person.pk).exclude(session_key=current_key))
    for session in others:
        session.end()
    return Done(len(others), f"person:{actor.person.pk}", {"sessions": len(others)})


@verb("staff.sessions_ended", Right.OWN_SETTINGS)
def end_one(actor: Actor, session_id: int) -> Done[None]:
    """End one of the actor's sessions. Raises Conflict when it has ended already."""
    session = UserSession.objects.filter(user_id=actor.person.pk, pk=session_id).first()
    if session is None:
        raise Conflict(name="session")
    session.end()
    return Done(None, f"person:{actor.person.pk}", {"sessions": 1})
