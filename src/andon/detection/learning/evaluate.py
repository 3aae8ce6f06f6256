"""How good is the line on labelled texts: average precision, recall at few false alarms, levels, kinds, calibration, each with its interval."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.metrics import average_precision_score

from andon.statistics.intervals import bootstrap, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from andon.detection.learning.labelled import Labelled
    from andon.detection.scoring.engine import Engine

    Scores = npt.NDArray[np.float64]
    Truth = npt.NDArray[np.bool_]

FALSE_ALARM_RATES = (0.001, 0.0001)
LEVELS = ("high", "medium", "low")
_BINS = 10
_ROUNDS = 100


@dataclass(frozen=True, slots=True)
class Bin:
    """One bar of the reliability plot: scores between `low` and `high`, their mean, the share that recruits, and how many."""

    low: float
    high: float
    mean_score: float
    recruit_share: float
    count: int


def threshold_at(scores: Scores, truth: Truth, rate: float) -> float:
    """The score that at most `rate` of the benign rows exceed (rounded down: of 500 rows at 0.001, none may)."""
    benign = np.sort(scores[~truth])[::-1]
    allowed = int(rate * len(benign) + 1e-9)
    return float(benign[allowed]) if allowed < len(benign) else float("-inf")


def reliability(scores: Scores, truth: Truth) -> tuple[list[Bin], float]:
    """Ten equal bins of the score and the expected calibration error: the mean gap between score and share, weighted by count."""
    bins, error = [], 0.0
    edges = np.linspace(0.0, 1.0, _BINS + 1)
    place = np.clip(np.digitize(scores, edges) - 1, 0, _BINS - 1)
    for index in range(_BINS):
        inside = place == index
        if not inside.any():
            continue
        mean, recruits = float(scores[inside].mean()), float(truth[inside].mean())
        bins.append(Bin(float(edges[index]), float(edges[index + 1]), mean, recruits, int(inside.sum())))
        error += abs(mean - recruits) * inside.mean()
    return bins, float(error)


def _levels(scores: Scores, truth: Truth, limits: dict[str, float]) -> dict[str, Any]:
    result = {}
    for level in LEVELS:
        flagged = scores >= limits[level]
        right, wrong = int((flagged & truth).sum()), int((flagged & ~truth).sum())
        precision, recall, fpr = share(right, right + wrong), share(right, int(truth.sum())), share(wrong, int((~truth).sum()))
        result[level] = {
            "threshold": limits[level], "flagged": right + wrong, "precision": precision.value, "recall": recall.value, "fpr": fpr.value,
            "intervals": {"precision": [precision.low, precision.high], "recall": [recall.low, recall.high], "fpr": [fpr.low, fpr.high]},
        }  # fmt: skip
    return result


def by_kind(rows: Sequence[Labelled], scores: Scores, limits: dict[str, float], strict: float) -> list[dict[str, Any]]:
    """One row per label and kind: how many are flagged at each level, and above the strict threshold of one false alarm in a thousand."""
    groups: defaultdict[tuple[bool, str], list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        groups[(row.recruit, row.kind)].append(index)
    table = []
    for (recruit, kind), indices in sorted(groups.items(), key=lambda item: (not item[0][0], -len(item[1]))):
        inside = scores[indices]
        flagged = {level: share(int((inside >= limits[level]).sum()), len(indices)).as_dict() for level in LEVELS}
        table.append({
            "label": "recruit" if recruit else "benign", "kind": kind, "rows": len(indices), "flagged": flagged,
            "above_1_in_1000": share(int((inside > strict).sum()), len(indices)).as_dict(),
        })  # fmt: skip
    return table


def evaluate(rows: Sequence[Labelled], engine: Engine) -> dict[str, Any]:
    """Measure the whole line on `rows`, which must hold both labels. Plain data for JSON; see docs/reference for the keys."""
    truth = np.array([row.recruit for row in rows])
    scores = engine.scores([row.text for row in rows])
    average = float(average_precision_score(truth, scores))
    low, high = bootstrap(lambda t, s: float(average_precision_score(t, s)), truth, scores, rounds=_ROUNDS)
    recalls, intervals, thresholds = {}, {}, {}
    for rate in FALSE_ALARM_RATES:
        key = f"{rate:g}" if rate >= 0.001 else f"{rate:.4f}"  # noqa: PLR2004
        thresholds[key] = threshold_at(scores, truth, rate)
        recall = share(int((scores[truth] > thresholds[key]).sum()), int(truth.sum()))
        recalls[key], intervals[key] = recall.value, [recall.low, recall.high]
    bins, error = reliability(scores, truth)
    limits = engine.model.levels
    return {
        "rows": len(rows), "recruit": int(truth.sum()), "benign": int((~truth).sum()),
        "average_precision": average, "average_precision_interval": [low, high],
        "recall_at_fpr": recalls, "recall_at_fpr_intervals": intervals, "threshold_at_fpr": thresholds,
        "levels": _levels(scores, truth, limits),
        "kinds": by_kind(rows, scores, limits, thresholds["0.001"]),
        "calibration": {"expected_calibration_error": error, "bins": [{name: getattr(one, name) for name in one.__slots__} for one in bins]},
        "model": {"facts": engine.model.facts},
    }  # fmt: skip
