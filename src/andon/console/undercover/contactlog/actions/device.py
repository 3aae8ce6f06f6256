"""Say that an exhibit comes from the device of an officer, and that it was said by mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.staff.rights import Right
from andon.console.undercover.contactlog.actions.common import plan_of
from andon.console.undercover.contactlog.devices.queries import may_be_named
from andon.console.undercover.contactlog.models import OwnDevice
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from datetime import datetime


@verb("contactlog.device_named", Right.CONTACT_LOG)
def name_device(actor: Actor, plan_id: int, exhibit_id: int, officer: str, *, now: datetime | None = None) -> Done[OwnDevice]:
    """An exhibit of the case is an officer's own device. Raises Refused for an officer whom the plan does not name, Conflict for another exhibit."""
    now = now or timezone.now()
    plan = plan_of(actor, plan_id, now=now)
    code = officer.strip().upper()
    if code not in plan.operators:
        raise Refused(reason="log_device_officer")
    exhibit = may_be_named(plan).filter(pk=exhibit_id).first()
    if exhibit is None:
        raise Conflict(reason="log_device_exhibit", name=f"exhibit:{exhibit_id}")
    made = OwnDevice.objects.create(plan=plan, exhibit=exhibit, officer=code, by=actor.person, at=now)
    return Done(made, f"plan:{plan_id}", {"device": made.pk, "exhibit": exhibit_id, "officer": code})


@verb("contactlog.device_ended", Right.CONTACT_LOG)
def end_device(actor: Actor, plan_id: int, device_id: int, *, now: datetime | None = None) -> Done[OwnDevice]:
    """It was named by mistake: it is compared no longer. Entries that were made from it stay."""
    now = now or timezone.now()
    plan = plan_of(actor, plan_id, now=now)
    device = plan.own_devices.select_for_update().filter(pk=device_id, ended_at=None).first()
    if device is None:
        raise Conflict(reason="log_device_gone", name=f"device:{device_id}")
    device.ended_at, device.ended_by = now, actor.person
    device.save(update_fields=["ended_at", "ended_by"])
    return Done(device, f"plan:{plan_id}", {"device": device_id, "exhibit": device.exhibit_id})
