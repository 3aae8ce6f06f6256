"""What a person likes: language, appearance, calm media."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.console.gate import Actor, Done, verb
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from andon.console.staff.models import Person

LIKES = ("language", "appearance", "calm_media")


@verb("staff.preferences_changed", Right.OWN_SETTINGS)
def prefer(actor: Actor, /, **likes: Any) -> Done[Person]:  # noqa: ANN401 - values of three fields, checked by the form
    """Keep some of LIKES for the actor."""
    if not set(likes) <= set(LIKES):
        raise TypeError(sorted(likes))
    for name, value in likes.items():
        setattr(actor.person, name, value)
    actor.person.save(update_fields=list(likes))
    return Done(actor.person, f"person:{actor.person.pk}", likes)
