"""Short ways to a card in hand and a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from andon.console import gate
from andon.console.intake.models import Post
from andon.console.intake.search.index import index_posts, search_tokens
from andon.console.review.actions.decide import Said, decide, seen_token
from andon.console.review.actions.lease import hold
from andon.language.bigrams import search_form

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from andon.console.intake.models import Campaign
    from andon.console.review.models import Decision
    from andon.console.staff.models import Person


@pytest.fixture
def campaign(campaign: Callable[..., Campaign]) -> Callable[..., Campaign]:
    """As everywhere, and its posts can be searched."""

    def make(*args: Any, **fields: Any) -> Campaign:
        one = campaign(*args, **fields)
        forms = [(pk, search_form(text)) for pk, text in Post.objects.filter(campaign=one).values_list("pk", "text")]
        with gate._door():
            index_posts([(pk, form, search_tokens(form)) for pk, form in forms])
        return one

    return make


@pytest.fixture
def settled(actor: Callable[..., gate.Actor]) -> Callable[..., Decision]:
    """Have a person take a card and decide it: `settled(aoi, campaign)`, `settled(aoi, campaign, "not", "joke")`."""

    def settle(
        someone: Person, campaign: Campaign, verdict: str = "recruitment", code: str = "parcel", *, note: str = "", now: datetime | None = None
    ) -> Decision:
        campaign.refresh_from_db()
        hold(actor(someone), campaign.pk, now=now)
        decision = decide(actor(someone), campaign.pk, Said(verdict, code, seen_token(campaign), note), now=now)
        campaign.refresh_from_db()
        return decision

    return settle
