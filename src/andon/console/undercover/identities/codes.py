"""The closed lists of this app. Their names are said by `wording` (identities.*)."""

from __future__ import annotations

from django.db import models


class Kind(models.TextChoices):
    """What sort of paper."""

    LICENCE = "licence"
    MY_NUMBER = "my_number"
    RESIDENT = "resident"
    STUDENT = "student"
    INSURANCE = "insurance"
    OTHER = "other"


class Face(models.TextChoices):
    """Who made the face on it: by technique, never a living person's (U13). andon makes none."""

    POLICE = "police"
    CONTRACTOR = "contractor"
    NONE = "none"  # a paper without a picture


class Looked(models.TextChoices):
    """What the look into the list of dwellings gave. None of them says that an address does not exist."""

    NOT_CHECKED = "not_checked"  # this installation has no list
    UNREADABLE = "unreadable"  # the address has no number that could be compared
    NOT_LISTED = "not_listed"
    LISTED = "listed"  # somebody may live there


class State(models.TextChoices):
    """Where a document is."""

    RECEIVED = "received"  # with the custodian, not yet in its place
    STORED = "stored"
    OUT = "out"
    RETURNED = "returned"
    LOST = "lost"
    DESTROYED = "destroyed"


class Moved(models.TextChoices):
    """What happened to a document."""

    RECEIVED = "received"
    STORED = "stored"
    HANDED_OUT = "handed_out"
    RETURNED = "returned"
    LOST = "lost"
    FOUND = "found"
    DESTROYED = "destroyed"


class Step(models.TextChoices):
    """What one person begins and another ends."""

    HAND_OUT = "hand_out"
    RETURN = "return"
    RECONCILE = "reconcile"  # of all documents of a plan
    DESTROY = "destroy"


class Form(models.TextChoices):
    """How a document was shown. Only the first is ever permitted (U10, D3)."""

    DATA = "data"
    SIGHT = "sight"  # the original was shown
    ORIGINAL = "original"  # the original left our hands


class Wrong(models.TextChoices):
    """In what a showing was not permitted."""

    ORIGINAL = "original"
    NO_REQUEST = "no_request"
    OTHER_PERSON = "other_person"
    NOT_OUT = "not_out"  # the document was not handed out at that time
    OUTSIDE = "outside"  # no authority: the contact itself stands in the errors register


# What follows a step, and what a document must be for it.
AFTER = {
    Moved.RECEIVED.value: State.RECEIVED.value, Moved.STORED.value: State.STORED.value, Moved.HANDED_OUT.value: State.OUT.value,
    Moved.RETURNED.value: State.RETURNED.value, Moved.LOST.value: State.LOST.value, Moved.FOUND.value: State.RETURNED.value,
    Moved.DESTROYED.value: State.DESTROYED.value,
}  # fmt: skip
BEFORE = {
    Moved.STORED.value: (State.RECEIVED.value, State.RETURNED.value), Moved.HANDED_OUT.value: (State.STORED.value,),
    Moved.RETURNED.value: (State.OUT.value,), Moved.LOST.value: (State.RECEIVED.value, State.STORED.value, State.OUT.value, State.RETURNED.value),
    Moved.FOUND.value: (State.LOST.value,), Moved.DESTROYED.value: (State.STORED.value,),
}  # fmt: skip
OF_STEP = {Step.HAND_OUT.value: Moved.HANDED_OUT.value, Step.RETURN.value: Moved.RETURNED.value, Step.DESTROY.value: Moved.DESTROYED.value}
BY_TWO = (Moved.HANDED_OUT.value, Moved.RETURNED.value, Moved.DESTROYED.value)  # two people of the desk
FROM_OUTSIDE = (Moved.RECEIVED.value, Moved.LOST.value, Moved.FOUND.value)  # the other name is a text: somebody who is not at the desk
