"""Adding, changing, switching off and on people. An administrator does it to others, never to himself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.people.actions.one_time import one_time_password
from andon.console.people.actions.sessions import end_all
from andon.console.people.actions.targets import another, still_administrator
from andon.console.staff.models import Person, Unit
from andon.console.staff.queries import valid_tokens
from andon.console.staff.rights import Right, Role
from andon.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Added:
    """A new person, and the password for the first sign-in: shown once, kept nowhere."""

    person: Person
    password: str


def make_person(
    username: str, name: str, unit: Unit, roles: Sequence[Role], language: str = "ja", *, password: str = "", rank: str = ""
) -> Added:
    """Make the row; without `password` one for the first sign-in is made. Only to be called by a verb."""
    first = password or one_time_password()
    person = Person(
        username=Person.normalize_username(username), name=name, unit=unit, roles=sorted(map(str, roles)), language=language, rank=rank,
        must_change_password=not password,
    )  # fmt: skip
    person.set_password(first)
    person.save(force_insert=True)
    return Added(person, first)


@verb("staff.person_added", Right.STAFF_CHANGE, grave=True)
def add_person(
    actor: Actor, username: str, name: str, unit: Unit, roles: Sequence[Role], language: str = "ja", *, rank: str = ""
) -> Done[Added]:
    """Add somebody who signs in with a password that must be changed at once."""
    still_administrator(actor)
    added = make_person(username, name, unit, roles, language, rank=rank)
    return Done(added, f"person:{added.person.pk}", {"username": added.person.username, "unit": unit.pk, "roles": added.person.roles, "rank": rank})


@verb("staff.person_changed", Right.STAFF_CHANGE, grave=True)
def change_person(actor: Actor, person_id: int, name: str, unit: Unit, roles: Sequence[Role], rank: str | None = None) -> Done[Person]:
    """Change somebody else's name, unit and roles (and rank, when given). Their keys for programs open no more than the roles that are left."""
    person = another(actor, person_id)
    before = {"name": person.name, "unit": person.unit_id, "roles": sorted(person.roles), "rank": person.rank}
    person.name, person.unit, person.roles = name, unit, sorted(map(str, roles))
    person.rank = person.rank if rank is None else rank
    person.save(update_fields=["name", "unit", "roles", "rank"])
    after = {"name": person.name, "unit": person.unit_id, "roles": person.roles, "rank": person.rank}
    changed = {key: [before[key], after[key]] for key in after if before[key] != after[key] and key != "name"}
    return Done(person, f"person:{person.pk}", changed | ({"renamed": True} if before["name"] != after["name"] else {}))


@verb("staff.person_switched_off", Right.STAFF_CHANGE, grave=True)
def switch_off(actor: Actor, person_id: int) -> Done[Person]:
    """Let somebody in no more: sessions end, keys are revoked. Their decisions keep their name."""
    person = another(actor, person_id)
    if not person.is_active:
        raise Refused(reason="already_off", name="staff")
    person.is_active = False
    person.save(update_fields=["is_active"])
    revoked = valid_tokens(person, timezone.now()).update(revoked_at=timezone.now())
    return Done(person, f"person:{person.pk}", {"sessions": end_all(person), "tokens": revoked})


@verb("staff.person_switched_on", Right.STAFF_CHANGE, grave=True)
def switch_on(actor: Actor, person_id: int) -> Done[Person]:
    """Let somebody in again, with the password they had."""
    person = another(actor, person_id)
    person.is_active = True
    person.save(update_fields=["is_active"])
    return Done(person, f"person:{person.pk}", {"roles": person.roles})
