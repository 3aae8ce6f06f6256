"""The order of the queue."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from andon.console.intake.models import Campaign
from andon.console.intake.priority import HARM, priority_of
from andon.domain.kinds import Kind

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def row(**fields: object) -> Campaign:
    """A campaign of one post, today."""
    values = {"kind": "parcel", "score": 0.9, "posts": 1, "accounts": 1, "sources": {"x": 1}, "last_seen": NOW, "changed_at": NOW, "made_at": NOW}
    return Campaign(**(values | fields))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"kind": "robbery"}, {"kind": "account"}),
        ({"kind": "lookout"}, {"kind": "fraud_pickup"}),
        ({"kind": "fraud_caller"}, {"kind": "vague"}),
        ({"score": 0.99}, {"score": 0.7}),
        ({"posts": 40}, {"posts": 2}),
        ({"posts": 8, "accounts": 8}, {"posts": 8, "accounts": 1}),
        ({"sources": {"x": 1, "y": 1}}, {"sources": {"x": 2}}),
        ({}, {"last_seen": NOW - timedelta(days=5)}),
        ({}, {"near_benign": True}),
        ({"kind": "robbery", "last_seen": NOW - timedelta(days=5)}, {"kind": "parcel"}),
        ({"kind": "parcel"}, {"kind": "robbery", "last_seen": NOW - timedelta(days=60)}),
    ],
)
def test_what_comes_first(first: dict[str, object], second: dict[str, object]) -> None:
    """Harm, score, spread, freshness; what is near to a false alarm comes later; age wins over everything in the end."""
    assert priority_of(row(**first)) > priority_of(row(**second))


def test_a_flood_does_not_bury_robbery() -> None:
    """A thousand copies of a parcel advert by one account do not outweigh a single robbery of today."""
    assert priority_of(row(kind="robbery")) > priority_of(row(kind="parcel", posts=500))


def test_the_future_counts_as_now() -> None:
    """A post that claims to come from next year is not first for a year."""
    assert priority_of(row(last_seen=NOW + timedelta(days=365))) == priority_of(row())


def test_no_time_counts_as_when_it_was_stored() -> None:
    """A source without times gives no place at the end."""
    assert priority_of(row(last_seen=None)) == priority_of(row())


def test_every_kind_has_its_harm() -> None:
    """A new kind must be given its place."""
    assert set(HARM) == set(Kind)
