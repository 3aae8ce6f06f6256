"""Second factors of somebody who has lost theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator

from andon.console.gate import Actor, Done, verb
from andon.console.people.actions.sessions import end_all
from andon.console.people.actions.targets import another, not_adopting
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from andon.console.staff.models import Person


def remove_factors(person: Person) -> dict[str, int]:
    """Remove all of a person's factors and end their sessions. Only to be called by a verb."""
    factors, _ = Authenticator.objects.filter(user_id=person.pk).delete()
    return {"factors": factors, "sessions": end_all(person)}


@verb("staff.factors_reset", Right.STAFF_CHANGE, grave=True)
def reset_factors(actor: Actor, person_id: int) -> Done[Person]:
    """Remove somebody else's factors: they set up new ones at their next sign-in.

    Raises Refused when the same administrator has just given somebody who may read cases a new password.
    """
    person = another(actor, person_id)
    not_adopting(actor, person, "staff.password_reset")
    return Done(person, f"person:{person.pk}", remove_factors(person))
