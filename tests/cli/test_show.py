"""What people see of a record."""

from __future__ import annotations

import pytest

from andon.cli.show import tokyo_time


@pytest.mark.parametrize(
    ("stored", "shown"),
    [("2026-11-21T15:30:00+00:00", "2026-11-22 00:30 JST"), ("2026-11-22T00:30:00+09:00", "2026-11-22 00:30 JST"), (None, "")],
)
def test_tokyo_time(stored: str | None, shown: str) -> None:
    """A time is stored in UTC and shown in Asia/Tokyo, over midnight too."""
    assert tokyo_time(stored) == shown
