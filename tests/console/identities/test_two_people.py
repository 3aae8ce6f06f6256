"""What takes two people: hand-out, return, reconciliation, destruction; and what is overdue."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from authority_help import DAY, make_world
from django.db import DatabaseError, IntegrityError, transaction
from identity_help import AT, DUE, HOUR, Register

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.casework.actions.life import close as close_case
from andon.console.casework.actions.members import add_member
from andon.console.measures.common.models import Notice
from andon.console.undercover.authority.actions import running
from andon.console.undercover.authority.actions.errors import Answer, answer, close_error
from andon.console.undercover.authority.codes import State as PlanState
from andon.console.undercover.authority.models import ErrorRecord, Plan
from andon.console.undercover.identities import queries
from andon.console.undercover.identities.actions import keeping, sealing, slips
from andon.console.undercover.identities.actions.alarms import sound
from andon.console.undercover.identities.models import Alarm, Document, Movement, Reconciliation, Slip
from andon.domain.errors import Conflict, Refused

pytestmark = pytest.mark.django_db
SLIPS = "andon.console.undercover.identities.actions.slips"
MODELS = "andon.console.undercover.identities.models"
QUERIES = "andon.console.undercover.identities.queries"
ON_CASE = "andon.console.undercover.identities.on_case"


def reason(error: pytest.ExceptionInfo[Any]) -> str:
    """Its code."""
    return str(error.value.data["reason"])


def begun(register: Register, document: Document, **more: Any) -> Slip:
    """A hand-out that waits."""
    values = {"officer": "K-7", "due_at": DUE, "note": "求められている", "now": AT} | more
    return slips.hand_out(register.world.at("rin"), document.pk, **values)


@pytest.mark.rule("D2", where=SLIPS)
@pytest.mark.rule("U12", where=SLIPS)
def test_a_hand_out_and_a_return_have_two_names(register: Register) -> None:
    """It is out when the second person confirms, and not before; the movement has both names, the time, and the officer by code."""
    document = register.stored()
    slip = begun(register, document)
    document.refresh_from_db()
    assert document.state == "stored"
    slips.confirm(register.world.at("toru"), slip.pk, now=AT + HOUR)
    document.refresh_from_db()
    assert (document.state, document.officer, document.due_at, document.place_id) == ("out", "K-7", DUE, None)
    moved = document.movements.last()
    assert moved is not None
    people = register.world.people
    assert (moved.what, moved.by_id, moved.second_id, moved.officer, moved.at) == (
        "handed_out",
        people["rin"].pk,
        people["toru"].pk,
        "K-7",
        AT + HOUR,
    )
    entry = Entry.objects.filter(event="identities.slip_confirmed").latest("number")
    assert entry.facts == {
        "slip": slip.pk, "step": "hand_out", "plan": register.plan.pk, "by": people["rin"].pk, "second": people["toru"].pk, "movement": moved.pk,
    }  # fmt: skip
    back = register.back(document)
    assert (back.state, back.officer, back.due_at) == ("stored", "", None)


@pytest.mark.rule("D2", where=SLIPS)
def test_nobody_is_both_names(register: Register) -> None:
    """Not the custodian, not another custodian, not the approver; not by the verb, and not past it."""
    document = register.stored()
    slip = begun(register, document)
    with pytest.raises(Refused):
        slips.confirm(register.world.at("rin"), slip.pk, now=AT)
    with pytest.raises(Refused):
        slips.confirm(register.world.at("mio"), slip.pk, now=AT)
    rin = register.world.people["rin"]
    with gate._door():
        rin.roles = ["custodian", "investigator"]  # with every right there is, it is one person still
        rin.save()
    with pytest.raises(Refused) as refused:
        slips.confirm(register.world.at("rin"), slip.pk, now=AT)
    assert reason(refused) == "identity_two"
    with pytest.raises(IntegrityError), gate._door(), transaction.atomic():
        Slip.objects.filter(pk=slip.pk).update(ended_at=AT, ended_by=rin, is_confirmed=True)
    with pytest.raises(IntegrityError), gate._door(), transaction.atomic():
        Movement.objects.create(document=document, number=9, what="handed_out", by=rin, second=rin, slip=slip, at=AT)
    with pytest.raises(IntegrityError), gate._door(), transaction.atomic():
        Movement.objects.create(document=document, number=9, what="handed_out", by=rin, slip=slip, at=AT)
    with pytest.raises(IntegrityError), gate._door(), transaction.atomic():
        Movement.objects.create(document=document, number=9, what="received", by=rin, at=AT)
    with pytest.raises(IntegrityError), gate._door(), transaction.atomic():
        Reconciliation.objects.create(plan=register.plan, slip=slip, by=rin, second=rin, at=AT)
    document.refresh_from_db()
    assert document.state == "stored"


@pytest.mark.rule("D2", where=SLIPS)
def test_a_slip_is_ended_once(register: Register) -> None:
    """Confirmed twice it moves once; dropped it moves nothing; it is never changed or deleted, and one waits at a time."""
    document = register.stored()
    first = begun(register, document)
    with pytest.raises(Conflict) as conflict:
        begun(register, document)
    assert reason(conflict) == "slip_there"
    slips.drop(register.world.at("toru"), first.pk, now=AT)
    assert Entry.objects.filter(event="identities.slip_dropped").exists()
    with pytest.raises(Conflict) as conflict:
        slips.confirm(register.world.at("toru"), first.pk, now=AT)
    assert reason(conflict) == "slip_gone"
    second = begun(register, document)
    slips.confirm(register.world.at("toru"), second.pk, now=AT)
    with pytest.raises(Conflict):
        slips.confirm(register.world.at("sora"), second.pk, now=AT)
    with pytest.raises(Conflict):
        slips.drop(register.world.at("rin"), second.pk, now=AT)
    for change in ({"is_confirmed": False}, {"officer": "K-8"}, {"due_at": DUE + DAY}):
        with pytest.raises(DatabaseError), gate._door(), transaction.atomic():
            Slip.objects.filter(pk=second.pk).update(**change)
    with pytest.raises(DatabaseError), gate._door(), transaction.atomic():
        Slip.objects.filter(pk=first.pk).delete()
    assert Movement.objects.filter(what="handed_out").count() == 1


@pytest.mark.rule("D2", where=SLIPS)
def test_a_slip_of_another_case_is_unknown(register: Register) -> None:
    """People of another prefecture neither confirm nor drop it, and are told the same as of one that is not there."""
    slip = begun(register, register.stored())
    other = make_world("大阪府")
    for verb in (slips.confirm, slips.drop):
        with pytest.raises(Conflict) as conflict:
            verb(other.at("toru"), slip.pk, now=AT)
        assert reason(conflict) == "slip_gone"
    with pytest.raises(Refused):
        slips.confirm(register.world.at("kei"), slip.pk, now=AT)


@pytest.mark.rule("A9", where=SLIPS)
def test_nothing_goes_out_without_authority(register: Register) -> None:
    """Not while it is suspended, not past its end, not for longer than it lasts; and a suspension between the two names stops it."""
    document = register.stored()
    assert register.plan.ends_at is not None
    for due_at in (AT, AT - DAY, register.plan.ends_at + timedelta(seconds=1)):
        with pytest.raises(Refused) as refused:
            begun(register, document, due_at=due_at)
        assert reason(refused) == "document_due"
    slip = begun(register, document)
    running.suspend(register.world.at("sora"), register.plan.pk, "other", "相手が休んでいる", now=AT + HOUR)
    with pytest.raises(Refused) as refused:
        slips.confirm(register.world.at("toru"), slip.pk, now=AT + HOUR)
    assert reason(refused) == "document_authority"
    slips.drop(register.world.at("rin"), slip.pk, now=AT + HOUR)
    with pytest.raises(Refused):
        begun(register, document, now=AT + HOUR)
    assert Document.objects.get().state == "stored"


@pytest.mark.rule("A19", where=SLIPS)
def test_only_for_a_sealed_officer_of_the_plan(world: Any) -> None:
    """Not for a code without a sealed record, not for a code that the plan has not, not for another's identity."""
    register = Register(world, world.plan_in(PlanState.ACTIVE, operators=["K-7", "K-8"]))
    register.make_place()
    document = register.stored()
    for code, why in (("K-7", "document_officer"), ("K-99", "document_officer"), ("himitsu", "document_officer")):
        with pytest.raises(Refused) as refused:
            begun(register, document, officer=code)
        assert reason(refused) == why
    register.make_officer()
    register.make_officer("K-8")
    with pytest.raises(Refused) as refused:
        begun(register, document, officer="K-8")
    assert reason(refused) == "document_whose"
    with pytest.raises(Refused) as refused:
        begun(register, document, note=" ")
    assert reason(refused) == "document_text"
    begun(register, document)


