"""What the outbox asks before a letter goes, and tells after something became of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from andon.console.measures.common import notices
from andon.console.measures.common.models import Outgoing
from andon.console.measures.kinds.removal.actions.approve import check
from andon.console.measures.kinds.removal.actions.draft import KIND
from andon.console.measures.kinds.removal.life import BEFORE_SENDING, letter_in_the_making, moved, note, recount, save
from andon.console.measures.kinds.removal.models import Item, Letter, Request, month_of
from andon.console.measures.kinds.removal.packet import items_of
from andon.console.measures.visits.plan import plan_visits
from andon.domain.errors import AndonError

if TYPE_CHECKING:
    from datetime import datetime

_Out = Outgoing.State
FIRST_LOOK = timedelta(hours=6)
_NOT_GONE = (Item.State.WAITING, Item.State.BACK, Item.State.ASKED)


def may_go(row: Outgoing) -> str:
    """The code of what stands in the way, or nothing."""
    letter = Letter.objects.select_related("request__unit").filter(pk=row.subject_id).first()
    if letter is None or letter.state != Letter.State.APPROVED or letter.outbox_key != row.key:
        return "undone"
    items = items_of(letter)
    if not any(item.state in _NOT_GONE for item in items):
        return "all_gone"
    try:
        check(letter.request, items)
    except AndonError as error:
        return str(error.data.get("reason") or error.code)
    return ""


def changed(row: Outgoing) -> None:
    """Bring the letter, its posts and its request to where the outbox is."""
    letter = Letter.objects.select_for_update(of=("self",)).select_related("request__provider", "request__unit").get(pk=row.subject_id)
    if letter.outbox_key != row.key:
        return  # of an approval that was taken back
    request = letter.request
    if row.state == _Out.SENT:
        sent(letter, row.sent_at or timezone.now(), row.remote_id)
    elif row.state == _Out.CANCELLED:
        _stopped(letter, row.problem)
    elif row.state in (_Out.FAILED, _Out.BOUNCED):
        bounced(letter, row.problem or "bounced")
    elif row.state == _Out.WAITING:
        _waits_again(letter, row.problem)
    elif row.state in (_Out.DRY, _Out.UNSURE):
        letter.problem = row.problem or str(row.state)
        letter.save(update_fields=["problem"])
        note(request, str(row.state), letter=letter, facts={"problem": letter.problem})


def sent(letter: Letter, at: datetime, message_id: str) -> None:
    """A letter is out: its posts are asked for, the deadline runs, and somebody looks again."""
    request = letter.request
    letter.state, letter.sent_at, letter.message_id, letter.problem = Letter.State.SENT, at, message_id, ""
    letter.save()
    open_items = [item for item in items_of(letter) if item.state in _NOT_GONE]
    moved(open_items, Item.State.ASKED)
    Item.objects.filter(pk__in=[item.pk for item in open_items], asked_at=None).update(asked_at=at, month=month_of(at))
    request.first_sent_at = request.first_sent_at or at
    request.due_at, request.reminded_at = at + timedelta(days=request.provider.answer_days), None
    recount(request)
    request.state = Request.State.REOPENED if request.to_ask else Request.State.PARTLY if request.gone else Request.State.SENT
    save(request, at)
    plan_visits([item.post_id for item in open_items], first_after=FIRST_LOOK, why=KIND, by=letter.approved_by)
    note(request, "sent", letter=letter, facts={"posts": len(open_items), "packet_sha256": letter.packet_sha256, "remote": message_id}, at=at)


def bounced(letter: Letter, code: str) -> None:
    """A letter did not arrive: its posts were not asked for by it, and a person finds another way."""
    request = letter.request
    was_sent = letter.sent_at
    letter.state, letter.problem = Letter.State.BOUNCED, code[:60]
    letter.save()
    if was_sent is not None:
        _not_asked(letter, was_sent)
    recount(request)
    request.state, request.due_at = Request.State.BOUNCED, None
    save(request)
    note(request, "bounced", letter=letter, facts={"problem": code})
    url = reverse("removal:request", args=[request.pk])
    notices.tell("removal_bounced", url=url, unit=request.unit, right="measures.draft", data={"request": request.pk})


def _waits_again(letter: Letter, problem: str) -> None:
    """It is tried again: by the worker after a while, or because a person said so of one that did not arrive."""
    request = letter.request
    if letter.state == Letter.State.BOUNCED and letter_in_the_making(request) is None:
        letter.state = Letter.State.APPROVED
        if request.first_sent_at is None:
            request.state = Request.State.APPROVED
            save(request)
        note(request, "tried_again", letter=letter)
    letter.problem = problem[:60]
    letter.save(update_fields=["state", "problem"])


def _not_asked(letter: Letter, at: datetime) -> None:
    """What this letter alone had asked for waits again."""
    first = Item.objects.filter(pk__in=letter.items, asked_at=at)
    first.filter(state=Item.State.ASKED).update(state=Item.State.WAITING)
    first.filter(state=Item.State.GONE).update(state=Item.State.GONE_BEFORE)
    items = list(first)
    for item in items:
        item.asked_at, item.hours, item.month = None, None, month_of(item.joined_at)
    Item.objects.bulk_update(items, ["asked_at", "hours", "month"], batch_size=400)
    request = letter.request
    earliest = Letter.objects.filter(request=request.pk, state=Letter.State.SENT).order_by("sent_at").values_list("sent_at", flat=True).first()
    request.first_sent_at = earliest


def _stopped(letter: Letter, problem: str) -> None:
    """Taken out of the outbox: a draft again, with what was in the way."""
    request = letter.request
    letter.state, letter.items, letter.packet, letter.packet_sha256 = Letter.State.DRAFTED, [], None, ""
    letter.approved_by = letter.approved_at = letter.not_before = None
    letter.problem = "" if problem == "undone" else problem[:60]
    letter.save()
    if request.state in BEFORE_SENDING:
        request.state = Request.State.DRAFTED
        save(request)
    note(request, "undone" if problem == "undone" else "stopped", letter=letter, facts={"problem": problem})
