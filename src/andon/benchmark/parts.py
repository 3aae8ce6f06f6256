"""andon's own parts, measured alone: folding, the screen on columns, and the whole line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from andon.detection.records.batches import read_batches
from andon.detection.scoring.kernels import MOST_HITS
from andon.detection.scoring.lexicon import WORDS
from andon.detection.scoring.posts import ROOM, read_codes
from andon.language import measures as measured
from andon.language.kernels import compiled, fold_text, join_letters
from andon.language.yen import MOST_AMOUNTS
from andon.pipeline import find_recruitment

if TYPE_CHECKING:
    from pathlib import Path

    from andon.detection.scoring.engine import Engine


@compiled
def fold_column(data, offsets, fold):  # type: ignore[no-untyped-def]
    """Normal forms of a column of texts; only their total length is kept."""
    codes, nowhere, measures = np.empty(ROOM, np.uint16), np.empty(0, np.int32), np.zeros(measured.COUNT, np.int32)
    total = 0
    for i in range(offsets.shape[0] - 1):
        measures[:] = 0
        n = fold_text(data, offsets[i], offsets[i + 1], fold.entry, fold.pool, fold.classes, codes, nowhere, nowhere, measures)
        total += join_letters(codes, n, fold.classes, nowhere, nowhere, measures)
    return total


@compiled
def signal_column(data, offsets, fold, lexicon):  # type: ignore[no-untyped-def]
    """Normal forms and signals of a column of texts, without the early exit; only the number of terms found is kept."""
    codes, nowhere, measures = np.empty(ROOM, np.uint16), np.empty(0, np.int32), np.zeros(measured.COUNT, np.int32)
    spots, hit_term, hit_at = np.empty(ROOM, np.int32), np.empty(MOST_HITS, np.int32), np.empty(MOST_HITS, np.int32)
    hit_bits, bits = np.empty((MOST_HITS, WORDS), np.int64), np.zeros(WORDS, np.int64)
    places, yens, periods = np.empty((MOST_AMOUNTS, 2), np.int32), np.empty(MOST_AMOUNTS, np.int64), np.empty(MOST_AMOUNTS, np.int64)
    total = 0
    for i in range(offsets.shape[0] - 1):
        measures[:] = 0
        n = fold_text(data, offsets[i], offsets[i + 1], fold.entry, fold.pool, fold.classes, codes, nowhere, nowhere, measures)
        n = join_letters(codes, n, fold.classes, nowhere, nowhere, measures)
        found, _ = read_codes(codes, n, fold, lexicon, measures, hit_term, hit_at, hit_bits, bits, places, yens, periods, spots)
        total += found
    return total


def whole_line(path: Path, engine: Engine, jobs: int = 1) -> int:
    """`andon scan` without its screen and files: read, screen, assess; number of posts flagged."""
    return sum(len(screened.flagged) for screened in find_recruitment(read_batches([str(path)]), engine, jobs=jobs))