@pytest.mark.rule("A19", where=SLIPS)
def test_the_officer_signs_nowhere(register: Register) -> None:
    """The person behind K-7 cannot become the second name: it would stand in the register."""
    slip = begun(register, register.stored())
    with pytest.raises(Refused) as refused:
        slips.confirm(register.world.at("officer"), slip.pk, now=AT)
    assert reason(refused) == "identity_second"
    with pytest.raises(Conflict):
        add_member(register.world.at("toru"), register.plan.case_id, register.world.people["officer"].pk, "member", ground="手伝い", now=AT)


@pytest.mark.rule("D2", where=QUERIES)
def test_overdue_is_read_off_the_clock(register: Register) -> None:
    """A moment before it is due: nothing; a moment after: overdue, worker or not. One without authority left is overdue at once."""
    document = register.out()
    assert not queries.overdue(Document.objects.all(), DUE).exists()
    late = DUE + timedelta(seconds=1)
    assert list(queries.overdue(Document.objects.all(), late)) == [document]
    assert queries.counts([register.plan], late)[register.plan.pk] == {"plan": register.plan.pk, "issued": 1, "out": 1, "left": 1, "overdue": 1}
    register.end(now=AT + HOUR)
    assert list(queries.overdue(Document.objects.all(), AT + HOUR)) == [document]
    assert Notice.objects.get(code="documents_back").person_id == register.world.people["rin"].pk


