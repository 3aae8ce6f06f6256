"""What comes in: identities and documents, never before the approval, never more than planned, each in one plan for good."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pytest
from authority_help import DAY, NOW, World, ask_amendment, make_world
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext
from identity_help import ADDRESS, AT, HOUR, Register

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.undercover.authority.actions import deciding
from andon.console.undercover.authority.codes import State as PlanState
from andon.console.undercover.authority.models import ErrorRecord
from andon.console.undercover.identities.actions import keeping, places
from andon.console.undercover.identities.actions.identify import Invented, look_again
from andon.console.undercover.identities.codes import State
from andon.console.undercover.identities.models import AddressCheck, Document, Identity, Movement, Place
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db
KEEPING = "andon.console.undercover.identities.actions.keeping"
IDENTIFY = "andon.console.undercover.identities.actions.identify"
MODELS = "andon.console.undercover.identities.models"
CLOSED = "andon.console.undercover.identities.migrations.0002_only_added_to"


def reason(error: pytest.ExceptionInfo[Any]) -> str:
    """Its code."""
    return str(error.value.data["reason"])


def last(event: str) -> Entry:
    """The latest entry of an event."""
    found = Entry.objects.filter(event=event).order_by("-pk").first()
    assert found is not None
    return found


def test_a_document_comes_in(register: Register) -> None:
    """With its chain begun by two names, the hash of its image in the register and in the trail, and its place."""
    identity = register.identity()
    document = register.received(identity)
    assert (document.plan_id, document.number, document.state, str(identity), str(document)) == (register.plan.pk, 1, "received", "F1", "D1")
    first = document.movements.get()
    assert (first.what, first.by_id, first.other, first.second) == ("received", register.world.people["rin"].pk, "見本 運ぶ", None)
    entry = last("identities.received")
    assert entry.facts["image_sha256"] == document.image_sha256
    assert entry.facts["planned"] == 2
    stored = register.put(document)
    assert (stored.state, stored.place) == (State.STORED, register.place)
    assert last("identities.stored").subject == f"document:{document.pk}"


@pytest.mark.rule("U4", where=KEEPING)
def test_nothing_comes_in_before_the_approval(world: World) -> None:
    """Not for a draft, not for one that waits, not for one that was refused or is over; at any state only what a verb allows."""
    for state in (PlanState.DRAFT, PlanState.SUBMITTED, PlanState.REFUSED, PlanState.ENDED, PlanState.CANCELLED, PlanState.SUSPENDED):
        register = Register(world, world.plan_in(state, operators=["K-7"]))
        with pytest.raises((Refused, Conflict)) as refused:
            register.identity()
        # a draft has let nobody in yet: its custodian is told that there is no such plan
        assert reason(refused) == ("plan_unknown" if state == PlanState.DRAFT else "identity_before_approval"), state
    assert not Identity.objects.exists()


@pytest.mark.rule("U6", where=KEEPING)
@pytest.mark.rule("D1", where=KEEPING)
def test_never_more_than_planned(register: Register) -> None:
    """Two are planned: a third is refused, also after one was lost; an amendment by the approver makes room for one more, and no more."""
    one = register.received()
    register.received()
    keeping.lose(register.world.at("rin"), one.pk, noticed_by="見本 運ぶ", text="移送中に見当たらなくなった", now=AT)
    with pytest.raises(Refused) as refused:
        register.received()
    assert reason(refused) == "document_planned"
    ask_amendment(register.world, register.plan, now=AT)
    with pytest.raises(Refused):
        register.received()  # asked for is not granted
    deciding.amend(register.world.at("mio"), register.plan.pk, now=AT)
    register.received()
    with pytest.raises(Refused) as refused:
        register.received()
    assert reason(refused) == "document_planned"
    assert Document.objects.count() == 3


@pytest.mark.rule("D1", where=MODELS)
def test_two_at_the_same_moment(register: Register) -> None:
    """The plan is locked while its documents are counted, and the database takes no number twice: the later of two gets nothing."""
    document = register.received()
    with pytest.raises(IntegrityError), gate._door(), transaction.atomic():
        Document.objects.create(
            plan=register.plan, identity=document.identity, number=1, kind="licence", serial="B1", serial_key="B1", image_sha256="0" * 64,
            issued_by="x", by=register.world.people["rin"], at=AT, state="received", moved_at=AT,
        )  # fmt: skip
    with CaptureQueriesContext(
        connection,
    ) as asked:
        register.received(document.identity)
    counted = next(i for i, one in enumerate(asked.captured_queries) if "COUNT(*)" in one["sql"] and "identities_document" in one["sql"])
    locked = next(i for i, one in enumerate(asked.captured_queries) if 'FROM "authority_plan"' in one["sql"])
    assert locked < counted
    if connection.vendor == "postgresql":
        assert "FOR UPDATE" in asked.captured_queries[locked]["sql"]
    else:
        assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.rule("D1", where=KEEPING)
def test_one_paper_is_in_one_plan(register: Register) -> None:
    """However its number is typed, and in another plan, too."""
    register.received(serial="第30－12 ab")
    with pytest.raises(Conflict) as conflict:
        register.received(serial="第３０12AB")
    assert reason(conflict) == "document_there"
    other = Register(make_world(), register.plan)
    other.plan = other.world.plan_in(PlanState.ACTIVE)
    with pytest.raises(Conflict):
        other.received(other.identity(), serial="第30-12-AB")


@pytest.mark.rule("D1", where=KEEPING)
def test_no_document_is_adopted(register: Register) -> None:
    """The custodian of another prefecture can neither add to an identity here, nor store, lose or take anything; nor is he told that it is there."""
    document = register.received()
    other = make_world("大阪府")
    other.plan_in(PlanState.ACTIVE)
    rin = other.at("rin")
    paper = keeping.Paper("licence", "Z9", "0" * 64, "本部", "見本")
    there = keeping.Paper("licence", "Z9", "0" * 64, "本部", "見本")
    with pytest.raises(Conflict) as conflict:
        keeping.receive(rin, document.identity_id, paper, now=AT)
    assert reason(conflict) == "plan_unknown"
    with pytest.raises(Conflict) as conflict:
        keeping.receive(rin, 999_999, there, now=AT)
    assert reason(conflict) == "identity_unknown"
    place = places.add_place(rin, "別の金庫", is_locked=True, is_apart=True, now=AT)
    with pytest.raises(Conflict) as conflict:
        keeping.store(rin, document.pk, place.pk, now=AT)
    assert reason(conflict) == "document_unknown"
    with pytest.raises(Conflict) as conflict:
        keeping.store(register.world.at("rin"), document.pk, place.pk, now=AT)  # into another unit's place
    assert reason(conflict) == "place_unknown"
    with pytest.raises(Conflict):
        keeping.lose(rin, document.pk, noticed_by="x", text="y", now=AT)
    document.refresh_from_db()
    assert (document.state, document.plan_id, ErrorRecord.objects.count()) == ("received", register.plan.pk, 0)


@pytest.mark.rule("D1", where=CLOSED)
def test_protected_columns_do_not_change(register: Register) -> None:
    """Neither by a form (the verbs' records hold no such fields) nor by a statement past the verbs: plan, number, serial and hash stay."""
    document = register.received()
    protected = {"plan", "plan_id", "number", "state", "by", "at", "is_settled", "reconciled_at", "officer", "due_at"}
    assert not protected & {one.name for one in fields(keeping.Paper)}
    assert not {"plan", "number", "by", "at"} & {one.name for one in fields(Invented)}
    for column, value in {
        "plan_id": 999,
        "number": 7,
        "serial": "x",
        "serial_key": "x",
        "image_sha256": "0" * 64,
        "kind": "other",
        "identity_id": 9,
    }.items():
        with pytest.raises(DatabaseError), gate._door(), transaction.atomic():
            Document.objects.filter(pk=document.pk).update(**{column: value})
    with pytest.raises(DatabaseError), gate._door(), transaction.atomic():
        Document.objects.filter(pk=document.pk).delete()
    with pytest.raises(Refused):  # and nothing at all outside a verb
        Document.objects.filter(pk=document.pk).update(state="destroyed")


@pytest.mark.rule("D5", where=MODELS)
def test_no_picture_can_be_kept(register: Register) -> None:
    """No column takes bytes or a file, and what is handed in as a hash is one: 64 hexadecimal characters."""
    kinds = (models.FileField, models.BinaryField, models.ImageField)
    held = [field for model in apps.get_app_config("identities").get_models() for field in model._meta.get_fields() if isinstance(field, kinds)]
    assert held == []
    for wrong in ("", "data:image/png;base64,AAAA", "g" * 64, "A" * 64, "0" * 63, "0" * 65):
        with pytest.raises(Refused) as refused:
            register.received(image_sha256=wrong)
        assert reason(refused) == "document_whole"


@pytest.mark.rule("U12", where="andon.console.undercover.identities.actions.places")
@pytest.mark.rule("D2", where=MODELS)
def test_a_place_is_locked_and_apart(register: Register) -> None:
    """One that is open, or among case files, is neither taken by the verb nor by the database."""
    for locked, apart in ((True, False), (False, True), (False, False)):
        with pytest.raises(Refused) as refused:
            places.add_place(register.world.at("rin"), "事件棚", is_locked=locked, is_apart=apart)
        assert reason(refused) == "place_apart"
        with pytest.raises(IntegrityError), gate._door(), transaction.atomic():
            Place.objects.create(unit=register.world.unit, name="x", is_locked=locked, is_apart=apart, by=register.world.people["rin"], at=AT)
    assert last("identities.place_added").facts == {"unit": register.world.unit.pk}
    with pytest.raises(Conflict):
        places.add_place(register.world.at("rin"), register.place.name if register.place else "", is_locked=True, is_apart=True)


@pytest.mark.parametrize("who", ["toru", "sora", "mio", "ken", "kei", "goro"])
def test_only_the_custodian_keeps(register: Register, who: str) -> None:
    """The applicant, the coordinator, the approver, others: refused, and the refusal is in the trail."""
    document = register.received()
    with pytest.raises((Refused, Conflict)):
        register.received(document.identity, who=who)
    with pytest.raises((Refused, Conflict)):
        keeping.store(register.world.at(who), document.pk, register.place.pk if register.place else 0, now=AT)
    assert Entry.objects.filter(event="gate.refused", subject="identities.received").exists()
    assert Document.objects.count() == 1


@pytest.mark.rule("U13", where=IDENTIFY)
def test_no_list_means_not_checked(register: Register, settings: Any) -> None:
    """An installation without a list of dwellings says that nothing was checked, and not that nobody lives there."""
    settings.DWELLINGS = ""
    identity = register.identity()
    check = identity.checks.get()
    assert (check.result, check.list_sha256, check.lines) == ("not_checked", "", 0)
    assert last("identities.identified").facts["address"] == "not_checked"


@pytest.mark.rule("U13", where=IDENTIFY)
def test_an_address_where_somebody_lives_is_refused(register: Register, settings: Any, tmp_path: Path) -> None:
    """However it is written; and a list that comes later stops what is in the register already."""
    identity = register.identity()
    settings.DWELLINGS = str(_list(tmp_path, "東京都見本区架空町２－３－４ メゾン見本 101", "大阪府見本市本町1-1-1"))
    for written in (ADDRESS, "見本区架空町2-3-4", "〒100-0001 東京都見本区架空町2丁目3番4号", "東京都見本区架空町二－三－四－二〇三"):
        with pytest.raises(Refused) as refused:
            register.identity(address=written)
        assert reason(refused) == "identity_address"
    fine = register.identity(address="東京都見本区架空町9-9-9")
    assert fine.checks.get().result == "not_listed"
    assert fine.checks.get().lines == 2
    again = look_again(register.world.at("rin"), identity.pk, now=AT)
    assert again.result == "listed"
    assert [one.result for one in identity.checks.all()] == ["not_checked", "listed"]
    document = register.stored(identity=identity)
    with pytest.raises(Refused) as refused:
        register.out(document)
    assert reason(refused) == "identity_address"
    trail = json.dumps([entry.facts for entry in Entry.objects.all()], ensure_ascii=False)
    assert "架空町" not in trail


def _list(folder: Path, *addresses: str) -> Path:
    path = folder / "dwellings.csv"
    path.write_text("id,address\n" + "".join(f"{number},{one}\n" for number, one in enumerate(addresses)), encoding="utf-8")
    return path


def test_an_unreadable_address_is_said_to_be_so(register: Register, settings: Any, tmp_path: Path) -> None:
    """Without a number nothing can be compared."""
    settings.DWELLINGS = str(_list(tmp_path, "東京都見本区架空町1-1-1"))
    assert register.identity(address="東京都見本区架空町").checks.get().result == "unreadable"


@pytest.mark.rule("U13", where=IDENTIFY)
def test_the_making_of_the_face_is_told(register: Register) -> None:
    """Who made it and how; none is said to be none. An officer whom the plan does not name has no identity."""
    for more in ({"face": ""}, {"face": "mother"}, {"face": "contractor", "face_note": " "}):
        with pytest.raises(Refused) as refused:
            register.identity(**more)
        assert reason(refused) == "identity_face"
    with pytest.raises(Refused) as refused:
        register.identity(officer="K-99")
    assert reason(refused) == "identity_code"
    register.identity(face="none", face_note="")
    register.identity()
    with pytest.raises(Refused) as refused:
        register.identity()
    assert reason(refused) == "identity_planned"


@pytest.mark.rule("D2", where=KEEPING)
def test_a_loss_stands_in_the_errors_register(register: Register) -> None:
    """Also when the paper turns up; a slip that waited is over."""
    document = register.stored()
    with pytest.raises(Refused):
        keeping.lose(register.world.at("rin"), document.pk, noticed_by="見本", text=" ", now=AT)
    keeping.lose(register.world.at("rin"), document.pk, noticed_by="見本 点検者", text="金庫の点検で見当たらない", now=AT)
    error = ErrorRecord.objects.get()
    assert (error.kind, error.plan_id, error.subject) == ("document_lost", register.plan.pk, f"document:{document.pk}")
    with pytest.raises(Conflict) as conflict:
        register.put(document)
    assert reason(conflict) == "document_lost"
    keeping.find(register.world.at("rin"), document.pk, found_by="見本 清掃", text="金庫の裏にあった", now=AT + HOUR)
    document.refresh_from_db()
    assert (document.state, ErrorRecord.objects.count()) == ("returned", 1)
    assert [one.what for one in document.movements.all()] == ["received", "stored", "lost", "found"]
    assert last("identities.found").facts["plan"] == register.plan.pk


@pytest.mark.rule("D2", where=CLOSED)
def test_the_chain_cannot_be_changed(register: Register) -> None:
    """No movement, identity or check is edited or deleted, not even inside a verb; where a document stands is always what its chain says."""
    document = register.out()
    for row in (document.movements.last(), document.identity, document.identity.checks.last()):
        assert row is not None
        with pytest.raises(DatabaseError), gate._door(), transaction.atomic():
            row.save()
        with pytest.raises(DatabaseError), gate._door(), transaction.atomic():
            row.delete()
    assert AddressCheck.objects.count() == 1
    register.back(document)
    register.end()
    register.reconciled()
    register.destroyed(document)
    for one in Document.objects.all():
        from andon.console.undercover.identities.codes import AFTER

        moved = list(one.movements.all())
        assert one.state == AFTER[moved[-1].what]
        assert [each.number for each in moved] == list(range(1, len(moved) + 1))
    assert Movement.objects.count() == 6
    assert NOW + DAY < AT + 2 * DAY
