"""Scores of many texts by the whole line: the screen for all, the second look for the few it lets through. This is what `scan` reports too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from andon.detection.assess.assess import corrected
from andon.detection.learning.features import packed

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from andon.detection.scoring.engine import Engine

_STRETCH = 20_000


def raw_scores(texts: Sequence[str], engine: Engine) -> npt.NDArray[np.float64]:
    """Raw scores (float64) of the whole line, in the order of `texts`."""
    stretches = []
    for start in range(0, len(texts), _STRETCH):
        part = texts[start : start + _STRETCH]
        raw = engine.raw_scores(*packed(part))
        for index in np.flatnonzero(raw >= engine.model.gate).tolist():
            raw[index] = corrected(part[index], engine)
        stretches.append(raw)
    return np.concatenate(stretches) if stretches else np.empty(0)
