"""Fit the model: anchors, weights of signals and n-grams, the second look, calibration, levels. Rows of one family never part in a split.

Every figure that sets a limit (calibration, levels) is taken on rows that the weights in question did not see. The same rows give the same model.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from andon.detection.assess.job_items import find_job_items
from andon.detection.assess.second_look import facts
from andon.detection.learning.features import describe, packed, vocabulary
from andon.detection.scoring.engine import Engine
from andon.detection.scoring.lexicon import PAIR_BITS
from andon.detection.scoring.model import FLOOR, GRAMS, REACH_BITS, SHIFT, Calibration, Model
from andon.detection.scoring.posts import pairs_column
from andon.detection.signals.signal import Side
from andon.language.contacts import find_contacts
from andon.language.fold import folding

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from andon.detection.learning.features import Described
    from andon.detection.learning.labelled import Labelled
    from andon.detection.signals.signal import Signal

    Floats = npt.NDArray[np.float64]
    Flags = npt.NDArray[np.bool_]
    Numbers = npt.NDArray[np.int64]

ORDINARY_KINDS = frozenset({"chatter", "board", "dialogue", "review"})


@dataclass(frozen=True, slots=True)
class Plan:
    """How to fit. Weights make the mix resemble a public stream, where ordinary posts outnumber all look-alikes by far."""

    ordinary_weight: float = 20.0
    look_alike_weight: float = 0.25
    strength: float = 0.1  # inverse regularisation of the screen's weights
    ngram_scale: float = 4.0
    ratio_smoothing: float = 0.3
    least_steps: int = 2  # of 127: weaker n-grams are left out of the table
    least_families: int = 2  # an n-gram must stand in this many families
    anchor_ratio: float = 4.0  # an anchor is this many times as frequent in recruitment as in ordinary posts
    look_strength: float = 0.03
    look_alike_weight_second: float = 0.6
    gate_ordinary_share: float = 0.02  # share of ordinary posts that the second look is taken of
    folds: int = 5
    low_ordinary: float = 0.01  # share of ordinary posts allowed at level low
    low_look_alikes: float = 0.18
    medium_look_alikes: float = 0.08
    high_look_alikes: float = 0.03
    least_fact_rows: int = 30


@dataclass(frozen=True, slots=True)
class _Data:
    """Rows as numbers."""

    texts: list[str]
    truth: Flags
    ordinary: Flags
    families: Numbers
    described: Described


def _data(rows: Sequence[Labelled], signals: Sequence[Signal]) -> _Data:
    numbers: dict[str, int] = {}
    families = np.array([numbers.setdefault(row.family, len(numbers)) for row in rows], np.int64)
    texts = [row.text for row in rows]
    truth = np.array([row.recruit for row in rows])
    ordinary = np.array([row.kind in ORDINARY_KINDS and not row.recruit for row in rows])
    return _Data(texts, truth, ordinary, families, describe(texts, signals))


def choose_anchors(data: _Data, plan: Plan) -> npt.NDArray[np.uint8]:
    """Bit set of the pairs of characters that recruitment holds `anchor_ratio` times as often as ordinary posts, in two families at least."""
    buffer, offsets = packed(data.texts)
    room = 6 * len(buffer) + 8 * len(data.texts)
    pairs, rows = np.empty(room, np.int32), np.empty(room, np.int32)
    written = pairs_column(buffer, offsets, folding(), pairs, rows)
    both = np.unique(np.stack([pairs[:written], rows[:written]], axis=1), axis=0)
    recruit, ordinary = data.truth[both[:, 1]], data.ordinary[both[:, 1]]
    in_recruit, in_ordinary = np.bincount(both[recruit, 0], minlength=PAIR_BITS), np.bincount(both[ordinary, 0], minlength=PAIR_BITS)
    by_family = np.unique(np.stack([both[recruit, 0], data.families[both[recruit, 1]]], axis=1), axis=0)
    spread = np.bincount(by_family[:, 0], minlength=PAIR_BITS)
    ratio = (in_recruit + 0.5) / max(data.truth.sum(), 1) / ((in_ordinary + 0.5) / max(data.ordinary.sum(), 1))
    chosen = (ratio > plan.anchor_ratio) & (spread >= 2)  # noqa: PLR2004 - a pair of one family only teaches that family
    return np.packbits(chosen, bitorder="little")


def _log_ratios(ngrams: sparse.csr_matrix, truth: Flags, weights: Floats, plan: Plan) -> Floats:
    """Root of the absolute log ratio of every n-gram's frequency in recruitment and in weighted benign rows.

    Scaling by naive Bayes ratios before a linear fit (S. Wang, C. Manning, ACL 2012) lets telling n-grams count and common ones rest; the root was
    better than the ratio itself on the project's held-out families (recall at 1 in 1,000: 0.79 without, 0.83 with the ratio, 0.85 with its root;
    the choice was made on these very families, so their figures flatter).
    """
    present = (ngrams > 0).astype(np.float64)
    recruit = np.asarray(present[truth].sum(axis=0)).ravel() + plan.ratio_smoothing
    benign = np.asarray(present[~truth].T @ weights[~truth]).ravel() + plan.ratio_smoothing
    return np.asarray(np.sqrt(np.abs(np.log(recruit / recruit.sum()) - np.log(benign / benign.sum()))), np.float64)


@dataclass(frozen=True, slots=True)
class _Fitted:
    """Weights of signals and of n-grams (per unit of count over root of length), and the starting point."""

    signals: Floats
    ngrams: Floats
    bias: float

    def raw(self, fired: Any, ngrams: sparse.csr_matrix) -> Floats:  # noqa: ANN401 - any numeric matrix
        """Raw scores of the rows."""
        return np.asarray(fired @ self.signals + ngrams @ self.ngrams + self.bias)


def _fit_screen(fired: Floats, ngrams: sparse.csr_matrix, truth: Flags, weights: Floats, plan: Plan, sides: Sequence[Side]) -> _Fitted:
    """Linear fit over signals and scaled n-grams; a signal never counts against the side that it speaks for."""
    scale = _log_ratios(ngrams, truth, weights, plan) * plan.ngram_scale
    matrix = sparse.hstack([sparse.csr_matrix(fired), ngrams @ sparse.diags(scale)]).tocsr()
    fit = _fit(matrix, truth, weights, plan.strength)
    found = fit.coef_[0]
    signals = np.array([
        max(value, 0.0) if side is Side.FOR else min(value, 0.0) if side is Side.AGAINST else value
        for value, side in zip(found[: fired.shape[1]], sides, strict=True)
    ])  # fmt: skip
    return _Fitted(signals, found[fired.shape[1] :] * scale, float(fit.intercept_[0]))


def _row_weights(data: _Data, plan: Plan, look_alike: float) -> Floats:
    """1 for recruitment; benign rows by whether they are ordinary. Without ordinary rows all benign rows weigh 1."""
    if not data.ordinary.any():
        return np.ones(len(data.texts))
    return np.where(data.truth, 1.0, np.where(data.ordinary, plan.ordinary_weight, look_alike))


def _fit(matrix: Any, truth: Flags, weights: Floats, strength: float) -> LogisticRegression:  # noqa: ANN401 - dense or sparse
    return LogisticRegression(C=strength, max_iter=400, solver="liblinear", random_state=7).fit(matrix, truth, sample_weight=weights)


def _groups(data: _Data) -> Numbers:
    """Families in stretches of a dozen, since neighbouring seeds were written in one breath."""
    return data.families // 12


def _held_out(fired: Floats, ngrams: sparse.csr_matrix, data: _Data, weights: Floats, plan: Plan, sides: Sequence[Side]) -> Floats:
    """Raw scores of every row by a model that saw none of its neighbours."""
    values = np.zeros(len(data.texts))
    for seen, unseen in GroupKFold(plan.folds).split(fired, data.truth, _groups(data)):
        fitted = _fit_screen(fired[seen], ngrams[seen], data.truth[seen], weights[seen], plan, sides)
        values[unseen] = fitted.raw(fired[unseen], ngrams[unseen])
    return values


def _reach(described: Described, kept: Numbers) -> npt.NDArray[np.uint8]:
    """Bit set of every kept n-gram and all its beginnings, taken from the places where it stands in the training texts."""
    is_kept = np.isin(described.hashes, kept)
    order = described.orders
    marked = np.zeros(REACH_BITS, np.bool_)
    for back in range(3):
        at = np.flatnonzero(is_kept & (order > back + 1))
        marked[(described.hashes[at - back] >> SHIFT) & (REACH_BITS - 1)] = True
    return np.packbits(marked, bitorder="little")


def _gram_table(hashes: Numbers, weights: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.uint32], Numbers]:
    """The n-gram table, strongest first, and the hashes that found a place in it; the few that find their bucket full are left out."""
    grams = np.zeros(GRAMS, np.uint32)
    placed = []
    for index in np.argsort(-np.abs(weights), kind="stable").tolist():
        state, weight = int(hashes[index]), int(weights[index])
        bucket = 2 * ((state >> SHIFT) & (GRAMS // 2 - 1))
        print_ = state & 0xFFFF
        taken = [int(grams[bucket]), int(grams[bucket + 1])]
        free = next((place for place, entry in enumerate(taken) if entry == 0), None)
        if weight == 0 or free is None or any(entry and entry >> 8 == print_ for entry in taken):
            continue
        grams[bucket + free] = (print_ << 8) | (weight & 0xFF)
        placed.append(state)
    return grams, np.array(sorted(placed), np.int64)


def _screen_model(fitted: _Fitted, known: Numbers, anchors: npt.NDArray[np.uint8], data: _Data, signals: Sequence[Signal], plan: Plan) -> Model:
    """The screen's part as whole numbers: signals in thousandths, n-grams in 127 steps. N-grams weaker than `least_steps` are left out."""
    values = fitted.ngrams
    # The few largest weights are clipped, so that the steps stay fine for all others.
    step = float(np.quantile(np.abs(values), 0.9995) / 127) if len(values) else 1.0
    steps = np.clip(np.round(values / step), -127, 127).astype(np.int64)
    steps[np.abs(steps) < plan.least_steps] = 0
    grams, kept = _gram_table(known, steps)
    return Model(
        signals=tuple(signal.name for signal in signals), anchors=anchors, reach=_reach(data.described, kept),
        weights=np.round(fitted.signals * 1000).astype(np.int32), grams=grams, bias=fitted.bias, step=step,
        calibration=Calibration(1.0, 0.0), gate=FLOOR + 1.0, levels={"high": 1.0, "medium": 1.0, "low": 1.0},
        look_names=(), look_weights=np.zeros(0),
    )  # fmt: skip


