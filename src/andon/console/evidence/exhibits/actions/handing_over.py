"""Verbs: a package for hand-over is to be made, and what came of it; it was fetched."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from andon.console.casework.visible import sees
from andon.console.evidence.exhibits import mirror
from andon.console.evidence.exhibits.actions.common import as_one_of, said
from andon.console.evidence.exhibits.models import NAME_LENGTH, Exhibit, Package, Work
from andon.console.evidence.exhibits.people import KEEPING
from andon.console.evidence.exhibits.store import store
from andon.console.gate import Actor, Done, Via, unattended, verb
from andon.console.staff.rights import Right
from andon.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andon.console.casework.models import Case

MOST_EXHIBITS = 200  # of one package


@dataclass(frozen=True, slots=True)
class Packed:
    """A package as it lies there: hash of the bag's own list, hash and size of the file that is fetched, last line of the log."""

    bag_sha256: str
    sha256: str
    size: int
    line: int


@verb("exhibits.package_ordered", Right.EVIDENCE_KEEP)
def order_package(actor: Actor, case: Case, exhibits: Sequence[int], *, to: str, only_disclosable: bool, language: str) -> Done[Package]:
    """Have a package of exhibits of one case made for a named receiver. The case may be closed by now: its evidence goes on to the prosecutor."""
    if not sees(actor.person, case.pk):
        raise Refused(reason="case_unknown", name=f"case:{case.pk}")
    as_one_of(actor, case, KEEPING, "exhibit_keeping")
    chosen = Exhibit.objects.filter(case=case, state=Exhibit.State.TAKEN, pk__in=set(exhibits)).order_by("pk")
    codes = list(chosen.values_list("code", flat=True))
    if not 0 < len(codes) <= MOST_EXHIBITS or len(codes) != len(set(exhibits)):
        raise Refused(reason="exhibit_package", most=MOST_EXHIBITS)
    package = Package.objects.create(
        case=case, token=secrets.token_hex(8), exhibits=codes, receiver=said(to, "exhibit_to", NAME_LENGTH), only_disclosable=only_disclosable,
        language=language, by=actor.person,
    )  # fmt: skip
    facts = {"exhibits": codes, "only_disclosable": only_disclosable, "package": package.pk}
    return Done(package, f"case:{case.pk}", facts)


@verb("exhibits.package_begun", Right.EVIDENCE_KEEP)
def begin_package(actor: Actor, package_id: int) -> Done[Package]:
    """The making begins, or begins anew. Raises Refused when who ordered it may no longer keep exhibits of the case."""
    package = _locked(package_id)
    as_one_of(actor, package.case, KEEPING, "exhibit_keeping")
    package.state = Work.RUNNING
    package.save(update_fields=["state"])
    return Done(package, f"case:{package.case_id}", {"package": package_id})


@unattended("exhibits.handed_over", Via.WORKER)
def end_package(package_id: int, packed: Packed) -> Done[Package]:
    """It lies there, and the custody log says to whom it goes."""
    package = _locked(package_id)
    mirror.follow(store())
    package.state, package.ended_at, package.line = Work.DONE, timezone.now(), packed.line
    package.bag_sha256, package.sha256, package.size_bytes = packed.bag_sha256, packed.sha256, packed.size
    package.save()
    facts = {"package": package_id, "exhibits": package.exhibits, "by": package.by_id}
    return Done(package, f"case:{package.case_id}", facts | {"sha256": packed.sha256, "bytes": packed.size, "line": packed.line})


@unattended("exhibits.package_failed", Via.WORKER)
def fail_package(package_id: int, problem: dict[str, Any]) -> Done[Package]:
    """It could not be made."""
    package = _locked(package_id)
    if package.ended_at is None:
        package.state, package.ended_at, package.problem = Work.FAILED, timezone.now(), problem
        package.save(update_fields=["state", "ended_at", "problem"])
    return Done(package, f"case:{package.case_id}", {"package": package_id, "problem": problem.get("code", ""), "reason": problem.get("reason", "")})


def _locked(package_id: int) -> Package:
    return Package.objects.select_for_update(of=("self",)).select_related("case", "by__unit").get(pk=package_id)
