"""What decisions say of signals."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.intake.models import Campaign, SignalDay
from andon.console.learning import tasks
from andon.console.learning.actions.ask_count import ask, ask_soon
from andon.console.learning.actions.count_signals import EXAMPLES, figures_of
from andon.console.learning.models import SignalCount, SignalFigure
from andon.console.learning.queries.signals import ENOUGH, SignalRow, signal_rows
from andon.console.learning.signal_texts import fires, signal_texts
from andon.detection.scoring.engine import shipped_engine
from andon.detection.signals.registry import all_signals, by_name
from andon.domain.errors import Refused
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.review.models import Decision
    from andon.console.staff.models import Person


def figure(**fields: int) -> SignalFigure:
    return SignalFigure(signal="receive_parcel", **fields)


def row(one: SignalFigure | None, days: list[int] | None = None) -> SignalRow:
    return SignalRow(signal_texts("ja")["receive_parcel"], 1.0, days or [0] * 28, one)


def test_figures_count_campaigns_once() -> None:
    """A campaign counts once for a signal, however many of its posts it fired in; posts are counted beside it; unsettled ones only as posts."""
    posts = [(1, 10, ["a", "b"]), (2, 10, ["a"]), (3, 11, ["a"]), (4, 12, ["a", "c"]), (5, 13, [])]
    found, total = figures_of(posts, {10: True, 11: False})
    by = {one.signal: one for one in found}
    assert total == 5
    assert (by["a"].recruitment, by["a"].benign, by["a"].recruitment_posts, by["a"].benign_posts, by["a"].posts) == (1, 1, 2, 1, 4)
    assert (by["b"].recruitment, by["b"].benign, by["b"].posts) == (1, 0, 1)
    assert (by["c"].recruitment, by["c"].benign, by["c"].posts) == (0, 0, 1)
    assert by["a"].examples == [4, 3, 2]


def test_examples_are_the_latest() -> None:
    """A few examples are kept, of as many campaigns, the latest first."""
    found, _ = figures_of(((n, n, ["a"]) for n in range(1, 30)), {})
    assert found[0].examples == list(range(29, 29 - EXAMPLES, -1))


def test_few_decisions_give_no_share() -> None:
    """Below the limit no share is given; from it on there is one with its interval."""
    assert row(figure(recruitment=ENOUGH - 1)).precision is None
    assert row(None).precision is None
    shown = row(figure(recruitment=15, benign=5)).precision
    assert shown is not None
    assert (shown.hits, shown.total, shown.value) == (15, 20, 0.75)
    assert shown.low is not None
    assert shown.low < 0.75


def test_weeks() -> None:
    """The week is the last seven days, the one before it the seven before."""
    days = [0] * 14 + [1] * 7 + [2] * 7
    assert (row(None, days).week, row(None, days).week_before) == (14, 7)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_signal_is_told(language: str) -> None:
    """Every signal has a label, a group and its why in both languages, and says what it fires on."""
    texts = signal_texts("en" if language == "en" else "ja")
    assert set(texts) == set(by_name())
    for name, text in texts.items():
        assert text.label, name
        assert text.group_label, name
        assert text.why, name
        found = fires(by_name()[name])
        assert found.words or found.measure or found.all_of or found.none_of, name


@pytest.mark.django_db
def test_filter() -> None:
    """The filter takes words in either language, a group and a side; together they narrow."""
    engine = shipped_engine()
    names = {one.text.name for one in signal_rows(engine, "ja", query="荷物の受け取り")}
    assert "receive_parcel" in names
    assert "receive_parcel" in {one.text.name for one in signal_rows(engine, "ja", query="RECEIVING parcels")}
    group = by_name()["receive_parcel"].group
    assert {one.text.group for one in signal_rows(engine, "ja", group=group)} == {group}
    assert {one.text.side for one in signal_rows(engine, "en", side="against")} == {"against"}
    assert signal_rows(engine, "ja", query="荷物の受け取り", side="against") == []
    assert len(signal_rows(engine, "ja")) == len(all_signals())


@pytest.mark.django_db
def test_hits_by_day() -> None:
    """Hits stand at their day in Japan; what is older than the chart is left out."""
    today: date = timezone.now().astimezone(JAPAN).date()
    with gate._door():
        for back, posts in ((0, 3), (2, 4), (27, 5), (28, 7)):
            SignalDay.objects.create(signal="receive_parcel", day=today - timedelta(days=back), posts=posts)
    found = {one.text.name: one for one in signal_rows(shipped_engine(), "ja")}
    days = found["receive_parcel"].days
    assert (len(days), days[-1], days[-3], days[0], sum(days)) == (28, 3, 4, 5, 12)
    assert found["receive_parcel"].week == 7


@pytest.mark.django_db
def test_counting(campaign: Callable[..., Campaign], decided: Callable[..., Decision], aoi: Person) -> None:
    """The worker counts all stored posts against the standing decisions, and says when."""
    decided(campaign("荷物を受け取るだけの仕事 甲", posts=3), "recruitment", "parcel")
    decided(campaign("荷物の受け取りに注意 乙", posts=2), "not", "warning")
    withdrawn = campaign("荷物を受け取る 丙", posts=1)
    decided(withdrawn, "withdrawn", withdraws=decided(withdrawn, "recruitment", "parcel"))
    tasks.count_signals.call()
    found = SignalFigure.objects.get(signal="receive_parcel")
    assert (found.recruitment, found.benign, found.recruitment_posts, found.benign_posts, found.posts) == (1, 1, 3, 2, 6)
    count = SignalCount.objects.get()
    assert (count.posts, count.campaigns) == (6, 2)
    assert count.counted_at is not None
    assert Entry.objects.filter(event="learning.signals_counted", person=None).count() == 1
    tasks.count_signals.call()
    assert SignalFigure.objects.filter(signal="receive_parcel").count() == 1


@pytest.mark.django_db
def test_decisions_ask_for_one_count(db: None) -> None:
    """Many decisions in a row ask for one count, some minutes later; after it the next decision asks again."""
    with gate._door():
        for _ in range(5):
            ask_soon()
    waiting = DBTaskResult.objects.filter(task_path="andon.console.learning.tasks.count_signals")
    assert waiting.count() == 1
    task = waiting.get()
    assert task.run_after is not None
    assert task.run_after > timezone.now() + timedelta(minutes=5)
    tasks.count_signals.call()
    with gate._door():
        ask_soon()
    assert waiting.count() == 2


@pytest.mark.django_db
def test_a_lost_count_is_asked_for_again() -> None:
    """A count that was asked for long ago and never came is asked for again."""
    with gate._door():
        SignalCount.objects.create(pk=1, asked_at=timezone.now() - timedelta(hours=2))
        ask_soon()
    assert DBTaskResult.objects.filter(task_path="andon.console.learning.tasks.count_signals").count() == 1


@pytest.mark.django_db
def test_asking_needs_the_right(nao: Person, kei: Person, actor: Callable[..., gate.Actor]) -> None:
    """Who may read the model may have it counted; an administrator may not."""
    ask(actor(kei))
    assert Entry.objects.filter(event="learning.signals_asked", person=kei.pk).exists()
    with pytest.raises(Refused):
        ask(actor(nao))