def _facts(texts: list[str], chosen: Numbers, engine: Engine, progress: Callable[[str, float], None]) -> list[dict[str, float]]:
    found: list[dict[str, float]] = [{} for _ in texts]
    for done, index in enumerate(chosen.tolist()):
        text = texts[index]
        found[index] = facts(engine.read(text), engine.signals, find_job_items(text, find_contacts(text)))
        if done % 500 == 0:
            progress("second look", done / max(len(chosen), 1))
    return found


def _fact_matrix(found: list[dict[str, float]], names: Sequence[str]) -> Floats:
    place = {name: index for index, name in enumerate(names)}
    matrix = np.zeros((len(found), len(names)))
    for row, one in enumerate(found):
        for name, value in one.items():
            if name in place:
                matrix[row, place[name]] = value
    return matrix


def _limit(scores: Floats, share: float) -> float:
    """The score that at most `share` of `scores` exceed."""
    if not len(scores):
        return 0.5
    return float(np.sort(scores)[::-1][min(int(share * len(scores)), len(scores) - 1)])


def _levels(scores: Floats, data: _Data, plan: Plan) -> dict[str, float]:
    """Lowest score of each level, from what held-out ordinary posts and look-alikes reach."""
    ordinary, alike = scores[data.ordinary], scores[~data.ordinary & ~data.truth]
    low = max(_limit(ordinary, plan.low_ordinary), _limit(alike, plan.low_look_alikes))
    medium = max(_limit(alike, plan.medium_look_alikes), low)
    high = max(_limit(alike, plan.high_look_alikes), medium)
    return {"high": float(np.nextafter(high, 1)), "medium": float(np.nextafter(medium, 1)), "low": float(np.nextafter(low, 1))}


