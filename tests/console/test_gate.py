"""Every write passes the gate: right, transaction, work, trail. Nothing else can write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, transaction

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.staff.models import Person
from andon.console.staff.rights import Right
from andon.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


@gate.verb("test.renamed", Right.OWN_SETTINGS)
def rename(actor: gate.Actor, name: str) -> gate.Done[str]:
    """A verb for the tests."""
    Person.objects.filter(pk=actor.person.pk).update(name=name)
    if name == "broken":
        raise ValueError(name)
    return gate.Done(name, f"person:{actor.person.pk}", {"length": len(name)})


@gate.verb("test.promoted", Right.PROMOTE, grave=True)
def promote(_actor: gate.Actor) -> gate.Done[None]:
    """A grave verb for the tests."""
    return gate.Done(None, "model:1")


def test_write_and_entry_go_together(aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """A verb's work and its entry are both there afterwards."""
    assert rename(actor(aoi), "Aoi Tanaka") == "Aoi Tanaka"
    entry = Entry.objects.latest("number")
    assert (entry.event, entry.person, entry.subject, entry.facts, entry.via) == ("test.renamed", aoi.pk, f"person:{aoi.pk}", {"length": 10}, "screen")
    assert Person.objects.get(pk=aoi.pk).name == "Aoi Tanaka"


def test_failed_work_leaves_nothing(aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """What raises is undone, and no entry claims it."""
    with pytest.raises(ValueError, match="broken"):
        rename(actor(aoi), "broken")
    assert Person.objects.get(pk=aoi.pk).name == "Aoi"
    assert not Entry.objects.exists()


def test_missing_right_is_refused_and_kept(aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """Who may not is told so, and the trail says that it was tried."""
    with pytest.raises(Refused):
        promote(actor(aoi))
    assert Entry.objects.get().facts == {"right": "learning.promote", "reason": "right"}


def test_grave_verbs_need_a_fresh_sign_in(sora: Person, actor: Callable[..., gate.Actor]) -> None:
    """A grave act on a screen needs a proof of who sits there."""
    with pytest.raises(Refused, match="not_fresh"):
        promote(actor(sora, fresh=False))
    promote(actor(sora))
    assert Entry.objects.latest("number").event == "test.promoted"


def test_writes_past_the_gate_are_refused(aoi: Person) -> None:
    """A table of the desk cannot be changed outside of a verb, by the ORM or by SQL."""
    with pytest.raises(Refused, match="past_the_gate"):
        Person.objects.filter(pk=aoi.pk).update(name="x")
    with pytest.raises(Refused), connection.cursor() as cursor:
        cursor.execute('DELETE FROM "staff_person"')


@pytest.mark.parametrize("table", ["audit_entry", "intake_judgement", "intake_move", "review_decision", "learning_promotion"])
def test_database_refuses_to_change_records(table: str) -> None:
    """Triggers stand on every table that is only added to."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
        else:
            cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [table])
        assert cursor.fetchone()[0] == 2


def test_entry_cannot_be_changed_or_removed(aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """Even with the gate's door open the database keeps the trail as it is."""
    rename(actor(aoi), "A")
    for change in (lambda: Entry.objects.update(name="nobody"), lambda: Entry.objects.all().delete()):
        with pytest.raises(DatabaseError, match="only added to"), transaction.atomic(), gate._door():
            change()
    assert Entry.objects.count() == 1
