"""Reading notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.measures.common.models import Notice
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from collections.abc import Sequence


@verb("measures.notices_read", Right.OWN_SETTINGS)
def read(actor: Actor, ids: Sequence[int] | None = None) -> Done[int]:
    """Mark one's own notices as read; all of them unless told which."""
    mine = Notice.objects.filter(person=actor.person.pk, read_at=None)
    count = (mine if ids is None else mine.filter(pk__in=list(ids))).update(read_at=timezone.now())
    return Done(count, f"person:{actor.person.pk}", {"notices": count})
