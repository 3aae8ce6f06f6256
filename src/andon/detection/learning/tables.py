"""From fitted numbers to the tables that the kernels read: n-grams in 127 steps, the bit set of their beginnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from andon.detection.scoring.model import GRAMS, REACH_BITS, SHIFT

if TYPE_CHECKING:
    import numpy.typing as npt

    from andon.detection.learning.features import Described
    from andon.detection.learning.fitting import Fitted, Numbers, Plan


def reach_of(described: Described, kept: Numbers) -> npt.NDArray[np.uint8]:
    """Bit set of every kept n-gram and all its beginnings, taken from the places where it stands in the training texts."""
    is_kept = np.isin(described.hashes, kept)
    order = described.orders
    marked = np.zeros(REACH_BITS, np.bool_)
    for back in range(3):
        at = np.flatnonzero(is_kept & (order > back + 1))
        marked[(described.hashes[at - back] >> SHIFT) & (REACH_BITS - 1)] = True
    return np.packbits(marked, bitorder="little")


def gram_table(hashes: Numbers, weights: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.uint32], Numbers]:
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


def in_steps(fitted: Fitted, known: Numbers, described: Described, plan: Plan) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint8], float]:
    """N-gram table, bit set of beginnings, and the worth of one step. N-grams weaker than `least_steps` are left out."""
    values = fitted.ngrams
    # The few largest weights are clipped, so that the steps stay fine for all others.
    step = float(np.quantile(np.abs(values), 0.9995) / 127) if len(values) else 1.0
    steps = np.clip(np.round(values / step), -127, 127).astype(np.int64)
    steps[np.abs(steps) < plan.least_steps] = 0
    grams, kept = gram_table(known, steps)
    return grams, reach_of(described, kept), step
