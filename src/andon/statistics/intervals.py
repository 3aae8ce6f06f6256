"""Intervals for shares and averages, so that no figure stands without its uncertainty."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

Z_95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its counts and its 95 % Wilson interval. Of nothing at all, value and interval are None, not zero."""

    hits: int
    total: int
    value: float | None
    low: float | None
    high: float | None

    def as_dict(self) -> dict[str, float | int | None]:
        """Plain numbers for JSON."""
        return {"hits": self.hits, "total": self.total, "value": self.value, "low": self.low, "high": self.high}


def share(hits: int, total: int) -> Share:
    """`hits` of `total` with the Wilson score interval (E. B. Wilson, JASA 22, 1927), which stays sound near 0 and 1."""
    if total == 0:
        return Share(hits, total, None, None, None)
    p = hits / total
    z2 = Z_95 * Z_95 / total
    centre = (p + z2 / 2) / (1 + z2)
    half = Z_95 * math.sqrt(p * (1 - p) / total + z2 / (4 * total)) / (1 + z2)
    return Share(hits, total, p, max(0.0, centre - half), min(1.0, centre + half))


def bootstrap(
    measure: Callable[[npt.NDArray[np.bool_], npt.NDArray[np.float64]], float],
    truth: npt.NDArray[np.bool_],
    scores: npt.NDArray[np.float64],
    *,
    rounds: int,
) -> tuple[float, float]:
    """95 % percentile interval of `measure(truth, scores)` over `rounds` resamples drawn within each class; reproducible."""
    rng = np.random.default_rng(20251122)
    classes = [np.flatnonzero(truth), np.flatnonzero(~truth)]
    values = []
    for _ in range(rounds):
        drawn = np.concatenate([rng.choice(one, len(one)) for one in classes if len(one)])
        values.append(measure(truth[drawn], scores[drawn]))
    return float(np.percentile(values, 2.5)), float(np.percentile(values, 97.5))
