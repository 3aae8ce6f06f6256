"""From a campaign to warnings: choose account and wording, read the posts, approve."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from andon.console import gate
from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.intake.models import Campaign
from andon.console.measures.common import limits
from andon.console.measures.common.elsewhere import elsewhere
from andon.console.measures.kinds.warning.actions import approving, drafting, withdrawing
from andon.console.measures.kinds.warning.kind import read_when_decided
from andon.console.measures.kinds.warning.models import Batch, WarningReply
from andon.console.measures.kinds.warning.queries import shown
from andon.console.measures.kinds.warning.queries.accounts import accounts_of, badge_problem, fitting
from andon.console.measures.kinds.warning.queries.plan import CLOSED, look_at, usual_account, usual_wording, wordings
from andon.console.measures.kinds.warning.services import service_of
from andon.console.measures.kinds.warning.texts import text_of
from andon.console.review.visible import pieces
from andon.console.staff.rights import Right
from andon.wording.say import say

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andon.console.measures.kinds.warning.models import Account
    from andon.console.measures.kinds.warning.queries.plan import Look
    from andon.console.staff.models import Person

_State = WarningReply.State
_CLOSED_SHOWN = 20


@page(Right.MEASURE_DRAFT)
@require_http_methods(["GET", "POST"])
def compose(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Choose by which account and with which words; the preview is what will stand under the post."""
    campaign = get_object_or_404(Campaign.objects.select_related("example"), pk=campaign_id)
    if request.method == "POST":
        made = drafting.draft(actor_of(request), campaign_id, _number(request.POST.get("account")), _number(request.POST.get("wording")))
        return redirect("warning:batch", made.pk)
    gate.saw(actor_of(request), "warning.opened", f"campaign:{campaign_id}")
    look, unit = look_at(campaign), cast("Person", request.user).unit
    mine = accounts_of(unit)
    chosen = next((one for one in mine if one.pk == _number(request.GET.get("account"))), None) or usual_account(look, unit)
    return render(request, "warning/compose.html", {"look": look, "campaign": campaign, **_choices(look, mine, chosen)})


def _choices(look: Look, mine: list[Account], chosen: Account | None) -> dict[str, object]:
    among = wordings()
    texts = [(one, text_of(one, chosen)) for one in among] if chosen else []
    networks = service_of(chosen.service).networks if chosen else ()
    ready = [one for network in networks for one in look.ready(network)]
    example = ready[0].post if ready else look.campaign.example
    fits = [one for network in look.networks() for one in fitting(mine, network)]
    usual = usual_wording(look, [one for one, text in texts if not text.broken])
    return {
        "accounts": list(dict.fromkeys(fits)), "account": chosen, "texts": texts, "usual": usual, "ready": ready[: drafting.MOST],
        "counts": look.counts(), "more": max(len(ready) - drafting.MOST, 0), "example": example,
        "pieces": pieces(example.text) if example else (), "whom": look.whom(),
        "problem": badge_problem(chosen) if chosen else "", "initial": shown.initial(chosen) if chosen else "",
        "left": limits.left(f"warning:{chosen.pk}") if chosen else 0,
        "closed": [(one, pieces(one.post.text)) for one in look.found if one.why == CLOSED][:_CLOSED_SHOWN],
    }  # fmt: skip


@page(Right.MEASURE_READ)
@require_GET
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """The drafts of a batch by what their posts say, each with a tick; and what became of those that were approved."""
    one = get_object_or_404(Batch.objects.select_related("account__unit", "wording", "campaign__example", "decision__by", "by"), pk=batch_id)
    person = cast("Person", request.user)
    gate.saw(actor_of(request), "warning.opened", f"warnings:{batch_id}")
    done = WarningReply.objects.filter(batch=one).exclude(state=_State.DRAFTED).select_related("post", "approved_by").order_by("pk")
    return render(request, "warning/batch.html", {
        "batch": one, "groups": shown.groups(one), "text": text_of(one.wording, one.account), "initial": shown.initial(one.account),
        "seen": read_when_decided(one, person), "done": [(row, shown.line(row.post)) for row in done], "is_own": one.unit_id == person.unit_id,
        "elsewhere": elsewhere(person.unit_id, [one.campaign_id]) if one.unit_id == person.unit_id else None,
        "waiting": done.filter(state=_State.APPROVED).count(), "problem": badge_problem(one.account),
    })  # fmt: skip


@page(Right.MEASURE_SEND)
@require_POST
def approve(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Approve what was ticked."""
    get_object_or_404(Batch, pk=batch_id)
    count = approving.approve(actor_of(request), batch_id, set(request.POST.getlist("read")))
    messages.success(request, say("warning.approved", language(), n=count))
    held = WarningReply.objects.filter(batch=batch_id, state=_State.DRAFTED, reading__in=request.POST.getlist("read")).count()
    if held:  # what was read and is still a draft
        messages.info(request, say("warning.left_held", language(), n=held))
    return redirect("warning:batch", batch_id)


@page(Right.MEASURE_DRAFT)
@require_POST
def drop(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Drop the drafts that are left."""
    get_object_or_404(Batch, pk=batch_id)
    count = drafting.drop(actor_of(request), batch_id)
    messages.success(request, say("warning.dropped", language(), n=count))
    return redirect("warning:batch", batch_id)


@page(Right.MEASURE_SEND)
@require_POST
def undo(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Take out of the outbox what has not gone yet."""
    get_object_or_404(Batch, pk=batch_id)
    waiting = WarningReply.objects.filter(batch=batch_id, state=_State.APPROVED).values_list("pk", flat=True)
    count = withdrawing.take_out(actor_of(request), list(waiting))
    messages.success(request, say("warning.undone", language(), n=count))
    return redirect("warning:batch", batch_id)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 18 else 0  # noqa: PLR2004 - what a number of the database may have
