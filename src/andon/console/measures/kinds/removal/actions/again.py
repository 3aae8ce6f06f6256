"""Write again: a second request, or to a place above the provider; and what a person adds to a letter or takes out of it before it is approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.measures.common.outbox import cancel
from andon.console.measures.kinds.removal.actions.draft import KIND
from andon.console.measures.kinds.removal.life import ANSWERABLE, BEFORE_SENDING, letter_in_the_making, note, recount, rules, save
from andon.console.measures.kinds.removal.models import Item, Letter, Request
from andon.console.measures.visits.plan import stop
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

_NOTE, _NAME, _ADDRESS = 2_000, 200, 500
_Item = Item.State
_Kind = Letter.Kind


def may_write(request: Request) -> list[str]:
    """The kinds of further letters that make sense now, the nearest first."""
    if request.state not in ANSWERABLE or letter_in_the_making(request) is not None:
        return []
    items = set(Item.objects.filter(request=request.pk).values_list("state", flat=True))
    sent = Letter.objects.filter(request=request.pk, state=Letter.State.SENT).count()
    kinds = []
    if items & {_Item.WAITING, _Item.BACK}:
        kinds.append(_Kind.MORE.value if sent else _Kind.FIRST.value)
    if sent and items & {_Item.ASKED, _Item.BACK}:
        kinds.append(_Kind.SECOND.value)
        if sent >= rules().escalate_after or request.state == Request.State.REFUSED:
            kinds.append(_Kind.ESCALATION.value)
    return kinds


@verb("removal.written_again", Right.MEASURE_DRAFT)
def write_again(actor: Actor, request_id: int, kind: str, *, receiver: str = "", address: str = "", text: str = "") -> Done[Letter]:
    """Draft a further letter. Raises Conflict when that makes no sense as things stand, Refused for an escalation that says not to whom."""
    request = Request.objects.select_for_update(of=("self",)).select_related("provider").get(pk=request_id)
    if kind not in may_write(request):
        raise Conflict(reason="no_further_letter", name=f"removal:{request_id}")
    is_higher = kind == _Kind.ESCALATION
    if is_higher and not (receiver.strip() and address.strip()):
        raise Refused(reason="escalate_where", name=f"removal:{request_id}")
    provider = request.provider
    letter = Letter.objects.create(
        request=request, kind=kind, channel="partner" if is_higher else provider.channel,
        address=(address.strip() if is_higher else provider.address)[:_ADDRESS], receiver=receiver.strip()[:_NAME] if is_higher else "",
        note=text.strip()[:_NOTE], drafted_by=actor.person,
    )  # fmt: skip
    note(request, f"letter.{kind}", by=actor.person, letter=letter)
    return Done(letter, f"removal:{request_id}", {"letter": letter.pk, "kind": kind})


@verb("removal.draft_changed", Right.MEASURE_DRAFT)
def change(actor: Actor, request_id: int, *, text: str, address: str | None = None) -> Done[Letter]:
    """Change the drafter's own words, or where the letter goes. Raises Conflict when there is no draft (an approved letter is changed by nobody)."""
    request = Request.objects.select_for_update().get(pk=request_id)
    letter = _draft(request)
    letter.note = text.strip()[:_NOTE]
    if address is not None:
        letter.address = address.strip()[:_ADDRESS]
    letter.save(update_fields=["note", "address"])
    note(request, "changed", by=actor.person, letter=letter)
    return Done(letter, f"removal:{request_id}", {"letter": letter.pk, "note": bool(letter.note)})


@verb("removal.posts_dropped", Right.MEASURE_DRAFT)
def drop(actor: Actor, request_id: int, item_ids: Sequence[int]) -> Done[int]:
    """Take posts out that were not asked for yet; how many. They may be drafted for again later."""
    request = Request.objects.select_for_update().get(pk=request_id)
    letter = letter_in_the_making(request)
    if letter is not None and letter.state == Letter.State.APPROVED:
        raise Conflict(reason="no_draft", name=f"removal:{request_id}")
    items = Item.objects.filter(request=request, pk__in=item_ids, state=_Item.WAITING, asked_at=None)
    posts = list(items.values_list("post_id", flat=True))
    items.update(state=_Item.DROPPED)
    stop(posts, why=KIND)
    recount(request)
    save(request)
    note(request, "dropped", by=actor.person, facts={"posts": len(posts)})
    return Done(len(posts), f"removal:{request_id}", {"posts": posts[:200], "count": len(posts)})


@verb("removal.cancelled", Right.MEASURE_DRAFT)
def give_up(actor: Actor, request_id: int, *, text: str = "") -> Done[Request]:
    """Drop a request that has not gone out, or only the letter in the making of one that has. Raises Conflict when there is nothing to drop."""
    now = timezone.now()
    request = Request.objects.select_for_update().get(pk=request_id)
    letter = letter_in_the_making(request)
    if letter is None and request.state not in BEFORE_SENDING:
        raise Conflict(reason="no_draft", name=f"removal:{request_id}")
    if letter is not None:
        _drop_letter(letter, actor)
    if request.first_sent_at is None:
        posts = list(request.items.exclude(state=_Item.DROPPED).values_list("post_id", flat=True))
        request.items.update(state=_Item.DROPPED)
        stop(posts, why=KIND)
        request.state = Request.State.CANCELLED
        recount(request)
    save(request, now)
    note(request, "cancelled", by=actor.person, letter=letter, text=text.strip()[:_NOTE])
    return Done(request, f"removal:{request_id}", {"letter": letter.pk if letter else None, "request": request.state == Request.State.CANCELLED})


def _drop_letter(letter: Letter, actor: Actor) -> None:
    if letter.state == Letter.State.APPROVED and not cancel(Q(key=letter.outbox_key), by=actor.person):
        raise Conflict(reason="no_longer_waiting", name=f"letter:{letter.pk}")
    letter.refresh_from_db()
    letter.state = Letter.State.CANCELLED
    letter.save(update_fields=["state"])


def _draft(request: Request) -> Letter:
    letter = letter_in_the_making(request)
    if letter is None or letter.state != Letter.State.DRAFTED:
        raise Conflict(reason="no_draft", name=f"removal:{request.pk}")
    return letter
