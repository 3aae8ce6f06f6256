"""The search for near-identical wording beside its peers: the same stream, the same edits, one run, one core.

Speed counts everything between code units (for the peers: Python strings) and verified pairs: signature, look-up and insertion of every post.
Memory is that of the index alone; a peer's own heap is not seen and is left empty. Recall: share of the edited copies for which a post of the same
base is found; precision: share of the pairs found that have the same base; ARI: adjusted Rand index of the groups that the pairs make.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.metrics import adjusted_rand_score

from andon.benchmark.copies import EDITS, make_copies, make_grouped
from andon.detection.campaigns.grouping import group
from andon.detection.campaigns.near_index import Codes, NearIndex, masked_codes
from andon.detection.campaigns.ties import Ground, Standing, Tie
from andon.detection.records.batch import column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from andon.benchmark.copies import CopyStream

Pairs = list[tuple[int, int]]
_Q = 3  # characters of a shingle, for all
_MOST_GROUPED = 200_000  # posts up to which the Rand index is taken: it needs Python objects for every tie


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `recall` by share of edits; `ari` is None where it was not taken."""

    name: str
    posts: int
    posts_per_cpu_second: float
    bytes_per_post: float
    recall: dict[float, float]
    precision: float
    ari: float | None


def _row(name: str, stream: CopyStream, seconds: float, size: float, pairs: Pairs) -> Row:
    base = np.array(stream.base)
    share = np.array(stream.share)
    both = np.array(pairs, np.int64).reshape(-1, 2)
    right = base[both[:, 0]] == base[both[:, 1]]
    found = np.zeros(len(base), bool)
    found[both[right].max(axis=1)] = True
    ari = None
    if len(base) <= _MOST_GROUPED:
        ties = [Tie(min(a, b), max(a, b), Ground.WORDING, Standing.CONFIRMED, 1.0) for a, b in pairs]
        ari = float(adjusted_rand_score(base, group(len(base), ties, {}).root))
    recall = {edit: float(found[share == edit].mean()) for edit in EDITS if (share == edit).any()}
    return Row(name, len(base), len(base) / seconds, size / len(base), recall, float(right.mean()) if len(right) else 1.0, ari)


def own(stream: CopyStream, name: str = "andon") -> Iterator[Row]:
    """andon's index over a window as large as the stream; once from code units, once from UTF-8 with folding included."""
    data, offsets = column([text.encode() for text in stream.texts])
    NearIndex(64).add(masked_codes(*column([b"\xe3\x81\x82" * 40])))  # the kernels are compiled or loaded before the clock runs
    started = time.process_time()
    codes = masked_codes(data, offsets)
    folding = time.process_time() - started
    index = NearIndex(len(stream.texts))
    started = time.process_time()
    pairs = _fed(index, codes)
    seconds = time.process_time() - started
    yield _row(f"{name}, from code units", stream, seconds, index.nbytes, pairs)
    yield _row(f"{name}, from UTF-8 (folding included)", stream, seconds + folding, index.nbytes, pairs)


def _fed(index: NearIndex, codes: Codes, stretch: int = 100_000) -> Pairs:
    """Feed the column in stretches, as batches come."""
    pairs: Pairs = []
    for start in range(0, len(codes.offsets) - 1, stretch):
        offsets = codes.offsets[start : start + stretch + 1]
        near = index.add(Codes(codes.codes[offsets[0] : offsets[-1]], offsets - offsets[0]))
        pairs += zip(near.post.tolist(), near.partner.tolist(), strict=True)
    return pairs


def _shingles(text: str) -> list[str]:
    return [text[k : k + _Q] for k in range(len(text) - _Q + 1)] or [text]


def _measured(name: str, stream: CopyStream, run: Callable[[], Pairs]) -> Row:
    """A peer's row."""
    started = time.process_time()
    pairs = run()
    seconds = time.process_time() - started
    return _row(name, stream, seconds, float("nan"), pairs)


def datasketch_pairs(texts: Sequence[str], permutations: int = 128) -> Pairs:
    """datasketch MinHash and MinHashLSH, threshold 0.3, candidates verified by the estimated similarity."""
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415 - a peer, in the development set only

    index = MinHashLSH(threshold=0.3, num_perm=permutations)
    kept: list[Any] = []
    pairs: Pairs = []
    for number, text in enumerate(texts):
        sketch = MinHash(num_perm=permutations)
        sketch.update_batch([shingle.encode() for shingle in _shingles(text)])
        pairs += [(number, other) for other in index.query(sketch) if sketch.jaccard(kept[other]) >= 0.3]  # noqa: PLR2004
        index.insert(number, sketch)
        kept.append(sketch)
    return pairs


def rensa_pairs(texts: Sequence[str], permutations: int = 128, bands: int = 32) -> Pairs:
    """rensa RMinHash and RMinHashLSH, candidates verified by the estimated similarity."""
    from rensa import RMinHash, RMinHashLSH  # noqa: PLC0415 - a peer, in the development set only

    index = RMinHashLSH(threshold=0.3, num_perm=permutations, num_bands=bands)
    kept: list[Any] = []
    pairs: Pairs = []
    for number, text in enumerate(texts):
        sketch = RMinHash(num_perm=permutations, seed=42)
        sketch.update(_shingles(text))
        pairs += [(number, other) for other in index.query(sketch) if sketch.jaccard(kept[other]) >= 0.3]  # noqa: PLR2004
        index.insert(number, sketch)
        kept.append(sketch)
    return pairs


def run_campaigns(clauses: list[str], sizes: Sequence[int], peers: int) -> list[Row]:
    """All rows: andon at each size, and andon and its peers at `peers` posts."""
    rows: list[Row] = []
    small = make_copies(clauses, peers, seed=7)
    rows += own(small)
    if find_spec("rensa"):
        rows.append(_measured("rensa 128 permutations, 32 bands, verified", small, lambda: rensa_pairs(small.texts)))
    if find_spec("datasketch"):
        rows.append(_measured("datasketch MinHashLSH 128, verified", small, lambda: datasketch_pairs(small.texts)))
    for size in sizes:
        rows += own(make_copies(clauses, size, seed=7))
    rows += list(own(make_grouped(clauses, _MOST_GROUPED // 2, seed=7), "andon, stream of campaigns"))[:1]
    return rows


def as_markdown(rows: Sequence[Row], about: dict[str, str]) -> str:
    """The table with a line about the machine and the stream."""
    lines = [
        "Posts per CPU second of one core: signature, look-up and insertion of every post of an edited stream, half of it adverts that share",
        "boiler-plate (see `src/andon/benchmark/copies.py`); one run.", "", ", ".join(f"{key} {value}" for key, value in about.items()), "",
        "| candidate | posts | posts/s | bytes/post | recall at 5 / 10 / 20 / 30 % edits | precision | ARI |", "|---|---:|---:|---:|---|---:|---:|",
    ]  # fmt: skip
    for row in rows:
        recall = " / ".join(f"{value:.3f}" for value in row.recall.values())
        size = "" if np.isnan(row.bytes_per_post) else f"{row.bytes_per_post:,.0f}"
        ari = "" if row.ari is None else f"{row.ari:.4f}"
        lines.append(f"| {row.name} | {row.posts:,} | {row.posts_per_cpu_second:,.0f} | {size} | {recall} | {row.precision:.4f} | {ari} |")
    return "\n".join(lines) + "\n"
