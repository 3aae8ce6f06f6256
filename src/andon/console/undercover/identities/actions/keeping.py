"""What a custodian does alone: take a document in, put it in its place, report one lost or found again."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.staff.rights import Right
from andon.console.undercover.authority.codes import ErrorKind
from andon.console.undercover.authority.errors import About, record_error
from andon.console.undercover.identities.actions.common import GRANTED, Move, document_of, keep, kept, move, said, state_at
from andon.console.undercover.identities.codes import Kind, Moved, State
from andon.console.undercover.identities.models import NAME_LENGTH, SERIAL_LENGTH, Document, Identity, Movement, Place
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.undercover.authority.models import Plan

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Paper:
    """A document, as it came."""

    kind: str
    serial: str
    image_sha256: str  # of its image; the image itself does not come here
    issued_by: str
    brought_by: str  # who handed it over to the custodian
    note: str = ""


@verb("identities.received", Right.IDENTITY_KEEP)
def receive(actor: Actor, identity_id: int, given: Paper, *, now: datetime | None = None) -> Done[Document]:
    """Take a document of an identity in; it belongs to the identity's plan and to no other.

    Raises Refused before the approval (U4), beyond the number that the plan in force allows (U6, D1: lost and destroyed ones count), and for what is
    not whole; Conflict for an identity of an unknown case and for a serial that is in the register.
    """
    now = now or timezone.now()
    identity = Identity.objects.filter(pk=identity_id).first()
    if identity is None:
        raise Conflict(reason="identity_unknown", name=f"identity:{identity_id}")
    plan = kept(actor, identity.plan_id, now=now)
    if state_at(plan, now) not in GRANTED:
        raise Refused(reason="identity_before_approval", name=f"plan:{plan.pk}")
    number = plan.documents.count() + 1
    if number > plan.documents_planned:
        raise Refused(reason="document_planned", name=f"plan:{plan.pk}")
    made = _made(actor, plan, identity, _whole(given), number, now)
    keep(made, Move(Moved.RECEIVED, other=given.brought_by.strip(), note=given.note), by=actor.person, now=now)
    facts = {"document": made.pk, "number": number, "planned": plan.documents_planned, "kind": made.kind, "image_sha256": made.image_sha256}
    return Done(made, f"plan:{plan.pk}", facts)


def _whole(given: Paper) -> Paper:
    if given.kind not in Kind.values or not _SHA256.fullmatch(given.image_sha256):
        raise Refused(reason="document_whole")
    for text in (given.serial, given.issued_by, given.brought_by):
        said(text, "document_whole")
    return given


def _made(actor: Actor, plan: Plan, identity: Identity, given: Paper, number: int, now: datetime) -> Document:
    serial = given.serial.strip()[:SERIAL_LENGTH]
    key = serial_key(serial)
    if Document.objects.filter(kind=given.kind, serial_key=key).exists():
        raise Conflict(reason="document_there")
    return Document.objects.create(
        plan=plan, identity=identity, number=number, kind=given.kind, serial=serial, serial_key=key, image_sha256=given.image_sha256,
        issued_by=given.issued_by.strip()[:NAME_LENGTH], by=actor.person, at=now, state=State.RECEIVED, moved_at=now,
    )  # fmt: skip


def serial_key(serial: str) -> str:
    """A serial number however it was typed: width, case, spaces and dashes."""
    return re.sub(r"[\s\-‐‑–—ー−.]", "", unicodedata.normalize("NFKC", serial)).upper()[:SERIAL_LENGTH]


@verb("identities.stored", Right.IDENTITY_KEEP)
def store(actor: Actor, document_id: int, place_id: int, *, now: datetime | None = None) -> Done[Movement]:
    """Put a document in a place of the custodian's unit. Raises Conflict for a place of another."""
    now = now or timezone.now()
    document = document_of(actor, document_id, now=now)
    kept(actor, document.plan_id, now=now)
    place = Place.objects.filter(pk=place_id, unit=actor.person.unit_id).first()
    if place is None:
        raise Conflict(reason="place_unknown")
    made = move(actor, document_id, Move(Moved.STORED, place=place), now=now)
    return Done(made, f"document:{document_id}", {"movement": made.pk, "plan": document.plan_id, "place": place_id})


@verb("identities.lost", Right.IDENTITY_KEEP)
def lose(actor: Actor, document_id: int, *, noticed_by: str, text: str, now: datetime | None = None) -> Done[Movement]:
    """Report a document lost. It stands in the errors register from now on, also when it turns up."""
    now = now or timezone.now()
    document = document_of(actor, document_id, now=now)
    plan = kept(actor, document.plan_id, now=now)
    how = Move(Moved.LOST, other=said(noticed_by, "document_other", NAME_LENGTH), note=said(text, "document_text"))
    made = move(actor, document_id, how, now=now)
    document.slips.filter(ended_at=None).update(ended_at=now, ended_by=actor.person, is_confirmed=False)
    about = About(plan.case_id, plan.pk, now, now, actor.person, text)
    error = record_error(ErrorKind.DOCUMENT_LOST, f"document:{document_id}", about, {"document": document_id, "movement": made.pk})
    return Done(made, f"document:{document_id}", {"movement": made.pk, "plan": plan.pk, "error": error.pk})


@verb("identities.found", Right.IDENTITY_KEEP)
def find(actor: Actor, document_id: int, *, found_by: str, text: str, now: datetime | None = None) -> Done[Movement]:
    """A lost document is back with the custodian. Its loss stays in the errors register."""
    now = now or timezone.now()
    document = document_of(actor, document_id, now=now)
    kept(actor, document.plan_id, now=now)
    how = Move(Moved.FOUND, other=said(found_by, "document_other", NAME_LENGTH), note=said(text, "document_text"))
    made = move(actor, document_id, how, now=now)
    return Done(made, f"document:{document_id}", {"movement": made.pk, "plan": document.plan_id})
