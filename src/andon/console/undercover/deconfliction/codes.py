"""The closed lists of this app. Their names are said by `wording` (deconfliction.*)."""

from __future__ import annotations

from django.db import models


class Kind(models.TextChoices):
    """What is compared."""

    HANDLE = "handle"
    ACCOUNT = "account"
    PHONE = "phone"
    POST = "post"  # a recruitment post that a plan stands on
    PLACE = "place"  # an area within hours


class Service(models.TextChoices):
    """Where a handle or account is. Two spellings of one account are one value; the same name elsewhere is another."""

    X = "x"
    TELEGRAM = "telegram"
    SIGNAL = "signal"
    LINE = "line"
    INSTAGRAM = "instagram"
    DISCORD = "discord"
    WHATSAPP = "whatsapp"
    KAKAOTALK = "kakaotalk"
    MAIL = "mail"
    BANK = "bank"
    OTHER = "other"


class Role(models.TextChoices):
    """What a value is to the case that has it in the register."""

    TARGET = "target"  # whom it is about
    OWN = "own"  # an officer's cover
    CHECKED = "checked"  # was checked by hand
    MEETING = "meeting"  # a planned meeting


class Origin(models.TextChoices):
    """What stands on a side of a conflict."""

    CASE = "case"
    HOLD = "hold"
    MEASURE = "measure"


class State(models.TextChoices):
    """Where a conflict stands."""

    OPEN = "open"
    DEALT = "dealt"


class What(models.TextChoices):
    """What became of a conflict."""

    FOUND = "found"
    TALKED = "talked"  # both spoke, and both may go on
    STANDS_BACK = "stands_back"  # both spoke, and this side waits: it stays open
    DISPUTED = "disputed"  # the other side says that it was not so
    ASKED = "asked"  # to be shown what the other side has
    AGREED = "agreed"
    DECLINED = "declined"
    ORDERED = "ordered"


class How(models.TextChoices):
    """On what one side was shown what the other has."""

    AGREEMENT = "agreement"
    ORDER = "order"
