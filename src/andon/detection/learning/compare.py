"""Two models on the same labelled rows: what each finds and what each flags wrongly, with counts and intervals, and which rows would change sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.metrics import average_precision_score

from andon.detection.learning.evaluate import FALSE_ALARM_RATES, LEVELS, by_kind, reliability, threshold_at
from andon.statistics.intervals import Share, bootstrap, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andon.detection.learning.evaluate import Scores, Truth
    from andon.detection.learning.labelled import Labelled
    from andon.detection.scoring.engine import Engine

_ROUNDS = 100


def compare(rows: Sequence[Labelled], before: Engine, after: Engine) -> dict[str, Any]:
    """Measure both models on `rows`. Plain data for JSON; where a label is missing, what would need it has no value.

    `changes` counts, for each level, the rows of each label that only one of the models brings to it: of recruitment, `gained` are found by `after`
    only and `lost` by `before` only; of benign rows, they are flagged by one only.
    """
    truth = np.array([row.recruit for row in rows], np.bool_)
    texts = [row.text for row in rows]
    scores = {"before": before.scores(texts), "after": after.scores(texts)}
    limits = {"before": before.model.levels, "after": after.model.levels}
    return {
        "rows": len(rows), "recruit": int(truth.sum()), "benign": int((~truth).sum()),
        "sides": {side: measure(rows, truth, scores[side], limits[side]) for side in scores},
        "changes": {level: _changes(truth, *(scores[side] >= limits[side][level] for side in scores)) for level in LEVELS},
    }  # fmt: skip


def measure(rows: Sequence[Labelled], truth: Truth, scores: Scores, limits: dict[str, float]) -> dict[str, Any]:
    """What one model's scores are worth."""
    bins, error = reliability(scores, truth)
    strict = threshold_at(scores, truth, FALSE_ALARM_RATES[0])
    return {
        "average_precision": _average_precision(truth, scores),
        "recall_at": {name_of(rate): _recall_at(truth, scores, rate) for rate in FALSE_ALARM_RATES},
        "levels": {level: _level(truth, scores, limits[level]) for level in LEVELS},
        "kinds": by_kind(rows, scores, limits, strict),
        "calibration": {"error": error if len(rows) else None, "bins": [{name: getattr(one, name) for name in one.__slots__} for one in bins]},
    }


def name_of(rate: float) -> str:
    """A false-alarm rate as a key: "0.001"."""
    return f"{rate:.4f}".rstrip("0")


def _average_precision(truth: Truth, scores: Scores) -> dict[str, float | None]:
    if truth.all() or not truth.any():
        return {"value": None, "low": None, "high": None}
    low, high = bootstrap(lambda t, s: float(average_precision_score(t, s)), truth, scores, rounds=_ROUNDS)
    return {"value": float(average_precision_score(truth, scores)), "low": low, "high": high}


def _recall_at(truth: Truth, scores: Scores, rate: float) -> dict[str, Any]:
    """Recall where at most `rate` of the benign rows are above the limit. `enough`: there are benign rows enough for one to be allowed."""
    limit, benign = threshold_at(scores, truth, rate), int((~truth).sum())
    if not benign:  # without benign rows there is no limit to hold
        return Share(0, 0, None, None, None).as_dict() | {"threshold": None, "enough": False}
    found = share(int((scores[truth] > limit).sum()), int(truth.sum())).as_dict()
    return found | {"threshold": limit, "enough": benign * rate >= 1 - 1e-9}


def _level(truth: Truth, scores: Scores, limit: float) -> dict[str, Any]:
    flagged = scores >= limit
    right, wrong = int((flagged & truth).sum()), int((flagged & ~truth).sum())
    return {
        "threshold": limit, "recall": share(right, int(truth.sum())).as_dict(), "false_alarms": share(wrong, int((~truth).sum())).as_dict(),
        "precision": share(right, right + wrong).as_dict(),
    }  # fmt: skip


def _changes(truth: Truth, before: Truth, after: Truth) -> dict[str, dict[str, int]]:
    return {
        name: {"gained": int((~before & after & label).sum()), "lost": int((before & ~after & label).sum())}
        for name, label in (("recruit", truth), ("benign", ~truth))
    }
