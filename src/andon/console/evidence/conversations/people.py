"""Who takes part where, over all exhibits of a case: people by conversation, and handles that are equal. A link, never an identification."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from andon.console.evidence.conversations import visible
from andon.console.evidence.conversations.models import Participant, ParticipantHandle

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from andon.console.casework.models import Case

PER_PAGE = 50
WORDS_LENGTH = 100
_NAMES = ("also_named", "name")  # what people are called is no handle: equal names say nothing


@dataclass(slots=True)
class Shared:
    """A handle that stands in conversations of the case, with everybody who carries it."""

    type: str
    value: str
    carriers: list[Participant] = field(default_factory=list)
    exhibits: int = 0

    @property
    def messages(self) -> int:
        """Of all of them."""
        return sum(one.messages for one in self.carriers)

    @property
    def first_at(self) -> datetime | None:
        """The first known time."""
        return min((one.first_at for one in self.carriers if one.first_at), default=None)

    @property
    def last_at(self) -> datetime | None:
        """The last."""
        return max((one.last_at for one in self.carriers if one.last_at), default=None)


def handles(case: Case, words: str = "", *, several: bool = False) -> QuerySet[ParticipantHandle]:
    """The handles of the case's latest readings, those in most exhibits first, as groups (type, value, exhibits, carriers)."""
    found = ParticipantHandle.objects.filter(participant__conversation__in=visible.current(case)).exclude(type__in=_NAMES)
    if words:
        named = Q(value__icontains=words) | Q(participant__name__icontains=words)
        found = found.filter(named)
    groups = found.values("type", "value").annotate(
        exhibits=Count("participant__conversation__reading__exhibit", distinct=True), carriers=Count("participant", distinct=True)
    )
    if several:
        groups = groups.filter(exhibits__gt=1)
    return groups.order_by("-exhibits", "-carriers", "type", "value")  # type: ignore[return-value]  # rows of values


def filled(case: Case, groups: list[dict[str, object]]) -> list[Shared]:
    """The carriers of the groups of one page."""
    wanted = dict[tuple[str, str], Shared]()
    for one in groups:
        kind, value = str(one["type"]), str(one["value"])
        wanted[kind, value] = Shared(kind, value, exhibits=int(str(one["exhibits"])))
    which = Q(pk__in=())
    by_type: dict[str, list[str]] = defaultdict(list)
    for kind, value in wanted:
        by_type[kind].append(value)
    for kind, values in by_type.items():
        which |= Q(type=kind, value__in=values)
    rows = ParticipantHandle.objects.filter(which, participant__conversation__in=visible.current(case))
    for row in rows.select_related("participant__conversation__reading__exhibit").order_by("participant__conversation__reading__exhibit__code", "pk"):
        shared = wanted.get((row.type, row.value))
        if shared is not None and all(one.pk != row.participant_id for one in shared.carriers):
            shared.carriers.append(row.participant)
    return list(wanted.values())


def talkers(case: Case, words: str = "") -> QuerySet[Participant]:
    """Everybody in the case's latest readings, who said most first."""
    found = Participant.objects.filter(conversation__in=visible.current(case))
    if words:
        found = found.filter(Q(name__icontains=words) | Q(handles__value__icontains=words)).distinct()
    return found.select_related("conversation__reading__exhibit").prefetch_related("handles").order_by("-messages", "pk")
