"""What goes out goes once, not before its time, and never while something stands in the way."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Q

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.measures.common import channels, limits
from andon.console.measures.common.actions.outbox import bounce, mark_sent, resolve, take_out, try_again
from andon.console.measures.common.actions.switches import close_breaker, set_limit, switch
from andon.console.measures.common.models import Notice, Outgoing, OutgoingEvent
from andon.console.measures.common.outbox import cancel, checks, hooks, put, run_due
from andon.console.outside.errors import Unreachable
from andon.console.staff.models import Unit
from andon.console.staff.rights import Role
from andon.domain.errors import Conflict, Refused

from .conftest import LATER, NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.staff.models import Person

    from .conftest import OtherSide

pytestmark = pytest.mark.django_db
Make = "Callable[..., Outgoing]"


def state(row: Outgoing) -> str:
    """As it stands now."""
    row.refresh_from_db()
    return row.state


def test_it_goes_once_after_the_undo_window(outgoing: Callable[..., Outgoing], other_side: OtherSide) -> None:
    """Not within the window; then once, however often the worker looks; the log and the trail have every step."""
    row = outgoing()
    assert run_due(now=NOW + timedelta(seconds=59)) == 0
    assert other_side.received == []
    assert run_due(now=NOW + timedelta(seconds=60)) == 1
    assert run_due(now=LATER) == 0
    assert other_side.received == ["test:1"]
    assert (state(row), row.remote_id, row.attempts) == ("sent", "remote-test:1", 1)
    assert list(row.events.values_list("state", flat=True)) == ["waiting", "sending", "sent"]
    entry = Entry.objects.get(event="measures.sent")
    assert (entry.via, entry.facts["approved_by"], entry.subject) == ("worker", row.by_id, f"outgoing:{row.pk}")
    assert "…" not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_the_same_key_is_put_once(outgoing: Callable[..., Outgoing], other_side: OtherSide) -> None:
    """A second press makes no second letter."""
    assert outgoing("a").pk == outgoing("a", payload={"text": "other"}).pk
    run_due(now=LATER)
    assert outgoing("a").state == "sent"
    run_due(now=LATER)
    assert other_side.received == ["a"]


def test_an_unknown_channel_is_refused(aoi: Person) -> None:
    """Nothing is put that nobody could send."""
    with pytest.raises(Conflict, match="no_channel"), gate._door():
        put(key="x", kind="test", subject_id=1, channel="pigeon", payload={}, by=aoi)


def test_taken_out_before_it_goes(outgoing: Callable[..., Outgoing], other_side: OtherSide, aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """Undo within the window stops it; afterwards it is too late, and says so."""
    one, two = outgoing("a"), outgoing("b")
    assert take_out(actor(aoi), [one.pk]) == [one.pk]
    run_due(now=LATER)
    assert (state(one), one.problem, state(two)) == ("cancelled", "undone", "sent")
    assert other_side.received == ["b"]
    assert take_out(actor(aoi), [two.pk]) == []
    assert Entry.objects.filter(event="measures.undone").count() == 2


def test_only_who_may_send_takes_out(outgoing: Callable[..., Outgoing], kei: Person, actor: Callable[..., gate.Actor]) -> None:
    """And the attempt is kept."""
    row = outgoing()
    for refused in (lambda: take_out(actor(kei), [row.pk]), lambda: mark_sent(actor(kei), row.pk), lambda: try_again(actor(kei), row.pk), lambda: resolve(actor(kei), row.pk, was_sent=True)):
        with pytest.raises(Refused):
            refused()
    assert state(row) == "waiting"


def test_cancelled_by_its_kind(outgoing: Callable[..., Outgoing], other_side: OtherSide) -> None:
    """A kind takes its own out by subject; the others stay."""
    one, two = outgoing("a", subject_id=7), outgoing("b", subject_id=8)
    with gate._door():
        assert cancel(Q(kind="test", subject_id=7), problem="decision_withdrawn") == [one.pk]
    assert (state(one), state(two)) == ("cancelled", "waiting")


def test_a_hold_stops_it_at_the_last_moment(outgoing: Callable[..., Outgoing], other_side: OtherSide, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hold that was placed after the approval: nothing goes, and who approved is told."""
    monkeypatch.setattr(checks, "held_posts", lambda ids: {ids[0]: object()} if 5 in ids else {})
    held, free = outgoing("a", posts=[4, 5]), outgoing("b", posts=[6])
    run_due(now=LATER)
    assert (state(held), held.problem, state(free)) == ("cancelled", "held", "sent")
    assert other_side.received == ["b"]
    assert [(note.person_id, note.code, note.data["problem"]) for note in Notice.objects.all()] == [(held.by_id, "outgoing_stopped", "held")]


