"""The yearly table: from the invented cases exactly the published one; and what its public version gives away."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from authority_help import World, make_world
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from log_help import AT, HOUR, Desk

from andon.console import gate
from andon.console.casework import visible
from andon.console.casework.models import Case
from andon.console.staff.rights import Role
from andon.console.undercover.authority.codes import State
from andon.console.undercover.authority.models import ErrorRecord
from andon.console.undercover.authority.wording_checks import copied
from andon.console.undercover.contactlog import samples
from andon.console.undercover.contactlog.actions.conclude import Ended, conclude
from andon.console.undercover.contactlog.actions.stage import take_back
from andon.console.undercover.contactlog.figures import funnel, rows, years
from andon.console.undercover.contactlog.models import LogEntry, Step
from andon.console.undercover.contactlog.queries import outside_entries, waiting
from andon.console.undercover.contactlog.suppression import Row, published
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from andon.console.undercover.authority.models import Plan

FOLDER = Path(__file__).resolve().parents[3] / "samples" / "undercover"
WHERE = "andon.console.undercover.contactlog.figures"


def cast_of(world: World) -> samples.Cast:
    """Who plays whom."""
    with gate._door():
        person = world.people["toru"]
        person.roles = [Role.INVESTIGATOR.value, Role.ANALYST.value]  # who takes the posts in
        person.save()
    return samples.Cast(world.at("toru"), world.at("sora"), world.at("mio"), world.at("rin"))


def brought_in(world: World) -> list[Plan]:
    """The thirteen cases, by the people of the world."""
    cast = cast_of(world)
    posts = samples.take_posts(world.at("toru"), FOLDER)
    assert len(posts) == 13
    plans = samples.load(FOLDER, cast, posts)
    assert samples.load(FOLDER, cast, posts) == []  # the same again changes nothing
    return plans


@pytest.mark.django_db
@pytest.mark.rule("O9", where=WHERE)
def test_the_published_funnel(world: World) -> None:
    """13; 7 with instructions, 6 lost; of the 7: 4 cases with 5 arrested (fraud 3 and 3, robbery preparation 1 and 2), 3 not met."""
    plans = brought_in(world)
    made = funnel(2025)
    assert (made.counted, made.told, made.untold) == (13, 7, 6)
    assert made.after_told == {"arrested": 4, "nobody_met": 3, "contact_lost": 0, "cancelled": 0, "running": 0}
    assert made.before_told == {"arrested": 0, "nobody_met": 0, "contact_lost": 6, "cancelled": 0, "running": 0}
    assert made.people == 5
    assert made.offences == {("fraud", "attempted"): (3, 3), ("robbery", "preparation"): (1, 2)}
    assert (made.harm_prevented, funnel().counted, funnel(2024).counted, years()) == (7, 13, 0, [2025])
    assert [(row.code, row.cases, row.people) for row in rows(made)] == [
        ("counted", 13, None), ("told", 7, None), ("told.arrested", 4, 5), ("offence.fraud.attempted", 3, 3), ("offence.robbery.preparation", 1, 2),
        ("told.nobody_met", 3, None), ("untold", 6, None), ("untold.contact_lost", 6, None),
    ]  # fmt: skip
    kept_their_rules(plans)


@pytest.mark.django_db
def test_the_one_that_goes_on(world: World) -> None:
    """Told from the day it is brought in, once: carried out by now, the officer told where to come, in the figures as running."""
    cast, today = cast_of(world), timezone.now().astimezone(JAPAN).date()
    post = samples.take_posts(world.at("toru"), FOLDER)["undercover-01"]
    found = samples.load_live(FOLDER, cast, post, today)
    assert found is not None
    plan, meeting = found
    assert samples.load_live(FOLDER, cast, post, today) is None
    assert (plan.state, copied(plan)) == (State.ACTIVE, [])
    assert datetime.fromisoformat(meeting["from"]).astimezone(JAPAN).date() == today + timedelta(days=1)
    assert LogEntry.objects.filter(plan=plan).count() == 7
    assert not ErrorRecord.objects.exists()
    assert not waiting(LogEntry.objects.all()).exists()
    assert (funnel().counted, funnel().told, funnel().after_told["running"]) == (1, 1, 1)


def kept_their_rules(plans: list[Plan]) -> None:
    """Every contact of the invented cases was permitted and in time, no word waits, no plan's text is a copy; the one that was noticed was cancelled."""
    assert not outside_entries(Case.objects.all()).exists()
    assert not waiting(LogEntry.objects.all()).exists()
    assert not ErrorRecord.objects.exists()
    assert [copied(plan) for plan in plans] == [[]] * 13
    assert Counter(plan.state for plan in plans) == {"ended": 12, "cancelled": 1}


