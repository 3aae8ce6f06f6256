"""Who may ask: a good key with the scope, of a person who still has the right. Cookies count for nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from andon.console import gate
from andon.console.api import keys
from andon.console.audit.models import Entry
from andon.console.staff.models import ApiToken, Person
from andon.console.staff.rights import Role, Scope

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
ADDRESSES = {"/api/v1/queue": Scope.QUEUE_READ, "/api/v1/decisions": Scope.DECISIONS_READ, "/api/v1/campaigns/1": Scope.CAMPAIGNS_READ}


def test_good_key_opens(aoi: Person, key: Callable[..., str], program: Callable[..., Client]) -> None:
    """An answer, an entry in the trail in the person's name by the door "api", and the time of the key's last use."""
    assert program(key(aoi)).get("/api/v1/queue").status_code == 200
    entry = Entry.objects.latest("number")
    assert (entry.event, entry.person, entry.via, entry.subject) == ("api.used", aoi.pk, "api", "queue")
    assert ApiToken.objects.get().last_used_at is not None


@pytest.mark.parametrize("address", ADDRESSES)
def test_without_key_nothing_opens(address: str, aoi: Person, browse: Callable[[Person], Client]) -> None:
    """Not for nobody, and not for a signed-in person's browser either."""
    for client in (Client(), browse(aoi)):
        answer = client.get(address)
        assert answer.status_code == 401
        assert answer.json()["code"] == "key_wrong"
        assert answer["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("spoil", [{"revoked_at": timezone.now()}, {"expires_at": timezone.now() - timedelta(seconds=1)}])
def test_spent_key_opens_nothing(spoil: dict[str, Any], aoi: Person, key: Callable[..., str], program: Callable[..., Client]) -> None:
    """Revoked or expired: as if it had never been."""
    assert program(key(aoi, **spoil)).get("/api/v1/queue").status_code == 401


def test_key_of_who_was_switched_off_opens_nothing(person: Callable[..., Person], key: Callable[..., str], program: Callable[..., Client]) -> None:
    """With the person goes the key."""
    gone = person("gone", Role.ANALYST, is_active=False)
    assert program(key(gone)).get("/api/v1/queue").status_code == 401


@pytest.mark.parametrize("wrong", ["", "x", "andon_", "a" * 10_000, "\u00e9", "andon_ x"])
def test_guessed_keys_are_refused(wrong: str, aoi: Person, key: Callable[..., str], program: Callable[..., Client]) -> None:
    """Whatever is sent in the key's place."""
    key(aoi)
    assert program(wrong).get("/api/v1/queue").status_code == 401


def test_guessing_does_not_flood_the_trail(aoi: Person, program: Callable[..., Client]) -> None:
    """One entry a minute for each address, however many keys are tried."""
    for _ in range(20):
        program("andon_wrong").get("/api/v1/queue")
    assert [one.event for one in Entry.objects.all()] == ["api.key_refused"]


@pytest.mark.parametrize(("address", "scope"), ADDRESSES.items())
def test_each_address_asks_for_its_scope(address: str, scope: Scope, aoi: Person, key: Callable[..., str], program: Callable[..., Client]) -> None:
    """A key with every other scope is refused, and the trail says so."""
    answer = program(key(aoi, *(one for one in Scope if one is not scope))).get(address)
    assert (answer.status_code, answer.json()["code"]) == (403, "refused.scope_missing")
    assert Entry.objects.latest("number").facts == {"scope": str(scope), "reason": "scope_missing"}


def test_rights_of_the_person_hold(aoi: Person, key: Callable[..., str], program: Callable[..., Client]) -> None:
    """A key keeps nothing that its person has lost: an analyst who became an administrator reads no posts by it."""
    text = key(aoi)
    with gate._door():
        Person.objects.filter(pk=aoi.pk).update(roles=["administrator"])
    assert program(text).get("/api/v1/queue").status_code == 403


def test_too_many_requests_wait(aoi: Person, key: Callable[..., str], program: Callable[..., Client], monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit 429 with the time to wait; another key is not concerned."""
    monkeypatch.setattr(keys, "LIMIT", 3)
    monkeypatch.setattr(keys.time, "time", lambda: 1_000_000.0)
    client, other = program(key(aoi)), program(key(aoi))
    assert [client.get("/api/v1/queue").status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    answer = client.get("/api/v1/queue")
    assert (answer.json()["code"], answer["Retry-After"]) == ("too_many", "20")
    assert other.get("/api/v1/queue").status_code == 200


def test_csrf_is_asked_everywhere_else(aoi: Person, key: Callable[..., str]) -> None:
    """A key opens the interface only: a form without its token is refused elsewhere."""
    client = Client(enforce_csrf_checks=True, headers={"authorization": f"Bearer {key(aoi)}"})
    assert client.post("/account/login/", {"login": "aoi"}).status_code == 403


@pytest.mark.parametrize(("language", "start"), [("ja", "有効な"), ("en", "Send a valid")])
def test_sentences_are_in_the_language_asked_for(language: str, start: str, program: Callable[..., Client]) -> None:
    """By the header, as there is nobody signed in."""
    assert program("x", language).get("/api/v1/queue").json()["sentence"].startswith(start)


@pytest.mark.parametrize(("method", "address", "status", "code"), [
    ("get", "/api/v1/nothing", 404, "not_found"), ("post", "/api/elsewhere", 404, "not_found"), ("delete", "/api/v1/queue", 405, "not_allowed"),
])  # fmt: skip
def test_every_refusal_has_one_form(method: str, address: str, status: int, code: str, aoi: Person, key: Callable[..., str], program: Callable[..., Client]) -> None:
    """Code, sentence, fields: also where there is nothing."""
    answer = getattr(program(key(aoi)), method)(address)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert set(answer.json()) == {"code", "sentence", "fields"}
