"""What waits for whom: of every kind of measure, of what goes out, of breakers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from andon.console.intake.models import Campaign
from andon.console.measures.board.models import Batch
from andon.console.measures.board.said import say_limit
from andon.console.measures.common.channels import COPY
from andon.console.measures.common.kinds import KINDS, Waiting
from andon.console.measures.common.models import Limit, Outgoing
from andon.console.review.models import Decision
from andon.console.review.queries.covering import STANDS
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from andon.console.staff.models import Person
    from andon.wording.say import Language

_State = Outgoing.State
# Kinds of measures list these themselves; a digest waits for nobody.
_TOLD_ALREADY = Q(kind="removal", state=_State.WAITING) | Q(kind="warning", state=_State.UNSURE) | Q(kind="digest")
_ASKS = (_State.UNSURE, _State.FAILED, _State.BOUNCED, _State.DRY)


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one sort: `code` names it ("waiting.<code>"), `overdue` of them are late."""

    code: str
    lines: list[Waiting]
    overdue: int
    total: int


def waiting_for(person: Person, language: Language) -> list[Group]:
    """Everything that waits for a person, sorts with something overdue first, then by what is due first."""
    lines = [line for kind in KINDS for line in kind.waiting(person)]
    lines += _outgoing(person) + _breakers(person, language)
    by_code: dict[str, list[Waiting]] = {}
    for line in sorted(lines, key=_order):
        by_code.setdefault(line.code, []).append(line)
    groups = [
        Group(code, some, sum(line.count for line in some if line.overdue), sum(line.count for line in some)) for code, some in by_code.items()
    ]
    return sorted(groups, key=lambda group: (not group.overdue, _order(group.lines[0])))


def _order(line: Waiting) -> tuple[bool, float]:
    return (not line.overdue, line.due_at.timestamp() if line.due_at else float("inf"))


def _outgoing(person: Person) -> list[Waiting]:
    """What went wrong or wants a hand: of what this person approved, and for who sets the rules of everybody."""
    if not person.may(Right.MEASURE_SEND):
        return []
    by_hand = Q(state=_State.WAITING, channel=COPY, not_before__lte=timezone.now())
    mine = Outgoing.objects.filter(Q(state__in=_ASKS) | by_hand, unit=person.unit_id).exclude(_TOLD_ALREADY)
    if not person.may(Right.MEASURE_RULES):
        mine = mine.filter(by=person.pk)
    counts = mine.values("state").annotate(n=Count("pk"), first=Min("approved_at")).order_by()
    address = reverse("board:outbox")
    return [Waiting(f"outgoing_{row['state']}", "", f"{address}?state={row['state']}", row["first"], count=row["n"]) for row in counts]


def _breakers(person: Person, language: Language) -> list[Waiting]:
    if not person.may(Right.MEASURE_RULES):
        return []
    tripped = Limit.objects.filter(tripped_at__isnull=False)
    return [Waiting("breaker", say_limit(limit.name, language), reverse("board:limits"), limit.tripped_at) for limit in tripped]


def by_person(unit_id: int) -> list[dict[str, object]]:
    """Who of a unit has how many of what goes out in which state: for who looks after a team."""
    rows = Outgoing.objects.filter(state__in=TEAM_STATES, unit=unit_id).exclude(kind="digest")
    people: dict[str, dict[str, int]] = {}
    for row in rows.values("by__name", "state").annotate(n=Count("pk")).order_by("by__name"):
        people.setdefault(row["by__name"], {})[row["state"]] = row["n"]
    return [{"name": name, "states": [(state, states.get(state, 0)) for state in TEAM_STATES]} for name, states in people.items()]


TEAM_STATES = (_State.WAITING, _State.UNSURE, _State.FAILED, _State.BOUNCED, _State.DRY)


def without_measures(limit: int) -> tuple[list[Campaign], int]:
    """Campaigns that people decided to be recruitment and that no batch was made for: the most pressing of them, and how many there are."""
    batched = Batch.campaigns.through.objects.filter(campaign=OuterRef("pk"))
    found = Campaign.objects.filter(state=Campaign.State.RECRUITMENT).exclude(Exists(batched))
    return list(found.defer("template", "days").order_by("-priority", "pk")[:limit]), found.count()


def just_decided(person: Person, since: datetime, limit: int) -> list[int]:
    """Campaigns that this person decided to be recruitment since then, which still are, and that no batch was made for."""
    mine = Decision.objects.filter(STANDS, campaign=OuterRef("pk"), by=person.pk, verdict=Decision.Verdict.RECRUITMENT, at__gte=since)
    batched = Batch.campaigns.through.objects.filter(campaign=OuterRef("pk"))
    found = Campaign.objects.filter(Exists(mine), state=Campaign.State.RECRUITMENT, settled_at__gte=since).exclude(Exists(batched))
    return list(found.order_by("-priority", "pk").values_list("pk", flat=True)[:limit])


def batches_of(person: Person, limit: int) -> Iterable[Batch]:
    """A person's last batches."""
    return Batch.objects.filter(by=person.pk).annotate(campaign_count=Count("campaigns"))[:limit]
