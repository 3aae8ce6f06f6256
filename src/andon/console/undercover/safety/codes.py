"""The closed lists of this app. Their names are said by `wording` (safety.*)."""

from __future__ import annotations

from django.db import models


class Risk(models.TextChoices):
    """What an officer is told of before consenting: every one of these."""

    VIOLENCE = "violence"  # at the meeting, or on the way
    EXPOSURE = "exposure"  # being noticed, and what follows
    REVENGE = "revenge"  # afterwards, also against the family
    CRIME = "crime"  # being pressed to take part
    DEVICES = "devices"  # being traced by telephone or account
    STRAIN = "strain"  # on the mind, and where to turn
    WITHDRAWAL = "withdrawal"  # that consent can be withdrawn at any time, without harm


class What(models.TextChoices):
    """Of consent."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"


class Origin(models.TextChoices):
    """Why a welfare check is due."""

    MEETING = "meeting"
    CONTACT = "contact"
    HAND = "hand"


class CheckStep(models.TextChoices):
    """What became of a welfare check."""

    MISSED = "missed"
    ANSWERED = "answered"  # the officer is well
    REACHED = "reached"  # somebody else reached the officer
    DROPPED = "dropped"  # not due any longer: the meeting was cancelled, the plan is over


class AlarmStep(models.TextChoices):
    """What became of a call for help."""

    PRESSED = "pressed"
    PRESSED_AGAIN = "pressed_again"
    TAKEN = "taken"  # somebody of the chain sees to it
    REMINDED = "reminded"  # nobody had taken it
    RESOLVED = "resolved"


class Resolution(models.TextChoices):
    """How a call for help ended, as the coordinator records it. None of them undoes the stop."""

    SAFE = "safe"
    HURT = "hurt"
    FALSE_ALARM = "false_alarm"


class Post(models.TextChoices):
    """As what somebody stands in the chain."""

    COORDINATOR = "coordinator"
    DEPUTY = "deputy"
    SUPPORT = "support"  # the officers nearby
    DUTY = "duty"  # the office on duty
    OFFICER = "officer"  # another operation officer, by code
