"""One press makes all packets, each part whole or not at all, once, and everything can be taken back before it goes."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.measures.board.actions import batches
from andon.console.measures.board.models import Batch, Part
from andon.console.measures.board.tasks import resume_unfinished, run_batch
from andon.console.measures.common.models import Outgoing
from andon.console.measures.common.outbox import run_due
from andon.console.staff.rights import Role
from andon.domain.errors import Conflict, Refused

from .conftest import LATER

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.intake.models import Campaign
    from andon.console.staff.models import Person

    from .conftest import Letters

pytestmark = pytest.mark.django_db


def test_one_press(letters: Letters, settled: Callable[..., Campaign], aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """Two campaigns: drafted, approved by who pressed, in the outbox, sent after the window; every step in the trail."""
    ones = [settled(), settled()]
    batch = batches.start(actor(aoi), "t", [one.pk for one in ones], ["letter"], sends=True)
    assert batches.run(actor(aoi), batch.pk)
    batch.refresh_from_db()
    assert batch.state == "done"
    assert {row.by for row in Outgoing.objects.all()} == {aoi}
    run_due(now=LATER)
    assert sorted(letters.received) == sorted(f"letter:{one.pk}0" for one in ones)
    events = list(Entry.objects.filter(event__startswith="board.").order_by("number").values_list("event", flat=True))
    assert events == ["board.started", "board.part_done", "board.finished"]


def test_a_second_press_makes_no_second_batch(letters: Letters, settled: Callable[..., Campaign], aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """The page's token is good for one batch."""
    one = settled()
    first = batches.start(actor(aoi), "t", [one.pk], ["letter"], sends=True)
    batches.run(actor(aoi), first.pk)
    again = batches.start(actor(aoi), "t", [one.pk], ["letter"], sends=True)
    batches.run(actor(aoi), again.pk)
    assert (first.pk, Outgoing.objects.count(), Batch.objects.count()) == (again.pk, 1, 1)


