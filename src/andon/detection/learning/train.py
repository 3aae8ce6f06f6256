"""Fit the model: anchors, weights of signals and n-grams, the second look, calibration, levels. Rows of one family never part in a split.

Every figure that sets a limit (calibration, levels) is taken on rows that the weights in question did not see. The same rows give the same model.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from andon.detection.learning.anchors import fit_gate
from andon.detection.learning.features import Described, vocabulary
from andon.detection.learning.fitting import Matrix, Plan, Rows, fit_screen, fit_signals_and_ngrams, gather, held_out, limit_at, row_weights
from andon.detection.learning.meaning import fit_meaning, words_of
from andon.detection.learning.tables import in_steps
from andon.detection.scoring.model import FLOOR, Calibration, Contrast, Model

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from andon.detection.learning.anchors import Gate
    from andon.detection.learning.fitting import Fitted, Flags, Floats, Numbers
    from andon.detection.learning.labelled import Labelled
    from andon.detection.scoring.model import Meaning
    from andon.detection.signals.signal import Signal


# Share of the time that has passed at the beginning of each stage, as measured on the whole corpus.
_GATE, _WEIGHTS, _FOLDS, _LOOK_ALIKES, _LOOK_ALIKE_FOLDS, _MEANING, _LIMITS = 0.05, 0.20, 0.25, 0.29, 0.37, 0.45, 0.98


def _screen_model(fitted: Fitted, passing: Gate, known: Numbers, data: Rows, signals: Sequence[Signal], plan: Plan) -> Model:
    """The screen's part as whole numbers: signals in thousandths, n-grams in 127 steps."""
    grams, reach, step = in_steps(fitted, known, data.described, plan)
    return Model(
        signals=tuple(signal.name for signal in signals), anchors=passing.anchors, anchor_limits=passing.limits, reach=reach,
        weights=np.round(fitted.signals * 1000).astype(np.int32), grams=grams, bias=fitted.bias, step=step,
        calibration=Calibration(1.0, 0.0), gate=FLOOR + 1.0, levels={"high": 1.0, "medium": 1.0, "low": 1.0},
    )  # fmt: skip


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
    weights = row_weights(data, settings.ordinary_weight, settings.look_alike_weight, settings.chosen_weight, settings.reworded_weight)
    passing = fit_gate(data, weights, settings, progress=_within(progress, "weights", _GATE, _WEIGHTS))
    anchored = passing.anchored
    progress("weights", _WEIGHTS)

    def fit(seen: Numbers) -> Fitted:
        return fit_screen(matrix.part(seen), weights[seen], data.ordinary[seen], settings)

    screen = _screen_model(fit(np.arange(len(rows))), passing, known, data, signals, settings)
    folds = _within(progress, "held-out folds", _FOLDS, _LOOK_ALIKES)
    raw = held_out(data, _unseen(matrix, fit), settings.folds, progress=folds)
    progress("look-alikes", _LOOK_ALIKES)
    contrast, against = _contrast(matrix, known, data, settings, _within(progress, "look-alikes", _LOOK_ALIKE_FOLDS, _MEANING))
    gate = _gate(raw, data, settings)
    corrected = np.where(raw >= gate, raw + np.minimum(0.0, against - settings.contrast_margin), raw)
    corrected = np.where(anchored, corrected, FLOOR)
    progress("meaning", _MEANING)
    meaning, meant = _meaning(data, corrected, settings, _within(progress, "meaning", _MEANING, _LIMITS))
    progress("limits", _LIMITS)
    whole = replace(screen, contrast=contrast, meaning=meaning, gate=gate)
    return _calibrated(whole, data, np.where(anchored & (raw >= gate), corrected + meant, corrected), anchored, settings)


def _within(progress: Callable[[str, float], None], stage: str, start: float, end: float) -> Callable[[float], None]:
    """Progress of a part as progress of the whole."""
    return lambda share: progress(stage, start + share * (end - start))


def _contrast(matrix: Matrix, known: Numbers, data: Rows, plan: Plan, progress: Callable[[float], None]) -> tuple[Contrast, Floats]:
    """The model that tells recruitment from its look-alikes, and every row's held-out value by it."""
    weights = row_weights(data, plan.contrast_ordinary_weight, plan.contrast_look_alike_weight, plan.chosen_weight, 0.0)

    def fit(seen: Numbers) -> Fitted:
        return fit_signals_and_ngrams(matrix.part(seen), weights[seen], plan, plan.contrast_strength).times(plan.contrast_scale)

    fitted = fit(np.arange(len(data.texts)))
    grams, reach, step = in_steps(fitted, known, data.described, plan)
    numbers = np.round(fitted.signals * 1000).astype(np.int32)
    contrast = Contrast(numbers, reach, grams, fitted.bias, step, plan.contrast_margin)
    return contrast, held_out(data, _unseen(matrix, fit), plan.folds, progress=progress)


