"""Approve what is to go out: a named person says so, the packet is frozen, and the outbox has it. And take that back while it waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.intake.models import Campaign
from andon.console.measures.common import files
from andon.console.measures.common.channels import COPY, MAIL
from andon.console.measures.common.held import refuse_if_held
from andon.console.measures.common.models import Provider
from andon.console.measures.common.outbox import cancel, put
from andon.console.measures.kinds.removal.actions.draft import KIND
from andon.console.measures.kinds.removal.documents import mail
from andon.console.measures.kinds.removal.documents.formats import FORMATS
from andon.console.measures.kinds.removal.life import letter_in_the_making, note, rules, save
from andon.console.measures.kinds.removal.models import Item, Letter, Request
from andon.console.measures.kinds.removal.packet import build, items_of, meant_items, sha256_of
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

_NOT_HIS = ("right", "not_fresh")  # refusals that hold for all of them


@dataclass(frozen=True, slots=True)
class Made:
    """A packet with its documents as they will go out, and the posts in it."""

    letter: int
    packet: Mapping[str, Any]
    payload: Mapping[str, Any]
    items: tuple[int, ...]


def approve_many(actor: Actor, request_ids: Sequence[int]) -> int:
    """Approve all that can be; how many could. What cannot (held, told to nobody yet, changed) stays drafted."""
    done = 0
    for pk in request_ids:
        try:
            approve(actor, pk)
        except (Refused, Conflict) as error:
            if isinstance(error, Refused) and error.data.get("reason") in _NOT_HIS:
                raise
            continue
        done += 1
    return done


def approve(actor: Actor, request_id: int, *, now: datetime | None = None) -> Letter:
    """Approve the letter in the making of a request. The documents are made before the transaction: a long one would keep everybody else waiting."""
    if not actor.person.may(Right.MEASURE_SEND):
        return approve_made(actor, request_id, None)  # the gate refuses, and keeps that it did
    request = Request.objects.select_related("provider", "unit").get(pk=request_id)
    return approve_made(actor, request_id, _made(actor, request, now or timezone.now()), now=now)


def _made(actor: Actor, request: Request, now: datetime) -> Made | None:
    letter = letter_in_the_making(request)
    if letter is None or letter.state != Letter.State.DRAFTED:
        return None
    items = items_of(letter)
    packet = build(letter, items, actor.person, now)
    return Made(letter.pk, packet, _payload(letter, packet), tuple(item.pk for item in items))


def _payload(letter: Letter, packet: Mapping[str, Any]) -> dict[str, Any]:
    """What the channel needs: a mail with its documents, or the numbers of the letter that a person carries out."""
    if channel_of(letter) != MAIL:
        return {"letter": letter.pk, "address": letter.address}
    attached = [
        {"key": files.keep(one.make(packet)), "name": one.name(packet), "type": one.media_type.partition(";")[0]}
        for one in FORMATS.values() if one.with_mail
    ]  # fmt: skip
    first = Letter.objects.filter(request=letter.request_id, sent_at__isnull=False).exclude(message_id="").order_by("sent_at").first()
    is_same_receiver = first is not None and first.address == letter.address
    return {
        "to": [letter.address], "subject": mail.subject(packet), "body": mail.text(packet), "attachments": attached,
        "in_reply_to": first.message_id if first is not None and is_same_receiver else "",
    }  # fmt: skip


def channel_of(letter: Letter) -> str:
    """The way out: by mail where the address is a mailbox, else a person carries it out (forms, portals, partners)."""
    return MAIL if letter.channel in (Provider.Channel.EMAIL, Provider.Channel.PARTNER) and is_mailbox(letter.address) else COPY


def is_mailbox(address: str) -> bool:
    """Whether this is an address of mail."""
    name, _, domain = parseaddr(address)[1].rpartition("@")
    return bool(name and "." in domain and "/" not in address)


@verb("removal.approved", Right.MEASURE_SEND)
def approve_made(actor: Actor, request_id: int, made: Made | None, *, now: datetime | None = None) -> Done[Letter]:
    """Freeze what was made and put it into the outbox.

    Raises Conflict when the letter is no longer what was made, Refused without a standing decision or before the police were told where they are to
    be, Held for posts that are held.
    """
    now = now or timezone.now()
    request = Request.objects.select_for_update(of=("self",)).select_related("unit", "provider").get(pk=request_id)
    letter = letter_in_the_making(request)
    if made is None or letter is None or letter.pk != made.letter or letter.state != Letter.State.DRAFTED:
        raise Conflict(reason="no_draft", name=f"removal:{request_id}")
    items = items_of(letter)
    if not items:
        refuse_if_held(item.post_id for item in meant_items(letter))
    if not items or tuple(item.pk for item in items) != made.items:
        raise Conflict(reason="removal_changed", name=f"removal:{request_id}")
    posts = [item.post_id for item in items]
    check(request, items)
    _freeze(letter, made, actor, now)
    letter.not_before = _not_before(request)
    letter.save()
    put(
        key=letter.outbox_key, kind=KIND, subject_id=letter.pk, channel=channel_of(letter), payload=made.payload, by=actor.person, posts=posts,
        weight=len(posts), not_before=letter.not_before, now=now,
    )  # fmt: skip
    if letter.kind == Letter.Kind.FIRST:
        request.state = Request.State.APPROVED
    save(request, now)
    facts = {"letter": letter.pk, "posts": len(posts), "packet_sha256": letter.packet_sha256, "channel": channel_of(letter)}
    note(request, "approved", by=actor.person, letter=letter, facts=facts, at=now)
    return Done(letter, f"removal:{request_id}", facts)


def check(request: Request, items: Sequence[Item]) -> None:
    """What must hold before anything goes out; asked again at the moment of sending."""
    if not_recruitment(items):
        raise Refused(reason="no_recruitment", name=f"removal:{request.pk}")
    if tells_police(request) and request.police_told_at is None:
        raise Refused(reason="police_first", name=f"removal:{request.pk}")
    refuse_if_held([item.post_id for item in items])


def not_recruitment(items: Sequence[Item]) -> bool:
    """Whether some of the posts are in a campaign that no standing decision calls recruitment."""
    campaigns = {item.post.campaign_id for item in items}
    return Campaign.objects.filter(pk__in=campaigns, state=Campaign.State.RECRUITMENT).count() != len(campaigns)


def tells_police(request: Request) -> bool:
    """Whether the police are told before the provider is asked."""
    return request.unit.kind in rules().tells_police


def _freeze(letter: Letter, made: Made, actor: Actor, now: datetime) -> None:
    letter.packet, letter.packet_sha256, letter.items = dict(made.packet), sha256_of(dict(made.packet)), list(made.items)
    letter.state, letter.approved_by, letter.approved_at, letter.problem = Letter.State.APPROVED, actor.person, now, ""
    letter.round += 1


def _not_before(request: Request) -> datetime | None:
    """Not before the wait after telling the police is over; once something has been sent, nothing more is waited for."""
    if request.police_told_at is None or request.first_sent_at is not None or not tells_police(request):
        return None
    return request.police_told_at + timedelta(hours=rules().wait_hours)


@verb("removal.undone", Right.MEASURE_SEND)
def undo(actor: Actor, request_id: int) -> Done[Letter]:
    """Take an approval back before the letter has gone: it is a draft again. Raises Conflict when it is on its way already."""
    request = Request.objects.select_for_update().get(pk=request_id)
    letter = letter_in_the_making(request)
    if letter is None or letter.state != Letter.State.APPROVED or not cancel(Q(key=letter.outbox_key), by=actor.person):
        raise Conflict(reason="no_longer_waiting", name=f"removal:{request_id}")
    letter.refresh_from_db()  # the outbox told `outgoing.changed`, which set it back
    return Done(letter, f"removal:{request_id}", {"letter": letter.pk})


