"""Writing a contact down: what it keeps, what it marks, and that nothing outside its authority looks permitted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from authority_help import DAY, NOW, World
from django.db import DatabaseError, transaction
from log_help import AT, HOUR, Desk

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.undercover.authority.actions import running
from andon.console.undercover.authority.codes import State
from andon.console.undercover.authority.models import ErrorRecord
from andon.console.undercover.contactlog.actions.correct import correct
from andon.console.undercover.contactlog.actions.log import digest, log
from andon.console.undercover.contactlog.models import Acknowledgement, Correction, LogEntry, Outcome, Step
from andon.domain.errors import Conflict, Refused

pytestmark = pytest.mark.django_db
LOG = "andon.console.undercover.contactlog.actions.log"


def errors() -> list[str]:
    """Kinds in the register, in order."""
    return list(ErrorRecord.objects.order_by("pk").values_list("kind", flat=True))


@pytest.mark.rule("A18", where=LOG)
def test_a_contact_is_kept_whole(desk: Desk) -> None:
    """Time, channel, both handles, direction, words, officer, purpose and result; numbered within the case."""
    first, second = desk.log(purpose="場所を知る", result="返事なし"), desk.incoming("駅前")
    assert (first.number, second.number) == (1, 2)
    assert (first.own, first.other, first.officer, first.by_id) == ("telegram:taro", "telegram:boss", "K-7", desk.world.people["toru"].pk)
    assert first.is_permitted
    assert not first.is_late
    assert errors() == []


@pytest.mark.rule("A18", where=LOG)
@pytest.mark.parametrize(
    "lack", [{"words": ""}, {"other": ""}, {"officer": "Toru"}, {"officer": ""}, {"channel": "pigeon"}, {"direction": "up"}, {"tag": ""}, {"happened_at": AT + DAY}]
)
def test_nothing_may_be_missing(desk: Desk, lack: dict[str, Any]) -> None:
    """No words and no exhibit, no handle, a name instead of a code, no tag, a time to come: refused, and nothing is kept."""
    with pytest.raises(Refused):
        log(desk.world.at("toru"), desk.plan.case_id, desk.plan.pk, desk.said(**{"words": "はい", **lack}), now=AT)
    assert not LogEntry.objects.exists()


@pytest.mark.rule("A18", where="andon.console.undercover.contactlog.migrations.0002_only_added_to")
@pytest.mark.parametrize("model", [LogEntry, Correction, Step, Outcome, Acknowledgement])
def test_the_log_is_only_added_to(desk: Desk, model: Any) -> None:
    """The database itself refuses to change or to delete, even inside a verb."""
    entry = desk.log()
    correct(desk.world.at("toru"), entry.pk, "words", "場所はどこでしょうか", why="写し間違い", now=AT + HOUR)
    for sql in (f"UPDATE {model._meta.db_table} SET id = id", f"DELETE FROM {model._meta.db_table}"):
        if not model.objects.exists():
            continue
        with pytest.raises(DatabaseError), gate._door(), transaction.atomic(), transaction.get_connection().cursor() as cursor:
            cursor.execute(sql)
    entry.refresh_from_db()
    assert entry.words == "場所はどこですか"


def test_the_trail_keeps_no_words(desk: Desk) -> None:
    """Hash, codes and numbers only."""
    entry = desk.log("集合は何時ですか")
    facts = Entry.objects.filter(event="contactlog.logged").get().facts
    assert facts["sha256"] == entry.sha256 == digest("集合は何時ですか", "")
    assert "集合" not in str(facts)
    assert "boss" not in str(facts)


@pytest.mark.rule("A9", where=LOG)
@pytest.mark.rule("O6", where=LOG)
@pytest.mark.rule("O7", where=LOG)
@pytest.mark.parametrize(("days", "why"), [(-1, "not_approved"), (61, "after_period")])
def test_outside_the_period_it_is_an_error(desk: Desk, days: int, why: str) -> None:
    """Before and after the authority a contact is kept as what it is."""
    entry = desk.log(happened_at=NOW + days * DAY + HOUR, now=NOW + days * DAY + 2 * HOUR if days > 0 else AT)
    assert (entry.outside, entry.is_permitted) == (why, False)
    assert "contact_without_authority" in errors()


@pytest.mark.rule("U4", where=LOG)
@pytest.mark.parametrize("state", [State.DRAFT, State.SUBMITTED, State.APPROVED, State.NOTIFIED, State.SUSPENDED, State.CANCELLED])
def test_without_authority_in_force_nothing_is_permitted(world: World, state: State) -> None:
    """In every state but that of being carried out."""
    desk = Desk(world, world.plan_in(state))
    assert desk.log().outside
    assert errors() == ["contact_without_authority"]


def test_without_any_plan(desk: Desk) -> None:
    """A contact that belongs to no plan is kept, and is an error."""
    assert desk.log(plan=False).outside == "not_approved"
    assert errors() == ["contact_without_authority"]


def test_what_comes_in_is_nobodys_error(desk: Desk) -> None:
    """A message after the end is marked as outside; no officer acted."""
    entry = desk.incoming("まだいる？", happened_at=NOW + 70 * DAY, now=NOW + 70 * DAY + HOUR)
    assert entry.outside == "after_period"
    assert errors() == []


@pytest.mark.rule("A15", where=LOG)
@pytest.mark.parametrize(
    ("more", "beyond"),
    [({"own": "jiro"}, ["own"]), ({"other": "stranger"}, ["other"]), ({"officer": "K-8"}, ["officer"]), ({"other": "newboss", "known_as": "boss"}, [])],
)
def test_beyond_the_plan(desk: Desk, more: dict[str, str], beyond: list[str]) -> None:
    """Another account, person or officer than the plan names; a new handle of the same person is none."""
    entry = desk.log(**more)
    assert entry.beyond == beyond
    assert errors() == (["contact_without_authority"] if beyond else [])


@pytest.mark.rule("A9", where=LOG)
@pytest.mark.rule("O6", where=LOG)
def test_a_late_entry_is_marked(desk: Desk) -> None:
    """By the clock: a day later, and after the authority that covered it has ended, however soon."""
    assert not desk.log(now=AT + DAY).is_late
    late = desk.log(now=AT + DAY + timedelta(minutes=1))
    assert (late.is_late, late.is_permitted) == (True, True)
    running.end(desk.world.at("sora"), desk.plan.pk, "終えた", now=AT + HOUR)
    after = desk.log(now=AT + 2 * HOUR)
    assert (after.is_late, after.is_permitted) == (True, True)
    assert errors() == ["late_record", "late_record"]


def test_who_does_not_work_on_the_case_logs_nothing(desk: Desk) -> None:
    """Neither the custodian nor the approver nor the inspector nor somebody of another case."""
    for name in ("rin", "mio", "kei", "ken", "goro"):
        with pytest.raises(Refused):
            desk.log(who=name)
    assert not LogEntry.objects.exists()


def test_a_plan_of_another_case_is_none(desk: Desk) -> None:
    """The number of a plan is looked up within the case."""
    from authority_help import make_world

    other = make_world("大阪府")
    plan = other.plan_in(State.ACTIVE)
    with pytest.raises(Conflict):
        log(desk.world.at("toru"), desk.plan.case_id, plan.pk, desk.said(), now=AT)


def test_a_correction_stands_beside(desk: Desk) -> None:
    """With its reason; never without, never of the marks, never by who does not log."""
    entry = desk.log()
    correct(desk.world.at("sora"), entry.pk, "happened_at", "12:05", why="時計の読み違い", now=AT + HOUR)
    assert list(entry.corrections.values_list("field", "text")) == [("happened_at", "12:05")]
    assert Entry.objects.filter(event="contactlog.corrected").exists()
    for field, why in (("is_late", "消したい"), ("outside", "消したい"), ("words", " ")):
        with pytest.raises(Refused):
            correct(desk.world.at("toru"), entry.pk, field, "はい", why=why, now=AT + HOUR)
    with pytest.raises((Refused, Conflict)):
        correct(desk.world.at("rin"), entry.pk, "words", "はい", why="直す", now=AT + HOUR)
