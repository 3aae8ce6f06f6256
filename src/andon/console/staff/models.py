"""Units and people. Passwords, second factors and sessions are kept by Django and allauth."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from andon.console.staff.ranks import Rank
from andon.console.staff.rights import Right, Role, rights_of

if TYPE_CHECKING:
    from datetime import datetime


class Unit(models.Model):
    """An office that people belong to: a prefectural police's section, a hotline, a platform's safety team."""

    class Kind(models.TextChoices):
        """What the unit is part of."""

        POLICE = "police"
        HOTLINE = "hotline"
        PLATFORM = "platform"

    name = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    prefecture = models.CharField(max_length=10, blank=True)

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """People by sign-in name. Making one is a verb (`people.actions.people`)."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """The person who signs in under this name, whatever its case."""
        return self.get(username__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who signs in. Nobody is deleted: who leaves is switched off, so that decisions keep their names."""

    class Appearance(models.TextChoices):
        """Colours of the pages."""

        AUTO = "auto"
        LIGHT = "light"
        DARK = "dark"

    username = models.CharField(max_length=60, unique=True, validators=[UnicodeUsernameValidator()])
    name = models.CharField(max_length=60)
    email = models.EmailField(blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="people")
    roles: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    rank = models.CharField(max_length=30, choices=Rank.choices, blank=True)  # of a police officer; set by an administrator, with the roles
    language = models.CharField(max_length=2, choices=[("ja", "日本語"), ("en", "English")], default="ja")
    appearance = models.CharField(max_length=5, choices=Appearance.choices, default=Appearance.AUTO)
    calm_media = models.BooleanField(default=False)  # pictures grey and blurred until asked for
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)  # somebody else has seen the password
    joined_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        """No two names that differ in their case only."""

        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(Lower("username"), name="person_username")]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name as shown; Django's own pages ask for it."""
        return self.name

    def check_password(self, raw_password: str) -> bool:
        """Whether this is the password. Django would also store a newer kind of hash here, past the gate: `people.adapter` does it by a verb."""
        return check_password(raw_password, self.password)

    @cached_property
    def rights(self) -> frozenset[Right]:
        """What the person may do; none when switched off."""
        return rights_of(self.roles) if self.is_active else frozenset()

    def may(self, right: Right | str) -> bool:
        """Whether the person has the right."""
        return right in self.rights

    def has_role(self, role: Role | str) -> bool:
        """Whether the person has the role."""
        return role in self.roles


class ApiToken(models.Model):
    """A key for another program, acting for the person who made it, with some of that person's rights. The key itself is shown once and not kept."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tokens")
    label = models.CharField(max_length=60)
    prefix = models.CharField(max_length=8)
    key_sha256 = models.CharField(max_length=64, unique=True)
    scopes: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.prefix}…"

    def is_valid(self, now: datetime) -> bool:
        """Whether it still opens anything."""
        return self.revoked_at is None and now < self.expires_at and self.person.is_active
