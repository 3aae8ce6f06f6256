"""Reading people, their second factors and sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, OuterRef, Q

from andon.console.staff.models import ApiToken, Person, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes alone are none


def has_second_factor(person: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether they have set up an authenticator app or a passkey."""
    return bool(Authenticator.objects.filter(user_id=person.pk, type__in=_FACTORS).exists())


def people() -> QuerySet[Person]:
    """Everybody with their unit and `has_factor`: who may sign in first, then by unit and name."""
    factor = Authenticator.objects.filter(user_id=OuterRef("pk"), type__in=_FACTORS)
    return Person.objects.select_related("unit").annotate(has_factor=Exists(factor)).order_by("-is_active", "unit__name", "name", "pk")


def units() -> QuerySet[Unit]:
    """All units with `active`: how many of their people may sign in."""
    return Unit.objects.annotate(active=Count("people", filter=Q(people__is_active=True))).order_by("name")


def tokens_of(person: Person) -> QuerySet[ApiToken]:
    """A person's keys, newest first."""
    return person.tokens.order_by("-pk")


def valid_tokens(person: Person, now: datetime) -> QuerySet[ApiToken]:
    """Those of a person's keys that still open something."""
    return person.tokens.filter(revoked_at=None, expires_at__gt=now)


def anybody() -> bool:
    """Whether the desk has any person yet."""
    return Person.objects.exists()


def people_named(subjects: Iterable[str]) -> dict[str, str]:
    """The names behind subjects of the trail such as "person:12"."""
    numbers = {int(rest) for kind, _, rest in (subject.partition(":") for subject in subjects) if kind == "person" and rest.isdecimal()}
    return {f"person:{pk}": name for pk, name in Person.objects.filter(pk__in=numbers).values_list("pk", "name")}
