"""The first page: what it counts, for whom, and with how few queries."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from andon.console import gate
from andon.console.audit.chain import append
from andon.console.audit.models import Entry
from andon.console.home import charts, queries, watch
from andon.console.intake.models import Campaign, ModelVersion, Upload
from andon.console.review.models import Decision
from andon.console.staff.rights import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def decided(version: ModelVersion) -> Callable[..., Decision]:
    """Put a decision in place, as the verbs of review leave it."""

    def make(campaign: Campaign, by: Person, verdict: str = "recruitment", **fields: Any) -> Decision:
        values = {"model": version, "score": 0.9, "level": 3, "posts": campaign.posts, "members_sha256": "0" * 64, "seconds": 4.0, **fields}
        with gate._door():
            return Decision.objects.create(campaign=campaign, by=by, verdict=verdict, **values)

    return make


def test_counts_what_waits_by_level(campaign: Callable[..., Campaign]) -> None:
    """Open campaigns by level, and those that were handed up; settled ones wait for nobody."""
    for fields in ({"level": 3}, {"level": 3}, {"level": 1}, {"state": "escalated"}, {"state": "not"}):
        campaign(posts=1, **fields)
    found = queries.counts()
    assert (found.waiting, found.all_waiting, found.escalated) == ({3: 2, 1: 1}, 3, 1)


def test_settled_today_leaves_out_yesterday_and_what_was_taken_back(
    campaign: Callable[..., Campaign], aoi: Person, decided: Callable[..., Decision]
) -> None:
    """Today begins at midnight in Japan, and a withdrawn decision has settled nothing."""
    one, now = campaign(), queries.midnight() + timedelta(hours=1)
    decided(one, aoi, "not", at=now)
    decided(one, aoi, "recruitment", at=queries.midnight() - timedelta(seconds=1))
    gone = decided(one, aoi, "escalated", at=now)
    decided(one, aoi, "withdrawn", withdraws=gone, at=now)
    assert queries.counts().settled == {"not": 1}


def test_trend_has_a_day_for_each_decision(campaign: Callable[..., Campaign], aoi: Person, decided: Callable[..., Decision], upload: Upload) -> None:
    """Decisions and stored posts fall on their day in Japan; days without any are there with nothing."""
    one = campaign()
    for days, count in ((0, 2), (3, 1), (queries.DAYS, 5)):
        for _ in range(count):
            decided(one, aoi, at=queries.midnight(days_ago=days) + timedelta(minutes=1))
    with gate._door():
        Upload.objects.filter(pk=upload.pk).update(stored=7, at=queries.midnight(days_ago=1))
    days = queries.trend()
    assert len(days) == queries.DAYS
    assert [day.decided for day in days[-4:]] == [1, 0, 0, 2]
    assert [day.stored for day in days[-2:]] == [7, 0]
    assert sum(day.decided for day in days) == 3


def test_oldest_come_first(campaign: Callable[..., Campaign]) -> None:
    """What waits longest stands first; what is settled does not wait."""
    now = timezone.now()
    made = [campaign(first_seen=now - timedelta(days=days)) for days in (1, 9, 4)]
    campaign(first_seen=now - timedelta(days=99), state="not")
    assert [one.pk for one in queries.oldest_waiting()] == [made[k].pk for k in (1, 2, 0)]


def test_new_are_those_made_after_a_moment(campaign: Callable[..., Campaign]) -> None:
    """Only open campaigns that came after it count."""
    campaign(made_at=timezone.now() - timedelta(days=2))
    campaign()
    campaign(state="not")
    assert queries.new_since(timezone.now() - timedelta(hours=1)) == 1


def test_my_work_gives_rates_with_their_denominator(
    campaign: Callable[..., Campaign], aoi: Person, jun: Person, decided: Callable[..., Decision]
) -> None:
    """Posts per hour are posts of timed decisions by the time of their cards; other people's and untimed ones are not in it."""
    at = queries.midnight()
    for posts, seconds in ((100, 10.0), (20, 20.0), (5, None)):
        decided(campaign(posts=1), aoi, posts=posts, seconds=seconds, at=at)
    decided(campaign(posts=1), jun, at=at)
    work = queries.work_of(aoi)
    assert (work.decisions, work.posts, work.timed, work.timed_posts, work.median_seconds) == (3, 125, 2, 120, 15.0)
    assert work.posts_per_hour == pytest.approx(120 / (30 / 3600))


def test_nothing_timed_gives_no_rate(aoi: Person) -> None:
    """No decision, no rate: nothing is divided by nothing."""
    assert queries.work_of(aoi).posts_per_hour is None


