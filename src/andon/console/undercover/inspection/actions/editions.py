"""Editions of the yearly table: prepared by one named person, released by another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.measures.common import files
from andon.console.staff.rights import Right
from andon.console.undercover.inspection import publishing
from andon.console.undercover.inspection.documents import csv_of, pdf_of
from andon.console.undercover.inspection.models import TEXT_LENGTH, Answer, Edition
from andon.domain.errors import Conflict, Refused
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from datetime import datetime

_FIRST = 2025  # of the first investigations


@verb("inspection.edition_prepared", Right.INSPECT)
def prepare(actor: Actor, year: int, changes: str = "", *, now: datetime | None = None) -> Done[Edition]:
    """Freeze the table of a year that is over. A later edition says what it puts right, and has something to put right."""
    now, changes = now or timezone.now(), changes.strip()[:TEXT_LENGTH]
    if not _FIRST <= year < now.astimezone(JAPAN).year:
        raise Refused(reason="inspection_year")
    there = list(Edition.objects.select_for_update(of=("self",)).filter(year=year).select_related("answer").order_by("number"))
    if any(not hasattr(one, "answer") for one in there):
        raise Conflict(reason="inspection_waiting")
    before = next((one for one in reversed(there) if one.answer.what == Answer.What.RELEASED), None)
    if before is not None and not changes:
        raise Refused(reason="inspection_changes")
    number = len(there) + 1
    made = publishing.content(year, number, now, before=before.content if before else None, changes=changes if before else "")
    if before is not None and not made["differences"] and _words(made) == _words(before.content):
        raise Conflict(reason="inspection_same")
    edition = Edition.objects.create(
        year=year, number=number, content=made, sha256=publishing.sha256_of(made), csv_sha256=files.keep(csv_of(made)),
        pdf_sha256=files.keep(pdf_of(made)), changes=made["changes"], by=actor.person, at=now,
    )  # fmt: skip
    return Done(edition, f"edition:{edition.pk}", {"year": year, "number": number, "sha256": edition.sha256, "pdf": edition.pdf_sha256})


def _words(made: publishing.Content) -> list[object]:
    """What a reader is told besides the numbers."""
    return [made["rule"], made["suppressed"], made["denominators"], [row["label"] for row in made["rows"]]]


@verb("inspection.edition_released", Right.PLAN_APPROVE, grave=True)
def release(actor: Actor, edition_id: int, sha256: str, *, now: datetime | None = None) -> Done[Answer]:
    """Release the edition that was looked at (its SHA-256): by somebody else than who prepared it."""
    edition = _waiting(actor, edition_id)
    if edition.sha256 != sha256 or publishing.sha256_of(edition.content) != sha256:
        raise Conflict(reason="inspection_altered")
    answer = Answer.objects.create(edition=edition, what=Answer.What.RELEASED, by=actor.person, at=now or timezone.now())
    return Done(answer, f"edition:{edition_id}", {"sha256": sha256, "year": edition.year, "number": edition.number})


@verb("inspection.edition_dropped", Right.PLAN_APPROVE)
def drop(actor: Actor, edition_id: int, text: str, *, now: datetime | None = None) -> Done[Answer]:
    """Do not release it, and say why. It stays as it is, and no later edition takes its number."""
    edition, text = _waiting(actor, edition_id), text.strip()[:TEXT_LENGTH]
    if not text:
        raise Refused(reason="case_ground")
    answer = Answer.objects.create(edition=edition, what=Answer.What.DROPPED, text=text, by=actor.person, at=now or timezone.now())
    return Done(answer, f"edition:{edition_id}", {"year": edition.year, "number": edition.number})


def _waiting(actor: Actor, edition_id: int) -> Edition:
    edition = Edition.objects.select_for_update().filter(pk=edition_id).first()
    if edition is None or Answer.objects.filter(edition=edition).exists():
        raise Conflict(reason="inspection_answered")
    if edition.by_id == actor.person.pk:
        raise Refused(reason="inspection_own")
    return edition
