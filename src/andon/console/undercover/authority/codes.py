"""The closed lists of this app: states, verbs, offences, grounds. Their names are said by `wording` (authority.*)."""

from __future__ import annotations

from django.db import models


class State(models.TextChoices):
    """Where a plan stands. `states.TABLE` says what leads from one to another; nothing else does."""

    DRAFT = "draft"  # being written
    SUBMITTED = "submitted"  # before the approver
    APPROVED = "approved"  # granted; not yet to be carried out while notice to the NPA is demanded
    NOTIFIED = "notified"  # notice given
    ACTIVE = "active"  # being carried out: the only state in which there is authority
    SUSPENDED = "suspended"
    ENDED = "ended"  # carried out, or its period over
    CANCELLED = "cancelled"
    REFUSED = "refused"
    CLOSED = "closed"  # everything accounted for


class Verb(models.TextChoices):
    """What can be done with a plan."""

    WRITE = "write"
    SUBMIT = "submit"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    NOTIFY = "notify"
    BEGIN = "begin"
    REVIEW = "review"
    MISS_REVIEW = "miss_review"
    SUSPEND = "suspend"
    STOP = "stop"
    RESUME = "resume"
    ASK_RENEWAL = "ask_renewal"
    RENEW = "renew"
    REFUSE_RENEWAL = "refuse_renewal"
    ASK_AMENDMENT = "ask_amendment"
    AMEND = "amend"
    REFUSE_AMENDMENT = "refuse_amendment"
    END = "end"
    EXPIRE = "expire"
    CANCEL = "cancel"
    CLOSE = "close"


class Who(models.TextChoices):
    """Who may: what a person is for this plan."""

    APPLICANT = "applicant"
    COORDINATOR = "coordinator"
    APPROVER = "approver"  # the chief of the plan's prefecture, in person
    LOGGER = "logger"  # a member of the case who may log contacts: whoever sees a reason to stop, stops
    MACHINE = "machine"


class Kind(models.TextChoices):
    """What kind of operation: data, so that others (fictitious-name accounts) fit once there is a law for them."""

    IDENTITY = "identity"  # answering recruitment under a fictitious identity


class Offence(models.TextChoices):
    """The closed list (NPA circular of 2025-01-23): four, and those closely linked, which ask for a reason."""

    ROBBERY = "robbery"
    FRAUD = "fraud"
    THEFT = "theft"
    COMPUTER_FRAUD = "computer_fraud"
    HARMFUL_WORK = "harmful_work"  # Employment Security Act: harmful job brokering


LINKED_OFFENCES = frozenset({Offence.HARMFUL_WORK.value})


class Ground(models.TextChoices):
    """Why an operation is suspended, stopped or cancelled."""

    IDENTITY_NOTICED = "identity_noticed"
    SAFETY = "safety"
    NEW_VICTIM = "new_victim"
    ASKED_TO_COMMIT = "asked_to_commit"
    MINOR = "minor"
    UNINVOLVED = "uninvolved"  # contact drifts to an uninvolved person
    INDUCEMENT = "inducement"
    REVIEW_MISSED = "review_missed"
    GROUNDS_GONE = "grounds_gone"
    OTHER = "other"


STOP_GROUNDS = frozenset({
    Ground.IDENTITY_NOTICED.value, Ground.SAFETY.value, Ground.NEW_VICTIM.value, Ground.ASKED_TO_COMMIT.value, Ground.MINOR.value,
    Ground.UNINVOLVED.value, Ground.INDUCEMENT.value,
})  # fmt: skip
FINAL_GROUNDS = frozenset({Ground.IDENTITY_NOTICED.value})  # nothing lifts this stop: the operation is cancelled


class ErrorKind(models.TextChoices):
    """What stands in the errors register."""

    CONTACT_WITHOUT_AUTHORITY = "contact_without_authority"
    SHOWING_WITHOUT_REQUEST = "showing_without_request"
    SHOWN_TO_OTHER = "shown_to_other"  # to somebody who is no offender
    ORIGINAL_HANDED_OVER = "original_handed_over"
    WRONG_DISCLOSURE = "wrong_disclosure"
    LATE_RECORD = "late_record"
    DOCUMENT_LOST = "document_lost"
    REVIEW_MISSED = "review_missed"
    INDUCEMENT = "inducement"
    OTHER = "other"
