"""What many tests share: the shipped engine, the corpus, the tests' own helpers on the path, and examples that are the same everywhere."""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

TESTS = Path(__file__).resolve().parent
sys.path[:0] = [str(TESTS / "language"), str(TESTS / "detection" / "scoring")]  # reference_normal, reference_score

from andon.detection.learning.seeds import corpus_rows
from andon.detection.scoring.engine import Engine, shipped_engine

if TYPE_CHECKING:
    from collections.abc import Callable

CORPUS = TESTS.parent / "corpus"

# `--hypothesis-profile=search` looks for new examples instead.
_SUPPRESSED = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("andon", deadline=None, derandomize=True, suppress_health_check=_SUPPRESSED)
settings.register_profile("search", deadline=None, max_examples=2000, suppress_health_check=_SUPPRESSED)
settings.load_profile("andon")


@pytest.fixture(scope="session")
def engine() -> Engine:
    """The engine with all signals and the shipped model."""
    return shipped_engine()


@lru_cache(maxsize=2)
def _rows(part: str) -> list[dict[str, Any]]:
    return list(corpus_rows(CORPUS / part))


@pytest.fixture(scope="session")
def corpus() -> Callable[[str], list[dict[str, Any]]]:
    """The rows of a part of the corpus: seeds or heldout."""
    return _rows
