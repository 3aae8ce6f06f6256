"""Servers of the four networks, accounts that may post there, reviewed wordings, and campaigns whose posts stand on those servers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the tests' own helpers, however pytest was started

from django.utils import timezone
from servers import Bluesky, Mastodon, Misskey, Server, X
from warning_help import account_at, place

from andon.console import gate
from andon.console.intake.models import Campaign, Post
from andon.console.measures.common.outbox import running
from andon.console.measures.kinds.warning.actions.wordings import load_shipped
from andon.console.measures.kinds.warning.models import Wording
from andon.console.review.actions.decide import Said, decide, seen_token
from andon.console.review.actions.lease import take

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from andon.console.gate import Actor
    from andon.console.measures.kinds.warning.models import Account
    from andon.console.staff.models import Person, Unit

TEXT = "日給5万円 荷物を受け取るだけ 詳細はDM"
Settle: TypeAlias = "Callable[[Campaign, Person], None]"


@pytest.fixture(params=[Mastodon, Misskey, Bluesky, X], ids=lambda one: one.__name__)
def server(request: pytest.FixtureRequest, settings: Any) -> Iterator[Server]:
    """Each of the four networks in turn."""
    with request.param() as running:
        settings.MAY_REACH = (running.netloc,)
        yield running


@pytest.fixture
def mastodon(settings: Any) -> Iterator[Mastodon]:
    """One network, where it does not matter which."""
    with Mastodon() as running:
        settings.MAY_REACH = (running.netloc,)
        yield running


@pytest.fixture(autouse=True)
def at_once(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is approved goes without waiting; the worker remembers nothing of other tests."""
    settings.MEASURES_UNDO_SECONDS = 0
    monkeypatch.setattr(running, "_stumbled", {})


@pytest.fixture
def account(server: Server, unit: Unit, sora: Person) -> Account:
    """A live account on the server."""
    return account_at(server, unit, sora)


@pytest.fixture
def on_mastodon(mastodon: Mastodon, unit: Unit, sora: Person) -> Account:
    """A live account there."""
    return account_at(mastodon, unit, sora)


@pytest.fixture
def wording(sora: Person) -> Wording:
    """The shipped wordings, all reviewed; the first warning in Japanese."""
    load_shipped(gate.Actor(sora, gate.Via.SCREEN, fresh=True))
    with gate._door():
        Wording.objects.update(state=Wording.State.REVIEWED, reviewed_by=sora, reviewed_at=timezone.now())
    return Wording.objects.get(shipped="ja-do-not-apply")


@pytest.fixture
def apology(wording: Wording) -> Wording:
    """The reviewed apology in Japanese."""
    return Wording.objects.get(shipped="ja-apology")


@pytest.fixture
def settle(actor: Callable[..., Actor]) -> Settle:
    """Decide that a campaign recruits."""

    def say(campaign: Campaign, person: Person) -> None:
        campaign.refresh_from_db()
        take(actor(person), campaign.pk)
        decide(actor(person), campaign.pk, Said("recruitment", "parcel", seen_token(campaign)))
        campaign.refresh_from_db()

    return say


@pytest.fixture
def posted(campaign: Callable[..., Campaign], settle: Settle, aoi: Person) -> Callable[..., Campaign]:
    """A campaign decided by aoi whose posts stand on a server: `posted(server, posts=2)`."""

    def make(server: Server, text: str = TEXT, *, posts: int = 2, decided: bool = True) -> Campaign:
        one = campaign(text, posts=posts)
        source = {"X": "x_api"}.get(type(server).__name__, type(server).__name__.lower())
        for post in Post.objects.filter(campaign=one):
            there = server.add_post(post.text)
            place(post, source, there.uri if source == "bluesky" else there.id, there.url)
        if decided:
            settle(one, aoi)
        return one

    return make
