"""One step in the life of a referral. Plain functions for the verbs of this app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.measures.kinds.referral.models import Referral, ReferralEvent
from andon.domain.errors import Conflict

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.staff.models import Person


def step(
    referral: Referral, state: str, *, of: tuple[str, ...], by: Person | None, note: str = "", now: datetime | None = None, code: str = "",
    **fields: object,
) -> None:  # fmt: skip
    """Bring a referral that is in one of the states `of` into `state`. Raises Conflict when it is in another; called inside a verb."""
    now = now or timezone.now()
    if not Referral.objects.filter(pk=referral.pk, state__in=of).update(state=state, changed_at=now, **fields):
        raise Conflict(reason="referral_moved_on", name=f"referral:{referral.pk}")
    ReferralEvent.objects.create(referral=referral, state=state, code=code or state, note=note, by=by, at=now)
    referral.state = state
    for name, value in fields.items():
        setattr(referral, name, value)
