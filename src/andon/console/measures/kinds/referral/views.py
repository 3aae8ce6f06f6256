"""Referrals on screens: the list, one with its timeline, handing over, answering, receivers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from andon.console import gate
from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.intake.models import Campaign
from andon.console.measures.common import files
from andon.console.measures.common.elsewhere import elsewhere
from andon.console.measures.common.models import Outgoing
from andon.console.measures.common.outbox.putting import undo_window
from andon.console.measures.kinds.referral.actions import answer, give
from andon.console.measures.kinds.referral.actions.receivers import FIELDS, save_receiver
from andon.console.measures.kinds.referral.forms import ReceiverForm, ReferralForm
from andon.console.measures.kinds.referral.models import Receiver, Referral
from andon.console.measures.kinds.referral.queries.lists import visible
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused
from andon.wording.say import say, say_error

if TYPE_CHECKING:
    from django.http import HttpRequest

_PAGE = 50
_SIDES = ("given", "taken")
_ANSWERS = {"accept": "accepted", "return": "returned", "close": "closed"}
_State = Referral.State


@page(Right.MEASURE_READ)
def referrals(request: HttpRequest) -> HttpResponse:
    """Those that my unit gave and those that reached it."""
    actor = actor_of(request)
    rows, side, state = visible(actor.person), request.GET.get("side", ""), request.GET.get("state", "")
    if side in _SIDES:
        rows = rows.filter(**{"unit" if side == "given" else "to_unit": actor.person.unit_id})
    if state in _State.values:
        rows = rows.filter(state=state)
    found = Paginator(rows.order_by("-pk"), _PAGE).get_page(request.GET.get("page"))
    gate.saw(actor, "referral.list_seen", "", {"side": side, "state": state, "rows": len(found.object_list)})
    return render(request, "referral/referrals.html", {"found": found, "side": side, "state": state, "states": _State.values, "now": timezone.now()})


@page(Right.MEASURE_READ)
def referral(request: HttpRequest, referral_id: int) -> HttpResponse:
    """One referral: what it is, how it stands, what happened, and what I can do."""
    actor = actor_of(request)
    one = _found(request, referral_id)
    gate.saw(actor, "referral.seen", f"referral:{one.pk}")
    ours = one.unit_id == actor.person.unit_id
    may_answer = answer.may_answer(actor.person.unit_id, one) and actor.person.may(Right.MEASURE_DRAFT)
    sending = Outgoing.objects.filter(kind=give.KIND, subject_id=one.pk).order_by("-pk").first() if ours else None
    return render(request, "referral/referral.html", {
        "one": one, "ours": ours, "events": one.events.select_related("by__unit"), "sending": sending, "now": timezone.now(),
        "elsewhere": elsewhere(actor.person.unit_id, [one.campaign_id]) if ours else None,
        "may_approve": ours and one.state == _State.DRAFT and actor.person.may(Right.MEASURE_SEND),
        "may_withdraw": ours and one.state in ("draft", "approved", "sent", "accepted") and actor.person.may(Right.MEASURE_DRAFT),
        "needs_why": one.state in ("sent", "accepted"),
        "answers": _answers(one) if may_answer else [], "on_behalf": ours and one.receiver_id is not None,
    })  # fmt: skip


def _answers(one: Referral) -> list[str]:
    return {_State.SENT: ["accept", "return"], _State.ACCEPTED: ["close", "return"]}.get(_State(one.state), [])


@page(Right.MEASURE_DRAFT)
def new(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Hand a campaign over."""
    actor = actor_of(request)
    campaign = get_object_or_404(Campaign.objects.defer("template", "days"), pk=campaign_id)
    form = ReferralForm(actor.person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = give.draft(actor, campaign.pk, form.handing())
            if request.POST.get("do") == "send" and actor.person.may(Right.MEASURE_SEND):
                give.approve(actor, [made.pk])
                messages.success(request, say("referral.approved_toast", language(), seconds=int(undo_window().total_seconds())))
            else:
                messages.success(request, say("referral.drafted_toast", language()))
        except (Refused, Conflict) as error:
            form.add_error(None, say_error(error, language()))
        else:
            return redirect("referral:referral", made.pk)
    status = 422 if request.method == "POST" else 200
    known = elsewhere(actor.person.unit_id, [campaign.pk])
    shown = {"form": form, "campaign": campaign, "elsewhere": known, "may_send": actor.person.may(Right.MEASURE_SEND)}
    return render(request, "referral/new.html", shown, status=status)


@page(Right.MEASURE_SEND)
@require_POST
def approve(request: HttpRequest, referral_id: int) -> HttpResponse:
    """Approve a draft of my unit."""
    one = _found(request, referral_id)
    if give.approve(actor_of(request), [one.pk]):
        messages.success(request, say("referral.approved_toast", language(), seconds=int(undo_window().total_seconds())))
    return redirect("referral:referral", one.pk)


@page(Right.MEASURE_DRAFT)
@require_POST
def withdraw(request: HttpRequest, referral_id: int) -> HttpResponse:
    """Take one of my unit's back."""
    one = _found(request, referral_id)
    give.withdraw(actor_of(request), one.pk, note=request.POST.get("note", ""))
    messages.success(request, say("referral.did.withdrawn", language()))
    return redirect("referral:referral", one.pk)


@page(Right.MEASURE_DRAFT)
@require_POST
def respond(request: HttpRequest, referral_id: int) -> HttpResponse:
    """Accept it, give it back, close it."""
    one, actor = _found(request, referral_id), actor_of(request)
    what, note = request.POST.get("do", ""), request.POST.get("note", "")
    if what not in _ANSWERS:
        raise Http404
    if what == "accept":
        answer.accept(actor, one.pk, note=note, their_number=request.POST.get("their_number", ""))
    elif what == "return":
        answer.give_back(actor, one.pk, note=note)
    else:
        answer.close(actor, one.pk, note=note)
    messages.success(request, say(f"referral.did.{_ANSWERS[what]}", language()))
    return redirect("referral:referral", one.pk)


@page(Right.MEASURE_READ)
def packet(request: HttpRequest, referral_id: int) -> HttpResponse:
    """The packet as a file; taking it is an event."""
    one = _found(request, referral_id)
    content = files.read(one.packet)
    gate.saw(actor_of(request), "referral.packet_taken", f"referral:{one.pk}", {"packet": one.packet})
    name = f"referral-{one.pk}.zip"
    return HttpResponse(content, content_type="application/zip", headers={"Content-Disposition": f'attachment; filename="{name}"'})


@page(Right.MEASURE_READ)
def receivers(request: HttpRequest) -> HttpResponse:
    """Receivers outside."""
    return render(request, "referral/receivers.html", {"receivers": Receiver.objects.all(), "side": "receivers"})


@page(Right.MEASURE_RULES)
def receiver(request: HttpRequest, receiver_id: int = 0) -> HttpResponse:
    """Add or change a receiver."""
    one = get_object_or_404(Receiver, pk=receiver_id) if receiver_id else None
    form = ReceiverForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        save_receiver(actor_of(request), receiver_id or None, {name: form.cleaned_data[name] for name in FIELDS})
        messages.success(request, say("referral.receivers.saved", language()))
        return redirect("referral:receivers")
    return render(request, "referral/receiver.html", {"form": form, "receiver": one}, status=422 if request.method == "POST" else 200)


def _found(request: HttpRequest, referral_id: int) -> Referral:
    """One that the person's unit may see; nothing else is there for them."""
    return get_object_or_404(visible(actor_of(request).person), pk=referral_id)
