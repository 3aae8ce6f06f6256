"""Placing, prolonging and lifting; who may, who is told what, and that nothing lapses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.holds import queries, targets
from andon.console.holds.actions.end import lift, prolong
from andon.console.holds.actions.place import Terms, place
from andon.console.holds.models import Hold, HoldEvent
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.gate import Actor
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
DAY = timedelta(days=1)
ABC = targets.contact("telegram:abc")


def test_a_hold_stands_and_names_whom_to_ask(aoi: Person, held: Callable[..., Hold]) -> None:
    """Everybody is told the unit, the person and the last day, and nothing else."""
    hold = held(aoi, ABC)
    found = queries.standing([ABC, targets.contact("telegram:other")], now=NOW)
    assert found == {ABC: queries.Held(hold.pk, aoi.unit.name, aoi.name, NOW + WEEK, is_expired=False, since=NOW)}
    assert "秘密" not in repr(found)


def test_placing_is_in_the_trail_without_the_reason(aoi: Person, held: Callable[..., Hold]) -> None:
    """Number, kind, last day and whom to ask; neither why nor which contact."""
    hold = held(aoi, ABC)
    entry = Entry.objects.get(event="holds.placed")
    assert (entry.subject, entry.person) == (f"hold:{hold.pk}", aoi.pk)
    assert entry.facts == {"kind": "contact", "until": (NOW + WEEK).isoformat(), "ask": aoi.pk}


def test_who_has_no_right_places_none(kei: Person, actor: Callable[..., Actor]) -> None:
    """An auditor is refused, and that is kept."""
    with pytest.raises(Refused):
        place(actor(kei), ABC, Terms("evidence", NOW + WEEK, NOW + DAY), now=NOW)
    assert Entry.objects.get().event == "gate.refused"
    assert not Hold.objects.exists()


@pytest.mark.parametrize(
    ("terms", "reason"),
    [
        (Terms("evidence", NOW, NOW), "hold_until"),
        (Terms("evidence", NOW + timedelta(days=400), NOW + DAY), "hold_until"),
        (Terms("evidence", NOW + DAY, NOW + WEEK), "hold_review"),
        (Terms("evidence", NOW + WEEK, NOW), "hold_review"),
        (Terms("other", NOW + WEEK, NOW + DAY, "  "), "hold_note"),
        (Terms("whim", NOW + WEEK, NOW + DAY), "hold_terms"),
    ],
)
def test_terms_make_sense(terms: Terms, reason: str, aoi: Person, actor: Callable[..., Actor]) -> None:
    """Every hold ends, is looked at before, and says why."""
    with pytest.raises(Refused) as refused:
        place(actor(aoi), ABC, terms, now=NOW)
    assert refused.value.data["reason"] == reason


def test_whom_to_ask_is_of_the_unit(aoi: Person, jun: Person, rei: Person, actor: Callable[..., Actor]) -> None:
    """A colleague may be named, a person of another unit may not."""
    assert place(actor(aoi), ABC, Terms("evidence", NOW + WEEK, NOW + DAY, ask_id=jun.pk), now=NOW).ask == jun
    with pytest.raises(Refused):
        place(actor(aoi), targets.contact("x:y"), Terms("evidence", NOW + WEEK, NOW + DAY, ask_id=rei.pk), now=NOW)


def test_who_left_is_not_named(aoi: Person, jun: Person, actor: Callable[..., Actor]) -> None:
    """Once the person to ask is switched off, it is the one who placed it."""
    place(actor(aoi), ABC, Terms("evidence", NOW + WEEK, NOW + DAY, ask_id=jun.pk), now=NOW)
    with gate._door():
        jun.is_active = False
        jun.save()
    assert queries.standing([ABC])[ABC].ask == aoi.name


def test_a_unit_holds_once_another_as_well(aoi: Person, jun: Person, rei: Person, held: Callable[..., Hold]) -> None:
    """The same unit is told that it holds already; another unit's hold stands beside, and either one is enough."""
    first = held(aoi, ABC)
    with pytest.raises(Conflict):
        held(jun, ABC)
    second = held(rei, ABC)
    assert [hold.pk for hold in queries.standing_holds([ABC])[ABC]] == [first.pk, second.pk]


def test_the_database_knows_it_too(aoi: Person, held: Callable[..., Hold]) -> None:
    """Two at the same moment: the constraint lets one through."""
    hold = held(aoi, ABC)
    hold.pk = None
    with pytest.raises(IntegrityError), transaction.atomic(), gate._door():
        hold.save(force_insert=True)


