"""From decisions to training rows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from andon.console import gate
from andon.console.intake.models import Campaign
from andon.console.learning.queries.decisions import desk_rows, standings
from andon.console.learning.rows import MOST_WORDINGS, Standing, Wordings, held_back, rows_of
from andon.detection.learning.labelled import ORDINARY_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.intake.models import Post
    from andon.console.review.models import Decision

DAY = datetime(2026, 11, 1, tzinfo=UTC)
TEXT = "即日即金で荷物を受け取るだけの仕事です 日給5万円 詳しくはテレグラムまで"
OTHER = "口座を売ってください 使っていない通帳でも大丈夫 高額で買い取ります"


def standing(number: int = 1, *, recruit: bool = True, kind: str = "parcel", day: int = 0) -> Standing:
    return Standing(number, number, recruit, kind, DAY + timedelta(days=day))


def test_recruitment_row_has_kind_and_family() -> None:
    """A decision for recruitment gives a row of its kind, of the campaign's family, marked as chosen by a model."""
    (row,) = rows_of(standing(7), [TEXT], Wordings(10))
    assert (row.text, row.recruit, row.kind, row.family, row.chosen) == (TEXT, True, "parcel", "desk/7", True)


def test_benign_row_counts_as_look_alike() -> None:
    """A decision against recruitment gives a benign row whose kind is never one of the ordinary ones: those weigh and limit differently."""
    for reason in ("talk", "lawful_advert", "chatter", ""):
        (row,) = rows_of(standing(recruit=False, kind=reason), [TEXT], Wordings(10))
        assert not row.recruit
        assert row.kind not in ORDINARY_KINDS


def test_wordings_count_once() -> None:
    """Copies, and copies with another number, give one row; another wording gives its own."""
    rows = rows_of(standing(), [TEXT, TEXT.replace("5", "８"), f"{TEXT}！", OTHER], Wordings(10))
    assert [row.text for row in rows] == [TEXT, OTHER]


def test_wordings_count_once_over_campaigns() -> None:
    """What stands in a row already gives no second one, whichever campaign it is of."""
    taken = Wordings(10)
    assert len(rows_of(standing(1), [TEXT], taken)) == 1
    assert rows_of(standing(2), [f"{TEXT}。"], taken) == []


def test_first_word_on_a_wording_holds_against_the_other_label() -> None:
    """The very same wording never stands on both sides; a near copy that people judged otherwise does."""
    taken = Wordings(10)
    rows_of(standing(1, recruit=False), [TEXT], taken)
    assert rows_of(standing(2), [TEXT.replace("5", "9")], taken) == []
    assert len(rows_of(standing(3), [TEXT.replace("荷物", "書類")], taken)) == 1


def test_short_wordings_count_once_too() -> None:
    """A text too short for likeness counts once when it is the very same."""
    taken = Wordings(10)
    assert [len(rows_of(standing(n), ["闇"], taken)) for n in (1, 2)] == [1, 0]


def test_a_large_campaign_does_not_outweigh() -> None:
    """Of one campaign at most so many wordings are taken, and blank posts give none."""
    texts = [f"{chr(0x4E00 + 31 * n) * 5}{chr(0x5E00 + 17 * n) * 5}{chr(0x6E00 + 13 * n) * 9}" for n in range(MOST_WORDINGS + 30)]
    assert len(rows_of(standing(), [" ", *texts], Wordings(100))) == MOST_WORDINGS


@pytest.mark.parametrize(("count", "expected"), [(0, 0), (1, 0), (3, 1), (10, 2), (100, 20), (20_000, 1_000)])
def test_the_latest_are_held_back(count: int, expected: int) -> None:
    """The latest fifth is held back to measure, at most a thousand."""
    every = [standing(n, day=n % 900) for n in range(count)]
    back = held_back(every)
    assert len(back) == expected
    assert all(DAY + timedelta(days=one.decision % 900) >= max((e.at for e in every if e.decision not in back), default=DAY) for one in every if one.decision in back)


