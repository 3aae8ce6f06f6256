"""Batches in the background, and taking up what an earlier worker left."""

from __future__ import annotations

from django_tasks import task

from andon.console.gate import Actor, Via
from andon.console.measures.board.actions.batches import run
from andon.console.measures.board.models import Batch


@task()  # type: ignore[untyped-decorator,unused-ignore]
def run_batch(batch_id: int) -> None:
    """Do the parts of a batch that wait, for the person who started it."""
    batch = Batch.objects.select_related("by__unit").get(pk=batch_id)
    if batch.state == Batch.State.RUNNING:
        run(Actor(batch.by, Via.WORKER), batch_id)


def resume_unfinished() -> int:
    """Have batches that an earlier worker left done to their end; how many."""
    left = list(Batch.objects.filter(state=Batch.State.RUNNING).order_by("pk").values_list("pk", flat=True))
    for batch in left:
        run_batch.enqueue(batch)
    return len(left)