def _unseen(matrix: Matrix, fit: Callable[[Numbers], Fitted]) -> Callable[[Numbers, Numbers], Floats]:
    """Raw scores of unseen rows by what `fit` makes of the seen ones."""
    return lambda seen, unseen: fit(seen).raw(matrix.fired[unseen], matrix.ngrams[unseen])


def _meaning(data: Rows, raw: Floats, plan: Plan, progress: Callable[[float], None]) -> tuple[Meaning, Floats]:
    """The filters over words, fitted on what the held-out scores `raw` get wrong, and every row's held-out value by them."""
    words = words_of(data.texts)
    weights = row_weights(data, plan.meaning_ordinary_weight, plan.contrast_look_alike_weight, plan.chosen_weight, plan.meaning_reworded_weight)

    def values(seen: Numbers, unseen: Numbers) -> Floats:
        return fit_meaning(words[seen], data.truth[seen], weights[seen], raw[seen], plan).values(words[unseen]) * plan.meaning_scale

    held = held_out(data, values, plan.meaning_folds, progress=lambda share: progress(share * plan.meaning_folds / (plan.meaning_folds + 1)))
    progress(plan.meaning_folds / (plan.meaning_folds + 1))
    return fit_meaning(words, data.truth, weights, raw, plan).in_steps(plan.meaning_scale), held


def _gate(raw: Floats, data: Rows, plan: Plan) -> float:
    """The raw score from which the second look is taken, by held-out scores of ordinary rows as people wrote them."""
    ordinary = data.ordinary & ~data.chosen & ~data.reworded
    return limit_at(raw[ordinary], plan.gate_ordinary_share) if ordinary.any() else FLOOR + 1.0


def _calibrated(model: Model, every: Rows, raw: Floats, anchored: Flags, plan: Plan) -> Model:
    """Set calibration and levels by the held-out scores `raw` of the rows that nobody chose."""
    places = np.flatnonzero(~every.chosen & ~every.reworded)
    data, raw, anchored = _part(every, places), raw[places], anchored[places]
    calibration = _calibrate(raw, data)
    scores = calibration.scores(raw)
    levels = _levels(scores, data, plan)
    facts = _card_facts(data, scores, levels, anchored) | {"plan": asdict(plan)}
    if every.reworded.any():
        facts["reworded"] = int(every.reworded.sum())
    if every.chosen.any():
        facts["chosen"] = {"recruit": int((every.chosen & every.truth).sum()), "benign": int((every.chosen & ~every.truth).sum())}
    return replace(model, calibration=calibration, levels=levels, facts=facts)


def _part(data: Rows, places: Numbers) -> Rows:
    """The rows at `places`, without their description, which nobody asks for any more."""
    described = Described(*(np.empty(0, np.int64) for _ in range(4)))  # type: ignore[arg-type]  # empty, whatever the type
    texts = [data.texts[place] for place in places.tolist()]
    return Rows(texts, data.truth[places], data.ordinary[places], data.chosen[places], data.reworded[places], data.families[places], described)


def _calibrate(raw: Floats, data: Rows) -> Calibration:
    """Platt scaling on held-out scores, all rows weighing the same (the mix is the corpus's, as the card says)."""
    fit = LogisticRegression(C=1e6, max_iter=400).fit(raw.reshape(-1, 1), data.truth)
    return Calibration(float(fit.coef_[0][0]), float(fit.intercept_[0]))


def _card_facts(data: Rows, scores: Floats, levels: dict[str, float], anchored: Flags) -> dict[str, Any]:
    """What the model card says of data and held-out measures; rows that were chosen are not among them."""
    alike = ~data.ordinary & ~data.truth
    return {
        "rows": len(data.texts), "recruit": int(data.truth.sum()), "benign": int((~data.truth).sum()), "ordinary": int(data.ordinary.sum()),
        "families": len(np.unique(data.families)), "anchored_recruit": float(anchored[data.truth].mean()),
        "anchored_ordinary": float(anchored[data.ordinary].mean()) if data.ordinary.any() else None,
        "held_out_levels": {
            name: {
                "recall": float((scores[data.truth] >= limit).mean()), "look_alikes": float((scores[alike] >= limit).mean()) if alike.any() else None,
                "ordinary": float((scores[data.ordinary] >= limit).mean()) if data.ordinary.any() else None,
            }
            for name, limit in levels.items()
        },
    }  # fmt: skip
