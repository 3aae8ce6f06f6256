"""People and units: what an administrator does to others, what nobody does to himself, and what it leaves in the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.people.actions import factors, people, tokens
from andon.console.people.actions.passwords import reset_password
from andon.console.people.actions.setup import add_from_command, restore_from_command
from andon.console.people.actions.units import add_unit, change_unit
from andon.console.staff.models import ApiToken, Person, Unit
from andon.console.staff.rights import Right, Role
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"
At = Any


def last() -> Entry:
    """The latest entry."""
    return Entry.objects.latest("number")


def test_added_person_signs_in_once_with_what_was_shown(nao: Person, unit: Unit, actor: At) -> None:
    """And must change it; only the hash is kept."""
    added = people.add_person(actor(nao), "Ｍｉｏ", "Mio", unit, [Role.ANALYST])
    person = Person.objects.get(username="Mio")
    assert person.must_change_password
    assert person.check_password(added.password)
    assert len(added.password) == 23
    entry = last()
    assert (entry.event, entry.subject, entry.facts["roles"]) == ("staff.person_added", f"person:{person.pk}", ["analyst"])
    assert added.password not in str(entry.facts)


ON_OTHERS = {
    "change": lambda at, who, unit: people.change_person(at, who, "X", unit, [Role.SUPERVISOR]),
    "off": lambda at, who, _: people.switch_off(at, who),
    "on": lambda at, who, _: people.switch_on(at, who),
    "password": lambda at, who, _: reset_password(at, who),
    "factors": lambda at, who, _: factors.reset_factors(at, who),
    "tokens": lambda at, who, _: tokens.revoke_all_of(at, who),
}


@pytest.mark.parametrize("act", ON_OTHERS)
def test_nobody_does_it_to_himself(nao: Person, unit: Unit, actor: At, act: str) -> None:
    """Not even an administrator; nothing changes."""
    before = Person.objects.values().get(pk=nao.pk)
    with pytest.raises(Refused, match="own_account"):
        ON_OTHERS[act](actor(nao), nao.pk, unit)
    assert Person.objects.values().get(pk=nao.pk) == before


@pytest.mark.parametrize("act", ON_OTHERS)
def test_only_an_administrator_does_it(aoi: Person, sora: Person, kei: Person, unit: Unit, actor: At, act: str) -> None:
    """Others are refused, and the trail keeps that they tried."""
    for who in (aoi, sora, kei):
        with pytest.raises(Refused, match="right"):
            ON_OTHERS[act](actor(who), aoi.pk, unit)
    assert list(Entry.objects.values_list("event", flat=True)) == ["gate.refused"] * 3


@pytest.mark.parametrize("act", ["change", "off", "on", "password", "factors"])
def test_grave_acts_need_a_fresh_proof(nao: Person, aoi: Person, unit: Unit, actor: At, act: str) -> None:
    """On a screen."""
    with pytest.raises(Refused, match="not_fresh"):
        ON_OTHERS[act](actor(nao, fresh=False), aoi.pk, unit)


def test_changed_roles_hold_at_once(nao: Person, aoi: Person, unit: Unit, actor: At, browse: Callable[[Person], Client]) -> None:
    """For the very next page of somebody who is signed in; the trail says from what to what."""
    client = browse(aoi)
    assert client.get(reverse("audit:trail")).status_code == 403
    people.change_person(actor(nao), aoi.pk, aoi.name, unit, [Role.AUDITOR])
    assert client.get(reverse("audit:trail")).status_code == 200
    entry = Entry.objects.get(event="staff.person_changed")
    assert entry.facts == {"roles": [["analyst"], ["auditor"]]}


def test_switched_off_person_is_out_at_once(nao: Person, aoi: Person, actor: At) -> None:
    """Sessions end and keys open nothing."""
    client = Client()
    client.post("/account/login/", {"login": "aoi", "password": PASSWORD})
    key = tokens.make_token(actor(aoi), "x", ["queue:read"], 30).key
    people.switch_off(actor(nao), aoi.pk)
    assert client.get(reverse("staff:me")).status_code == 302
    assert last().event == "staff.person_switched_off"
    assert last().facts == {"sessions": 1, "tokens": 1}
    from andon.console.staff.tokens import token_of

    assert token_of(key) is None
    people.switch_on(actor(nao), aoi.pk)
    assert Person.objects.get(pk=aoi.pk).is_active
    assert token_of(key) is None


def test_switching_off_twice_is_refused(nao: Person, aoi: Person, actor: At) -> None:
    """Two administrators at once: one of them learns it."""
    people.switch_off(actor(nao), aoi.pk)
    with pytest.raises(Refused, match="already_off"):
        people.switch_off(actor(nao), aoi.pk)


def test_two_administrators_do_not_switch_each_other_off(nao: Person, person: Callable[..., Person], actor: At) -> None:
    """Whoever comes second is an administrator no more, whatever their open page believes."""
    rin = person("rin", Role.ADMINISTRATOR)
    late = actor(Person.objects.get(pk=rin.pk))
    assert late.person.may(Right.STAFF_CHANGE)
    people.switch_off(actor(nao), rin.pk)
    with pytest.raises(Refused, match="right"):
        people.switch_off(late, nao.pk)
    assert Person.objects.get(pk=nao.pk).is_active


def test_reset_password_ends_sessions_and_lock_out(nao: Person, aoi: Person, actor: At, visitor: Client) -> None:
    """Who had forgotten it, and had been locked out trying, comes in with the new one at once."""
    other = Client()
    other.post("/account/login/", {"login": "aoi", "password": PASSWORD})
    for _ in range(5):
        visitor.post("/account/login/", {"login": "aoi", "password": "wrong"})
    given = reset_password(actor(nao), aoi.pk)
    assert other.get(reverse("staff:me")).status_code == 302
    assert visitor.post("/account/login/", {"login": "aoi", "password": given}).status_code == 302
    assert visitor.get(reverse("staff:me"))["Location"] == reverse("account_change_password")


def test_reset_factor_lets_somebody_set_up_anew(nao: Person, aoi: Person, actor: At, app: Any, sign_in: Callable[..., Client]) -> None:
    """After they lost the device; the trail keeps who did it."""
    app(aoi)
    factors.reset_factors(actor(nao), aoi.pk)
    assert sign_in(aoi).get(reverse("staff:me")).status_code == 200
    entry = Entry.objects.get(event="staff.factors_reset")
    assert (entry.person, entry.facts["factors"]) == (nao.pk, 1)


def test_unit_is_added_and_changed(nao: Person, aoi: Person, actor: At) -> None:
    """With its entry; nobody else may."""
    unit = add_unit(actor(nao), "大阪府警", "police", "大阪府")
    change_unit(actor(nao), unit.pk, "大阪府警 サイバー", "police", "大阪府")
    assert Unit.objects.get(pk=unit.pk).name == "大阪府警 サイバー"
    assert last().facts == {"name": ["大阪府警", "大阪府警 サイバー"]}
    with pytest.raises(Refused, match="right"):
        add_unit(actor(aoi), "x", "police")
    with pytest.raises(Conflict):
        change_unit(actor(nao), 999_999, "x", "police")


def test_first_administrator_comes_from_the_command_line(db: None) -> None:
    """With a unit; the trail keeps that no signed-in person did it."""
    added = add_from_command("nao", "Nao", "警視庁", "police", [Role.ADMINISTRATOR], operator="root")
    assert added.person.may(Right.STAFF_CHANGE)
    assert (last().person, last().via, last().facts["operator"]) == (None, "command", "root")
    with pytest.raises(Conflict, match="name_taken"):
        add_from_command("NAO", "Nao", "警視庁", "police", [])


def test_locked_out_administrator_comes_back_by_command(nao: Person, app: Any, visitor: Client) -> None:
    """Without the old password and the lost factor."""
    app(nao)
    password = restore_from_command("nao")
    assert visitor.post("/account/login/", {"login": "nao", "password": password})["Location"] == reverse("home:today")
    with pytest.raises(Refused, match="no_such_person"):
        restore_from_command("nobody")


def test_keys_hold_no_more_than_their_persons_rights(aoi: Person, person: Callable[..., Person], actor: At) -> None:
    """Shown once, kept as a hash, for a limited time."""
    made = tokens.make_token(actor(aoi), "取り込み", ["posts:write", "queue:read"], 30)
    row = ApiToken.objects.get()
    assert made.key.startswith("andon_")
    assert made.key not in f"{row.prefix}{row.key_sha256}{last().facts}"
    assert 29 <= (row.expires_at - timezone.now()).days <= 30
    kai = person("kai", Role.APPROVER)
    with pytest.raises(Refused, match="right"):
        tokens.make_token(actor(kai), "x", ["queue:read"], 30)
    both = person("two", Role.ANALYST)
    with gate._door():
        Person.objects.filter(pk=both.pk).update(roles=["analyst"])
    for scopes, days in (([], 30), (["queue:read"], 0), (["queue:read"], 5000)):
        with pytest.raises(Refused, match="token_form"):
            tokens.make_token(actor(aoi), "x", scopes, days)
    with pytest.raises(Refused, match="not_fresh"):
        tokens.make_token(actor(aoi, fresh=False), "x", ["queue:read"], 30)


def test_key_is_revoked_by_its_person_only(aoi: Person, jun: Person, nao: Person, actor: At) -> None:
    """Or, with all others of that person, by an administrator."""
    made = tokens.make_token(actor(aoi), "x", ["queue:read"], 30)
    with pytest.raises(Conflict):
        tokens.revoke_token(actor(jun), made.token.pk)
    tokens.revoke_token(actor(aoi), made.token.pk)
    with pytest.raises(Conflict):
        tokens.revoke_token(actor(aoi), made.token.pk)
    tokens.make_token(actor(aoi), "y", ["queue:read"], 30)
    assert tokens.revoke_all_of(actor(nao), aoi.pk) == 1
