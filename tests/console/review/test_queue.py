"""The list: filters as addresses, counts, order, and the next card for a person."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.http import QueryDict

from andon.console import gate
from andon.console.intake.models import Campaign
from andon.console.review.actions.lease import hold
from andon.console.review.queries import filters
from andon.console.review.queries.counts import counts
from andon.console.review.queries.queue import QueueFilter, my_day, next_cards, page, place, top

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from andon.console.review.models import Decision
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db


def ids(wanted: QueueFilter, person: Person) -> list[int]:
    """The campaigns of a view, in order."""
    return [row.campaign.pk for row in page(wanted, person).rows]


@pytest.mark.parametrize(
    "address",
    [
        "", "state=escalated", "level=high&kind=parcel&source=x", "contact=telegram%3Aabcd", "upload=3", "since=2026-11-01&until=2026-11-20", "posts=5",
        "mine=1", "later=1", "state=open&mine=1", "state=any&q=%E8%8D%B7%E7%89%A9+%26+x",
    ],
)  # fmt: skip
def test_a_filter_is_its_address(address: str) -> None:
    """What is read from an address is written back as the same address."""
    assert QueueFilter.read(QueryDict(address)).address() == address


@pytest.mark.parametrize(
    "address", ["state=merged", "level=9", "kind=x%27--", "upload=-1", "since=yesterday", "posts=1e9", "posts=99999999999999999999", "q=%00", "mine=yes"]
)
def test_nonsense_is_left_out(address: str) -> None:
    """An old or mistyped address opens the queue as it is."""
    assert QueueFilter.read(QueryDict(address)) == QueueFilter()


@pytest.fixture
def many(campaign: Callable[..., Campaign], settled: Callable[..., Decision], aoi: Person) -> dict[str, Campaign]:
    """Campaigns that differ in everything that can be asked for."""
    made = {
        "big": campaign(priority=5, posts=4, contact="telegram:abcd"), "mail": campaign("別の文面です", priority=4, source="mail", kind="drugs", level=2),
        "low": campaign(priority=3, level=1, last_seen=None, first_seen=None), "done": campaign(priority=9), "no": campaign(priority=8, kind="phone"),
        "up": campaign(priority=7),
    }  # fmt: skip
    settled(aoi, made["done"])
    settled(aoi, made["no"], "not", "joke")
    settled(aoi, made["up"], "escalated", "urgent")
    with gate._door():
        Campaign.objects.filter(pk=made["done"].pk).update(later=2)
    return made


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("", ["big", "mail", "low"]), ("state=any", ["done", "no", "up", "big", "mail", "low"]), ("state=escalated", ["up"]), ("level=medium", ["mail"]),
        ("kind=drugs", ["mail"]), ("source=mail", ["mail"]), ("contact=telegram:abcd", ["big"]), ("contact=telegram:none", []), ("posts=3", ["big"]),
        ("mine=1", ["done", "no", "up"]), ("later=1", ["done"]), ("since=2026-11-21", []), ("since=2026-11-20", ["big", "mail"]),
        ("until=2026-11-19", []), ("until=2026-11-20", ["big", "mail"]), ("state=not&kind=phone", ["no"]),
    ],
)  # fmt: skip
def test_each_filter(address: str, names: list[str], many: dict[str, Campaign], aoi: Person) -> None:
    """Each filter brings what it says, in the order of priority."""
    assert ids(QueueFilter.read(QueryDict(address)), aoi) == [many[name].pk for name in names]


def test_mine_is_each_persons_own(many: dict[str, Campaign], jun: Person) -> None:
    """What others decided is not mine."""
    assert ids(QueueFilter.read(QueryDict("mine=1")), jun) == []


def test_counts_say_what_a_click_would_bring(many: dict[str, Campaign], aoi: Person) -> None:
    """Every count is the number of rows of the view that its link opens."""
    for address in ("", "level=high", "state=any&kind=parcel", "state=any&source=x&level=high"):
        wanted = QueueFilter.read(QueryDict(address))
        counted = counts(wanted, aoi)
        for name in QueueFilter.NAMED:
            for value, count in counted.of(name).items():
                changed = QueueFilter.read(QueryDict(wanted.address(**{name: value})))
                assert len(ids(changed, aoi)) == count, (address, name, value)


def test_counts_ask_once(many: dict[str, Campaign], aoi: Person, django_assert_num_queries: Any) -> None:
    """All counts come from one question, and within two seconds from none."""
    with django_assert_num_queries(1):
        counts(QueueFilter(), aoi)
    with django_assert_num_queries(0):
        counts(QueueFilter(level="high"), aoi)


def test_pages_neither_skip_nor_repeat(campaign: Callable[..., Campaign], aoi: Person) -> None:
    """Page by page every campaign comes once, also where many have the same priority."""
    for number in range(65):
        campaign(priority=1.0 + (number % 2) / 3, posts=1)
    seen: list[int] = []
    after = ""
    while True:
        found = page(QueueFilter(), aoi, after=after)
        seen += [row.campaign.pk for row in found.rows]
        after = found.after
        if not after:
            break
    assert len(seen) == len(set(seen)) == 65
    order = [(one.priority, -one.pk) for one in (Campaign.objects.get(pk=pk) for pk in seen)]
    assert order == sorted(order, reverse=True)
    assert top(QueueFilter(), aoi) == seen[:30]


@pytest.mark.parametrize("after", ["x", "nan~1", "inf~2", "1.0~", "~", "1.0~²"])
def test_a_place_that_is_none(after: str, campaign: Callable[..., Campaign], aoi: Person) -> None:
    """A broken place begins at the beginning."""
    one = campaign()
    assert [row.campaign.pk for row in page(QueueFilter(), aoi, after=after).rows] == [one.pk]


def test_the_next_card(campaign: Callable[..., Campaign], aoi: Person, jun: Person, actor: Callable[..., gate.Actor]) -> None:
    """The one behind, without those in other hands; from the beginning at the end; none when all are taken."""
    first, second, third = (campaign(priority=priority) for priority in (3, 2, 1))
    hold(actor(jun), second.pk)
    assert next_cards(QueueFilter(), aoi, after=place(first), without=first.pk) == [third.pk]
    assert next_cards(QueueFilter(), aoi, after=place(third), without=third.pk) == [first.pk]
    assert next_cards(QueueFilter(), jun) == [first.pk, second.pk, third.pk]
    hold(actor(jun), first.pk)
    hold(actor(jun), third.pk)
    assert next_cards(QueueFilter(), aoi) == []


def test_a_lease_that_ran_out_skips_nothing(campaign: Callable[..., Campaign], aoi: Person, jun: Person, actor: Callable[..., gate.Actor]) -> None:
    """Only leases that are good now keep a card from others."""
    one = campaign()
    held = hold(actor(jun), one.pk)
    assert next_cards(QueueFilter(), aoi, now=held.lease.until + timedelta(seconds=1)) == [one.pk]


def test_my_day(campaign: Callable[..., Campaign], settled: Callable[..., Decision], aoi: Person, jun: Person, actor: Callable[..., gate.Actor]) -> None:
    """Cards that I settled today, without those that I took back or others did."""
    from andon.console.review.actions.withdraw import take_back

    assert my_day(aoi).seconds is None
    made = settled(aoi, campaign())
    settled(aoi, campaign())
    settled(jun, campaign())
    take_back(actor(aoi), made)
    day = my_day(aoi)
    assert day.cards == 1
    assert day.seconds is not None
    assert my_day(aoi, made.at + timedelta(days=1)).cards == 0


def test_words_in_the_queue(campaign: Callable[..., Campaign], aoi: Person) -> None:
    """A search narrows the queue to the campaigns that hold the words."""
    campaign()
    one = campaign("とくしゅな文面 霧島で待つ")
    assert ids(QueueFilter(q="霧島"), aoi) == [one.pk]


def test_a_search_that_finds_too_much_says_so(
    campaign: Callable[..., Campaign], aoi: Person, browse: Callable[[Person], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where only the newest posts' campaigns are shown, the list says of how many; otherwise it says nothing."""
    campaign("霧島で待つ", posts=3)
    said = "新しい 2 件の投稿のキャンペーン"
    assert said not in browse(aoi).get("/review/?q=霧島").text
    cache.clear()
    monkeypatch.setattr(filters, "MOST_FOUND", 2)
    assert said in browse(aoi).get("/review/?q=霧島").text
