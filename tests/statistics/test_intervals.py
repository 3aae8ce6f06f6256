"""Shares and averages with their intervals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.statistics.intervals import bootstrap, share

# Method 3 (Wilson) of R. G. Newcombe, Statistics in Medicine 17, 1998, table I, to its four digits; and three ends.
TABLE = [((5, 10), (0.236593, 0.763407)), ((0, 10), (0.0, 0.277533)), ((10, 10), (0.722467, 1.0)), ((81, 263), (0.2553, 0.3662)), ((15, 148), (0.0624, 0.1605)), ((0, 20), (0.0, 0.1611)), ((1, 29), (0.0061, 0.1718))]


@pytest.mark.parametrize(("counts", "interval"), TABLE)
def test_wilson(counts: tuple[int, int], interval: tuple[float, float]) -> None:
    """The interval is Wilson's, to four digits."""
    found = share(*counts)
    assert (found.low, found.high) == pytest.approx(interval, abs=6e-5)
    assert found.value == counts[0] / counts[1]


def test_share_of_nothing() -> None:
    """Of nothing at all there is no share: None, not nought."""
    assert share(0, 0).as_dict() == {"hits": 0, "total": 0, "value": None, "low": None, "high": None}


@given(st.integers(1, 10_000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_interval_holds_the_share(counts: tuple[int, int]) -> None:
    """The interval lies between 0 and 1, holds the share, and mirrors when hits and misses change places."""
    found, mirrored = share(*counts), share(counts[1] - counts[0], counts[1])
    assert 0 <= found.low <= found.value + 1e-12
    assert found.value - 1e-12 <= found.high <= 1
    assert (1 - mirrored.high, 1 - mirrored.low) == pytest.approx((found.low, found.high), abs=1e-9)


def test_more_rows_narrow_the_interval() -> None:
    """The same share of more rows has a narrower interval."""
    widths = [share(k, 2 * k).high - share(k, 2 * k).low for k in (5, 50, 500)]
    assert widths == sorted(widths, reverse=True)
    assert widths[0] > 2.5 * widths[1]


def test_bootstrap() -> None:
    """Resampling is within each class, gives the same interval each time, and holds the measure."""
    truth = np.repeat([True, False], 200)
    scores = np.random.default_rng(1).normal(truth.astype(float), 1.0)

    def gap(t: np.ndarray, s: np.ndarray) -> float:
        assert t.sum() == 200
        return float(s[t].mean() - s[~t].mean())

    low, high = bootstrap(gap, truth, scores, rounds=60)
    assert (low, high) == bootstrap(gap, truth, scores, rounds=60)
    assert low < gap(truth, scores) < high
    assert 0.2 < high - low < 0.6
