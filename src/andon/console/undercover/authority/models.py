"""Plans of fictitious-identity investigations, what was decided on them, and the errors register. What changes a plan is `moving.move` alone."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from andon.console.casework.models import Case
from andon.console.staff.models import Unit
from andon.console.undercover.authority.codes import ErrorKind, Ground, Kind, State, Verb

TEXT_LENGTH, NOTE_LENGTH = 8000, 2000
_Texts = models.JSONField[list[str], list[str]]
_Numbers = models.JSONField[list[int], list[int]]
_Facts = models.JSONField[dict[str, Any], dict[str, Any]]


def _person(**more: Any) -> models.ForeignKey[Any, Any]:  # noqa: ANN401 - a field's options
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **more)


class Plan(models.Model):
    """What is asked for, by whom, and where it stands. The texts as they stand now; every wording that ever stood is a PlanVersion."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plans")
    code = models.CharField(max_length=20, unique=True)  # "P2026-003"
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.IDENTITY)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")  # that carries it out
    prefecture = models.CharField(max_length=10, blank=True)  # of the unit: whose chief decides
    applicant = _person()
    coordinator = _person(null=True)
    custodian = _person(null=True)
    approver = _person(null=True)  # who decided last
    operators: _Texts = models.JSONField(default=list)  # codes of operation officers ("K-7"), never names
    staffing = models.CharField(max_length=NOTE_LENGTH, blank=True)
    offences: _Texts = models.JSONField(default=list)
    linked_reason = models.CharField(max_length=NOTE_LENGTH, blank=True)  # why a linked offence belongs here
    posts: _Numbers = models.JSONField(default=list)  # recruitment posts (intake.Post) as the ground
    necessity = models.TextField(max_length=TEXT_LENGTH, blank=True)
    alternatives = models.TextField(max_length=TEXT_LENGTH, blank=True)
    proportionality = models.TextField(max_length=TEXT_LENGTH, blank=True)
    collateral = models.TextField(max_length=TEXT_LENGTH, blank=True)  # intrusion on the uninvolved; none asks for a reason
    confidential = models.TextField(max_length=TEXT_LENGTH, blank=True)  # confidential material; none asks for a reason
    abort_point = models.TextField(max_length=TEXT_LENGTH, blank=True)  # where it ends before the crime, and how the intended victim is warned
    targets: _Texts = models.JSONField(default=list)  # whom it is about: handles as keys ("telegram:abc")
    accounts: _Texts = models.JSONField(default=list)  # own accounts to be used ("telegram:xyz")
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)  # the first moment after its period
    documents_planned = models.PositiveSmallIntegerField(default=0)
    review_every_days = models.PositiveSmallIntegerField(default=14)
    stopped_for = models.CharField(max_length=20, choices=Ground.choices, blank=True)  # of a suspended plan: why
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Listed by state and by end."""

        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "ends_at"], name="plan_state"),
            models.Index(fields=["prefecture", "state"], name="plan_prefecture"),
        ]

    def __str__(self) -> str:
        return self.code


class PlanVersion(models.Model):
    """The content of a plan as somebody saved or widened it. Added, never changed."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content: _Facts = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    by = _person()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        """In order; no number twice."""

        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once")]


class PlanEvent(models.Model):
    """A verb was done with a plan: from which state to which, by whom, on what ground. Added, never changed: authority at a time is read here."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="events")
    verb = models.CharField(max_length=20, choices=Verb.choices)
    before = models.CharField(max_length=10, choices=State.choices)
    after = models.CharField(max_length=10, choices=State.choices)
    by = _person(null=True)  # none: the machine, by the clock
    as_who = models.CharField(max_length=12)
    at = models.DateTimeField()
    starts_at = models.DateTimeField(null=True)  # the period as it stood after this
    ends_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)  # number of the version that stood
    ground = models.CharField(max_length=20, choices=Ground.choices, blank=True)
    text = models.CharField(max_length=NOTE_LENGTH, blank=True)
    facts: _Facts = models.JSONField(default=dict)

    class Meta:
        """In the order of happening."""

        ordering: ClassVar[list[str]] = ["id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["plan", "at"], name="plan_event_at")]


class Grant(models.Model):
    """A period that an approver granted: the first with the approval, each further one with a renewal. Added, never changed."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="grants")
    number = models.PositiveSmallIntegerField()  # 0: the approval; then the renewals
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    by = _person()
    at = models.DateTimeField()
    involvement = models.CharField(max_length=NOTE_LENGTH, blank=True)  # the approver's own part in the investigation, if any
    higher = models.CharField(max_length=NOTE_LENGTH, blank=True)  # over twelve months in sum: the higher approval, who and when

    class Meta:
        """In order; no number twice."""

        ordering: ClassVar[list[str]] = ["plan", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["plan", "number"], name="grant_once")]


class Notice(models.Model):
    """Prior notice to the NPA. Added, never changed."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="notices")
    reference = models.CharField(max_length=100)
    given_at = models.DateTimeField()  # when the NPA was told
    by = _person()
    at = models.DateTimeField()


class Review(models.Model):
    """A look at a running operation that is due at a time set at the grant. Done once."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="reviews")
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    by = _person(null=True)
    text = models.TextField(max_length=TEXT_LENGTH, blank=True)
    dropped_at = models.DateTimeField(null=True)  # not due any longer: the operation is over, or a new period has its own

    class Meta:
        """The next one first."""

        ordering: ClassVar[list[str]] = ["due_at"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["done_at", "dropped_at", "due_at"], name="review_due")]


class Asked(models.Model):
    """Something that waits for the approver's decision once."""

    class Answer(models.TextChoices):
        """What became of it."""

        WAITING = "waiting"
        GRANTED = "granted"
        REFUSED = "refused"
        LAPSED = "lapsed"  # the period ended before anybody decided

    by = _person()
    at = models.DateTimeField()
    answer = models.CharField(max_length=8, choices=Answer.choices, default=Answer.WAITING)
    answered_by = _person(null=True)
    answered_at = models.DateTimeField(null=True)
    answer_text = models.CharField(max_length=NOTE_LENGTH, blank=True)

    class Meta:
        """No table of its own."""

        abstract = True


class Renewal(Asked):
    """A further period: what came of it so far, why it is still needed, until when."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="renewals")
    until = models.DateTimeField()
    results = models.TextField(max_length=TEXT_LENGTH)
    counted: _Facts = models.JSONField(default=dict)  # contacts and stages so far, as the registers count them
    need = models.TextField(max_length=TEXT_LENGTH)

    class Meta:
        """One waits at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan"], condition=models.Q(answer="waiting"), name="renewal_waiting_once")
        ]


