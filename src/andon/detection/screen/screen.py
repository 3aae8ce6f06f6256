"""Columns in, the few that pass out: every post is scored by compiled kernels over the whole column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from andon.detection.scoring.engine import Engine


def passing(data: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int64], engine: Engine) -> list[int]:
    """Numbers of the texts `data[offsets[i]:offsets[i + 1]]` that reach a level."""
    scores = engine.model.calibration.scores(engine.raw_scores(data, offsets))
    return [int(index) for index in np.flatnonzero(scores >= engine.model.levels["low"])]