@pytest.mark.django_db
@pytest.mark.rule("O9", where=WHERE)
def test_an_attempt_does_not_count(desk: Desk) -> None:
    """Nor a demand, nor instructions; an identity shown or an officer at the place does. A step taken back counts no longer."""
    desk.reach("attempt", desk.log())
    desk.reach("id_demanded", desk.incoming(asks_id=True))
    assert (funnel().attempts, funnel().counted) == (1, 0)
    step = desk.reach("id_shown", desk.log("送りました", exhibit="document:1"))
    assert (funnel().attempts, funnel().counted, funnel(2026).counted, funnel(2025).counted) == (0, 1, 1, 0)
    take_back(desk.world.at("sora"), step.pk, "送っていなかった", now=AT + HOUR)
    assert (funnel().attempts, funnel().counted) == (1, 0)


@pytest.mark.django_db
def test_the_year_is_that_of_japan(world: World) -> None:
    """Shown in the first hour of the new year there."""
    desk = Desk(world, world.plan_in(State.ACTIVE))
    at = datetime(2026, 12, 31, 15, 30, tzinfo=UTC)
    desk.reach("id_shown", desk.log("送りました", happened_at=at, now=at + HOUR))
    assert (funnel(2027).counted, funnel(2026).counted) == (1, 0)


@pytest.mark.django_db
def test_one_investigation_is_one_case(desk: Desk) -> None:
    """Two plans of one case count once, with the stronger outcome."""
    second = Desk(desk.world, desk.world.plan_in(State.ACTIVE))
    desk.reach("id_shown", desk.log("送りました"))
    conclude(desk.world.at("sora"), desk.plan.pk, Ended("contact_lost", AT, "消えた"), now=AT + HOUR)
    second.to_place()
    assert funnel().after_told["contact_lost"] == 1
    conclude(second.world.at("sora"), second.plan.pk, Ended("arrested", AT, "逮捕", (("robbery", "preparation", 2),)), now=AT + HOUR)
    assert (funnel().counted, funnel().after_told["arrested"], funnel().people) == (1, 1, 2)


@pytest.mark.django_db
def test_counts_tell_nothing_of_other_cases(desk: Desk) -> None:
    """Narrowed to the cases that a reader may know of."""
    desk.to_place()
    there, elsewhere = desk.world.people["toru"], make_world("大阪府").people["toru"]
    assert funnel(cases=visible.cases(there)).counted == 1
    assert funnel(cases=visible.cases(elsewhere)).counted == 0
    assert Step.objects.count() == 5


def test_small_numbers_are_suppressed() -> None:
    """In the public version of the published table the one case of its kind is gone, and so is what would give it away."""
    table = [
        Row("counted", 0, None, 13), Row("told", 1, 0, 7), Row("arrested", 2, 1, 4, 5), Row("fraud", 3, 2, 3, 3), Row("robbery", 3, 2, 1, 2),
        Row("not_met", 2, 1, 3), Row("untold", 1, 0, 6), Row("lost", 2, 6, 6),
    ]  # fmt: skip
    assert [row.code for row in published(table, 3) if row.is_hidden] == ["fraud", "robbery"]
    assert published(table, 1) == table


def tables() -> st.SearchStrategy[list[Row]]:
    """Tables of three levels whose sums are right."""
    parts = st.lists(st.integers(0, 4), min_size=1, max_size=3)

    def build(groups: list[list[int]]) -> list[Row]:
        table = [Row("all", 0, None, sum(map(sum, groups)))]
        for group in groups:
            table.append(Row("group", 1, 0, sum(group)))
            place = len(table) - 1
            table += [Row("part", 2, place, number) for number in group]
        return table

    return st.lists(parts, min_size=1, max_size=2).map(build)


@given(tables())
@settings(max_examples=100, deadline=None)
def test_no_hidden_number_can_be_worked_out(table: list[Row]) -> None:
    """For every hidden number there are two or more values that fit all that is shown, for somebody who knows that nought is never hidden."""
    public = published(table, 3)
    assert all(row.cases is None or row.cases == 0 or row.cases >= 3 for row in public)
    leaves = [place for place, row in enumerate(table) if row.depth == 2]
    unknown = [place for place in leaves if public[place].is_hidden]
    fitting: dict[int, set[int]] = {place: set() for place, row in enumerate(public) if row.is_hidden}
    for values in product(range(1, 6), repeat=len(unknown)):
        numbers = {place: public[place].cases or 0 for place in leaves} | dict(zip(unknown, values, strict=True))
        sums = {place: sum(numbers[leaf] for leaf in leaves if table[leaf].parent == place) for place, row in enumerate(table) if row.depth == 1}
        numbers |= sums | {0: sum(sums.values())}
        if all(row.cases is None or row.cases == numbers[place] for place, row in enumerate(public)):
            for place, seen in fitting.items():
                seen.add(numbers[place])
            if all(len(seen) > 1 for seen in fitting.values()):
                break
    assert all(len(seen) > 1 for seen in fitting.values()), public
