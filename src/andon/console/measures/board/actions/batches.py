"""One press for many measures: planned as parts, each done whole, taken back together before anything goes out."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from andon.console.gate import Actor, Done, Via, unattended, verb
from andon.console.intake.models import Campaign
from andon.console.measures.board.models import Batch, Part
from andon.console.measures.common.kinds import KINDS
from andon.console.measures.common.models import Outgoing
from andon.console.measures.common.outbox import cancel
from andon.console.measures.common.outbox.putting import noting
from andon.console.staff.rights import Right
from andon.domain.errors import AndonError, Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from andon.console.measures.common.kinds import Kind

CHUNK_CAMPAIGNS = 5
CHUNK_POSTS = 200  # about two seconds of work: a person waits for the first chunk only
MOST_CAMPAIGNS = 500


@verb("board.started", Right.MEASURE_DRAFT)
def start(actor: Actor, token: str, campaign_ids: Sequence[int], kinds: Sequence[str], *, sends: bool) -> Done[Batch]:
    """Plan measures of these kinds for these campaigns, in chunks. The same token again gives the same batch.

    Only campaigns that people decided to be recruitment are taken. Raises Refused for who wants it sent without the right to, and Conflict when
    nothing is left to do.
    """
    known = Batch.objects.filter(token=token, by=actor.person.pk).first()
    if known is not None:
        return Done(known, f"batch:{known.pk}", {"again": True})
    if sends and not actor.person.may(Right.MEASURE_SEND):
        raise Refused(reason="right", name=str(Right.MEASURE_SEND))
    wanted = Campaign.objects.filter(pk__in=list(campaign_ids)[:MOST_CAMPAIGNS], state=Campaign.State.RECRUITMENT)
    sizes = dict(wanted.order_by("pk").values_list("pk", "posts"))
    codes = [kind.code for kind in KINDS if kind.bulk and kind.code in kinds]
    if not sizes or not codes:
        raise Conflict(reason="nothing_to_do", name="batch")
    batch = Batch.objects.create(token=token, by=actor.person, sends=sends)
    batch.campaigns.set(sizes)
    Part.objects.bulk_create(Part(batch=batch, kind=code, campaigns=chunk) for code in codes for chunk in _chunks(sizes))
    facts = {"campaigns": list(sizes), "kinds": codes, "posts": sum(sizes.values()), "sends": sends}
    return Done(batch, f"batch:{batch.pk}", facts)


def _chunks(sizes: dict[int, int]) -> Iterator[list[int]]:
    chunk: list[int] = []
    posts = 0
    for campaign, size in sizes.items():
        if chunk and (len(chunk) == CHUNK_CAMPAIGNS or posts + size > CHUNK_POSTS):
            yield chunk
            chunk, posts = [], 0
        chunk.append(campaign)
        posts += size
    if chunk:
        yield chunk


def run(actor: Actor, batch_id: int, *, seconds: float | None = None) -> bool:
    """Do the parts that wait, for so long at most (at least one of them). Says whether all are done."""
    end = None if seconds is None else time.monotonic() + seconds
    for pk in list(Part.objects.filter(batch=batch_id, state=Part.State.WAITING).values_list("pk", flat=True)):
        try:
            do_part(actor, pk)
        except AndonError as error:
            fail_part(pk, error)
        if end is not None and time.monotonic() >= end:
            break
    return _finish_if_done(batch_id)


@verb("board.part_done", Right.MEASURE_DRAFT)
def do_part(actor: Actor, part_id: int) -> Done[Part]:
    """Draft one part, and approve it when its batch sends: all in one transaction, so that a stop in the middle leaves nothing half done."""
    part = Part.objects.select_for_update(of=("self",)).select_related("batch").get(pk=part_id)
    if part.state != Part.State.WAITING or part.batch.state != Batch.State.RUNNING:
        raise Conflict(reason="part_moved_on", name=f"part:{part_id}")
    kind = kind_of(part.kind)
    made = kind.prepare(actor, part.campaigns)
    with noting() as outgoing:
        approved = kind.approve(actor, [one.id for one in made]) if made and part.batch.sends else 0
    part.state, part.made, part.approved = Part.State.DONE, [{"id": one.id, "url": one.url} for one in made], approved
    part.outgoing = outgoing
    part.save()
    facts = {"part": part_id, "kind": part.kind, "made": [one.id for one in made], "approved": approved, "outgoing": outgoing}
    return Done(part, f"batch:{part.batch_id}", facts)


@unattended("board.part_failed", Via.WORKER)
def fail_part(part_id: int, error: AndonError) -> Done[None]:
    """Keep what was in the way of a part (whoever has lost their right meanwhile). One that was done meanwhile stays done."""
    data = {name: value if isinstance(value, int | float | bool) else str(value) for name, value in error.data.items()}
    waiting = Part.objects.filter(pk=part_id, state=Part.State.WAITING)
    waiting.update(state=Part.State.FAILED, problem={"code": error.code, "data": data})
    return Done(None, f"part:{part_id}", {"problem": error.code, "reason": data.get("reason", "")})


@unattended("board.finished", Via.WORKER)
def _finish(batch_id: int) -> Done[None]:
    """All its parts are settled."""
    Batch.objects.filter(pk=batch_id, state=Batch.State.RUNNING).update(state=Batch.State.DONE)
    return Done(None, f"batch:{batch_id}")


def _finish_if_done(batch_id: int) -> bool:
    batch = Batch.objects.get(pk=batch_id)
    if batch.parts.filter(state=Part.State.WAITING).exists():
        return False
    if batch.state == Batch.State.RUNNING:
        _finish(batch_id)
    return True


@verb("board.undone", Right.MEASURE_DRAFT)
def undo(actor: Actor, batch_id: int, *, now: datetime | None = None) -> Done[int]:
    """Take back what of a batch has not gone out yet; parts that were not begun are left. Returns how many were taken out.

    One's own batch, or anybody's of the unit for who may close breakers.
    """
    batch = Batch.objects.select_for_update().get(pk=batch_id)
    same_unit = batch.by.unit_id == actor.person.unit_id
    if batch.by_id != actor.person.pk and not (same_unit and actor.person.may(Right.MEASURE_RULES)):
        raise Refused(reason="not_own_batch", name=f"batch:{batch_id}")
    done = cancel(outgoing_of(batch), by=actor.person, now=now or timezone.now())
    Part.objects.filter(batch=batch, state=Part.State.WAITING).update(state=Part.State.FAILED, problem={"code": "undone", "data": {}})
    gone = Outgoing.objects.filter(outgoing_of(batch)).exclude(state=Outgoing.State.CANCELLED).exists()
    Batch.objects.filter(pk=batch_id).update(state=Batch.State.DONE if gone else Batch.State.UNDONE)
    return Done(len(done), f"batch:{batch_id}", {"outgoing": done})


def outgoing_of(batch: Batch) -> Q:
    """What a batch put into the outbox."""
    parts = batch.parts.filter(state=Part.State.DONE).values_list("outgoing", flat=True)
    return Q(pk__in=[pk for part in parts for pk in part])


def kind_of(code: str) -> Kind:
    """The kind of measure of this code. Raises Conflict for one that this installation has not."""
    for kind in KINDS:
        if kind.code == code:
            return kind
    raise Conflict(reason="no_kind", name=code)