@pytest.mark.rule("D2", where="andon.console.undercover.identities.actions.alarms")
def test_the_alarm_sounds_once_a_day(register: Register) -> None:
    """To the custodian and the coordinator; the next day again; never once the document is back."""
    document = register.out()
    assert sound(DUE) == 0
    assert not Entry.objects.filter(event="identities.alarmed").exists()
    late = DUE + HOUR
    assert sound(late) == 1
    assert sound(late + timedelta(minutes=1)) == 0
    told = set(Notice.objects.filter(code="document_overdue").values_list("person__username", flat=True))
    assert told == {register.world.people["rin"].username, register.world.people["sora"].username}
    assert sound(late + DAY) == 1
    register.back(document, now=late + DAY)
    assert sound(late + 2 * DAY) == 0
    assert Alarm.objects.count() == 2


@pytest.mark.rule("D4", where=SLIPS)
def test_reconciled_then_destroyed_by_two(register: Register) -> None:
    """Of an operation that is over, each document in its place, by the custodian and who leads the case; then destroyed by the two of them."""
    document = register.out()
    with pytest.raises(Refused) as refused:
        slips.reconcile(register.world.at("rin"), register.plan.pk, note="照合", now=AT)
    assert reason(refused) == "document_on_its_way"
    register.back(document)
    with pytest.raises(Refused) as refused:
        slips.destroy(register.world.at("rin"), document.pk, note="裁断", now=AT + HOUR)
    assert reason(refused) == "document_running"
    register.end()
    with pytest.raises(Refused) as refused:
        slips.destroy(register.world.at("rin"), document.pk, note="裁断", now=AT + DAY)
    assert reason(refused) == "document_unreconciled"
    slip = slips.reconcile(register.world.at("rin"), register.plan.pk, note="全点を照合", now=AT + DAY)
    with gate._door():
        ken = register.world.people["ken"]
    add_member(register.world.at("toru"), register.plan.case_id, ken.pk, "member", ground="支援", now=AT)
    with pytest.raises(Refused) as refused:
        slips.confirm(register.world.at("ken"), slip.pk, now=AT + DAY)
    assert reason(refused) == "identity_second_led"
    slips.confirm(register.world.at("sora"), slip.pk, now=AT + DAY)
    made = Reconciliation.objects.get()
    assert (made.found, made.by_id, made.second_id) == ({"1": "stored"}, register.world.people["rin"].pk, register.world.people["sora"].pk)
    assert register.destroyed(document).state == "destroyed"
    moved = document.movements.last()
    assert moved is not None
    assert (moved.what, moved.note) == ("destroyed", "装備課で裁断")
    with pytest.raises(Conflict):
        register.put(document)
    for row in (made, moved):
        with pytest.raises(DatabaseError), gate._door(), transaction.atomic():
            row.delete()


