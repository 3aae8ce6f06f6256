"""Opening a card for a person: into their hand where they may decide it, else to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from andon.console.frame.templatetags.desk import language
from andon.console.gate import saw
from andon.console.review import choices
from andon.console.review.actions.decide import NOTE_LENGTH, seen_token
from andon.console.review.actions.lease import is_long, may_decide, release, take
from andon.console.review.hooks import CARD_PARTS
from andon.console.review.models import Lease
from andon.console.review.queries.card import Card, card, load
from andon.console.review.queries.queue import QueueFilter, next_cards
from andon.console.staff.models import Person
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict

if TYPE_CHECKING:
    from django.http import HttpRequest

    from andon.console.gate import Actor
    from andon.console.intake.models import Campaign

_ROUNDS = 3  # of looking for a free card


@dataclass(frozen=True, slots=True)
class Opened:
    """A card on a person's screen. `lease`: in whose hand it is; `mine`: in theirs; `may_take`: a supervisor may take it over."""

    card: Card
    lease: Lease | None
    mine: bool
    may_take: bool

    @property
    def seen(self) -> str:
        """Names the card as it is shown."""
        return seen_token(self.card.campaign)


def open_card(actor: Actor, campaign: Campaign, *, left: int | None = None, anew: bool = False, only_look: bool = False) -> Opened:
    """Open a card. Taking it into one's hand, and looking at one that one may not take, are kept in the trail; coming back to one's own is not.

    `anew`: a page of its own is opened, so that the one before has nothing more to give back. `only_look`: a browser loads it ahead.
    """
    wanted = may_decide(actor.person, campaign.state) and not only_look
    if wanted and (mine := _into_hand(actor, campaign, left, anew=anew)):
        return _opened(actor, campaign, mine)
    if left is not None and Lease.objects.filter(campaign=left, person=actor.person.pk).exists():
        release(actor, left)
    saw(actor, "review.card_opened", f"campaign:{campaign.pk}", {"posts": campaign.posts, "state": campaign.state, "held": False})
    return _opened(actor, campaign, _lease_on(campaign))


def open_next(actor: Actor, wanted: QueueFilter, *, after: str = "", without: int | None = None, anew: bool = False) -> Opened | None:
    """The next card of a view that is in nobody else's hand, opened; none when the queue is empty.

    Many people may ask at the same moment: whoever finds that somebody was quicker goes on to the card behind.
    """
    for _ in range(_ROUNDS):
        numbers = next_cards(wanted, actor.person, after=after, without=without)
        if not numbers:
            return None
        for number in numbers:
            campaign = load(number)
            if campaign is None:
                continue
            if not may_decide(actor.person, campaign.state):
                return open_card(actor, campaign)
            if mine := _into_hand(actor, campaign, None, anew=anew):
                return _opened(actor, campaign, mine)
    campaign = load(numbers[0])
    return open_card(actor, campaign) if campaign is not None else None


def _lease_on(campaign: Campaign) -> Lease | None:
    return Lease.objects.filter(campaign=campaign.pk, until__gt=timezone.now()).select_related("person").first()


def _into_hand(actor: Actor, campaign: Campaign, left: int | None, *, anew: bool) -> Lease | None:
    """The actor's lease; none when somebody else has the card, however short the time."""
    lease = _lease_on(campaign)
    if lease is not None and lease.person_id != actor.person.pk:
        return None
    if lease is not None and left is None and not anew and is_long(lease, timezone.now()):
        return lease
    try:
        held = take(actor, campaign.pk, left=left)
    except Conflict:
        return None
    if held.is_new:
        saw(actor, "review.card_opened", f"campaign:{campaign.pk}", {"posts": campaign.posts, "state": campaign.state, "held": True})
    return held.lease


def _opened(actor: Actor, campaign: Campaign, lease: Lease | None) -> Opened:
    person = actor.person
    mine = lease is not None and lease.person_id == person.pk
    may_take = lease is not None and not mine and person.may(Right.WITHDRAW_OTHERS) and may_decide(person, campaign.state)
    return Opened(card(campaign, language()), lease, mine, may_take)


def card_context(request: HttpRequest, wanted: QueueFilter, opened: Opened | None, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - Django's form
    """What the card's template asks for."""
    found, others = choices.kinds_in_order(opened.card.campaign.kinds) if opened else ([], [])
    address = wanted.address()
    return {
        "opened": opened, "card": opened.card if opened else None, "campaign": opened.card.campaign if opened else None, "wanted": wanted,
        "query": f"?{address}" if address else "", "kinds_found": found, "kinds_others": others, "not_reasons": choices.NOT_REASONS,
        "escalate_reasons": choices.ESCALATE_REASONS, "note_length": NOTE_LENGTH, "note": "", "problem": "",
        "may_decide": bool(opened and opened.mine), "me": request.user, "parts": _parts(opened, request.user) if opened else [], **more,
    }  # fmt: skip


def _parts(opened: Opened, user: object) -> list[tuple[str, dict[str, Any]]]:
    """What other apps have to say on this card to this reader."""
    if not isinstance(user, Person):
        return []
    filled = ((part.template, part.context(opened.card.campaign, user)) for part in CARD_PARTS)
    return [(template, context) for template, context in filled if context is not None]
