"""Tables in large pages: zeros that can be written to, with and without a system that has such pages."""

from __future__ import annotations

import mmap

import numpy as np
import pytest

from andon.detection.campaigns.large_pages import LEAST_BYTES, zeros


@pytest.mark.parametrize("count", [0, 1, 1000, LEAST_BYTES // 4, LEAST_BYTES // 4 + 3])
def test_zeros(count: int) -> None:
    """As many zeros as asked, in one piece, that keep what is written to them."""
    made = zeros(count, np.uint32)
    assert (made.shape, made.dtype, made.any()) == ((count,), np.uint32, False)
    assert made.flags["C_CONTIGUOUS"]
    made[:] = 7
    assert (made == 7).all()


def _gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(mmap, "MADV_HUGEPAGE", raising=False)


def _refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mmap, "MADV_HUGEPAGE", 10_000, raising=False)  # no advice that a kernel knows


@pytest.mark.parametrize("without", [_gone, _refused])
def test_without_large_pages(without: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system has none, or refuses, the zeros are NumPy's own."""
    without(monkeypatch)  # type: ignore[operator]
    made = zeros(LEAST_BYTES, np.uint8)
    assert made.base is None
    assert not made.any()
