"""Verbs of the machine: what was seen in a reading is kept, and what of it newer posts repeat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.evidence.sightings.models import Alike, Sighting, Sweep
from andon.console.gate import Done, Via, unattended

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andon.console.evidence.conversations.models import Reading
    from andon.console.evidence.sightings.comparing import Near

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Swept:
    """What looking through a reading gave. `near`: of the sightings by their place in `sightings`."""

    sightings: Sequence[Sighting]
    near: Sequence[Near]
    model: int
    messages: int
    compared_to: int


@unattended("sightings.looked", Via.WORKER)
def keep(reading: Reading, swept: Swept) -> Done[Sweep]:
    """Keep it, once for each reading: said again it changes nothing."""
    there = Sweep.objects.filter(reading=reading).first()
    if there is not None:
        return Done(there, f"reading:{reading.pk}", {"again": True})
    rows = Sighting.objects.bulk_create(swept.sightings, batch_size=_BATCH)
    alike = _alike([rows[one.text].pk for one in swept.near], swept.near)
    Alike.objects.bulk_create(alike, batch_size=_BATCH)
    wordings = sum(one.what == Sighting.What.WORDING for one in rows)
    counts = {"messages": swept.messages, "contacts": len(rows) - wordings, "wordings": wordings}
    sweep = Sweep.objects.create(reading=reading, model_id=swept.model, at=timezone.now(), compared_to=swept.compared_to, **counts)
    return Done(sweep, f"reading:{reading.pk}", {**counts, "alike": len(alike), "posts_to": swept.compared_to})


@unattended("sightings.compared", Via.WORKER)
def compare(sweep_id: int, ids: Sequence[int], near: Sequence[Near], until: int) -> Done[int]:
    """Keep what posts up to `until` repeat of the wordings `ids`; how many were new. One post of each group of posts is enough."""
    sweep = Sweep.objects.select_for_update().get(pk=sweep_id)
    there = Alike.objects.filter(sighting__in=set(ids)).values_list("sighting_id", "post_id", "post__wording")
    known = {(sighting, post) for sighting, post, _ in there} | {(sighting, group or post) for sighting, post, group in there}
    fresh = [one for one in near if not known & {(ids[one.text], one.group), (ids[one.text], one.post)}]
    rows = Alike.objects.bulk_create(_alike([ids[one.text] for one in fresh], fresh), batch_size=_BATCH)
    sweep.compared_to = max(sweep.compared_to, until)
    sweep.save(update_fields=["compared_to"])
    return Done(len(rows), f"reading:{sweep.reading_id}", {"alike": len(rows), "posts_to": until})


def _alike(sightings: Sequence[int], near: Sequence[Near]) -> list[Alike]:
    """One row for each sighting and group of posts: the most alike."""
    best: dict[tuple[int, int], Near] = {}
    for sighting, one in zip(sightings, near, strict=True):
        key = (sighting, one.group)
        if key not in best or best[key].similarity < one.similarity:
            best[key] = one
    return [Alike(sighting_id=sighting, post_id=one.post, similarity=round(one.similarity, 4)) for (sighting, _), one in best.items()]