def _nothing(stage: str, done: float) -> None:
    """Report no progress."""


def train(
    rows: Sequence[Labelled], signals: Sequence[Signal], *, plan: Plan | None = None, progress: Callable[[str, float], None] = _nothing
) -> Model:
    """Fit a model on `rows` (both labels present; `kind` tells ordinary posts from look-alikes). Minutes on tens of thousands of rows."""
    settings = plan or Plan()
    progress("reading", 0.0)
    data = _data(rows, signals)
    known = vocabulary(data.described, data.families, least=settings.least_families)
    fired, ngrams = data.described.signals.astype(np.float64), data.described.ngrams(known)
    weights = _row_weights(data, settings, settings.look_alike_weight)
    sides = [signal.side for signal in signals]
    progress("weights", 0.1)
    fitted = _fit_screen(fired, ngrams, data.truth, weights, settings, sides)
    screen = _screen_model(fitted, known, choose_anchors(data, settings), data, signals, settings)
    progress("held-out folds", 0.2)
    raw = _held_out(fired, ngrams, data, weights, settings, sides)
    return _with_second_look(screen, data, raw, settings, signals, progress)


def _with_second_look(
    screen: Model, data: _Data, raw: Floats, plan: Plan, signals: Sequence[Signal], progress: Callable[[str, float], None]
) -> Model:
    """Fit the corrections on held-out raw scores above the gate, then calibrate and set the levels on held-out corrected scores."""
    gate = _limit(raw[data.ordinary], plan.gate_ordinary_share) if data.ordinary.any() else FLOOR + 1.0
    anchored = Engine(signals, screen).raw_scores(*packed(data.texts)) > FLOOR
    passed = np.flatnonzero((raw >= gate) & anchored)
    found = _facts(data.texts, passed, Engine(signals, screen), progress)
    counts = Counter(name for one in found for name in one)
    names = tuple(sorted(name for name, count in counts.items() if count >= plan.least_fact_rows))
    matrix = np.column_stack([raw, _fact_matrix(found, names)])
    weights = _row_weights(data, plan, plan.look_alike_weight_second)
    look, corrected = _fit_look(matrix, data, weights, passed, plan)
    corrected = np.where(anchored, corrected, FLOOR)
    calibration = _calibrate(corrected, data)
    levels = _levels(calibration.scores(corrected), data, plan)
    levels = {name: max(limit, float(calibration.scores(np.array([gate]))[0]) + 1e-9) for name, limit in levels.items()}
    return replace(
        screen, calibration=calibration, gate=gate, levels=levels, look_names=names, look_weights=look,
        facts=_card_facts(data, calibration.scores(corrected), levels, anchored) | {"plan": asdict(plan)},
    )  # fmt: skip


