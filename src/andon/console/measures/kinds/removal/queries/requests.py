"""Requests as lists and pages show them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from andon.console.measures.common.channels import COPY
from andon.console.measures.common.held import held_posts, whom_to_ask
from andon.console.measures.common.models import Outgoing, Provider
from andon.console.measures.common.outbox.checks import in_the_way
from andon.console.measures.kinds.removal.actions.again import may_write
from andon.console.measures.kinds.removal.actions.approve import tells_police
from andon.console.measures.kinds.removal.actions.draft import KIND
from andon.console.measures.kinds.removal.life import letter_in_the_making
from andon.console.measures.kinds.removal.models import Event, Item, Letter, Request
from andon.console.measures.kinds.removal.packet import meant_items
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.db.models import QuerySet

    from andon.console.staff.models import Person

_OVER = (Request.State.REMOVED, Request.State.GONE_BEFORE, Request.State.CANCELLED)
OPEN_STATES = tuple(state for state in Request.State.values if state not in _OVER)
OVERDUE, OPEN, ALL = "overdue", "open", "all"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list shows: a state (or open, overdue, all), one provider, one's own unit only."""

    state: str = OPEN
    provider: int | None = None
    mine: bool = False

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Wanted:
        """From an address; what makes no sense is left out."""
        state, provider = given.get("state", OPEN), given.get("provider", "")
        known = {*Request.State.values, OVERDUE, OPEN, ALL}
        number = int(provider) if provider.isdecimal() and len(provider) < 10 else None  # noqa: PLR2004 - fits any database
        return cls(state if state in known else OPEN, number, given.get("mine") == "1")

    def numbers(self, person: Person) -> QuerySet[Request, int]:
        """The numbers of the requests, the latest first; of what is overdue the oldest. Sorting rows joined with others would be slow."""
        found = self._others(person)
        if self.state == OVERDUE:
            return found.filter(_overdue(timezone.now())).order_by("due_at", "id").values_list("pk", flat=True)
        if self.state == OPEN:
            found = found.exclude(state__in=_OVER)
        elif self.state != ALL:
            found = found.filter(state=self.state)
        return found.order_by("-made_at", "-id").values_list("pk", flat=True)

    def _others(self, person: Person) -> QuerySet[Request]:
        found = Request.objects.all()
        if self.provider is not None:
            found = found.filter(provider=self.provider)
        return found.filter(unit=person.unit_id) if self.mine else found

    def counts(self, person: Person) -> list[tuple[str, int]]:
        """How many there are in each state, and of the sums: for the chips."""
        rows = {row["state"]: row["n"] for row in self._others(person).order_by().values("state").annotate(n=Count("pk"))}
        overdue = self._others(person).filter(_overdue(timezone.now())).count()
        sums = [(OPEN, sum(rows.get(state, 0) for state in OPEN_STATES)), (OVERDUE, overdue), (ALL, sum(rows.values()))]
        return sums + [(state, rows[state]) for state in Request.State.values if rows.get(state)]


def _overdue(now: datetime) -> Q:
    return Q(due_at__lte=now) & ~Q(state__in=_OVER)


def providers() -> list[Provider]:
    """Those that anything was ever asked of."""
    return list(Provider.objects.filter(Exists(Request.objects.filter(provider=OuterRef("pk")))))


@dataclass(slots=True)
class Shown:
    """A request with what its page needs. `may` says which acts make sense now for this person."""

    request: Request
    letters: list[Letter]
    making: Letter | None
    outgoing: Outgoing | None
    events: list[Event]
    held: list[tuple[str, str, int]]
    overdue: bool
    police_wanted: bool
    stopped: str = ""  # code of what stands in the way of carrying an approved letter out
    addresses: str = ""  # of the posts of such a letter, one a line
    may: dict[str, Any] = field(default_factory=dict)


def load(request_id: int) -> Request | None:
    """One request."""
    found = Request.objects.select_related("provider", "campaign", "unit", "drafted_by", "police_told_by")
    return found.defer("campaign__template", "campaign__days").filter(pk=request_id).first()


def outgoing_of(request: Request) -> Outgoing | None:
    """What the outbox holds of the letter in the making."""
    making = letter_in_the_making(request)
    return Outgoing.objects.filter(kind=KIND, key=making.outbox_key).first() if making is not None and making.round else None


def shown(request: Request, person: Person) -> Shown:
    """All of one request, but its posts, which come by pages."""
    now = timezone.now()
    making = letter_in_the_making(request)
    meant = meant_items(making) if making is not None and making.state == Letter.State.DRAFTED else []
    held = whom_to_ask(held_posts(item.post_id for item in meant))
    letters = list(Letter.objects.filter(request=request).defer("packet").select_related("drafted_by", "approved_by").order_by("-pk"))
    events = list(Event.objects.filter(request=request).select_related("by").order_by("-pk")[:300])
    police = tells_police(request) and request.first_sent_at is None
    found = Shown(request, letters, making, outgoing_of(request), events, held, bool(request.due_at and request.due_at <= now), police)
    if making is not None and making.packet is not None and found.outgoing is not None and found.outgoing.channel == COPY:
        found.stopped = in_the_way(found.outgoing)
        found.addresses = "\n".join(post["url"] for post in making.packet["posts"])
    found.may = _may(found, person)
    return found


def _may(found: Shown, person: Person) -> dict[str, Any]:
    drafts, sends = person.may(Right.MEASURE_DRAFT), person.may(Right.MEASURE_SEND)
    making, request = found.making, found.request
    is_draft = making is not None and making.state == Letter.State.DRAFTED
    is_by_hand = found.outgoing is not None and found.outgoing.channel == COPY and found.outgoing.state == Outgoing.State.WAITING
    waits = found.outgoing is not None and found.outgoing.state in (Outgoing.State.WAITING, Outgoing.State.DRY)
    return {
        "approve": sends and is_draft and not (found.police_wanted and request.police_told_at is None), "change": drafts and is_draft,
        "undo": sends and making is not None and making.state == Letter.State.APPROVED and waits,
        "carry": sends and is_by_hand and (found.outgoing is not None and found.outgoing.not_before <= timezone.now()) and not found.stopped,
        "police": drafts and found.police_wanted and request.police_told_at is None,
        "answer": drafts and request.first_sent_at is not None and request.state != Request.State.CANCELLED,
        "write": may_write(request) if drafts else [], "give_up": drafts and making is not None,
    }  # fmt: skip


def items(request: Request) -> QuerySet[Item]:
    """Its posts, those that ask for somebody first."""
    return Item.objects.filter(request=request).select_related("post").order_by("pk")
