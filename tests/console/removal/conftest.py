"""Providers, decided campaigns, and a mail server that keeps what it is given."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from andon.console import gate
from andon.console.intake.models import Campaign, Post
from andon.console.measures.common.models import ChannelSwitch, Provider
from andon.console.measures.common.outbox import run_due
from andon.console.measures.kinds.removal.actions import approve as approving
from andon.console.measures.kinds.removal.actions import draft as drafting
from andon.console.measures.kinds.removal.models import Request
from andon.console.measures.visits import hooks
from andon.console.measures.visits.models import Visit, Watch
from andon.console.outside import mail
from andon.console.review.models import Decision
from andon.console.staff.models import Unit
from andon.console.staff.rights import Role

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage

    from andon.console.intake.models import ModelVersion
    from andon.console.staff.models import Person


@pytest.fixture(autouse=True)
def no_undo_window(settings: Any) -> None:
    """What is approved may go at once; tests that undo do so before the worker runs."""
    settings.MEASURES_UNDO_SECONDS = 0


@pytest.fixture
def unit(db: None) -> Unit:
    """A police unit: nobody else is told before a provider is asked."""
    with gate._door():
        return Unit.objects.get_or_create(name="試験サイバー係", defaults={"kind": Unit.Kind.POLICE})[0]


@pytest.fixture
def hotline(db: None) -> Unit:
    """A hotline: the police are told first."""
    with gate._door():
        return Unit.objects.get_or_create(name="試験ホットライン", defaults={"kind": Unit.Kind.HOTLINE})[0]


@pytest.fixture
def rin(person: Callable[..., Person], hotline: Unit) -> Person:
    """A supervisor of the hotline."""
    return person("rin", Role.SUPERVISOR, unit=hotline)


@pytest.fixture
def provider(db: None) -> Callable[..., Provider]:
    """Make a provider; the posts of `campaign` stand on the first one's host."""

    def make(code: str = "social", **fields: Any) -> Provider:
        values = {
            "name": "ソーシャル株式会社", "name_en": "Social Inc.", "country": "JP", "channel": "email", "address": f"abuse@{code}.example", "languages": ["ja", "en"],
            "terms": "利用規約 第3条（違法行為の勧誘の禁止）", "hosts": [f"{code}.example"], "answer_days": 7, **fields,
        }  # fmt: skip
        with gate._door():
            return Provider.objects.create(code=code, **values)

    return make


@pytest.fixture
def recruited(campaign: Callable[..., Campaign], aoi: Person, version: ModelVersion) -> Callable[..., Campaign]:
    """Make a campaign that a person decided to be recruitment."""

    def make(text: str = "日給5万円 荷物を受け取るだけ 即日即金 詳細はDM", **fields: Any) -> Campaign:
        kind = fields.pop("kind_said", "parcel")
        one = campaign(text, state=Campaign.State.RECRUITMENT, settled_at=timezone.now(), **fields)
        with gate._door():
            Decision.objects.create(
                campaign=one, verdict="recruitment", kind=kind, by=aoi, model=version, score=0.9, level=3, posts=one.posts, members_sha256="0" * 64
            )
        return one

    return make


@pytest.fixture
def mails(monkeypatch: pytest.MonkeyPatch, settings: Any, aoi: Person) -> list[EmailMessage]:
    """What was handed to the mail server; the channel is switched on."""
    taken: list[EmailMessage] = []

    def take(message: EmailMessage) -> mail.Sent:
        taken.append(message)
        return mail.Sent(str(message["Message-ID"]))

    monkeypatch.setattr(mail, "send", take)
    settings.MAIL_URL, settings.MAIL_FROM, settings.CONTACT = "smtp://mail.example", "desk@police.example", "03-0000-0000"
    with gate._door():
        ChannelSwitch.objects.create(channel="mail", is_live=True, by=aoi)
    return taken


@pytest.fixture
def sent(
    provider: Callable[..., Provider], recruited: Callable[..., Campaign], sora: Person, actor: Callable[..., gate.Actor], mails: list[EmailMessage]
) -> Callable[..., Request]:
    """Make a request about a campaign of so many posts and send it by mail."""

    def make(posts: int = 2, **fields: Any) -> Request:
        provider(**fields)
        request = drafting.draft(actor(sora), recruited(posts=posts).pk)[0]
        approving.approve(actor(sora), request.pk)
        go()
        request.refresh_from_db()
        assert request.state == Request.State.SENT, request.state
        return request

    return make


def go(*, hours: float = 0) -> None:
    """Let the worker send what is due by then."""
    run_due(now=timezone.now() + timedelta(hours=hours))


def look(posts: list[Post], state: str, *, at: Any = None, settled: bool = True, code: str = "http_404") -> None:
    """A look that found `state` at each of the posts, as the visits app keeps and tells it."""
    at = at or timezone.now()
    with gate._door():
        for post in posts:
            Watch.objects.filter(post=post).update(state=state if settled else "", state_at=at, last_state=state, last_at=at)
        visits = [Visit.objects.create(post=post, at=at, state=state, code=code, is_settled=settled, agreed=2 if settled else 1) for post in posts]
        for hook in hooks.AFTER_VISIT:
            hook(visits)


@pytest.fixture
def hold_on(person: Callable[..., Person], actor: Callable[..., gate.Actor]) -> Callable[[Post], None]:
    """Place a hold on a post, by somebody of another unit."""
    from andon.console.holds import targets
    from andon.console.holds.actions.place import Terms, place

    with gate._door():
        other = Unit.objects.create(name="別の係", kind=Unit.Kind.POLICE)
    yui = person("yui", Role.SUPERVISOR, unit=other)

    def hold(post: Post) -> None:
        now = timezone.now()
        place(actor(yui), targets.post(post.pk), Terms("evidence", now + timedelta(days=30), now + timedelta(days=7)))

    return hold