class Amendment(Asked):
    """Anything wider than the plan: another offence, person, account, officer, or more documents. Never a longer period: that is a renewal."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="amendments")
    adds: _Facts = models.JSONField(default=dict)  # {"offences": [...], "targets": [...], "accounts": [...], "operators": [...], "documents": 2}
    why = models.TextField(max_length=TEXT_LENGTH)

    class Meta:
        """One waits at a time."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan"], condition=models.Q(answer="waiting"), name="amendment_waiting_once")
        ]


class Unrelated(Asked):
    """Material that has nothing to do with the offences: listed, and destroyed only by decision of the approver (granted: destroyed)."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="unrelated")
    what = models.CharField(max_length=200)  # a key: "capture:12", "log:40"
    why = models.CharField(max_length=NOTE_LENGTH)


class ErrorRecord(models.Model):
    """Something that was done outside its authority or its rules, as what it is. Added, never changed; what follows are ErrorSteps."""

    kind = models.CharField(max_length=30, choices=ErrorKind.choices)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="errors")
    plan = models.ForeignKey(Plan, null=True, on_delete=models.PROTECT, related_name="errors")
    subject = models.CharField(max_length=120)  # what it is about: "log:12", "plan:3"
    happened_at = models.DateTimeField()
    found_at = models.DateTimeField()
    by = _person(null=True)  # who reported it; none: the machine
    text = models.CharField(max_length=NOTE_LENGTH, blank=True)
    facts: _Facts = models.JSONField(default=dict)

    class Meta:
        """Latest first."""

        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["case", "-id"], name="error_case"),
            models.Index(fields=["kind", "-id"], name="error_kind"),
        ]


class ErrorStep(models.Model):
    """What became of an error: answered (cause, effect, notification, remedy), closed by the coordinator, seen by an inspector. Only added to."""

    class What(models.TextChoices):
        """Which step."""

        ANSWERED = "answered"
        CLOSED = "closed"
        SEEN = "seen"

    error = models.ForeignKey(ErrorRecord, on_delete=models.PROTECT, related_name="steps")
    what = models.CharField(max_length=10, choices=What.choices)
    cause = models.CharField(max_length=NOTE_LENGTH, blank=True)
    effect = models.CharField(max_length=NOTE_LENGTH, blank=True)
    notified = models.CharField(max_length=NOTE_LENGTH, blank=True)
    remedy = models.CharField(max_length=NOTE_LENGTH, blank=True)
    by = _person()
    at = models.DateTimeField()

    class Meta:
        """In the order of happening."""

        ordering: ClassVar[list[str]] = ["id"]
