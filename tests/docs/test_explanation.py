"""The explanations name the numbers that the code has."""

from __future__ import annotations

from pathlib import Path

import pytest

from andon.detection.campaigns.book import CAPACITY, WINDOW_DAYS
from andon.detection.campaigns.draw import SAMPLE
from andon.detection.campaigns.edit_kernels import MOST_COMPARED, allowed_edits
from andon.detection.campaigns.grouping import MOST_JOINED
from andon.detection.campaigns.kernels import (
    _COMMON_LEAST,
    _COMMON_SHARE,
    _LEAST_BINS,
    _MOST_TRIED,
    BANDS,
    BINS,
    MOST_PARTNERS,
    WAYS,
)
from andon.detection.campaigns.near_index import NEAR_COPY
from andon.detection.campaigns.ties import _LEAST_ID, CONFIRMED_LENGTH, CONFIRMED_WORDING

TIED = (Path(__file__).resolve().parents[2] / "docs" / "explanation" / "how-campaigns-are-tied.md").read_text(encoding="utf-8")
SENTENCES = [
    f"hashed into {BINS} classes",
    f"Pairs of these make {BANDS} bands",
    f"remembers its {WAYS} newest",
    f"at least {_LEAST_BINS} of the {BINS} minima",
    f"at most {_MOST_TRIED}, the most alike",
    f"in the sketches of more than {_COMMON_LEAST} wordings *and* of more than one wording in {1 << _COMMON_SHARE:,}",
    f"over the first {MOST_COMPARED} characters",
    f"| 24 characters and more | {allowed_edits(100)} % edits |",
    f"| 12 to 23 | {allowed_edits(20) * 5} % |",
    f"Up to {MOST_PARTNERS} earlier wordings",
    f"From {CONFIRMED_WORDING} similarity and {CONFIRMED_LENGTH} characters on",
    f"The last {CAPACITY:,} different wordings",
    f"at least {NEAR_COPY} like one",
    f"fewer than {_LEAST_ID} characters",
    f"more than {MOST_JOINED} different wordings joins nothing",
    f"at most {WINDOW_DAYS} days",
    f"From at most {SAMPLE} different texts",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_number_is_that_of_the_code(sentence: str) -> None:
    """A number on the page is the number in the code."""
    assert sentence in " ".join(TIED.split())


def test_steps_of_near_identical_wording() -> None:
    """The table of edits has its steps where the code has them."""
    assert [allowed_edits(length) for length in (5, 6, 11)] == [-1, 0, 0]
    assert allowed_edits(12) == 1
    assert allowed_edits(23) == 2
    assert allowed_edits(24) > allowed_edits(23) + 1
