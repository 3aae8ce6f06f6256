"""Verbs of taking in: it is ordered, it begins, the store has it, it failed, it is tried again or dropped.

Order of writing: the row (what was said, with a token) → the store (copies, manifest with the token, log line) → the row (what the store has). A stop
anywhere is gone on from: a manifest with the token means that the store has it, none that it has not.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from andon.console.casework.visible import sees
from andon.console.evidence.exhibits import incoming, mirror
from andon.console.evidence.exhibits.actions.common import as_one_of, clean, kept, said
from andon.console.evidence.exhibits.models import NAME_LENGTH, TEXT_LENGTH, TITLE_LENGTH, Exhibit
from andon.console.evidence.exhibits.people import KEEPING
from andon.console.evidence.exhibits.store import store
from andon.console.gate import Actor, Done, Via, unattended, verb
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:

    from andon.console.casework.models import Case

_SHA256 = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = (Exhibit.State.WAITING, Exhibit.State.COPYING)


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of an exhibit. `is_disclosable` None: not decided. `expected_sha256` is that of the seizure record."""

    title: str
    place: str
    how: str
    number: str = ""
    device: str = ""
    from_whom: str = ""
    is_disclosable: bool | None = None
    disclosure_reason: str = ""
    expected_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be copied: the way, its name there, the token of what was sent, bytes as far as known, and names that had to be changed."""

    way: str
    name: str
    token: str = ""
    size: int = 0
    renamed: dict[str, str] | None = None


@verb("exhibits.ordered", Right.EVIDENCE_KEEP)
def order(actor: Actor, case: Case, source: Source, told: Said) -> Done[Exhibit]:
    """Something is to be taken in for an open case: by whom, from where, how.

    Raises Refused for who keeps no exhibits of the case, without place, title or how, and for a SHA-256 that is none.
    """
    if not sees(actor.person, case.pk):
        raise Refused(reason="case_unknown", name=f"case:{case.pk}")
    as_one_of(actor, case, KEEPING, "exhibit_keeping")
    if not case.is_open:
        raise Conflict(reason="case_not_open", name=f"case:{case.pk}")
    expected = re.sub(r"\s", "", told.expected_sha256).lower()
    if expected and not _SHA256.fullmatch(expected):
        raise Refused(reason="exhibit_hash_form")
    exhibit = Exhibit.objects.create(
        case=case, token=source.token or secrets.token_hex(16), way=source.way, source=source.name[:1000], number=clean(told.number, 60),
        title=said(told.title, "exhibit_title", TITLE_LENGTH), device=clean(told.device, TITLE_LENGTH),
        from_whom=clean(told.from_whom, NAME_LENGTH), place=said(told.place, "exhibit_place", NAME_LENGTH),
        how=said(told.how, "exhibit_how", TEXT_LENGTH), is_disclosable=told.is_disclosable,
        disclosure_reason=clean(told.disclosure_reason, TEXT_LENGTH), expected_sha256=expected, by=actor.person, expected_bytes=source.size,
        renamed=source.renamed or {},
    )  # fmt: skip
    return Done(exhibit, f"exhibit:{exhibit.pk}", {"case": case.pk, "way": exhibit.way, "bytes": source.size, "expected_sha256": expected})


@verb("exhibits.begun", Right.EVIDENCE_KEEP)
def begin(actor: Actor, exhibit_id: int) -> Done[Exhibit]:
    """The copying begins, or begins anew. Raises Refused when who ordered it may no longer keep exhibits of the case, Conflict when it has ended."""
    exhibit = kept(actor, exhibit_id)
    if exhibit.state not in _UNFINISHED:
        raise Conflict(reason="exhibit_ended", name=f"exhibit:{exhibit_id}")
    exhibit.state, exhibit.started_at, exhibit.problem = Exhibit.State.COPYING, timezone.now(), None
    exhibit.save(update_fields=["state", "started_at", "problem"])
    return Done(exhibit, f"exhibit:{exhibit_id}", {"case": exhibit.case_id})


@unattended("exhibits.taken", Via.WORKER)
def settle(exhibit_id: int, code: str) -> Done[Exhibit]:
    """The store has it: what its manifest says. Whoever ordered it may have left since; what is in the store is told all the same."""
    exhibit = _locked(exhibit_id)
    if exhibit.is_taken:
        return Done(exhibit, f"exhibit:{exhibit_id}", {"code": exhibit.code, "again": True})
    box = store()
    manifest = box.manifest(code)
    mirror.follow(box)
    line = mirror.taken_line(code)
    exhibit.state, exhibit.problem, exhibit.code, exhibit.taken_at = Exhibit.State.TAKEN, None, code, line.at
    exhibit.kind, exhibit.tree_sha256, exhibit.files = manifest.kind, manifest.tree_sha256, len(manifest.files)
    exhibit.size_bytes, exhibit.findings = sum(one.size for one in manifest.files), list(manifest.findings)
    exhibit.manifest_sha256 = str(line.facts.get("manifest_sha256", ""))
    exhibit.save()
    facts = {
        "case": exhibit.case_id, "code": code, "by": exhibit.by_id, "tree_sha256": exhibit.tree_sha256, "files": exhibit.files,
        "bytes": exhibit.size_bytes, "findings": len(exhibit.findings), "differs": exhibit.differs, "line": line.number,
    }  # fmt: skip
    return Done(exhibit, f"exhibit:{exhibit_id}", facts)


@unattended("exhibits.failed", Via.WORKER)
def fail(exhibit_id: int, problem: dict[str, Any]) -> Done[Exhibit]:
    """It could not be taken in: code and data of what went wrong. What was sent stays for another try."""
    exhibit = _locked(exhibit_id)
    if exhibit.state in _UNFINISHED:
        exhibit.state, exhibit.problem = Exhibit.State.FAILED, problem
        exhibit.save(update_fields=["state", "problem"])
    return Done(exhibit, f"exhibit:{exhibit_id}", {"case": exhibit.case_id, "problem": problem.get("code", ""), "reason": problem.get("reason", "")})


@verb("exhibits.retried", Right.EVIDENCE_KEEP)
def retry(actor: Actor, exhibit_id: int) -> Done[Exhibit]:
    """Have a failed one tried again."""
    exhibit = _failed(actor, exhibit_id)
    exhibit.state, exhibit.problem = Exhibit.State.WAITING, None
    exhibit.save(update_fields=["state", "problem"])
    return Done(exhibit, f"exhibit:{exhibit_id}", {"case": exhibit.case_id})


@verb("exhibits.dropped", Right.EVIDENCE_KEEP)
def drop(actor: Actor, exhibit_id: int) -> Done[Exhibit]:
    """Let a failed one rest: it was never taken in. What was sent for it goes; the row and the trail keep that it was tried."""
    exhibit = _failed(actor, exhibit_id)
    exhibit.state = Exhibit.State.DROPPED
    exhibit.save(update_fields=["state"])
    token = exhibit.token
    transaction.on_commit(lambda: incoming.discard(token))
    return Done(exhibit, f"exhibit:{exhibit_id}", {"case": exhibit.case_id})


def _failed(actor: Actor, exhibit_id: int) -> Exhibit:
    exhibit = kept(actor, exhibit_id)
    if exhibit.state != Exhibit.State.FAILED:
        raise Conflict(reason="exhibit_not_failed", name=f"exhibit:{exhibit_id}")
    return exhibit


def _locked(exhibit_id: int) -> Exhibit:
    return Exhibit.objects.select_for_update(of=("self",)).select_related("case", "by__unit").get(pk=exhibit_id)
