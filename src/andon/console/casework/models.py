"""Cases: who works on them, what belongs to them, what happened to them. Of members, links and samples only the end is ever written later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from andon.console.staff.models import Unit
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from datetime import datetime

GROUND_LENGTH = 1000
TITLE_LENGTH = 120
KEY_LENGTH = 400  # as of a hold's target


class Case(models.Model):
    """One investigation. Nobody knows of it but who is let in (`visible`); its code says nothing of how many there are."""

    class Kind(models.TextChoices):
        """What sort of work it is. A plan for an invented identity belongs to an undercover case only (U1)."""

        UNDERCOVER = "undercover"
        GENERAL = "general"

    class State(models.TextChoices):
        """How far it is."""

        PROPOSED = "proposed"
        OPEN = "open"
        DECLINED = "declined"
        CLOSED = "closed"

    class Ground(models.TextChoices):
        """Why a campaign is proposed, by one key; OTHER wants a text."""

        STILL_RECRUITING = "still_recruiting"
        WAY_IN = "way_in"
        CRIME_NEAR = "crime_near"
        SEVERAL_PLACES = "several_places"
        OTHER = "other"

    code = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=TITLE_LENGTH, blank=True)  # empty while it is proposed only
    kind = models.CharField(max_length=12, choices=Kind.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cases")
    state = models.CharField(max_length=10, choices=State.choices)
    ground_code = models.CharField(max_length=20, choices=Ground.choices, blank=True)  # of a proposal
    ground = models.CharField(max_length=GROUND_LENGTH, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)  # proposed, or opened outright
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(null=True)  # a proposal was taken up or declined
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """Listed by unit and state."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["unit", "state", "-opened_at"], name="case_unit"),
            models.Index(fields=["state", "-opened_at"], name="case_state"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        """Whether work goes on."""
        return self.state == self.State.OPEN


class Membership(models.Model):
    """That a person works on a case: as what, from when, until when, on what ground. Ended, never changed or deleted (see the second migration)."""

    class Role(models.TextChoices):
        """What a person is in a case; which right each needs stands in `ROLE_NEEDS`."""

        LEADER = "leader"
        MEMBER = "member"
        COORDINATOR = "coordinator"
        OPERATOR = "operator"
        CUSTODIAN = "custodian"
        APPROVER = "approver"
        READER = "reader"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices)
    from_at = models.DateTimeField(default=timezone.now)
    until_at = models.DateTimeField(null=True)  # known beforehand
    ground = models.CharField(max_length=GROUND_LENGTH)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)  # taken out, once
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    ended_ground = models.CharField(max_length=GROUND_LENGTH, blank=True)

    class Meta:
        """A person is in a case once at a time: roles that must be different people stay so."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "person"], condition=Q(ended_at__isnull=True), name="member_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "ended_at", "case"], name="member_person"),
            models.Index(fields=["case", "ended_at"], name="member_case"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.case_id}"

    def is_in_force(self, now: datetime) -> bool:
        """Whether it opens the case at that time."""
        return self.from_at <= now and (self.until_at is None or now < self.until_at) and (self.ended_at is None or now < self.ended_at)


ROLE_NEEDS: dict[str, Right] = {
    Membership.Role.LEADER: Right.CASE_WORK,
    Membership.Role.MEMBER: Right.CASE_WORK,
    Membership.Role.COORDINATOR: Right.CASE_WORK,
    Membership.Role.OPERATOR: Right.CONTACT_LOG,
    Membership.Role.CUSTODIAN: Right.IDENTITY_KEEP,
    Membership.Role.APPROVER: Right.PLAN_APPROVE,
    Membership.Role.READER: Right.CASE_READ,
}
LEADING = (Membership.Role.LEADER.value, Membership.Role.COORDINATOR.value)  # who lets others in and out
WORKING = (*LEADING, Membership.Role.MEMBER.value)  # who links


def in_force(now: datetime) -> Q:
    """Memberships (and samples, which end likewise) that open something at that time."""
    return Q(from_at__lte=now) & (Q(until_at=None) | Q(until_at__gt=now)) & (Q(ended_at=None) | Q(ended_at__gt=now))


class CaseLink(models.Model):
    """That something belongs to a case: what, by whom, on what ground. Removed, never changed or deleted (see the second migration).

    `key` is that of holds for campaigns, posts ("12") and contacts ("telegram:abc"), the number of a measure ("removal:3"), hold or plan.
    """

    class Kind(models.TextChoices):
        """What can belong to a case."""

        CAMPAIGN = "campaign"
        POST = "post"
        CONTACT = "contact"
        MEASURE = "measure"
        HOLD = "hold"
        PLAN = "plan"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    key = models.CharField(max_length=KEY_LENGTH)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ground = models.CharField(max_length=GROUND_LENGTH, blank=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    removed_ground = models.CharField(max_length=GROUND_LENGTH, blank=True)

    class Meta:
        """Linked once at a time; found by what is linked, too."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "kind", "key"], condition=Q(removed_at__isnull=True), name="link_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["kind", "key", "removed_at"], name="link_key")]

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id}"


BY_HAND = (CaseLink.Kind.CAMPAIGN.value, CaseLink.Kind.POST.value, CaseLink.Kind.CONTACT.value, CaseLink.Kind.MEASURE.value)  # the others: by verbs


class Sample(models.Model):
    """That an inspector reads a case for a time. Nobody of the case can end it or take it away."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="samples")
    inspector = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="samples")
    ground = models.CharField(max_length=GROUND_LENGTH)
    from_at = models.DateTimeField(default=timezone.now)
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # by the inspector

    class Meta:
        """Once at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "inspector"], condition=Q(ended_at__isnull=True), name="sample_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["inspector", "ended_at", "case"], name="sample_inspector")]

    def __str__(self) -> str:
        return f"sample {self.case_id}"


class CaseEvent(models.Model):
    """What became of a case: proposed, taken up, declined, closed, opened again, renamed. Added, never changed (see the second migration)."""

    class What(models.TextChoices):
        """What happened."""

        PROPOSED = "proposed"
        OPENED = "opened"
        TAKEN_UP = "taken_up"
        DECLINED = "declined"
        CLOSED = "closed"
        REOPENED = "reopened"
        RENAMED = "renamed"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    what = models.CharField(max_length=10, choices=What.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = models.CharField(max_length=GROUND_LENGTH, blank=True)
    data: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    class Meta:
        """In the order of happening."""

        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.what} {self.case_id}"
