"""Draws of cases, and editions of the yearly table. Every table here is only added to."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

TEXT_LENGTH = 1000
_Codes = models.JSONField[list[str], list[str]]
_Content = models.JSONField[dict[str, Any], dict[str, Any]]


def _person() -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")


class Draw(models.Model):
    """Cases drawn by chance from all that could be drawn then. With seed and population anybody draws the same again (`drawing.drawn`)."""

    by = _person()
    at = models.DateTimeField()
    ground = models.CharField(max_length=TEXT_LENGTH)
    until_at = models.DateTimeField()
    seed = models.CharField(max_length=32)  # by the machine: nobody chooses whom it falls on
    size = models.PositiveSmallIntegerField()
    population: _Codes = models.JSONField(default=list)  # codes of cases, in order
    drawn: _Codes = models.JSONField(default=list)
    left_out = models.PositiveIntegerField(default=0)  # in which the inspector had a part, or which he reads already

    class Meta:
        """In the order of drawing."""

        ordering: ClassVar[list[str]] = ["id"]


class Edition(models.Model):
    """The yearly table as somebody prepared it for the public: frozen with its first letter. What is wrong in it is put right by another edition."""

    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()  # within the year
    content: _Content = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)  # of the content
    csv_sha256 = models.CharField(max_length=64)  # files as they were kept (`measures.common.files`)
    pdf_sha256 = models.CharField(max_length=64)
    changes = models.CharField(max_length=TEXT_LENGTH, blank=True)  # what a later edition puts right, and why
    by = _person()
    at = models.DateTimeField()

    class Meta:
        """The last year first; no number twice."""

        ordering: ClassVar[list[str]] = ["-year", "-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["year", "number"], name="edition_once")]

    def __str__(self) -> str:
        return f"{self.year}/{self.number}"


class Answer(models.Model):
    """That somebody else released an edition, or did not. Once."""

    class What(models.TextChoices):
        """Which."""

        RELEASED = "released"
        DROPPED = "dropped"

    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="answer")
    what = models.CharField(max_length=10, choices=What.choices)
    text = models.CharField(max_length=TEXT_LENGTH, blank=True)
    by = _person()
    at = models.DateTimeField()