@pytest.mark.rule("D4", where=ON_CASE)
@pytest.mark.rule("A13", where=ON_CASE)
def test_no_plan_and_no_case_closes_with_a_document_left(register: Register) -> None:
    """Not with one in its place, not with one reconciled only, not with a lost one whose error is open; a find after the closing holds the case."""
    kept, lost = register.stored(), register.stored()
    close = lambda: running.close(register.world.at("sora"), register.plan.pk, now=AT + DAY)  # noqa: E731
    keeping.lose(register.world.at("rin"), lost.pk, noticed_by="見本", text="点検で見当たらない", now=AT)
    register.end()
    event = Plan.objects.get(pk=register.plan.pk).events.get(verb="end")
    assert event.facts["things"] == [["document", "D1", "stored"], ["document", "D2", "lost"]]
    for step in (lambda: None, register.reconciled):
        step()
        with pytest.raises(Refused) as refused:
            close()
        assert reason(refused) == "plan_settled"
    register.destroyed(kept)
    with pytest.raises(Refused) as refused:
        close()
    assert reason(refused) == "plan_errors_closed"
    _settle_error(register)
    assert not queries.unreconciled(register.plan).exists()
    close()
    keeping.find(register.world.at("rin"), lost.pk, found_by="見本 清掃", text="棚の裏", now=AT + DAY)
    with pytest.raises(Refused) as refused:
        close_case(register.world.at("toru"), register.plan.case_id, note="終わった", now=AT + DAY)
    assert reason(refused) == "documents_open"
    register.put(lost, now=AT + DAY)
    register.reconciled(now=AT + DAY)
    register.destroyed(lost)
    close_case(register.world.at("toru"), register.plan.case_id, note="終わった", now=AT + DAY)


def _settle_error(register: Register) -> None:
    error = ErrorRecord.objects.get()
    given = Answer(cause="封を確かめなかった", effect="外へ出た形跡はない", notified="本部長に報告", remedy="毎日の点検に改めた")
    answer(register.world.at("toru"), error.pk, given, now=AT + DAY)
    close_error(register.world.at("sora"), error.pk, now=AT + DAY)


@pytest.mark.rule("D4", where=SLIPS)
def test_a_movement_makes_a_reconciliation_old(register: Register) -> None:
    """What was looked at and then lost has to be looked at again."""
    document = register.stored()
    register.end()
    register.reconciled()
    keeping.lose(register.world.at("rin"), document.pk, noticed_by="見本", text="見当たらない", now=AT + DAY)
    assert list(queries.unreconciled(register.plan)) == [document]
    register.reconciled(now=AT + 2 * DAY)
    assert not queries.unreconciled(register.plan).exists()
    assert [one.found for one in Reconciliation.objects.all()] == [{"1": "stored"}, {"1": "lost"}]


@pytest.mark.rule("A6", where=ON_CASE)
def test_nobody_begins_before_the_officers_are_sealed(world: Any) -> None:
    """Else nobody could check that the officer decides, leads and keeps nothing."""
    plan = world.plan_in(PlanState.NOTIFIED)
    with pytest.raises(Refused) as refused:
        running.begin(world.at("sora"), plan.pk, now=AT)
    assert reason(refused) == "officer_unsealed"
    sealing.seal(world.at("sora"), plan.pk, "K-7", world.people["ken"].pk, now=AT)
    running.begin(world.at("sora"), plan.pk, now=AT)
