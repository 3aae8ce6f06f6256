"""Verbs: an exhibit is to be verified, and what came of it. The custody log says that somebody did, and how many findings there were."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone

from andon.console.casework.visible import sees
from andon.console.evidence.exhibits import mirror
from andon.console.evidence.exhibits.actions.common import taken
from andon.console.evidence.exhibits.models import Check, Exhibit, Work
from andon.console.evidence.exhibits.people import hidden_in, written
from andon.console.evidence.exhibits.store import store
from andon.console.gate import Actor, Done, Via, unattended, verb
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused
from andon.evidence.custody import acts

if TYPE_CHECKING:
    from andon.evidence.custody.verify import Verified

MOST_FINDINGS = 1_000  # kept of one check; the count in the custody log is of all


@verb("exhibits.check_ordered", Right.CASE_READ)
def order_check(actor: Actor, exhibit_id: int) -> Done[Check]:
    """Have an exhibit verified: anybody of the case may, but operation officers (their names stand in no log, A19). One check at a time."""
    exhibit = Exhibit.objects.select_for_update(of=("self",)).select_related("case").filter(pk=exhibit_id).first()
    if exhibit is None or not sees(actor.person, exhibit.case_id):
        raise Conflict(reason="exhibit_unknown", name=f"exhibit:{exhibit_id}")
    if hidden_in(actor.person, exhibit.case):
        raise Refused(reason="exhibit_keeping", name=f"exhibit:{exhibit_id}")
    known = Check.objects.filter(exhibit=taken(exhibit), ended_at=None).first()
    check = known or Check.objects.create(exhibit=exhibit, by=actor.person)
    return Done(check, f"exhibit:{exhibit_id}", {"case": exhibit.case_id, "check": check.pk, "new": known is None})


@unattended("exhibits.check_begun", Via.WORKER)
def begin_check(check_id: int) -> Done[Check]:
    """The verifying begins, or begins anew."""
    check = _locked(check_id)
    check.state = Work.RUNNING
    check.save(update_fields=["state"])
    return Done(check, f"exhibit:{check.exhibit_id}", {"check": check_id})


@unattended("exhibits.checked", Via.WORKER)
def end_check(check_id: int, found: Verified) -> Done[Check]:
    """What came of it, told in the custody log too. A log that was tampered with takes no line: the check says so alone."""
    check, box = _locked(check_id), store()
    findings = [{"code": one.code, "where": one.where, "facts": {key: str(value) for key, value in one.facts.items()}} for one in found.findings]
    if not any(one.code.startswith("log_") for one in found.findings):
        anchor = acts.checked(box, by=written(check.by), findings=len(findings), exhibit=check.exhibit.code)
        check.line = mirror.line_at(box, anchor).number
    check.state, check.ended_at, check.files, check.size_bytes = Work.DONE, timezone.now(), found.files, found.size
    check.lines, check.findings = found.lines, findings[:MOST_FINDINGS]
    check.save()
    codes = sorted({one.code for one in found.findings})
    facts = {"case": check.exhibit.case_id, "check": check_id, "by": check.by_id, "findings": len(findings), "codes": codes, "line": check.line}
    return Done(check, f"exhibit:{check.exhibit_id}", facts)


@unattended("exhibits.check_failed", Via.WORKER)
def fail_check(check_id: int, problem: dict[str, Any]) -> Done[Check]:
    """It could not be verified to the end."""
    check = _locked(check_id)
    if check.ended_at is None:
        check.state, check.ended_at, check.problem = Work.FAILED, timezone.now(), problem
        check.save(update_fields=["state", "ended_at", "problem"])
    return Done(check, f"exhibit:{check.exhibit_id}", {"check": check_id, "problem": problem.get("code", ""), "reason": problem.get("reason", "")})


def _locked(check_id: int) -> Check:
    return Check.objects.select_for_update(of=("self",)).select_related("exhibit", "by__unit").get(pk=check_id)