def test_an_expired_hold_holds_on_and_asks(aoi: Person, held: Callable[..., Hold]) -> None:
    """Past its last day it still stands, is called expired, and is listed for the unit."""
    hold = held(aoi, ABC, days=1)
    later = NOW + 400 * DAY
    assert queries.standing([ABC], now=later)[ABC].is_expired
    assert list(queries.asking(aoi, now=later)) == [hold]
    assert list(queries.expired_since(None, later)) == [hold]


def test_review_day_asks_before(aoi: Person, held: Callable[..., Hold]) -> None:
    """On its review day it is listed, though it has not expired."""
    hold = held(aoi, ABC)
    assert not queries.asking(aoi, now=NOW + DAY).exists()
    assert list(queries.asking(aoi, now=NOW + 4 * DAY)) == [hold]
    assert not queries.standing([ABC], now=NOW + 4 * DAY)[ABC].is_expired


def test_prolonging(aoi: Person, jun: Person, held: Callable[..., Hold], actor: Callable[..., Actor]) -> None:
    """A colleague gives an expired hold a new last day, with a reason; both stand in its history and the trail."""
    hold = held(aoi, ABC, days=1)
    at = NOW + 2 * DAY
    prolong(actor(jun), hold.pk, until=at + WEEK, review_at=at + DAY, note="続く", now=at)
    assert not queries.standing([ABC], now=at)[ABC].is_expired
    assert list(hold.events.values_list("what", "by", "note")) == [("placed", aoi.pk, ""), ("prolonged", jun.pk, "続く")]
    assert Entry.objects.get(event="holds.prolonged").facts == {"before": (NOW + DAY).isoformat(), "until": (at + WEEK).isoformat()}


def test_prolonging_says_why(aoi: Person, held: Callable[..., Hold], actor: Callable[..., Actor]) -> None:
    """Without a reason it is refused, and nothing changes."""
    hold = held(aoi, ABC)
    with pytest.raises(Refused):
        prolong(actor(aoi), hold.pk, until=NOW + 2 * WEEK, review_at=NOW + DAY, note=" ", now=NOW)
    hold.refresh_from_db()
    assert hold.until == NOW + WEEK


def test_lifting(aoi: Person, sora: Person, held: Callable[..., Hold], actor: Callable[..., Actor]) -> None:
    """A supervisor of the unit ends it: nothing is held any more, and the unit may hold it anew."""
    hold = held(aoi, ABC)
    lift(actor(sora), hold.pk, note="済んだ", now=NOW + DAY)
    assert queries.standing([ABC]) == {}
    assert Entry.objects.get(event="holds.lifted").facts == {"expired": False, "by": aoi.pk}
    with pytest.raises(Conflict):
        lift(actor(sora), hold.pk, note="もう一度", now=NOW + DAY)
    held(aoi, ABC)
    assert ABC in queries.standing([ABC])


def test_an_analyst_does_not_lift(aoi: Person, held: Callable[..., Hold], actor: Callable[..., Actor]) -> None:
    """Placing is not lifting."""
    hold = held(aoi, ABC)
    with pytest.raises(Refused):
        lift(actor(aoi), hold.pk, note="済んだ", now=NOW)
    assert ABC in queries.standing([ABC])


def test_another_unit_changes_nothing(aoi: Person, rei: Person, held: Callable[..., Hold], actor: Callable[..., Actor]) -> None:
    """Not even with both rights."""
    hold = held(aoi, ABC)
    with pytest.raises(Refused):
        lift(actor(rei), hold.pk, note="済んだ", now=NOW)
    with pytest.raises(Refused):
        prolong(actor(rei), hold.pk, until=NOW + 2 * WEEK, review_at=NOW + DAY, note="続く", now=NOW)


def test_the_reason_is_for_the_unit(aoi: Person, jun: Person, sora: Person, rei: Person, kei: Person, held: Callable[..., Hold]) -> None:
    """People of the unit who place or lift may read it; another unit and the unit's auditor may not."""
    hold = held(aoi, ABC)
    assert [queries.may_read_reason(one, hold) for one in (aoi, jun, sora, rei, kei)] == [True, True, True, False, False]
    assert not queries.of_unit(rei).exists()
    assert not queries.of_unit(kei).exists()


def test_history_is_only_added_to(aoi: Person, held: Callable[..., Hold]) -> None:
    """The database itself refuses to change it."""
    held(aoi, ABC)
    with pytest.raises(DatabaseError), transaction.atomic(), gate._door():
        HoldEvent.objects.update(note="別の話")


def test_an_account_is_the_same_however_it_is_written() -> None:
    """Width, case and the leading @ do not count; the source does."""
    assert targets.account("x", "＠Boss_01") == targets.account("X", "boss_01")
    assert targets.account("x", "boss_01") != targets.account("bluesky", "boss_01")
