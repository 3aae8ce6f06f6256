"""Hotline categories and what they were to the hotline on which day."""

from __future__ import annotations

from datetime import date

import pytest

from andon.domain.kinds import HotlineCategory, HotlineClass


@pytest.mark.parametrize(
    ("category", "day", "expected"),
    [
        (HotlineCategory.PERPETRATOR_RECRUITMENT, date(2023, 9, 28), None),
        (HotlineCategory.PERPETRATOR_RECRUITMENT, date(2023, 9, 29), HotlineClass.SERIOUS_CRIME),
        (HotlineCategory.PERPETRATOR_RECRUITMENT, date(2025, 2, 28), HotlineClass.SERIOUS_CRIME),
        (HotlineCategory.PERPETRATOR_RECRUITMENT, date(2025, 3, 1), HotlineClass.ILLEGAL),
        (HotlineCategory.ACCOUNT_TRANSFER, date(2010, 1, 1), HotlineClass.ILLEGAL),
        (HotlineCategory.DRUG_ADVERT, date(2005, 1, 1), None),
        (HotlineCategory.UNDECIDED, date(2026, 1, 1), None),
    ],
)
def test_class_on_a_day(category: HotlineCategory, day: date, expected: HotlineClass | None) -> None:
    """Recruitment of perpetrators was harmful information from 2023-09-29 and is illegal information from 2025-03-01; the day itself counts."""
    assert category.class_on(day) is expected
