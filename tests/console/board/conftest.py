"""A made-up kind of measure, and campaigns that people decided."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db.models import Value
from django.utils import timezone

from andon.console import gate
from andon.console.intake.models import PostContact
from andon.console.measures.common import channels, kinds, limits
from andon.console.measures.common.kinds import Kind, Line, Made, Waiting
from andon.console.measures.common.outbox import hooks, put
from andon.console.review.actions.decide import Said, decide, seen_token
from andon.console.review.actions.lease import hold
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from andon.console.intake.models import Campaign
    from andon.console.review.models import Decision
    from andon.console.staff.models import Person

NOW = timezone.now()
LATER = NOW + timedelta(minutes=10)


class Letters:
    """A kind of measure that makes one letter for each campaign and puts it into the outbox when approved."""

    def __init__(self) -> None:
        self.drafts: dict[int, int] = {}  # letter → campaign
        self.received: list[str] = []
        self.breaks_at: int | None = None
        self.lines: list[Line] | None = None
        self.lists: list[Waiting] = []

    def preview(self, _person: Person, campaign_ids: Sequence[int]) -> list[Line]:
        """Two posts for each campaign, unless told otherwise."""
        return [Line("X", posts=2 * len(campaign_ids), ready=2 * len(campaign_ids))] if self.lines is None else self.lines

    def prepare(self, actor: gate.Actor, campaign_ids: Sequence[int]) -> list[Made]:
        """A letter each; nothing for those that have one."""
        return _prepare(actor, self, list(campaign_ids))

    def approve(self, actor: gate.Actor, ids: Sequence[int]) -> int:
        """Into the outbox."""
        return _approve(actor, list(ids))

    def send(self, _payload: Mapping[str, Any], key: str) -> channels.Sent:
        """A delivery."""
        self.received.append(key)
        return channels.Sent(key)


@gate.verb("test.prepared", Right.MEASURE_DRAFT)
def _prepare(_actor: gate.Actor, letters: Letters, ids: list[int]) -> gate.Done[list[Made]]:
    made = []
    for campaign in ids:
        if campaign == letters.breaks_at:
            raise Conflict(reason="changed", name=f"campaign:{campaign}")
        if campaign not in letters.drafts.values():
            letters.drafts[campaign * 10] = campaign
            made.append(Made(campaign * 10, f"/letters/{campaign * 10}/"))
    return gate.Done(made, "letters")


@gate.verb("test.approved", Right.MEASURE_SEND)
def _approve(actor: gate.Actor, ids: list[int]) -> gate.Done[int]:
    for one in ids:
        put(key=f"letter:{one}", kind="letter", subject_id=one, channel="post", payload={}, by=actor.person)
    return gate.Done(len(ids), "letters")


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> Iterator[Letters]:
    """The only kind that there is in the test."""
    made = Letters()
    nobody = PostContact.objects.annotate(whose=Value("")).none()
    kind = Kind("letter", made.preview, made.prepare, made.approve, lambda _person: made.lists, lambda _unit: nobody)
    monkeypatch.setattr(kinds, "KINDS", kinds.KINDS)
    before = list(kinds.KINDS)
    kinds.KINDS[:] = [kind]
    monkeypatch.setitem(channels.CHANNELS, "post", channels.Channel("post", made.send, is_live=lambda _payload: True))
    monkeypatch.setitem(limits._known, "letter", (1000, 1000))
    monkeypatch.setattr(hooks, "CHANGED", {})
    yield made
    kinds.KINDS[:] = before


@pytest.fixture
def settled(actor: Callable[..., gate.Actor], aoi: Person, campaign: Callable[..., Campaign]) -> Callable[..., Campaign]:
    """A campaign that aoi decided to be recruitment (or as told)."""

    def make(verdict: str = "recruitment", code: str = "parcel", **fields: Any) -> Campaign:
        one = campaign(**fields)
        hold(actor(aoi), one.pk)
        decision: Decision = decide(actor(aoi), one.pk, Said(verdict, code, seen_token(one)))
        assert decision.pk
        one.refresh_from_db()
        return one

    return make
