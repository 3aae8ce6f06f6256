"""The log beside exports from the officers' own devices. Nothing is written by looking; a person enters what is missing, one contact at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from andon.console.doors import actor_of
from andon.console.frame.templatetags.desk import language
from andon.console.staff.rights import Right
from andon.console.undercover.authority.doors import plan_page
from andon.console.undercover.contactlog.actions.device import end_device, name_device
from andon.console.undercover.contactlog.actions.log import Said, log
from andon.console.undercover.contactlog.codes import Direction, Tag
from andon.console.undercover.contactlog.devices import queries
from andon.console.undercover.contactlog.devices.forms import DeviceForm, EnterForm
from andon.console.undercover.contactlog.handles import key_of
from andon.console.undercover.contactlog.models import HANDLE_LENGTH
from andon.console.undercover.contactlog.views.common import did, may_log
from andon.domain.errors import Conflict
from andon.wording.say import say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andon.console.undercover.authority.models import Plan
    from andon.console.undercover.contactlog.devices.told import Told

_SHOWN = 100  # of each list at once


@plan_page(event="contactlog.device_opened")
@require_GET
def devices(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Log and exports side by side."""
    return _show(request, plan)


@plan_page(Right.CONTACT_LOG)
@require_POST
def name(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Name a device."""
    form = DeviceForm(request.POST, plan=plan)
    given = form.cleaned_data if form.is_valid() else {}
    if given and did(form, lambda: name_device(actor_of(request), plan.pk, given["device_exhibit"], given["officer"])):
        messages.success(request, say("contactlog.done.device", language()))
        return redirect("contactlog:devices", plan.pk)
    return _show(request, plan, form)


@plan_page(Right.CONTACT_LOG)
@require_POST
def end(request: HttpRequest, plan: Plan, device_id: int) -> HttpResponse:
    """It was no such device."""
    end_device(actor_of(request), plan.pk, device_id)
    messages.success(request, say("contactlog.done.device_ended", language()))
    return redirect("contactlog:devices", plan.pk)


@plan_page(Right.CONTACT_LOG)
@require_POST
def enter(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Enter a contact that the export has and the log has not, with the log's own verb. Raises Conflict where it stands in the log by now."""
    form = EnterForm(request.POST)
    if not form.is_valid():
        raise Http404
    given = form.cleaned_data
    found = queries.compared(plan)
    told = next((one for one in found.paired.extra if one.place == (given["conversation"], given["position"])), None)
    if told is None or told.at is None:
        raise Conflict(reason="log_device_entered", name=f"conversation:{given['conversation']}")
    officer = next(one.officer for one in found.devices if one.exhibit_id == told.conversation.reading.exhibit_id)
    direction = given["direction"] if told.is_own is None else Direction.OUT.value if told.is_own else Direction.IN.value
    entry = log(actor_of(request), plan.case_id, plan.pk, _said(plan, told, officer, direction, given["tag"]))
    messages.success(request, say("contactlog.done.logged", language(), number=entry.number))
    if entry.is_late:
        messages.warning(request, say("contactlog.done.late", language()))
    if entry.is_ours and not entry.is_permitted:
        messages.warning(request, say("contactlog.done.outside", language()))
    return redirect("contactlog:devices", plan.pk)


def _said(plan: Plan, told: Told, officer: str, direction: str, tag: str) -> Said:
    """The contact as the log takes it: the words as they stand in the export, and where they stand."""
    assert told.at is not None  # noqa: S101 - the caller has looked
    own = next((key for key in plan.accounts if key_of(key, told.channel).partition(":")[0] == told.channel.removesuffix("_dm")), "")
    other = next((key for key in told.others if key in plan.targets), "") or next(iter(told.others), "") or told.conversation.title or "?"
    return Said(
        told.at, officer, told.channel, direction, own=own, other=other, tag=tag if direction == Direction.OUT else "", words=told.words,
        exhibit=told.source[:HANDLE_LENGTH],
    )  # fmt: skip


def _show(request: HttpRequest, plan: Plan, tried: DeviceForm | None = None) -> HttpResponse:
    logs = may_log(actor_of(request), plan.case_id)
    found = queries.compared(plan)
    paired = found.paired
    matched = [pair for pair in paired.pairs if not pair.differences]
    context: dict[str, Any] = {
        "plan": plan, "case": plan.case, "devices": found.devices, "logs": logs, "form": tried or (DeviceForm(plan=plan) if logs else None),
        "messages_read": found.messages, "is_cut": found.is_cut, "most": queries.MOST, "tags": Tag.values, "now": timezone.now(),
        "extra": paired.extra[:_SHOWN], "extra_count": len(paired.extra), "missing": [one for one in paired.missing if one.why != "met"][:_SHOWN],
        "missing_count": sum(one.why != "met" for one in paired.missing), "met_count": sum(one.why == "met" for one in paired.missing),
        "differing": paired.differing[:_SHOWN], "differing_count": len(paired.differing), "matched": matched[:_SHOWN], "matched_count": len(matched),
    }  # fmt: skip
    return render(request, "contactlog/devices.html", context, status=422 if tried else 200)
