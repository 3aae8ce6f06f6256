"""Passwords: one's own, and a new first one for somebody who has lost theirs."""

from __future__ import annotations

from axes.handlers.proxy import AxesProxyHandler

from andon.console.gate import Actor, Done, verb
from andon.console.people.actions.one_time import one_time_password
from andon.console.people.actions.sessions import end_all
from andon.console.people.actions.targets import another, not_adopting
from andon.console.staff.naming import name_key
from andon.console.staff.rights import Right


@verb("staff.password_changed", Right.OWN_SETTINGS)
def change_own(actor: Actor, password: str) -> Done[None]:
    """Set the actor's own password; nobody else knows it any more."""
    person = actor.person
    person.set_password(password)
    person.must_change_password = False
    person.save(update_fields=["password", "must_change_password"])
    return Done(None, f"person:{person.pk}")


@verb("staff.password_stored_anew", Right.OWN_SETTINGS)
def store_anew(actor: Actor, password: str) -> Done[None]:
    """Hash the same password as today's settings want it."""
    person = actor.person
    person.set_password(password)
    person.save(update_fields=["password"])
    return Done(None, f"person:{person.pk}", {"algorithm": person.password.split("$", 1)[0]})


@verb("staff.password_reset", Right.STAFF_CHANGE, grave=True)
def reset_password(actor: Actor, person_id: int) -> Done[str]:
    """Give somebody else a password for one sign-in, and sign them out everywhere. Returns it: it is shown once and kept nowhere.

    Raises Refused when the same administrator has just taken away the factors of somebody who may read cases.
    """
    person = another(actor, person_id)
    not_adopting(actor, person, "staff.factors_reset")
    password = one_time_password()
    person.set_password(password)
    person.must_change_password = True
    person.save(update_fields=["password", "must_change_password"])
    AxesProxyHandler.reset_attempts(username=name_key(person.username))
    return Done(password, f"person:{person.pk}", {"sessions": end_all(person)})
