"""A desk in a test database: people of known rights, and made-up campaigns. Through the gate's door, as everything that writes."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.test import Client

from andon.console import gate
from andon.console.intake.models import Campaign, Contact, ModelVersion, Post, PostContact, Upload
from andon.console.staff.models import Person, Unit
from andon.console.staff.rights import Role

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PASSWORD = "correct horse battery staple"
NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def desk_settings(settings: Any, tmp_path: Path) -> None:
    """Quick password hashes, no manifest of static files, a folder of its own."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.HOME = tmp_path
    settings.SECOND_FACTOR_REQUIRED = False
    cache.clear()


@pytest.fixture
def unit(db: None) -> Unit:
    """A hotline."""
    with gate._door():
        return Unit.objects.get_or_create(name="試験ホットライン", defaults={"kind": Unit.Kind.HOTLINE})[0]


@pytest.fixture
def person(unit: Unit) -> Callable[..., Person]:
    """Make a person: `person("aoi", Role.ANALYST)`."""

    def make(username: str, *roles: Role, **more: Any) -> Person:
        with gate._door():
            one = Person(username=username, name=more.pop("name", username.title()), unit=more.pop("unit", unit), roles=[str(role) for role in roles], **more)
            one.set_password(PASSWORD)
            one.save()
        return one

    return make


@pytest.fixture
def aoi(person: Callable[..., Person]) -> Person:
    """An analyst."""
    return person("aoi", Role.ANALYST)


@pytest.fixture
def jun(person: Callable[..., Person]) -> Person:
    """Another analyst."""
    return person("jun", Role.ANALYST)


@pytest.fixture
def sora(person: Callable[..., Person]) -> Person:
    """A supervisor."""
    return person("sora", Role.SUPERVISOR)


@pytest.fixture
def kei(person: Callable[..., Person]) -> Person:
    """An auditor: reads the trail, neither posts nor decisions."""
    return person("kei", Role.AUDITOR)


@pytest.fixture
def nao(person: Callable[..., Person]) -> Person:
    """An administrator: changes people, reads no posts."""
    return person("nao", Role.ADMINISTRATOR)


@pytest.fixture
def browse() -> Callable[[Person], Client]:
    """A signed-in client of a person."""

    def signed_in(someone: Person) -> Client:
        client = Client(headers={"accept-language": "ja"})
        client.force_login(someone, backend="andon.console.staff.backend.SignInBackend")
        return client

    return signed_in


@pytest.fixture
def actor() -> Callable[..., gate.Actor]:
    """A person at a screen, freshly signed in unless told otherwise."""

    def at(someone: Person, via: gate.Via = gate.Via.SCREEN, *, fresh: bool = True) -> gate.Actor:
        return gate.Actor(someone, via, fresh)

    return at


@pytest.fixture
def version(db: None) -> ModelVersion:
    """The model in use."""
    with gate._door():
        return ModelVersion.objects.get_or_create(sha256="0" * 64, defaults={"in_use_since": NOON})[0]


@pytest.fixture
def upload(aoi: Person, version: ModelVersion) -> Upload:
    """An upload that is done."""
    with gate._door():
        return Upload.objects.create(name="posts.jsonl", sha256="1" * 64, size_bytes=1, file="", by=aoi, state=Upload.State.DONE, model=version)


@pytest.fixture
def campaign(upload: Upload, version: ModelVersion) -> Callable[..., Campaign]:
    """Make a campaign of posts: `campaign("text", posts=3, contact="telegram:abcd")`. The posts all say the text with their number behind it."""
    numbers = count(1)

    def make(text: str = "日給5万円 荷物を受け取るだけ 詳細はDM", *, posts: int = 2, contact: str = "", **fields: Any) -> Campaign:
        values = {
            "priority": 1.0, "level": 3, "score": 0.95, "posts": posts, "accounts": posts, "kind": "parcel", "kinds": {"parcel": posts},
            "sources": {"x": posts}, "source": "x", "days": {"2026-11-20": posts}, "template": [{"text": text}], "title": text[:120],
            "first_seen": NOON, "last_seen": NOON + timedelta(hours=posts), **fields,
        }  # fmt: skip
        with gate._door():
            one = Campaign.objects.create(**values)
            made = [_post(one, f"{text} {k}", next(numbers), upload, version) for k in range(posts)]
            Campaign.objects.filter(pk=one.pk).update(example=made[0])
            if contact:
                kind, value = contact.split(":", 1)
                found, _ = Contact.objects.get_or_create(key=contact, defaults={"type": kind, "value": value})
                PostContact.objects.bulk_create([PostContact(post=post, contact=found) for post in made])
                Contact.objects.filter(pk=found.pk).update(posts=found.posts + posts)
        one.refresh_from_db()
        return one

    return make


def _post(campaign: Campaign, text: str, number: int, upload: Upload, version: ModelVersion) -> Post:
    return Post.objects.create(
        source="x", source_id=str(number), url=f"https://social.example/{number}", author=f"user{number}", created_at=NOON + timedelta(hours=number % 24),
        observed_at=NOON, text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), level=campaign.level, score=campaign.score,
        kinds=list(campaign.kinds), signals=["receive_parcel"], missing=["name", "address"], model=version, upload=upload, campaign=campaign,
    )  # fmt: skip


@pytest.fixture
def police(db: None) -> Unit:
    """A prefectural police's section."""
    with gate._door():
        return Unit.objects.create(name="試験県警 捜査第二課", kind=Unit.Kind.POLICE, prefecture="東京都")


@pytest.fixture
def mori(person: Callable[..., Person], police: Unit) -> Person:
    """An investigator."""
    return person("mori", Role.INVESTIGATOR, unit=police, name="森 一郎")


@pytest.fixture
def hara(person: Callable[..., Person], police: Unit) -> Person:
    """Another investigator of the same unit: may work on cases, is in none."""
    return person("hara", Role.INVESTIGATOR, unit=police, name="原 二郎")


@pytest.fixture
def kubo(person: Callable[..., Person], police: Unit) -> Person:
    """A custodian."""
    return person("kubo", Role.CUSTODIAN, unit=police, name="久保 四郎")
