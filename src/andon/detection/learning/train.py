"""Fit the model: anchors, weights of signals and n-grams, the second look, calibration, levels. Rows of one family never part in a split.

Every figure that sets a limit (calibration, levels) is taken on rows that the weights in question did not see. The same rows give the same model.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from andon.detection.learning.features import packed, vocabulary
from andon.detection.learning.fitting import Matrix, Plan, fit_signals_and_ngrams, gather, held_out, row_weights
from andon.detection.learning.tables import choose_anchors, in_steps
from andon.detection.scoring.engine import Engine
from andon.detection.scoring.model import FLOOR, Calibration, Contrast, Model

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from andon.detection.learning.fitting import Fitted, Flags, Floats, Numbers, Rows
    from andon.detection.learning.labelled import Labelled
    from andon.detection.signals.signal import Signal


def _screen_model(fitted: Fitted, known: Numbers, data: Rows, signals: Sequence[Signal], plan: Plan) -> Model:
    """The screen's part as whole numbers: signals in thousandths, n-grams in 127 steps."""
    grams, reach, step = in_steps(fitted, known, data.described, plan)
    return Model(
        signals=tuple(signal.name for signal in signals), anchors=choose_anchors(data, plan), reach=reach,
        weights=np.round(fitted.signals * 1000).astype(np.int32), grams=grams, bias=fitted.bias, step=step,
        calibration=Calibration(1.0, 0.0), gate=FLOOR + 1.0, levels={"high": 1.0, "medium": 1.0, "low": 1.0},
    )  # fmt: skip


def limit_at(scores: Floats, share: float) -> float:
    """The score that at most `share` of `scores` exceed."""
    if not len(scores):
        return 0.5
    return float(np.sort(scores)[::-1][min(int(share * len(scores)), len(scores) - 1)])


def _levels(scores: Floats, data: Rows, plan: Plan) -> dict[str, float]:
    """Lowest score of each level, from what held-out ordinary posts and look-alikes reach."""
    ordinary, alike = scores[data.ordinary], scores[~data.ordinary & ~data.truth]
    low = max(limit_at(ordinary, plan.low_ordinary), limit_at(alike, plan.low_look_alikes))
    medium = max(limit_at(alike, plan.medium_look_alikes), low)
    high = max(limit_at(alike, plan.high_look_alikes), medium)
    return {"high": float(np.nextafter(high, 1)), "medium": float(np.nextafter(medium, 1)), "low": float(np.nextafter(low, 1))}


def _nothing(stage: str, done: float) -> None:
    """Report no progress."""


def train(
    rows: Sequence[Labelled], signals: Sequence[Signal], *, plan: Plan | None = None, progress: Callable[[str, float], None] = _nothing
) -> Model:
    """Fit a model on `rows` (both labels present; `kind` tells ordinary posts from look-alikes). Minutes on tens of thousands of rows."""
    settings = plan or Plan()
    progress("reading", 0.0)
    data = gather(rows, signals)
    known = vocabulary(data.described, data.families, least=settings.least_families)
    matrix = Matrix(data.described.signals.astype(np.float64), data.described.ngrams(known), data.truth, [signal.side for signal in signals])
    weights = row_weights(data, settings.ordinary_weight, settings.look_alike_weight)
    progress("weights", 0.1)
    screen = _screen_model(fit_signals_and_ngrams(matrix, weights, settings, settings.strength), known, data, signals, settings)
    progress("held-out folds", 0.2)
    raw = held_out(matrix, data, weights, settings, settings.strength)
    progress("look-alikes", 0.3)
    contrast, against = _contrast(matrix, known, data, settings)
    return _calibrated(replace(screen, contrast=contrast), data, raw, against, settings, signals)


def _contrast(matrix: Matrix, known: Numbers, data: Rows, plan: Plan) -> tuple[Contrast, Floats]:
    """The model that tells recruitment from its look-alikes, and every row's held-out value by it."""
    weights = row_weights(data, plan.contrast_ordinary_weight, plan.contrast_look_alike_weight)
    fitted = fit_signals_and_ngrams(matrix, weights, plan, plan.contrast_strength)
    grams, reach, step = in_steps(fitted, known, data.described, plan)
    numbers = np.round(fitted.signals * 1000).astype(np.int32)
    contrast = Contrast(numbers, reach, grams, fitted.bias, step, plan.contrast_margin)
    return contrast, held_out(matrix, data, weights, plan, plan.contrast_strength)


def _calibrated(screen: Model, data: Rows, raw: Floats, against: Floats, plan: Plan, signals: Sequence[Signal]) -> Model:
    """Set gate, calibration and levels by held-out scores: `raw` of the screen, `against` of the second look."""
    gate = limit_at(raw[data.ordinary], plan.gate_ordinary_share) if data.ordinary.any() else FLOOR + 1.0
    anchored = Engine(signals, screen).raw_scores(*packed(data.texts)) > FLOOR
    corrected = np.where(raw >= gate, raw + np.minimum(0.0, against - plan.contrast_margin), raw)
    corrected = np.where(anchored, corrected, FLOOR)
    calibration = _calibrate(corrected, data)
    scores = calibration.scores(corrected)
    levels = _levels(scores, data, plan)
    facts = _card_facts(data, scores, levels, anchored) | {"plan": asdict(plan)}
    return replace(screen, calibration=calibration, gate=gate, levels=levels, facts=facts)


def _calibrate(raw: Floats, data: Rows) -> Calibration:
    """Platt scaling on held-out scores, all rows weighing the same (the mix is the corpus's, as the card says)."""
    fit = LogisticRegression(C=1e6, max_iter=400).fit(raw.reshape(-1, 1), data.truth)
    return Calibration(float(fit.coef_[0][0]), float(fit.intercept_[0]))


def _card_facts(data: Rows, scores: Floats, levels: dict[str, float], anchored: Flags) -> dict[str, Any]:
    """What the model card says of data and held-out measures."""
    alike = ~data.ordinary & ~data.truth
    return {
        "rows": len(data.texts), "recruit": int(data.truth.sum()), "benign": int((~data.truth).sum()), "ordinary": int(data.ordinary.sum()),
        "families": int(data.families.max()) + 1, "anchored_recruit": float(anchored[data.truth].mean()),
        "anchored_ordinary": float(anchored[data.ordinary].mean()) if data.ordinary.any() else None,
        "held_out_levels": {
            name: {
                "recall": float((scores[data.truth] >= limit).mean()), "look_alikes": float((scores[alike] >= limit).mean()) if alike.any() else None,
                "ordinary": float((scores[data.ordinary] >= limit).mean()) if data.ordinary.any() else None,
            }
            for name, limit in levels.items()
        },
    }  # fmt: skip
