"""People as the custody log names them, and who of a case may keep exhibits.

A name in the log has to be told apart for years, without this desk's tables: name, unit and sign-in name. Operation officers never stand in it (A19).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.casework.models import WORKING, Membership, in_force
from andon.console.staff.models import Person
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from andon.console.casework.models import Case

# Control characters but line ends, and marks that turn the direction of what is shown: in nothing that people type or read here.
HIDING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
KEEPING = (*WORKING, Membership.Role.CUSTODIAN.value)  # roles in a case that keep its exhibits


def written(person: Person) -> str:
    """A person of the desk as the custody log names them."""
    return f"{person.name}（{person.unit.name}・{person.username}）"


def named_end(person: Person) -> str:
    """How the person's name in the log ends, whatever unit they belonged to."""
    return f"・{person.username}）"


def username_in(name: str) -> str:
    """The sign-in name in a name of the log; empty for somebody outside of the desk."""
    return name.rpartition("・")[2].removesuffix("）") if name.endswith("）") and "・" in name else ""


def is_of_desk(name: str) -> bool:
    """Whether a name of the log is that of a person of the desk."""
    username = username_in(name)
    return bool(username) and Person.objects.filter(username__iexact=username).exists()


def holds(person: Person, holder: str) -> bool:
    """Whether a name of the log is this person's, whatever unit they belonged to then."""
    return username_in(holder) == person.username


def can_sign(holder: str, case: Case) -> bool:
    """Whether who holds an exhibit of the case, by the log's name, can still begin a transfer at a screen."""
    username = username_in(holder)
    found = Person.objects.filter(username=username).first() if username else None
    return found is not None and may_hold(found, case)


def hidden_in(person: Person, case: Case) -> bool:
    """Whether the person works in the case under a code, so that no list or log may name them (A19)."""
    return Membership.objects.filter(case=case, person=person.pk, role=Membership.Role.OPERATOR).exists()


def keepers(case: Case) -> QuerySet[Person]:
    """Who may hold exhibits of a case: its leaders, members, coordinator and custodian. No operation officers."""
    roles = Membership.objects.filter(in_force(timezone.now()), case=case, role__in=KEEPING)
    hidden = Membership.objects.filter(case=case, role=Membership.Role.OPERATOR)
    known = Person.objects.filter(pk__in=roles.values("person"), is_active=True).exclude(pk__in=hidden.values("person"))
    return known.select_related("unit").order_by("name", "pk")


def may_hold(person: Person, case: Case) -> bool:
    """Whether the person can confirm a transfer of the case's exhibits."""
    return person.may(Right.EVIDENCE_KEEP) and keepers(case).filter(pk=person.pk).exists()
