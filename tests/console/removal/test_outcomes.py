"""Outcome figures: every one with its denominator, nothing counted twice, nothing counted as removed that was not asked for."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.measures.kinds.removal.models import Item, Request, month_of
from andon.console.measures.kinds.removal.queries.outcomes import Outcome, months_ago, outcomes

from .conftest import look

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from andon.console.intake.models import Campaign
    from andon.console.measures.common.models import Provider
    from andon.console.staff.models import Person

    Browse = Callable[[Person], Client]

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)


@pytest.fixture
def figures(provider: Callable[..., Provider], campaign: Callable[..., Campaign], sora: Person) -> tuple[Provider, Provider]:
    """Two providers. The first: six asked in November (four gone after 10, 20, 30, 100 hours; one back, one that nobody could look at), three gone before.
    The second: two asked in October, none gone; one post that is not asked for yet."""  # noqa: D209, D205
    first, second = provider(), provider("board", name="掲示板")
    with gate._door():
        for place, count in ((first, 9), (second, 3)):
            one = campaign(posts=count)
            Request.objects.create(campaign=one, provider=place, unit=sora.unit, drafted_by=sora, state="sent")
        asked = NOW - timedelta(days=10)

        def add(place: Provider, at: int, state: str, **fields: Any) -> None:
            request = Request.objects.get(provider=place)
            hours = (fields["gone_at"] - fields["asked_at"]).total_seconds() / 3600 if state == "gone" else None
            post = request.campaign.members.order_by("pk")[at]
            Item.objects.create(request=request, post=post, state=state, joined_at=asked - timedelta(days=1), month=month_of(fields.get("asked_at") or asked), hours=hours, **fields)

        for at, hours in enumerate((10, 20, 30, 100)):
            add(first, at, "gone", asked_at=asked, gone_at=asked + timedelta(hours=hours), looked_at=asked + timedelta(hours=hours))
        add(first, 4, "back", asked_at=asked, back_at=NOW, looked_at=NOW)
        add(first, 5, "asked", asked_at=asked)
        for at in (6, 7, 8):
            add(first, at, "gone_before", gone_at=asked)
        for at in (0, 1):
            add(second, at, "asked", asked_at=asked - timedelta(days=31), looked_at=NOW)
        add(second, 2, "waiting")
    return first, second


def test_every_figure_has_its_denominator(figures: tuple[Provider, Provider]) -> None:
    """Meant = gone before + asked; asked = removed + left; hours of removed posts only."""
    table = outcomes(now=NOW)
    total = table.total
    assert (total.meant, total.gone_before, total.asked, total.removed, total.left, total.unknown) == (11, 3, 8, 4, 4, 1)
    by_provider = {row.provider.pk: row.outcome for row in table.providers if row.provider}
    one = by_provider[figures[0].pk]
    assert (one.meant, one.asked, one.removed, one.left, one.unknown) == (9, 6, 4, 2, 1)
    assert one.median == 25
    assert one.p90 == pytest.approx(79)
    assert (one.rate.hits, one.rate.total) == (4, 6)
    assert one.rate.low is not None
    assert 0.29 < one.rate.low < 0.31
    none = by_provider[figures[1].pk]
    assert (none.asked, none.removed, none.median, none.p90, none.rate.value) == (2, 0, None, None, 0.0)


def test_months_are_of_asking(figures: tuple[Provider, Provider]) -> None:
    """A post counts in the month in which it was asked for, in Japan; rows add up to the total."""
    table = outcomes(now=NOW)
    assert [(row.month, row.provider.code if row.provider else "") for row in table.months] == [("2026-11", "social"), ("2026-10", "board")]
    assert sum(row.outcome.meant for row in table.months) == table.total.meant == sum(row.outcome.meant for row in table.providers)
    assert outcomes(since="2026-11").total.asked == 6


def test_last_evening_of_a_month_counts_in_japan(provider: Callable[..., Provider], campaign: Callable[..., Campaign], sora: Person) -> None:
    """Asked at 23:30 UTC on the 31st is the 1st in Japan."""
    at = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)
    with gate._door():
        request = Request.objects.create(campaign=campaign(posts=1), provider=provider(), unit=sora.unit, drafted_by=sora, state="sent")
        Item.objects.create(request=request, post=request.campaign.members.get(), state="asked", joined_at=at, asked_at=at, month=month_of(at))
    assert [row.month for row in outcomes(now=NOW).months] == ["2026-11"]


def test_nothing_is_no_rate() -> None:
    """Of nothing at all there is no share and no median."""
    assert Outcome().rate.value is None
    assert (Outcome().median, Outcome().p90) == (None, None)
    assert months_ago(11, NOW) == "2025-12"
    assert months_ago(0, datetime(2026, 12, 31, 16, tzinfo=UTC)) == "2027-01"


def test_what_happens_is_in_the_figures_at_once(sent: Callable[..., Request]) -> None:
    """The kept table is not shown when something has happened since."""
    request = sent(posts=2)
    assert outcomes().total.removed == 0
    look([item.post for item in request.items.all()[:1]], "gone", at=timezone.now() + timedelta(hours=5))
    table = outcomes()
    assert table.total.removed == 1
    assert table.total.median == pytest.approx(5, abs=0.1)


def test_table_page_and_csv(figures: tuple[Provider, Provider], sora: Person, aoi: Person, browse: Browse) -> None:
    """The page shows the figures with their denominators; the CSV says the same, and that it was taken is kept."""
    page = browse(aoi).get("/measures/removals/outcomes/?months=24").content.decode()
    assert "ソーシャル株式会社" in page
    assert "25.0 時間" in page
    answer = browse(aoi).get("/measures/removals/outcomes.csv?months=24")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:6] == ["月", "事業者", "対象", "依頼前に消失", "依頼", "削除"]
    assert rows[-1][:6] == ["全体", "全体", "11", "3", "8", "4"]
    assert Entry.objects.filter(event="removal.outcomes_exported", person=aoi.pk).exists()


def test_provider_page(figures: tuple[Provider, Provider], aoi: Person, browse: Browse) -> None:
    """A provider's own record, and what is open with it."""
    page = browse(aoi).get(f"/measures/removals/providers/{figures[0].pk}/").content.decode()
    assert "abuse@social.example" in page
    assert "4 / 6" in page.replace("<", " ").replace("（", " ").replace("）", " ") or "66.7%" in page
    assert "掲示板" not in page