def test_only_what_was_decided(letters: Letters, settled: Callable[..., Campaign], campaign: Callable[..., Campaign], aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """Open, refused and escalated campaigns are left out; with nothing left there is no batch."""
    yes = settled()
    others = [campaign(), settled("not", "joke"), settled("escalated", "unclear")]
    batch = batches.start(actor(aoi), "t", [one.pk for one in (*others, yes)], ["letter"], sends=True)
    assert list(batch.campaigns.all()) == [yes]
    for ids, kinds in (([one.pk for one in others], ["letter"]), ([yes.pk], ["pigeon"]), ([], ["letter"])):
        with pytest.raises(Conflict, match="nothing_to_do"):
            batches.start(actor(aoi), f"u{ids}", ids, kinds, sends=True)


def test_who_may(letters: Letters, settled: Callable[..., Campaign], kei: Person, aoi: Person, actor: Callable[..., gate.Actor], monkeypatch: Any) -> None:
    """An auditor starts none. Who may draft but not send gets drafts."""
    one = settled()
    with pytest.raises(Refused):
        batches.start(actor(kei), "t", [one.pk], ["letter"], sends=False)
    monkeypatch.setattr(type(aoi), "may", lambda _self, right: str(right) != "measures.send")
    with pytest.raises(Refused):
        batches.start(actor(aoi), "t", [one.pk], ["letter"], sends=True)
    batch = batches.start(actor(aoi), "t", [one.pk], ["letter"], sends=False)
    assert batches.run(actor(aoi), batch.pk)
    assert (len(letters.drafts), Outgoing.objects.count()) == (1, 0)


def test_chunks(letters: Letters, campaign: Callable[..., Campaign], aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """Many campaigns and many posts are done in parts; a part that fails fails alone, and says why."""
    ones = [campaign(posts=1, state="recruitment") for _ in range(12)]
    letters.breaks_at = ones[7].pk
    batch = batches.start(actor(aoi), "t", [one.pk for one in ones], ["letter"], sends=True)
    assert [len(part.campaigns) for part in batch.parts.all()] == [5, 5, 2]
    assert batches.run(actor(aoi), batch.pk)
    assert [part.state for part in batch.parts.all()] == ["done", "failed", "done"]
    assert batch.parts.all()[1].problem["code"] == "conflict"
    assert Outgoing.objects.count() == 7, "a part that fails leaves nothing half done"
    assert list(batches._chunks({1: 190, 2: 20, 3: 150, 4: 2000})) == [[1], [2, 3], [4]]


def test_a_stop_in_the_middle(letters: Letters, campaign: Callable[..., Campaign], aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """What a screen did not finish the worker does; what a worker was stopped in is done by the next, once."""
    ones = [campaign(posts=1, state="recruitment") for _ in range(12)]
    batch = batches.start(actor(aoi), "t", [one.pk for one in ones], ["letter"], sends=True)
    assert not batches.run(actor(aoi), batch.pk, seconds=0)
    assert [part.state for part in batch.parts.all()] == ["done", "waiting", "waiting"]
    assert resume_unfinished() == 1
    run_batch.func(batch.pk)
    run_batch.func(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, Outgoing.objects.count()) == ("done", 12)
    assert resume_unfinished() == 0


def test_a_part_is_whole(letters: Letters, settled: Callable[..., Campaign], aoi: Person, actor: Callable[..., gate.Actor], monkeypatch: Any) -> None:
    """Approving that breaks undoes the drafts of the part, too."""
    batch = batches.start(actor(aoi), "t", [settled().pk], ["letter"], sends=True)

    def broken(*_: Any) -> int:
        raise Conflict(reason="changed", name="letter")

    kind = batches.kind_of("letter")
    monkeypatch.setattr(batches, "kind_of", lambda _code: dataclasses.replace(kind, approve=broken))
    before = Entry.objects.filter(event="test.prepared").count()
    batches.run(actor(aoi), batch.pk)
    assert Part.objects.get().state == "failed"
    assert Entry.objects.filter(event="test.prepared").count() == before


def test_taken_back(letters: Letters, settled: Callable[..., Campaign], aoi: Person, jun: Person, sora: Person, actor: Callable[..., gate.Actor]) -> None:
    """By who pressed or who sets the rules; what is gone is gone, and the count says so."""
    ones = [settled(), settled()]
    batch = batches.start(actor(aoi), "t", [one.pk for one in ones], ["letter"], sends=True)
    batches.run(actor(aoi), batch.pk)
    with pytest.raises(Refused, match="not_own_batch"):
        batches.undo(actor(jun), batch.pk)
    with gate._door():
        Outgoing.objects.filter(key=f"letter:{ones[0].pk}0").update(not_before=LATER)
    run_due(now=LATER)
    assert batches.undo(actor(sora), batch.pk) == 0
    other = batches.start(actor(aoi), "t2", [settled().pk], ["letter"], sends=True)
    batches.run(actor(aoi), other.pk)
    assert batches.undo(actor(aoi), other.pk) == 1
    other.refresh_from_db()
    assert other.state == "undone"
    run_due(now=LATER)
    assert len(letters.received) == 2


def test_taken_back_before_it_began(letters: Letters, campaign: Callable[..., Campaign], aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """Parts that were not begun are never begun."""
    ones = [campaign(posts=1, state="recruitment") for _ in range(12)]
    batch = batches.start(actor(aoi), "t", [one.pk for one in ones], ["letter"], sends=True)
    batches.run(actor(aoi), batch.pk, seconds=0)
    assert batches.undo(actor(aoi), batch.pk) == 5
    run_batch.func(batch.pk)
    run_due(now=LATER)
    assert letters.received == []


def test_who_lost_the_right_meanwhile(letters: Letters, campaign: Callable[..., Campaign], aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """The worker acts for the person, with the rights that they have then."""
    ones = [campaign(posts=1, state="recruitment") for _ in range(12)]
    batch = batches.start(actor(aoi), "t", [one.pk for one in ones], ["letter"], sends=True)
    with gate._door():
        type(aoi).objects.filter(pk=aoi.pk).update(roles=[str(Role.AUDITOR)])
    run_batch.func(batch.pk)
    assert {part.state for part in batch.parts.all()} == {"failed"}
    assert not Outgoing.objects.exists()