def test_its_kind_may_stop_it(outgoing: Callable[..., Outgoing], other_side: OtherSide) -> None:
    """A decision that was withdrawn stops what waits, by the word of the kind."""
    hooks.MAY_GO["test"] = lambda row: "decision_withdrawn" if row.subject_id == 1 else ""
    row = outgoing()
    run_due(now=LATER)
    assert (state(row), row.problem, other_side.received) == ("cancelled", "decision_withdrawn", [])


def test_its_kind_hears_of_every_change(outgoing: Callable[..., Outgoing], other_side: OtherSide) -> None:
    """In the same transaction: a kind that fails undoes the step, and the row is asked back later."""
    heard: list[str] = []
    hooks.CHANGED["test"] = lambda row: heard.append(row.state)
    outgoing()
    run_due(now=LATER)
    assert heard == ["sending", "sent"]


def test_nothing_leaves_by_a_channel_that_is_off(outgoing: Callable[..., Outgoing], other_side: OtherSide, aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """It is made and kept; a person sends it once the channel lives, or says that they sent it by hand."""
    other_side.live = False
    one, two = outgoing("a"), outgoing("b")
    run_due(now=LATER)
    assert (state(one), one.problem, state(two), other_side.received) == ("dry", "not_live", "dry", [])
    mark_sent(actor(aoi), two.pk, remote_id="by post")
    assert (state(two), two.remote_id) == ("sent", "by post")
    other_side.live = True
    run_due(now=LATER)
    assert other_side.received == [], "a rehearsed one does not go by itself when the channel is switched on"
    try_again(actor(aoi), one.pk, now=LATER)
    run_due(now=LATER)
    assert (state(one), other_side.received) == ("sent", ["a"])


def test_a_channel_is_off_until_a_person_switches_it_on(aoi: Person, sora: Person, actor: Callable[..., gate.Actor]) -> None:
    """With the right to, freshly signed in; and kept in the trail."""
    assert not channels.is_on("mail")
    with pytest.raises(Refused):
        switch(actor(aoi), "mail", is_live=True)
    with pytest.raises(Refused, match="not_fresh"):
        switch(actor(sora, fresh=False), "mail", is_live=True)
    switch(actor(sora), "mail", is_live=True)
    assert channels.is_on("mail")
    switch(actor(sora), "mail", is_live=False)
    assert not channels.is_on("mail")
    with pytest.raises(Conflict):
        switch(actor(sora), "pigeon", is_live=True)
    assert Entry.objects.filter(event="measures.channel_switched").count() == 2


def test_by_hand(outgoing: Callable[..., Outgoing], other_side: OtherSide, aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """What is to be copied waits for a person, not for the worker."""
    row = outgoing(channel="copy")
    run_due(now=LATER)
    assert state(row) == "waiting"
    mark_sent(actor(aoi), row.pk)
    assert (state(row), row.events.last().by) == ("sent", aoi)
    with pytest.raises(Conflict):
        mark_sent(actor(aoi), row.pk)


def test_a_permanent_refusal_fails(outgoing: Callable[..., Outgoing], other_side: OtherSide) -> None:
    """It is not tried again by itself, and who approved is told."""
    other_side.raises = [channels.NotSent("mail_recipient", permanent=True)]
    row = outgoing()
    run_due(now=LATER)
    run_due(now=LATER + timedelta(days=1))
    assert (state(row), row.problem, other_side.received) == ("failed", "mail_recipient", [])
    assert Notice.objects.get().code == "outgoing_failed"


def test_a_passing_refusal_is_tried_again(outgoing: Callable[..., Outgoing], other_side: OtherSide) -> None:
    """After a growing while, a few times, then a person is told."""
    other_side.raises = [channels.NotSent("mail_not_connected", permanent=False)] * 6
    row, now, waits = outgoing(), LATER, []
    for _ in range(6):
        run_due(now=now)
        waits.append((state(row), row.not_before - now))
        now = max(now, row.not_before)
    assert [wait for current, wait in waits if current == "waiting"] == [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8)]
    assert (state(row), row.attempts, other_side.received) == ("failed", 6, [])


@pytest.mark.parametrize(("took", "knows", "ends"), [(True, True, "sent"), (False, True, "waiting"), (True, False, "unsure"), (False, False, "unsure")])
def test_when_nobody_can_tell(took: bool, knows: bool, ends: str, outgoing: Callable[..., Outgoing], other_side: OtherSide) -> None:
    """The connection broke: the other side is asked; where it cannot say, a person does. In no case is it sent again blindly."""
    other_side.raises, other_side.takes_before_raising, other_side.knows = [Unreachable(reason="timeout")], took, knows
    row = outgoing()
    run_due(now=LATER)
    assert state(row) == ends
    run_due(now=LATER + timedelta(days=1))
    assert other_side.received.count("test:1") == (1 if took or knows else 0)
    if ends == "unsure":
        assert Notice.objects.get().code == "outgoing_unsure"


@pytest.mark.parametrize("was_sent", [True, False])
def test_a_person_says(was_sent: bool, outgoing: Callable[..., Outgoing], other_side: OtherSide, aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """Who looked says whether it arrived; what did not goes again, once."""
    other_side.raises, other_side.knows = [Unreachable(reason="timeout")], False
    row = outgoing()
    run_due(now=LATER)
    resolve(actor(aoi), row.pk, was_sent=was_sent, now=LATER)
    run_due(now=LATER)
    assert (state(row), other_side.received) == ("sent", [] if was_sent else ["test:1"])
    with pytest.raises(Conflict):
        resolve(actor(aoi), row.pk, was_sent=True)


def test_a_bounce_is_a_state(outgoing: Callable[..., Outgoing], other_side: OtherSide) -> None:
    """Of what was sent; nothing else bounces."""
    row, other = outgoing("a"), outgoing("b", not_before=LATER + timedelta(days=9))
    run_due(now=LATER)
    row.refresh_from_db()
    with gate._door():
        assert bounce(row, "5.1.1")
        assert not bounce(other, "5.1.1")
    assert (state(row), state(other)) == ("bounced", "waiting")


def test_a_limit_holds_and_forgets_nothing(outgoing: Callable[..., Outgoing], other_side: OtherSide, sora: Person, aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """Three of five go; the breaker stays open over the day's end until a person closes it; then the rest goes."""
    set_limit(actor(sora), "test", per_day=3, per_minute=100)
    for number in range(5):
        outgoing(f"k{number}")
    run_due(now=LATER)
    assert len(other_side.received) == 3
    run_due(now=LATER + timedelta(days=2))
    assert len(other_side.received) == 3
    assert {note.person_id for note in Notice.objects.filter(code="limit_reached")} == {sora.pk}
    with pytest.raises(Refused):
        close_breaker(actor(aoi), "test")
    close_breaker(actor(sora), "test", now=LATER + timedelta(days=2))
    run_due(now=LATER + timedelta(days=2))
    assert sorted(other_side.received) == [f"k{number}" for number in range(5)]


def test_so_many_a_minute(outgoing: Callable[..., Outgoing], other_side: OtherSide, sora: Person, actor: Callable[..., gate.Actor]) -> None:
    """The others wait for the next minute, by themselves."""
    set_limit(actor(sora), "test", per_day=100, per_minute=2)
    for number in range(5):
        outgoing(f"k{number}")
    sent = []
    for minutes in range(4):
        run_due(now=LATER + timedelta(minutes=minutes))
        sent.append(len(other_side.received))
    assert sent == [2, 4, 5, 5]
    assert not Notice.objects.exists()


def test_the_log_is_only_added_to(outgoing: Callable[..., Outgoing]) -> None:
    """The database itself refuses, even with the gate's door open."""
    outgoing()
    for change in (lambda: OutgoingEvent.objects.update(state="sent"), lambda: OutgoingEvent.objects.all().delete()):
        with pytest.raises(DatabaseError, match="only added to"), transaction.atomic(), gate._door():
            change()


def test_a_limit_of_its_own_name(outgoing: Callable[..., Outgoing], other_side: OtherSide) -> None:
    """Names that continue a known one take its numbers and are counted apart."""
    outgoing("a", limit="test:3", weight=10)
    run_due(now=LATER)
    assert (limits.left("test:3", now=LATER), limits.left("test", now=LATER), limits.left("test:4", now=LATER)) == (990, 1000, 1000)


def test_only_the_unit_that_approved_handles_it(outgoing: Callable[..., Outgoing], person: Callable[..., Person], actor: Callable[..., gate.Actor]) -> None:
    """People of another unit do not learn of it, and change nothing."""
    with gate._door():
        other = Unit.objects.create(name="別の部署", kind="police")
    stranger = person("stranger", Role.SUPERVISOR, unit=other)
    row = outgoing()
    assert take_out(actor(stranger), [row.pk]) == []
    for refused in (lambda pk: mark_sent(actor(stranger), pk), lambda pk: try_again(actor(stranger), pk), lambda pk: resolve(actor(stranger), pk, was_sent=True)):
        for pk in (row.pk, 10_000):
            with pytest.raises(Refused, match="not_own_outgoing"):
                refused(pk)
    assert state(row) == "waiting"


def test_one_that_breaks_does_not_stop_the_others(outgoing: Callable[..., Outgoing], other_side: OtherSide) -> None:
    """A fault in handling one row goes on to the log; in the next round the others go, and that one is tried again later."""
    one, two = outgoing("a"), outgoing("b")
    hooks.MAY_GO["test"] = lambda row: "" if row.key == "b" else row.no_such_thing
    with pytest.raises(AttributeError):
        run_due(now=LATER)
    assert run_due(now=LATER) == 1
    assert (state(one), state(two)) == ("waiting", "sent")
    del hooks.MAY_GO["test"]
    assert run_due(now=LATER + timedelta(minutes=5)) == 0
    assert run_due(now=LATER + timedelta(minutes=11)) == 1
    assert state(one) == "sent"
