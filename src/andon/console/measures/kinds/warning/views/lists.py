"""The list of warnings, and one warning with its log."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from andon.console import gate
from andon.console.doors import actor_of, page
from andon.console.measures.common.channels import COPY
from andon.console.measures.common.models import Outgoing
from andon.console.measures.kinds.warning import sending
from andon.console.measures.kinds.warning.forms import WithdrawForm
from andon.console.measures.kinds.warning.models import WarningReply
from andon.console.measures.kinds.warning.queries import shown
from andon.console.measures.kinds.warning.queries.plan import wordings
from andon.console.measures.kinds.warning.texts import text_of
from andon.console.review.visible import pieces
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andon.console.staff.models import Person

PER_PAGE = 50
_MOST_COUNTED = 2000
_State = WarningReply.State


@page(Right.MEASURE_READ)
@require_GET
def warnings(request: HttpRequest) -> HttpResponse:
    """All warnings by how far they are; `?campaign=` those of one."""
    asked = request.GET.get("campaign", "")
    campaign = int(asked) if asked.isdecimal() and len(asked) < 18 else None  # noqa: PLR2004 - what a number of the database may have
    counts = shown.tab_counts(campaign)
    tab = shown.tab_of(request.GET.get("state", "")) or next((one for one in shown.TABS if counts[one]), "drafted")
    rows = shown.under(WarningReply.objects.all(), tab, campaign)
    found = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    sent = shown.under(WarningReply.objects.all(), "sent", campaign)[:_MOST_COUNTED]
    subject = f"campaign:{campaign}" if campaign else "warnings"
    gate.saw(actor_of(request), "warning.opened", subject, {"tab": tab, "warnings": [one.pk for one in found]})
    return render(request, "warning/list.html", {
        "page_obj": found, "lines": [(one, shown.line(one.post)) for one in found], "tab": tab, "tabs": [(one, counts[one]) for one in shown.TABS],
        "campaign": campaign, "effect": shown.effect(sent), "counted_all": counts["sent"] <= _MOST_COUNTED,
    })  # fmt: skip


@page(Right.MEASURE_READ)
@require_GET
def warning(request: HttpRequest, warning_id: int) -> HttpResponse:
    """One warning under its post, what happened to it, and taking it back."""
    one = whole(warning_id)
    gate.saw(actor_of(request), "warning.opened", f"warning:{warning_id}")
    return render(request, "warning/warning.html", context_of(request, one))


def whole(warning_id: int) -> WarningReply:
    """A warning with what its page shows. Raises Http404."""
    rows = WarningReply.objects.select_related("post", "account__unit", "batch__wording", "batch__campaign", "approved_by")
    return get_object_or_404(rows, pk=warning_id)


def context_of(request: HttpRequest, one: WarningReply, form: WithdrawForm | None = None) -> dict[str, object]:
    """What the page of one warning shows."""
    person = cast("Person", request.user)
    is_own = one.account.unit_id == person.unit_id
    steps = shown.steps_of(one)
    apologies = wordings("apology")
    may_withdraw = is_own and person.may(Right.MEASURE_SEND) and one.state in (_State.SENT, _State.UNSURE)
    by_hand = [row for row in steps if is_own and _wants_a_hand(row)]
    return {
        "warning": one, "pieces": pieces(one.post.text), "initial": shown.initial(one.account), "address": shown.address_of(one),
        "events": one.events.select_related("by"), "steps": steps, "is_own": is_own, "by_hand": by_hand if person.may(Right.MEASURE_SEND) else [],
        "form": (form or WithdrawForm(wordings=apologies)) if may_withdraw else None,
        "apologies": [(wording, text_of(wording, one.account)) for wording in apologies] if may_withdraw else [],
        "waiting": next((row for row in steps if row.state == Outgoing.State.WAITING and row.kind == "warning"), None),
    }  # fmt: skip


def _wants_a_hand(row: Outgoing) -> bool:
    """What a person copies and posts; and steps of a withdrawal that did not go by the service."""
    if row.state == Outgoing.State.WAITING:
        return row.channel == COPY
    return row.kind in (sending.DELETE, sending.APOLOGY) and row.state in (Outgoing.State.DRY, Outgoing.State.FAILED)
