"""Measures on labelled rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from andon.detection.learning.evaluate import evaluate, reliability, threshold_at
from andon.detection.learning.labelled import Labelled

if TYPE_CHECKING:
    from andon.detection.scoring.engine import Engine

KEYS = {
    "rows", "recruit", "benign", "average_precision", "average_precision_interval", "recall_at_fpr", "recall_at_fpr_intervals", "threshold_at_fpr", "levels", "kinds", "calibration", "model",
}  # fmt: skip
ROWS = [
    *(Labelled(text, recruit=True, kind="vague", family=text) for text in ("闇バイト募集 即日即金", "受け子 出し子 急募 DMまで", "荷物を運ぶだけ 日給10万 テレグラム", "口座買います 即金")),
    *(Labelled(text, recruit=False, kind="chatter", family=text) for text in ("今日は晴れ", "昼は蕎麦にした", "電車が遅れている", "カツオがうまい", "会議が長い", "眠い")),
]


@pytest.mark.parametrize(("rate", "expected"), [(0.0, 0.9), (0.1, 0.8), (0.19, 0.8), (0.2, 0.7), (0.5, 0.4), (1.0, float("-inf"))])
def test_threshold(rate: float, expected: float) -> None:
    """The threshold is the benign score that at most the given share of benign rows exceed, rounded down."""
    scores = np.array([0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05])
    truth = np.array([True] + [False] * 10)
    assert threshold_at(scores, truth, rate) == expected
    assert (scores[~truth] > expected).sum() <= rate * 10 + 1e-9


def test_threshold_with_ties() -> None:
    """Rows of the same score as the threshold do not exceed it."""
    scores, truth = np.array([0.9, 0.9, 0.9, 0.1]), np.zeros(4, bool)
    assert (scores > threshold_at(scores, truth, 0.25)).sum() == 0


def test_reliability() -> None:
    """Bars hold mean, share and count of their tenth, and the error is the mean gap weighted by count."""
    scores = np.array([0.05, 0.05, 0.95, 1.0, 0.5])
    bins, error = reliability(scores, np.array([False, True, True, True, False]))
    assert [(one.low, one.count, one.recruit_share) for one in bins] == [(0.0, 2, 0.5), (0.5, 1, 0.0), (pytest.approx(0.9), 2, 1.0)]
    assert error == pytest.approx((2 * 0.45 + 1 * 0.5 + 2 * 0.025) / 5)


def test_perfect_reliability() -> None:
    """Where every score is its own share there is no error."""
    assert reliability(np.array([0.5, 0.5, 0.0, 1.0]), np.array([True, False, False, True]))[1] == 0.0


def test_evaluate(engine: Engine) -> None:
    """The report has its keys, its counts are right, and it is plain data for JSON."""
    found = evaluate(ROWS, engine)
    assert set(found) == KEYS
    assert (found["rows"], found["recruit"], found["benign"]) == (10, 4, 6)
    assert set(found["recall_at_fpr"]) == set(found["threshold_at_fpr"]) == set(found["recall_at_fpr_intervals"]) == {"0.001", "0.0001"}
    assert {(row["label"], row["kind"], row["rows"]) for row in found["kinds"]} == {("recruit", "vague", 4), ("benign", "chatter", 6)}
    assert sum(one["count"] for one in found["calibration"]["bins"]) == 10
    assert json.loads(json.dumps(found)) == found


def test_levels_are_counted(engine: Engine) -> None:
    """Precision and recall of a level are those of the rows at or above its limit, and lower levels hold the higher ones."""
    found = evaluate(ROWS, engine)["levels"]
    scores = engine.scores([row.text for row in ROWS])
    for name, level in found.items():
        flagged = scores >= engine.model.levels[name]
        assert level["flagged"] == flagged.sum()
        assert level["recall"] == flagged[:4].sum() / 4
        assert level["fpr"] == flagged[4:].sum() / 6
    assert found["high"]["flagged"] <= found["medium"]["flagged"] <= found["low"]["flagged"]


def test_same_report_twice(engine: Engine) -> None:
    """The same rows give the same report, intervals included."""
    assert evaluate(ROWS, engine) == evaluate(ROWS, engine)
