"""Verbs: put a candidate to use, go back to the model before. Nothing is put to use by itself; stored posts keep the score they were given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.intake.engine import engine_of, in_use, look_again
from andon.console.intake.models import ModelVersion
from andon.console.learning.models import Fitting, Promotion
from andon.console.learning.queries.promotions import version_before
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime

NOTE_LENGTH = 1000


@verb("learning.promoted", Right.PROMOTE, grave=True)
def promote(actor: Actor, version_id: int, *, note: str, in_use_id: int, now: datetime | None = None) -> Done[Promotion]:
    """Put the candidate to use in place of the model `in_use_id`, which the person saw beside it.

    Raises Refused without a note or for what no fit has made, ModelError for a file that is gone, altered or made for other signals, Conflict when
    another model is in use by now.
    """
    if not note.strip():
        raise Refused(reason="promotion_note", name=f"model:{version_id}")
    version = ModelVersion.objects.select_for_update().get(pk=version_id)
    if not Fitting.objects.filter(candidate=version, state=Fitting.State.DONE).exists():
        raise Refused(reason="no_candidate", name=f"model:{version_id}")
    return _put_to_use(actor, version, in_use_id, note, now, is_rollback=False)


@verb("learning.rolled_back", Right.PROMOTE, grave=True)
def roll_back(actor: Actor, *, in_use_id: int, note: str = "", now: datetime | None = None) -> Done[Promotion]:
    """Put the model to use that was in use before `in_use_id`. Raises Refused when there is none, else as `promote`."""
    before = version_before()
    if before is None:
        raise Refused(reason="no_earlier", name=f"model:{in_use_id}")
    return _put_to_use(actor, before, in_use_id, note, now, is_rollback=True)


def _put_to_use(actor: Actor, version: ModelVersion, in_use_id: int, note: str, now: datetime | None, *, is_rollback: bool) -> Done[Promotion]:
    """The work of both verbs."""
    now = now or timezone.now()
    look_again()
    current = in_use().version
    if current.pk != in_use_id or current.pk == version.pk:
        raise Conflict(reason="model", name=f"model:{current.pk}")
    engine_of(version)
    kept = note.strip()[:NOTE_LENGTH]
    promotion = Promotion.objects.create(version=version, before=current, is_rollback=is_rollback, note=kept, by=actor.person, at=now)
    ModelVersion.objects.filter(pk=version.pk).update(in_use_since=now)
    transaction.on_commit(look_again)
    facts = {"promotion": promotion.pk, "sha256": version.sha256, "before": current.pk, "before_sha256": current.sha256}
    return Done(promotion, f"model:{version.pk}", facts)
