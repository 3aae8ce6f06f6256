"""The sealed record of who an officer is: opened by the approver alone, with a reason; found nowhere else."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest
from authority_help import DAY, World, make_person
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from identity_help import AT, HOUR, Register

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.casework import visible
from andon.console.casework.actions.samples import draw
from andon.console.gate import Via
from andon.console.staff.models import Person
from andon.console.staff.rights import Role
from andon.console.undercover.authority import hooks
from andon.console.undercover.authority.actions import asking, deciding, running
from andon.console.undercover.authority.codes import State as PlanState
from andon.console.undercover.authority.sums import officers
from andon.console.undercover.identities import seal
from andon.console.undercover.identities.actions.sealing import open_seal
from andon.console.undercover.identities.actions.sealing import seal as put_under_seal
from andon.console.undercover.identities.models import Officer, SealOpening
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client


pytestmark = pytest.mark.django_db
SEALING = "andon.console.undercover.identities.actions.sealing"
SEAL = "andon.console.undercover.identities.seal"


def reason(error: pytest.ExceptionInfo[Any]) -> str:
    """Its code."""
    return str(error.value.data["reason"])


@pytest.mark.rule("A19", where=SEALING)
def test_sealed_and_let_in(register: Register) -> None:
    """The officer sees the case from now on; the record and the trail do not say who it is."""
    officer = register.world.people["officer"]
    assert visible.roles_in(officer, register.plan.case_id, now=AT) == {"operator"}
    record = Officer.objects.get()
    assert record.code == "K-7"
    assert b"person" not in base64.urlsafe_b64decode(record.token), "locked, not only written another way"
    assert [one.name for one in Officer._meta.get_fields() if one.related_model is Person] == ["by"], "no column names the officer"
    assert hooks.operators(register.plan) == {"K-7": officer.pk}
    entry = Entry.objects.filter(event="identities.sealed").latest("number")
    assert entry.facts == {"code": "K-7", "record": record.pk}
    with pytest.raises(Conflict) as conflict:
        put_under_seal(register.world.at("toru"), register.plan.pk, "K-7", register.world.people["ken"].pk, now=AT)
    assert reason(conflict) == "seal_there"


@pytest.mark.rule("A6", where=SEALING)
def test_an_officer_has_no_other_part(world: World) -> None:
    """Not the applicant, coordinator, custodian, approver, inspector, an analyst, somebody who works on the case; and not a code of no plan."""
    register = Register(world, world.plan_in(PlanState.ACTIVE))
    analyst = make_person(f"ana{world.unit.pk}", world.unit, Role.ANALYST)
    for person in (*(world.people[name] for name in ("toru", "sora", "rin", "mio", "goro", "kei")), analyst):
        with pytest.raises(Refused) as refused:
            put_under_seal(world.at("sora"), register.plan.pk, "K-7", person.pk, now=AT)
        assert reason(refused) == "seal_person", person.username
    for code in ("K-8", "", "himitsu"):
        with pytest.raises(Refused) as refused:
            put_under_seal(world.at("sora"), register.plan.pk, code, world.people["ken"].pk, now=AT)
        assert reason(refused) == "seal_code"
    for who in ("mio", "rin", "ken", "kei"):
        with pytest.raises((Refused, Conflict)):
            put_under_seal(world.at(who), register.plan.pk, "K-7", world.people["ken"].pk, now=AT)
    assert not Officer.objects.exists()


@pytest.mark.rule("A6", where=SEAL)
@pytest.mark.rule("A10", where=SEAL)
def test_two_codes_of_one_person_are_one_officer(world: World) -> None:
    """Plans see through the codes when they check and add up; an officer who is made coordinator by an amendment of roles is found out."""
    plan = world.plan_in(PlanState.NOTIFIED, operators=["K-7", "K-8"])
    register = Register(world, plan)
    register.make_officer("K-7")
    put_under_seal(world.at("sora"), plan.pk, "K-8", world.people["officer"].pk, now=AT)
    assert officers(plan) == {world.people["officer"].pk}
    with pytest.raises(Refused) as refused:
        running.begin(world.at("sora"), plan.pk, now=AT)
    assert reason(refused) == "plan_different"


@pytest.mark.rule("A15", where=SEALING)
def test_an_officer_asked_for_is_sealed_before_the_decision(register: Register) -> None:
    """So that the approver's check sees who it would be."""
    asking.ask_amendment(register.world.at("toru"), register.plan.pk, adds={"operators": ["K-9"]}, why="もう一人の担当官が要る", now=AT)
    register.make_officer("K-9")
    deciding.amend(register.world.at("mio"), register.plan.pk, now=AT)
    assert sorted(hooks.operators(register.plan)) == ["K-7", "K-9"]


@pytest.mark.rule("A19", where=SEALING)
def test_the_approver_opens_it_with_a_reason(register: Register) -> None:
    """And both are kept: that it was opened, by whom, and why."""
    record = Officer.objects.get()
    person = open_seal(register.world.at("mio"), record.pk, " 公務災害の手続のため ", now=AT)
    assert person == register.world.people["officer"]
    opening = SealOpening.objects.get()
    assert (opening.by_id, opening.reason) == (register.world.people["mio"].pk, "公務災害の手続のため")
    entry = Entry.objects.filter(event="identities.seal_opened").latest("number")
    assert entry.facts == {"code": "K-7", "record": record.pk, "opening": opening.pk, "reason": "公務災害の手続のため"}
    for row in (opening, record):
        with pytest.raises(DatabaseError), gate._door(), transaction.atomic():
            row.delete()


