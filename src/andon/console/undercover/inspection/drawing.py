"""Drawing cases by chance so that the draw can be repeated: the cases whose SHA-256 of "seed:code" comes first."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from andon.console.casework.models import Case, Membership, Sample

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

_STATES = (Case.State.OPEN, Case.State.CLOSED)  # a proposal is no investigation yet


def drawn(seed: str, codes: Iterable[str], size: int) -> list[str]:
    """The cases that this seed draws, in order of their codes."""
    return sorted(sorted(set(codes), key=lambda code: (rank(seed, code), code))[:size])


def rank(seed: str, code: str) -> str:
    """Where a case stands in a draw: `printf '%s' seed:code | sha256sum`."""
    return hashlib.sha256(f"{seed}:{code}".encode()).hexdigest()


def all_cases() -> QuerySet[Case]:
    """Every investigation under a fictitious identity, whoever may know of it. For this app's registers of dates and codes, never for content."""
    return Case.objects.filter(kind=Case.Kind.UNDERCOVER, state__in=_STATES)


def may_be_drawn(inspector_id: int, now: datetime) -> QuerySet[Case]:
    """Those that this inspector can draw: not a case that he ever had a part in (A6), nor one that he reads already."""
    part = Exists(Membership.objects.filter(case=OuterRef("pk"), person=inspector_id))
    reads = Exists(Sample.objects.filter(case=OuterRef("pk"), inspector=inspector_id, ended_at=None, until_at__gt=now))
    return all_cases().exclude(Q(opened_by=inspector_id) | Q(taken_by=inspector_id)).exclude(part).exclude(reads)
