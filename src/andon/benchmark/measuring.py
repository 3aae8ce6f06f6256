"""Measuring: every candidate once per round, rounds interleaved, CPU seconds of the process, medians."""

from __future__ import annotations

import platform
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from andon.benchmark import baselines, parts, readers
from andon.benchmark.stream import SEEDS, make_stream
from andon.detection.records.arrow import text_column
from andon.detection.scoring.engine import shipped_engine
from andon.detection.scoring.lexicon import TERM_ENDS, TRIE_SHIFT
from andon.detection.scoring.model import FLOOR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from andon.benchmark.stream import Stream
    from andon.detection.scoring.engine import Engine

LEAST_ROUNDS, MOST_ROUNDS = 5, 15
TERMS = 2000
_SLOW, _QUICKER = 2000, 8000  # posts that slow baselines are given in every round
SKLEARN, FLOOR_ROW = "baseline: scikit-learn char(1,4) TF-IDF + logistic regression, JSONL", "floor: read bytes, count newlines (JSONL)"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `ratio_to_floor`: cost over that of only reading the same file by the best reader; 0 where it says nothing."""

    name: str
    posts_per_cpu_second: float
    ratio_to_sklearn: float
    ratio_to_floor: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something to measure: how many posts one call handles, which file's floor it is held against, and whether the clock on the wall counts."""

    name: str
    posts: int
    call: Callable[[], object]
    floor: str = ""
    note: str = ""
    wall: bool = False


def machine() -> dict[str, str]:
    """What the figures were measured on."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        model = next((line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")), model)
    numbers = {name: version(name) for name in ("numpy", "numba", "pyarrow", "orjson", "scikit-learn")}
    return {"cpu": model, "system": f"{platform.system()} {platform.machine()}", "python": platform.python_version(), **numbers}


def lexicon_terms(engine: Engine, count: int = TERMS) -> list[str]:
    """`count` of the lexicon's terms (normal forms), evenly picked."""
    terms: list[str] = []
    steps = engine.lexicon.steps[engine.lexicon.steps >= 0].tolist()
    edges = {step & (TERM_ENDS - 1): (step >> (TRIE_SHIFT + 16), chr((step >> TRIE_SHIFT) & 0xFFFF)) for step in steps}
    for node in np.flatnonzero(engine.lexicon.term_at >= 0).tolist():
        text, at = "", node
        while at:
            at, char = edges[at]
            text = char + text
        terms.append(text)
    step = max(len(terms) // count, 1)
    return sorted(terms)[::step][:count]


def _read(stream: Stream) -> Iterator[Candidate]:
    posts = len(stream.texts)
    yield Candidate(FLOOR_ROW, posts, lambda: readers.count_newlines(stream.jsonl))
    yield Candidate("floor: andon's own reader, JSONL to text column", posts, lambda: readers.own_reader(stream.jsonl), "jsonl")
    yield Candidate("floor: pyarrow.json, id and text", posts, lambda: readers.arrow_json(stream.jsonl), "jsonl")
    yield Candidate("floor: orjson per line", posts, lambda: readers.orjson_lines(stream.jsonl), "jsonl")
    yield Candidate("floor: pyarrow iter_batches, Parquet", posts, lambda: readers.arrow_parquet(stream.parquet), "parquet")
    yield Candidate("floor: andon's own reader, Parquet", posts, lambda: readers.own_reader(stream.parquet), "parquet")


def _others(stream: Stream, engine: Engine) -> Iterator[Candidate]:
    terms, posts = lexicon_terms(engine), len(stream.texts)
    learned = baselines.ScikitLearn(stream.training)
    slow, quicker = min(_SLOW, posts), min(_QUICKER, posts)
    yield Candidate(SKLEARN, slow, lambda: learned(stream.jsonl, slow), "jsonl", f"trained on {len(stream.training)}, scored {slow}")
    if find_spec("pandas"):
        regex = baselines.PandasRegex(terms)
        name = f"baseline: pandas + one regex of {len(terms)} terms"
        yield Candidate(name, slow, lambda: regex(stream.jsonl, slow), "jsonl", f"{slow} posts")
    if find_spec("daachorse"):
        wheels = baselines.PlainWheels(terms)
        name = "baseline: orjson + translate + daachorse + numpy"
        yield Candidate(name, quicker, lambda: wheels(stream.jsonl, quicker), "jsonl", f"{quicker} posts")


def _own(stream: Stream, engine: Engine) -> Iterator[Candidate]:
    posts = len(stream.texts)
    data, offsets = text_column(pa.array(stream.texts))
    gated = float((engine.raw_scores(data, offsets) != FLOOR).mean())
    yield Candidate("andon: fold only, columns", posts, lambda: parts.fold_column(data, offsets, engine.fold))
    yield Candidate("andon: fold + signals of every post, columns", posts, lambda: parts.signal_column(data, offsets, engine.fold, engine.lexicon))
    yield Candidate("andon: screen, columns", posts, lambda: engine.raw_scores(data, offsets), "", f"early exit for {1 - gated:.1%} of posts")
    for name, path in (("JSONL", stream.jsonl), ("Parquet", stream.parquet)):
        flagged = parts.whole_line(path, engine)
        yield Candidate(
            f"andon: whole line, {name}", posts, partial(parts.whole_line, path, engine), name.lower(), f"{flagged} flagged"
        )
    yield Candidate("andon: whole line, JSONL, 1 job, wall clock", posts, lambda: parts.whole_line(stream.jsonl, engine), wall=True)
    yield Candidate("andon: whole line, JSONL, 2 jobs, wall clock", posts, lambda: parts.whole_line(stream.jsonl, engine, 2), wall=True)


def _seconds(candidate: Candidate) -> float:
    clock = time.perf_counter if candidate.wall else time.process_time
    start = clock()
    candidate.call()
    return clock() - start


def _rows(candidates: list[Candidate], times: dict[str, list[float]]) -> list[Row]:
    rates = {one.name: one.posts / median(times[one.name]) for one in candidates}
    best = {
        kind: max((rates[one.name] for one in candidates if one.floor == kind and one.name.startswith("floor:")), default=0.0)
        for kind in ("jsonl", "parquet")
    }
    sklearn = rates[SKLEARN]
    return [Row(one.name, rates[one.name], rates[one.name] / sklearn, best.get(one.floor, 0.0) / rates[one.name], one.note) for one in candidates]


def run(posts: int = 50_000, seconds: float = 60.0, engine: Engine | None = None, seeds: Path = SEEDS) -> list[Row]:
    """Measure everything over one invented stream of `posts`: at least five rounds, more while `seconds` of wall time are left.

    `seeds` is the folder of the project's texts: the benchmark runs from the repository, not from an installed wheel.
    """
    used = engine or shipped_engine()
    with tempfile.TemporaryDirectory() as folder:
        stream = make_stream(posts, Path(folder), seeds)
        candidates = [*_read(stream), *_others(stream, used), *_own(stream, used)]
        for candidate in candidates:
            candidate.call()  # warm-up: compiles, fills caches
        times: dict[str, list[float]] = {candidate.name: [] for candidate in candidates}
        end = time.monotonic() + seconds
        rounds = 0
        while rounds < LEAST_ROUNDS or (rounds < MOST_ROUNDS and time.monotonic() < end):
            for candidate in candidates:
                times[candidate.name].append(_seconds(candidate))
            rounds += 1
    return _rows(candidates, times)
