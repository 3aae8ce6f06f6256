"""Fit the screen's gate: what pairs and threes of neighbouring characters weigh, and the running sum of them that a post must reach to be read on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from andon.detection.learning.fitting import fit_linear, held_out, limit_at
from andon.detection.scoring.engine import packed
from andon.detection.scoring.model import ANCHORS
from andon.detection.scoring.posts import anchor_column, peaks_column
from andon.language.fold import folding

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from andon.detection.learning.fitting import Flags, Floats, Numbers, Plan, Rows

_STRONGEST = 127  # steps of the heaviest anchor


@dataclass(frozen=True, slots=True)
class Gate:
    """`anchors` (int8) and `limits` as in `Model`; `anchored`: which rows pass by weights that saw none of their neighbours."""

    anchors: npt.NDArray[np.int8]
    limits: tuple[int, int]
    anchored: Flags


def fit_gate(data: Rows, weights: Floats, plan: Plan, *, progress: Callable[[float], None]) -> Gate:
    """Fit pairs and threes of characters as a plain linear model; the limit lets `anchor_ordinary_share` of held-out ordinary rows through.

    `weights` are those of the screen. Rows as people wrote them set the limit; without ordinary ones every text passes.
    """
    counts = _anchors_of(data.texts)

    def fit(seen: Numbers) -> tuple[npt.NDArray[np.int8], float]:
        found = fit_linear(counts[seen], data.truth[seen], weights[seen], plan.anchor_strength).coef_[0]
        step = float(np.abs(found).max() / _STRONGEST) or 1.0
        return np.round(found / step).astype(np.int8), step

    def peaks(seen: Numbers, unseen: Numbers) -> Floats:
        anchors, step = fit(seen)
        return _peaks([data.texts[place] for place in unseen.tolist()], anchors, round(plan.anchor_lowest / step)) * step

    values = held_out(data, peaks, plan.folds, progress=progress)
    ordinary = data.ordinary & ~data.chosen & ~data.reworded
    anchors, step = fit(np.arange(len(data.texts)))
    lowest = round(plan.anchor_lowest / step)
    if not ordinary.any():
        return Gate(anchors, (lowest, lowest), np.ones(len(values), np.bool_))
    limit = limit_at(values[ordinary], plan.anchor_ordinary_share)
    return Gate(anchors, (math.floor(limit / step) + 1, lowest), values > limit)


def _anchors_of(texts: Sequence[str]) -> sparse.csr_matrix:
    """How often each anchor stands in each text."""
    buffer, offsets = packed(texts)
    room = 12 * len(buffer) + 8 * len(texts)
    places, rows = np.empty(room, np.int32), np.empty(room, np.int32)
    written = anchor_column(buffer, offsets, folding(), places, rows)
    return sparse.csr_matrix((np.ones(written), (rows[:written], places[:written])), shape=(len(texts), ANCHORS))


def _peaks(texts: Sequence[str], anchors: npt.NDArray[np.int8], lowest: int) -> Floats:
    peaks = np.empty(len(texts), np.int64)
    peaks_column(*packed(texts), folding(), anchors, lowest, peaks)
    return peaks.astype(np.float64)
