"""What the worker's looks found is kept, and those who want to know are told."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from andon.console.gate import Done, Via, unattended
from andon.console.intake import bulk
from andon.console.measures.visits import proof
from andon.console.measures.visits.hooks import AFTER_CHANGE, AFTER_VISIT
from andon.console.measures.visits.models import Host, Visit, Watch
from andon.console.measures.visits.plan import not_before, with_first
from andon.console.measures.visits.rules import HOST_SPACING, Known, State, host_pause, learnt, next_look

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from andon.console.captures.models import Capture
    from andon.console.measures.visits.due import Taken
    from andon.console.measures.visits.reading.seen import Seen
    from andon.console.staff.models import Person

_LONGEST_ASKED = 86_400.0  # seconds; a Retry-After beyond a day is taken for a day
WATCH_FIELDS = ["next_at", "interval_seconds", "looks", "state", "state_at", "told", "told_at", "agreed", "last_state", "last_code", "last_at"]


@dataclass(frozen=True, slots=True)
class Looked:
    """A look that was made."""

    taken: Taken
    seen: Seen
    at: datetime


@unattended("visits.made", Via.WORKER)
def keep_looks(looks: Sequence[Looked], idle_hosts: Sequence[int] = ()) -> Done[list[Visit]]:
    """Keep what looks found. A watch that was planned anew or stopped meanwhile is left as it is: its look is dropped and made again.

    Which hosts are asked next, and when, follows; `idle_hosts` are those that seemed to have something due and had not.
    """
    made = _still(looks)
    visits = [moved_on(watch, one.seen.state.value, one.seen.code, one.at) for watch, one in made]
    captures = _proof([(watch, visit, one.seen) for (watch, one), visit in zip(made, visits, strict=True)])
    for visit, (_, one) in zip(visits, made, strict=True):
        visit.status, visit.sha256, visit.capture = one.seen.status, one.seen.sha256, captures.get(visit.post_id)
    bulk.update(Watch, WATCH_FIELDS, [watch for watch, _ in made])
    kept = tell(visits)
    _hosts(looks, idle_hosts)
    counts = Counter(visit.state for visit in kept)
    facts = {"looked": len(kept), **counts, "changed_state": sum(visit.is_change for visit in kept), "first": kept[0].pk if kept else None}
    return Done(kept, "", facts)


def _still(looks: Sequence[Looked]) -> list[tuple[Watch, Looked]]:
    """The looks whose watches still stand as they were taken, with these (locked)."""
    rows = Watch.objects.select_for_update(of=("self",)).select_related("by__unit").filter(pk__in=[one.taken.watch_id for one in looks])
    watches = {watch.pk: watch for watch in rows}
    return [(watch, one) for one in looks if (watch := watches.get(one.taken.watch_id)) is not None and watch.next_at == one.taken.next_at]


def moved_on(watch: Watch, state: str, code: str, at: datetime, *, by: Person | None = None) -> Visit:
    """The watch after a look (not saved), and the look's record (not saved). A plain function of verbs."""
    before = watch.state
    known, counts = learnt(Known(watch.state, watch.told, watch.told_at, watch.agreed, watch.interval), state, at, by_person=by is not None)
    if known.settled != before:
        watch.state_at = at
    watch.state, watch.told, watch.told_at, watch.agreed = str(known.settled), str(known.told), known.told_at, known.agreed
    watch.interval_seconds = int(known.interval.total_seconds())
    watch.looks, watch.last_state, watch.last_code, watch.last_at = watch.looks + 1, state, code, at
    watch.next_at = next_look(known.interval, at, watch.until, watch.pk)
    agreed = 0 if state == State.UNKNOWN else known.agreed
    return Visit(post_id=watch.post_id, at=at, state=state, code=code, before=before, is_settled=counts, agreed=agreed, by=by)


def tell(visits: Iterable[Visit]) -> list[Visit]:
    """Save looks and call the hooks. A plain function of verbs."""
    kept = Visit.objects.bulk_create(visits)
    for hook in AFTER_VISIT if kept else ():
        hook(kept)
    changed = [visit for visit in kept if visit.is_change]
    for hook in AFTER_CHANGE if changed else ():
        hook(changed)
    return kept


def _proof(made: Sequence[tuple[Watch, Visit, Seen]]) -> dict[int, Capture]:
    """Captures of what was seen of posts whose state became another, in the name of who had them looked at."""
    by_person: dict[Person, list[tuple[Watch, Seen]]] = defaultdict(list)
    for watch, visit, seen in made:
        if visit.is_change and watch.by is not None and seen.answer is not None:
            by_person[watch.by].append((watch, seen))
    kept: dict[int, Capture] = {}
    for person, looks in by_person.items():
        kept |= proof.keep(person, [(watch.post_id, seen.answer) for watch, seen in looks if seen.answer is not None])
    return kept


def _hosts(looks: Sequence[Looked], idle_hosts: Sequence[int]) -> None:
    """A host that failed is left alone for a while, twice as long each time; every other one for a moment."""
    by_host = {one.taken.host_id: one for one in looks}
    found = with_first([*by_host, *idle_hosts])
    for host, first in found:
        if (one := by_host.get(host.pk)) is not None:
            host.failures = host.failures + 1 if one.seen.host_ails else 0
            host.problem = one.seen.code if one.seen.host_ails else ""
            asked = timedelta(seconds=min(one.seen.pause or 0.0, _LONGEST_ASKED))
            host.ready_at = one.at + (max(host_pause(host.failures), asked) if one.seen.host_ails else HOST_SPACING)
        host.next_at = not_before(first, host.ready_at)
    bulk.update(Host, ["failures", "problem", "ready_at", "next_at"], [host for host, _ in found])
