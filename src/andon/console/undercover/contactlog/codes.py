"""The closed lists of this app. Their names are said by `wording` (contactlog.*)."""

from __future__ import annotations

from django.db import models

from andon.console.undercover.authority.codes import Ground


class Channel(models.TextChoices):
    """By which way a contact was made."""

    X_DM = "x_dm"
    TELEGRAM = "telegram"
    SIGNAL = "signal"
    LINE = "line"
    OTHER_APP = "other_app"
    BOARD = "board"  # job boards and sites
    PHONE = "phone"
    SMS = "sms"
    MAIL = "mail"
    IN_PERSON = "in_person"


class Direction(models.TextChoices):
    """Who turned to whom."""

    OUT = "out"
    IN = "in"
    MET = "met"


class Tag(models.TextChoices):
    """What an outgoing message is (A17)."""

    ANSWER = "answer"
    QUESTION = "question"
    OTHER = "other"


class Stage(models.TextChoices):
    """How far an investigation came, in order."""

    ATTEMPT = "attempt"  # applied; does not count yet
    ID_DEMANDED = "id_demanded"
    ID_SHOWN = "id_shown"
    INSTRUCTIONS = "instructions"
    AT_PLACE = "at_place"  # the end: arrest or questioning, never further inside (U16)


class Result(models.TextChoices):
    """How it ended."""

    ARRESTED = "arrested"
    NOBODY_MET = "nobody_met"
    CONTACT_LOST = "contact_lost"
    CANCELLED = "cancelled"


class Form(models.TextChoices):
    """How far the offence had come."""

    COMPLETED = "completed"
    ATTEMPTED = "attempted"
    PREPARATION = "preparation"


class Judgement(models.TextChoices):
    """What the coordinator says of raised words."""

    FINE = "fine"
    INDUCEMENT = "inducement"  # a stop event (A17)
    STOP = "stop"  # incoming words: a stop rule is met


class Warned(models.TextChoices):
    """What was done for the intended victim (U15)."""

    WARNED = "warned"
    NOT_IDENTIFIED = "not_identified"  # nobody named; police posted instead


class Beyond(models.TextChoices):
    """What of a contact goes beyond the plan (A15)."""

    OWN = "own"
    OTHER = "other"
    OFFICER = "officer"


OTHER_OFFENCE = "other"  # of an arrest: none of the plan's closed list
# Asked at every stage, each with yes or no (A16).
CHECKLIST = (
    Ground.IDENTITY_NOTICED.value, Ground.SAFETY.value, Ground.NEW_VICTIM.value, Ground.ASKED_TO_COMMIT.value, Ground.MINOR.value,
    Ground.UNINVOLVED.value,
)  # fmt: skip