@pytest.mark.rule("A19", where=SEALING)
def test_nobody_else_and_not_without_a_reason(register: Register) -> None:
    """Each refusal is kept in the trail; nothing was opened."""
    record = Officer.objects.get()
    world = register.world
    tries: list[tuple[gate.Actor, str, str]] = [
        (world.at("mio"), "  ", "seal_reason"),
        (world.at("mio", fresh=False), "理由", "not_fresh"),
        (world.at("mio", Via.API), "理由", "seal_in_person"),
        (world.at("mio", Via.COMMAND), "理由", "seal_in_person"),
        *((world.at(who), "理由", "right") for who in ("toru", "sora", "rin", "ken", "kei", "officer")),
        (world.at("goro"), "理由", "seal_unknown"),
    ]
    for actor, why, code in tries:
        before = Entry.objects.count()
        with pytest.raises((Refused, Conflict)) as refused:
            open_seal(actor, record.pk, why, now=AT)
        assert reason(refused) == code
        assert Entry.objects.count() == before + 1, code
    with pytest.raises(Conflict):
        open_seal(world.at("mio"), 999_999, "理由", now=AT)
    assert not SealOpening.objects.exists()
    told = json.dumps([entry.facts for entry in Entry.objects.filter(event__in=("identities.seal_refused", "gate.refused"))])
    assert str(world.people["officer"].username) not in told


@pytest.mark.rule("A19", where=SEALING)
def test_the_chief_of_another_prefecture_does_not(register: Register) -> None:
    """Not even one who was let into the case."""
    from andon.console.casework.actions.members import add_member

    world = register.world
    add_member(world.at("toru"), register.plan.case_id, world.people["goro"].pk, "reader", ground="広域捜査", now=AT)
    with pytest.raises(Refused) as refused:
        open_seal(world.at("goro"), Officer.objects.get().pk, "理由", now=AT)
    assert reason(refused) == "seal_approver"


@pytest.mark.rule("A19", where=SEAL)
def test_a_seal_of_another_plan_or_key_opens_nothing(register: Register, settings: Any, tmp_path: Any) -> None:
    """A token copied into another code's or plan's record is found out; without the installation's key nothing is read, and plans do not go on."""
    record = Officer.objects.get()
    with gate._door():
        copied = Officer.objects.create(plan=register.plan, code="K-8", token=record.token, by=record.by, at=AT)
    with pytest.raises(Refused) as refused:
        seal.person_in(copied)
    assert reason(refused) == "seal_broken"
    settings.HOME = tmp_path / "elsewhere"
    settings.HOME.mkdir()
    with pytest.raises(Refused) as refused:
        hooks.operators(register.plan)
    assert reason(refused) == "seal_broken"
    with pytest.raises(DatabaseError), gate._door(), transaction.atomic():
        Officer.objects.filter(pk=record.pk).update(token=copied.token)


def everywhere(register: Register) -> list[str]:
    """Every page, list and export on which something of the case stands."""
    plan, case = register.plan, register.plan.case_id
    addresses = [
        reverse("casework:case", args=[case]), reverse("casework:cases"), reverse("casework:export"), reverse("casework:feed"),
        reverse("casework:timeline", args=[case]), reverse("authority:plan", args=[plan.pk]), reverse("authority:plans"),
        reverse("authority:errors"), reverse("contactlog:logs"), reverse("contactlog:log", args=[plan.pk]), reverse("contactlog:export", args=[plan.pk]),
        reverse("identities:register"), reverse("identities:plan", args=[plan.pk]), reverse("board:notices"),
    ]  # fmt: skip
    return addresses + [reverse("identities:document", args=[one.pk]) for one in plan.documents.all()]


@pytest.mark.rule("A19", where="andon.console.undercover.identities.views")
@pytest.mark.parametrize("who", ["toru", "sora", "rin", "mio", "kei"])
def test_the_name_stands_nowhere(world: World, browse: Callable[[Person], Client], who: str) -> None:
    """Not on any page, list, export, line of time, in any facts of the trail; only the approver's answer to his reason says it, once."""
    now = timezone.now()
    register = Register(world, world.plan_in(PlanState.ACTIVE, now=now - DAY, starts_at=now - DAY, ends_at=now + 30 * DAY))
    register.make_officer(now=now - HOUR)
    register.make_place()
    document = register.out(now=now - HOUR, due_at=now + DAY)
    request, entry = register.asked(now - HOUR / 2), register.contact("out", now - HOUR / 3)
    from andon.console.undercover.identities.actions.show import Shown, show

    show(world.at("toru"), register.plan.pk, Shown(document.pk, "data", entry.pk, request.pk), now=now)
    if who == "kei":
        draw(world.at("kei"), [register.plan.case_id], ground="抜取り", until_at=now + DAY)
    secret = world.people["officer"]
    with gate._door():
        secret.name = "秘密 花子"
        secret.save()
    client, seen = browse(world.people[who]), 0
    for address in everywhere(register):
        answer = client.get(address)
        text = answer.content.decode()
        assert "秘密 花子" not in text, address
        assert secret.username not in text, address
        seen += answer.status_code == 200
    assert seen >= (4 if who == "kei" else 9)
    trail = json.dumps([[one.facts, one.subject] for one in Entry.objects.exclude(person=secret.pk)], ensure_ascii=False)
    assert secret.username not in trail
    assert "秘密" not in trail
    with connection.cursor() as cursor:
        for table in ("officer", "movement", "slip", "showing", "document", "identity", "sealopening"):
            cursor.execute(f"SELECT * FROM identities_{table}")
            columns = [one[0] for one in cursor.description]
            people = [index for index, name in enumerate(columns) if name in ("by_id", "second_id", "ended_by_id", "person_id")]
            assert not [row for row in cursor.fetchall() if secret.pk in [row[index] for index in people]], table
