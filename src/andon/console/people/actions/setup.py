"""What only somebody with the machine's command line does: the first administrator, and help for one who is locked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from andon.console.gate import Done, Via, unattended
from andon.console.people.actions.factors import remove_factors
from andon.console.people.actions.one_time import one_time_password
from andon.console.people.actions.people import Added, make_person
from andon.console.staff.models import Person, Unit
from andon.console.staff.naming import name_key
from andon.console.staff.rights import Role
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def roles_named(names: Iterable[str]) -> list[Role]:
    """The roles of these names. Raises Refused for a name that is no role."""
    unknown = [name for name in names if name not in Role.values]
    if unknown:
        raise Refused(reason="no_such_role", name=unknown[0], known=list(Role.values))
    return [Role(name) for name in names]


def check_password(password: str, username: str, name: str) -> None:
    """Raise Refused for a password that is too easy to guess."""
    try:
        validate_password(password, Person(username=username, name=name))
    except ValidationError as error:
        raise Refused(reason="password_weak", name=username) from error


@unattended("staff.person_added", Via.COMMAND)
def add_from_command(
    username: str, name: str, unit: str, kind: str, roles: Sequence[Role], *, password: str = "", language: str = "ja", operator: str = "",
    rank: str = "", prefecture: str = "",
) -> Done[Added]:  # fmt: skip
    """Add a person from the command line. Raises Conflict when the name is taken."""
    if Person.objects.filter(username__iexact=Person.normalize_username(username)).exists():
        raise Conflict(name=username, reason="name_taken")
    where = Unit.objects.get_or_create(name=unit, defaults={"kind": kind, "prefecture": prefecture})[0]
    added = make_person(username, name, where, roles, language, password=password, rank=rank)
    return Done(
        added, f"person:{added.person.pk}", {"username": added.person.username, "unit": where.pk, "roles": added.person.roles, "operator": operator}
    )


@unattended("staff.access_restored", Via.COMMAND)
def restore_from_command(username: str, *, operator: str = "") -> Done[str]:
    """Give somebody who is locked out a password for one sign-in and take their second factors away. Raises Refused for a name that nobody has."""
    person = Person.objects.filter(username__iexact=Person.normalize_username(username)).first()
    if person is None:
        raise Refused(reason="no_such_person", name=username)
    password = one_time_password()
    person.set_password(password)
    person.must_change_password = True
    person.save(update_fields=["password", "must_change_password"])
    AxesProxyHandler.reset_attempts(username=name_key(person.username))
    return Done(password, f"person:{person.pk}", {**remove_factors(person), "operator": operator})
