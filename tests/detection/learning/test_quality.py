"""A floor under the shipped model's quality, on texts that nothing was learned from. Measured values stand beside the bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from andon.detection.learning.disguise import disguise

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from andon.detection.scoring.engine import Engine

ORDINARY = {"chatter", "board", "dialogue", "review"}


@pytest.fixture(scope="module")
def scored(engine: Engine, corpus: Callable[[str], list[dict[str, Any]]]) -> tuple[list[dict[str, Any]], npt.NDArray[np.float64]]:
    """The held-out rows and their calibrated scores by the whole line."""
    rows = corpus("heldout")
    return rows, engine.scores([row["text"] for row in rows])


def shares(engine: Engine, scored: tuple[list[dict[str, Any]], npt.NDArray[np.float64]], level: str) -> tuple[float, float, float]:
    """Shares at or above a level: of recruitment, of benign look-alikes, of ordinary posts."""
    rows, scores = scored
    flagged = scores >= engine.model.levels[level]
    recruit = np.array([row["label"] == "recruit" for row in rows])
    ordinary = np.array([row["kind"] in ORDINARY for row in rows]) & ~recruit
    return float(flagged[recruit].mean()), float(flagged[~recruit & ~ordinary].mean()), float(flagged[ordinary].mean()) if ordinary.any() else 0.0


def test_level_high(engine: Engine, scored: tuple[list[dict[str, Any]], npt.NDArray[np.float64]]) -> None:
    """At level high much of the recruitment is found (measured 0.86), few look-alikes (0.044) and hardly an ordinary post (0.010) are flagged."""
    recall, alike, ordinary = shares(engine, scored, "high")
    assert recall >= 0.79
    assert alike <= 0.05
    assert ordinary <= 0.01


def test_level_low(engine: Engine, scored: tuple[list[dict[str, Any]], npt.NDArray[np.float64]]) -> None:
    """At level low most recruitment is found (measured 0.90), with look-alikes (0.062) and few ordinary posts (0.020)."""
    recall, alike, ordinary = shares(engine, scored, "low")
    assert recall >= 0.85
    assert alike <= 0.065
    assert ordinary <= 0.02


@pytest.mark.parametrize(("part", "recall", "alike"), [("heldout2", 0.61, 0.04), ("heldout3", 0.85, 0.035), ("heldout4", 0.83, 0.06)])
def test_level_high_elsewhere(engine: Engine, corpus: Callable[[str], list[dict[str, Any]]], part: str, recall: float, alike: float) -> None:
    """The same for the texts of three other writers (measured 0.72 and 0.034, 0.90 and 0.029, 0.90 and 0.053)."""
    rows = corpus(part)
    found = shares(engine, (rows, engine.scores([row["text"] for row in rows])), "high")
    assert found[0] >= recall
    assert found[1] <= alike


@pytest.mark.parametrize("trick", ["full_width", "zero_width", "spaced", "starred", "katakana", "look_alikes", "vertical"])
def test_disguise_hides_little(engine: Engine, scored: tuple[list[dict[str, Any]], npt.NDArray[np.float64]], trick: str) -> None:
    """Of the recruitment found at level low in plain writing, nearly all is found in disguise."""
    rows, scores = scored
    limit = engine.model.levels["low"]
    found = [row["text"] for row, score in zip(rows, scores.tolist(), strict=True) if row["label"] == "recruit" and score >= limit]
    disguised = engine.scores([disguise(text, trick) for text in found])
    assert (disguised >= limit).mean() >= 0.98


def test_better_than_chance_by_far(scored: tuple[list[dict[str, Any]], npt.NDArray[np.float64]]) -> None:
    """A recruiting post taken at random scores above a benign one (most of them look-alikes) nine times in ten (measured 0.937)."""
    rows, scores = scored
    recruit = np.array([row["label"] == "recruit" for row in rows])
    assert (scores[recruit][:, None] > scores[~recruit][None, :]).mean() >= 0.91
