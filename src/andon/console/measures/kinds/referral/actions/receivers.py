"""Receivers outside of the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.console.gate import Actor, Done, verb
from andon.console.measures.kinds.referral.models import Receiver
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS = ("name", "kind", "country", "language", "email", "note", "is_active")


@verb("referral.receiver_saved", Right.MEASURE_RULES)
def save_receiver(_actor: Actor, receiver_id: int | None, values: Mapping[str, Any]) -> Done[Receiver]:
    """Make a receiver, or change one."""
    fields = {name: values[name] for name in FIELDS if name in values}
    receiver = Receiver.objects.get(pk=receiver_id) if receiver_id else Receiver()
    for name, value in fields.items():
        setattr(receiver, name, value)
    receiver.save()
    return Done(receiver, f"receiver:{receiver.pk}", {"fields": sorted(fields), "new": receiver_id is None})