def _fit_look(matrix: Floats, data: _Data, weights: Floats, passed: Numbers, plan: Plan) -> tuple[Floats, Floats]:
    """Corrections in units of the raw score, and every row's held-out corrected raw score."""
    corrected = matrix[:, 0].copy()
    rows, truth, row_weights = matrix[passed], data.truth[passed], weights[passed]
    for seen, unseen in GroupKFold(plan.folds).split(rows, truth, _groups(data)[passed]):
        corrected[passed[unseen]] = rows[unseen, 0] + rows[unseen, 1:] @ _corrections(rows[seen], truth[seen], row_weights[seen], plan)
    return _corrections(rows, truth, row_weights, plan), corrected


def _corrections(rows: Floats, truth: Flags, weights: Floats, plan: Plan) -> Floats:
    coefficients = _fit(rows, truth, weights, plan.look_strength).coef_[0]
    return np.asarray(np.round(coefficients[1:] / max(float(coefficients[0]), 0.05), 3), np.float64)


def _calibrate(raw: Floats, data: _Data) -> Calibration:
    """Platt scaling on held-out scores, all rows weighing the same (the mix is the corpus's, as the card says)."""
    fit = LogisticRegression(C=1e6, max_iter=400).fit(raw.reshape(-1, 1), data.truth)
    return Calibration(float(fit.coef_[0][0]), float(fit.intercept_[0]))


def _card_facts(data: _Data, scores: Floats, levels: dict[str, float], anchored: Flags) -> dict[str, Any]:
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