@pytest.mark.django_db
def test_withdrawn_decisions_leave(campaign: Callable[..., Campaign], decided: Callable[..., Decision]) -> None:
    """A withdrawn decision teaches nothing, and neither does its withdrawal."""
    one = campaign(TEXT)
    decision = decided(one, "recruitment", "parcel")
    assert [found.decision for found in standings()] == [decision.pk]
    decided(one, "withdrawn", withdraws=decision)
    assert standings() == []
    assert desk_rows().teach == []


@pytest.mark.django_db
def test_escalated_is_no_decision(campaign: Callable[..., Campaign], decided: Callable[..., Decision]) -> None:
    """What was handed up teaches nothing, also when it was called recruitment before."""
    one = campaign(TEXT)
    decided(one, "recruitment", "parcel")
    decided(one, "escalated", "danger")
    assert standings() == []


@pytest.mark.django_db
def test_the_last_decision_counts(campaign: Callable[..., Campaign], decided: Callable[..., Decision]) -> None:
    """Of several standing decisions on one campaign the last one teaches."""
    one = campaign(TEXT)
    decided(one, "recruitment", "parcel")
    decided(one, "not", "joke")
    assert [(found.recruit, found.kind) for found in standings()] == [(False, "joke")]


@pytest.mark.django_db
def test_decisions_follow_joined_campaigns(campaign: Callable[..., Campaign], decided: Callable[..., Decision]) -> None:
    """A decision on a campaign that was joined with another is about the posts where they are now, once."""
    one, other = campaign(TEXT), campaign(OTHER)
    decided(one, "recruitment", "parcel")
    with gate._door():
        Campaign.objects.filter(pk=one.pk).update(state="merged", merged_into=other)
    assert [found.campaign for found in standings()] == [other.pk]


@pytest.mark.django_db
def test_later_arrivals_count_once(campaign: Callable[..., Campaign], decided: Callable[..., Decision], joins: Callable[..., Post]) -> None:
    """A copy that joins later adds no row; a new wording that joins adds one."""
    one = campaign(TEXT, posts=3)
    decided(one, "recruitment", "parcel")
    assert len(desk_rows().teach) == 1
    joins(one, f"{TEXT} 9")
    assert len(desk_rows().teach) == 1
    joins(one, OTHER)
    rows = desk_rows().teach
    assert len(rows) == 2
    assert {row.family for row in rows} == {f"desk/{one.pk}"}


@pytest.mark.django_db
def test_no_wording_both_teaches_and_measures(campaign: Callable[..., Campaign], decided: Callable[..., Decision]) -> None:
    """What the held-back decisions are measured on stands in no row that teaches, not even as a near copy."""
    for n in range(4):
        decided(campaign(f"{OTHER}{'あいうえ'[n] * 20}", posts=1), "recruitment", "account", at=timezone.now() - timedelta(days=9 - n))
    decided(campaign(f"{OTHER}{'あ' * 20}！", posts=1), "recruitment", "account", at=timezone.now())
    rows = desk_rows()
    assert (rows.teaching, rows.measuring) == (4, 1)
    assert len(rows.teach) == 3
    assert len(rows.measure) == 1


@pytest.mark.django_db
def test_the_oldest_make_way(campaign: Callable[..., Campaign], decided: Callable[..., Decision]) -> None:
    """Where there are more rows than a fit takes, the newest decisions teach, and only those are counted."""
    for n in range(10):
        decided(campaign(f"{OTHER}{'あいうえおかきくけこ'[n] * 30}", posts=1), "recruitment", "account", at=timezone.now() - timedelta(days=20 - n))
    rows = desk_rows(most=5)
    assert (rows.teaching, rows.measuring, len(rows.teach), len(rows.measure)) == (5, 2, 5, 2)
    assert "く" * 30 in rows.teach[0].text
    assert "え" * 30 in rows.teach[-1].text