def test_chart_keeps_small_days_visible() -> None:
    """One post beside a million is still a column; nothing is none."""
    today = timezone.now().date()
    small, none, big = charts.columns([(today, 1), (today, 0), (today, 1_000_000)])
    assert small.height == 2.0
    assert none.height == 0.0
    assert big.y == charts.HEAD
    assert big.short == "1000k"


def test_parts_fill_the_bar() -> None:
    """The levels' parts lie side by side and fill the whole."""
    found = charts.parts({3: 1, 1: 3})
    assert [(part.level, part.x, part.width) for part in found] == [(3, 0.0, 25.0), (2, 25.0, 0.0), (1, 25.0, 75.0)]


def test_page_of_an_analyst(campaign: Callable[..., Campaign], aoi: Person, browse: Callable[[Person], Client]) -> None:
    """Counts, charts, the oldest and my work; neither trail nor people."""
    campaign("受け取るだけの仕事")
    page = browse(aoi).get("/").content.decode()
    for part in ('id="figures"', 'id="stored-title"', 'id="work-title"', "受け取るだけの仕事"):
        assert part in page
    for part in ('id="trail-title"', 'id="people-title"'):
        assert part not in page


def test_page_of_an_auditor(campaign: Callable[..., Campaign], kei: Person, browse: Callable[[Person], Client]) -> None:
    """Facts of the trail, and no word of posts or queue."""
    campaign("受け取るだけの仕事")
    page = browse(kei).get("/").content.decode()
    assert 'id="trail-title"' in page
    for part in ('id="figures"', "受け取るだけの仕事", 'id="work-title"'):
        assert part not in page


def test_page_of_an_administrator(nao: Person, aoi: Person, browse: Callable[[Person], Client]) -> None:
    """Facts of people, and nothing else."""
    page = browse(nao).get("/").content.decode()
    assert 'id="people-title"' in page
    assert 'id="figures"' not in page


def test_page_of_who_has_no_pages(person: Callable[..., Person], browse: Callable[[Person], Client]) -> None:
    """A custodian has nothing here yet and is told so."""
    page = browse(person("rin", Role.CUSTODIAN)).get("/").content.decode()
    assert "この役割の画面はまだありません" in page


@pytest.mark.parametrize("address", ["/today/figures/", "/today/uploads/"])
def test_parts_ask_for_the_right(address: str, kei: Person, browse: Callable[[Person], Client]) -> None:
    """An auditor gets no counts of the queue by the back door."""
    assert browse(kei).get(address).status_code == 403


def test_people_are_counted_by_role(aoi: Person, jun: Person, nao: Person, person: Callable[..., Person]) -> None:
    """Who is switched off holds no role."""
    person("gone", Role.ANALYST, is_active=False)
    found = watch.people()
    assert (found.active, found.off) == (3, 1)
    assert {role.role: role.count for role in found.roles if role.count} == {"analyst": 2, "administrator": 1}


def test_trail_counts_today(aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """Entries and refusals of today; those before are not in it."""
    gate.saw(actor(aoi), "review.card_opened")
    gate.record(actor(aoi).who(), "gate.refused", "x", {"reason": "right"})
    found = watch.trail()
    assert (found.entries, found.refused, found.failed, found.last) == (2, 1, 0, Entry.objects.count())


def test_trail_has_days(aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """Entries fall on their day in Japan; numbers before the first day are in none."""
    with gate._door():
        for days in (queries.DAYS + 3, 2, 2, 0):
            append(actor(aoi).who(), "review.card_opened", at=queries.midnight(days_ago=days) + timedelta(minutes=5))
    assert [count for _, count in watch.days()] == [0] * (queries.DAYS - 3) + [2, 0, 1]


def test_sign_in_before_the_last(aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """The last sign-in is this one: the one before it counts, and there may be none."""
    gate.saw(actor(aoi), watch.SIGNED_IN)
    assert watch.sign_in_before(aoi) is None
    first = Entry.objects.get().at
    gate.saw(actor(aoi), watch.SIGNED_IN)
    assert watch.sign_in_before(aoi) == first


def test_few_queries(
    campaign: Callable[..., Campaign], aoi: Person, browse: Callable[[Person], Client], django_assert_max_num_queries: Callable[..., Any]
) -> None:
    """However much there is, the page asks the database a bounded number of times; while the counts are fresh, fewer."""
    for _ in range(12):
        campaign(posts=1)
    client = browse(aoi)
    client.get("/")
    cache.clear()
    with django_assert_max_num_queries(14):
        client.get("/")
    with django_assert_max_num_queries(8):
        client.get("/")
