"""How many campaigns there are for each value of a filter: one grouped question, kept for some seconds."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.core.cache import cache
from django.db.models import Count

from andon.console.intake.models import LEVEL_RANK, Campaign
from andon.console.review.queries.filters import STATES, QueueFilter

if TYPE_CHECKING:
    from andon.console.staff.models import Person

_SHORTEST, _LONGEST = 2.0, 10.0  # seconds that an answer is kept
_SHARE = 100  # and this many times what it took: 40 ms at 50,000 campaigns by an index, ten times that with days or contacts, where no index holds it
_NAMES = {rank: name for name, rank in LEVEL_RANK.items()}
Cell = tuple[str, str, str, str, int]  # state, level, kind, source, campaigns


@dataclass(frozen=True, slots=True)
class Counts:
    """Campaigns by value, for each field that has counts: as many as that value would bring with all else of the filter as it is."""

    state: dict[str, int]
    level: dict[str, int]
    kind: dict[str, int]
    source: dict[str, int]

    def of(self, name: str) -> dict[str, int]:
        """The counts of one field."""
        counts: dict[str, int] = getattr(self, name)
        return counts


def counts(wanted: QueueFilter, person: Person) -> Counts:
    """The counts beside the values of a filter, the most common first."""
    cells = _cells(wanted, person)
    by_field: dict[str, dict[str, int]] = {}
    for at, name in enumerate(QueueFilter.NAMED):
        others = [(k, value) for k, other in enumerate(QueueFilter.NAMED) if other != name and (value := _value(wanted, other))]
        found: dict[str, int] = {}
        for cell in cells:
            if all(cell[k] == value for k, value in others):
                key = str(cell[at])
                found[key] = found.get(key, 0) + cell[4]
        by_field[name] = dict(sorted(found.items(), key=lambda item: -item[1]))
    by_field["state"] = {state: by_field["state"].get(state, 0) for state in STATES} | {"any": sum(by_field["state"].values())}
    by_field["level"] = {level: by_field["level"].get(level, 0) for level in LEVEL_RANK}
    return Counts(**by_field)


def _value(wanted: QueueFilter, name: str) -> str:
    value: str = getattr(wanted, name)
    return "" if name == "state" and value == "any" else value


def _cells(wanted: QueueFilter, person: Person) -> list[Cell]:
    """Campaigns by state, level, kind and source together: some hundreds of cells, from which the counts of every field follow."""
    rest = wanted.address(**dict.fromkeys(QueueFilter.NAMED, ""))
    key = "review:cells:" + hashlib.sha256(f"{rest} {person.pk if wanted.mine else ''}".encode()).hexdigest()

    kept = cast("list[Cell] | None", cache.get(key))
    if kept is not None:
        return kept
    begun = time.perf_counter()
    rows = wanted.rows(person, leave_out=QueueFilter.NAMED).order_by().values_list("state", "level", "kind", "source").annotate(Count("pk"))
    cells = [(state, _NAMES.get(level, ""), kind, source, count) for state, level, kind, source, count in rows if state != Campaign.State.MERGED]
    cache.set(key, cells, min(_LONGEST, max(_SHORTEST, _SHARE * (time.perf_counter() - begun))))
    return cells
