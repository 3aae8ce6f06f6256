"""The model: numbers only. Weights of signals and n-grams, calibration, levels, the second look's weights, and the card's facts."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from andon.domain.errors import ModelError

FORMAT = 4
GRAMS = 1 << 18  # entries of the n-gram table: a megabyte, so that it stays in the second-level cache
REACH_BITS = 1 << 20
SHIFT = 20  # bits of the hash below the bucket; the lowest sixteen are the fingerprint
FLOOR = -12.0  # raw score of a post that does not pass the screen's gate
PAIRS, TRIPLES = 1 << 16, 1 << 17  # places of hashed pairs and threes of characters at the screen's gate: 192 KB
ANCHORS = PAIRS + TRIPLES
DEFAULT_PATH = Path(__file__).with_name("model.npz")
_MEANING = ("filters", "scales", "biases", "weights")


@dataclass(frozen=True, slots=True)
class Calibration:
    """Score = 1 / (1 + exp(-(slope * raw + offset))), fitted on families the weights never saw."""

    slope: float
    offset: float

    def scores(self, raw: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Calibrated scores (0 to 1) of raw scores."""
        return np.asarray(1.0 / (1.0 + np.exp(-(self.slope * raw + self.offset))), np.float64)

    def raw(self, score: float) -> float:
        """The raw score whose calibrated score is `score`."""
        return float((np.log(score / (1.0 - score)) - self.offset) / self.slope)


class Table(NamedTuple):
    """The numbers that the kernels need, as arrays.

    `anchors` (int8), `reach` (uint8 bit set), `weights` (int32), `grams` (uint32): see `Model`; `numbers` (float64): bias and step;
    `gate` (int64): what a running sum of anchors must reach, and what it never falls below.
    """

    anchors: npt.NDArray[np.int8]
    reach: npt.NDArray[np.uint8]
    weights: npt.NDArray[np.int32]
    grams: npt.NDArray[np.uint32]
    numbers: npt.NDArray[np.float64]
    gate: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Contrast:
    """The same kind of linear model, fitted to tell recruitment from what looks like it (lawful adverts, reports, talk), not from ordinary posts.

    It speaks only of posts above the gate, and only against: a value below `margin` is taken off the raw score. `weights`, `reach`, `grams`, `bias`
    and `step` are as in `Model`.
    """

    weights: npt.NDArray[np.int32]
    reach: npt.NDArray[np.uint8]
    grams: npt.NDArray[np.uint32]
    bias: float
    step: float
    margin: float


@dataclass(frozen=True, slots=True)
class Meaning:
    """Filters over three neighbouring words, fitted on what the score without them gets wrong (see `scoring/meaning.py`).

    `words`: name of the words and vectors that it was fitted on; `filters` (int8, place by dimension by filter), `scales` and `biases` (float32, one
    a filter), `weights` (float64: of each filter's strongest place, of each filter's sum, and what every post is given).
    """

    words: str
    filters: npt.NDArray[np.int8]
    scales: npt.NDArray[np.float32]
    biases: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Model:
    """Everything that scoring needs to know.

    `signals`: names in the order of `weights` (int32, thousandths); `anchors` (int8, `ANCHORS`): what hashed pairs, then threes, of characters weigh
    at the screen's gate; `anchor_limits`: what a running sum of them must reach, and what it never falls below; `reach` (uint8): bit set of the
    n-grams and their beginnings; `grams` (uint32): buckets of two n-grams, fingerprint above weight; `step`: worth of one unit of an n-gram weight;
    `contrast`: the weights of the second look, `meaning`: the filters over words, None for none; `gate`: raw score from which both are taken;
    `levels`: lowest calibrated score of each level; `facts`: what the model card tells.
    """

    signals: tuple[str, ...]
    anchors: npt.NDArray[np.int8]
    anchor_limits: tuple[int, int]
    reach: npt.NDArray[np.uint8]
    weights: npt.NDArray[np.int32]
    grams: npt.NDArray[np.uint32]
    bias: float
    step: float
    calibration: Calibration
    gate: float
    levels: dict[str, float]
    contrast: Contrast | None = None
    meaning: Meaning | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def table(self) -> Table:
        """The arrays for the kernels."""
        numbers = np.array([self.bias, self.step], np.float64)
        return Table(self.anchors, self.reach, self.weights, self.grams, numbers, np.array(self.anchor_limits, np.int64))

    @property
    def contrast_table(self) -> Table:
        """The arrays of `contrast` for the kernels; those of the model itself where it has none."""
        if self.contrast is None:
            return self.table
        one = self.contrast
        return self.table._replace(reach=one.reach, weights=one.weights, grams=one.grams, numbers=np.array([one.bias, one.step], np.float64))

    @property
    def limits(self) -> npt.NDArray[np.float64]:
        """The gate of the second look and its margin, for the kernels; without a second look the margin takes nothing off."""
        return np.array([self.gate, self.contrast.margin if self.contrast else -np.inf], np.float64)

    def level(self, score: float) -> str | None:
        """high, medium or low for a calibrated score; None below all levels."""
        return next((name for name in ("high", "medium", "low") if score >= self.levels[name]), None)

    def save(self, path: Path) -> None:
        """Write the model as an `.npz` of plain arrays and one JSON text; nothing in it can run."""
        used = np.flatnonzero(self.grams)
        one = self.contrast
        head = {
            "format": FORMAT, "signals": self.signals, "anchor_limits": self.anchor_limits, "bias": self.bias, "step": self.step, "gate": self.gate,
            "levels": self.levels,
            "calibration": [self.calibration.slope, self.calibration.offset], "facts": self.facts,
            "contrast": [one.bias, one.step, one.margin] if one else None, "meaning": self.meaning.words if self.meaning else None,
        }  # fmt: skip
        more: dict[str, npt.NDArray[Any]] = {}
        if one is not None:
            places = np.flatnonzero(one.grams)
            more = {"contrast_weights": one.weights, "contrast_reach": one.reach}
            more |= {"contrast_used": places.astype(np.uint32), "contrast_entries": one.grams[places]}
        if self.meaning is not None:
            more |= {f"meaning_{name}": getattr(self.meaning, name) for name in _MEANING}
        text = np.frombuffer(json.dumps(head, ensure_ascii=False, sort_keys=True).encode(), np.uint8)
        np.savez_compressed(
            path, head=text, anchors=self.anchors, reach=self.reach, weights=self.weights, used=used.astype(np.uint32), entries=self.grams[used],
            **more,  # type: ignore[arg-type]  # the stubs take them for the flag allow_pickle
        )  # fmt: skip


def load_model(path: Path | None = None, *, signals: tuple[str, ...] | None = None) -> Model:
    """Read a model file; without `path`, the one that andon ships.

    Raises `ModelError` when the file is missing, is no model, or was made for other signals than `signals`.
    """
    place = path or DEFAULT_PATH
    try:
        model = _read(place)
    except (OSError, EOFError, LookupError, ValueError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        raise ModelError(path=str(place), reason=type(error).__name__) from error
    if signals is not None and model.signals != signals:
        changed = sorted(set(model.signals) ^ set(signals))[:3]
        raise ModelError(path=str(place), reason=", ".join(changed) or "order")
    return model


def _read(place: Path) -> Model:
    """The model of a file; any of several errors for a file that is none, ModelError for one of another format."""
    with np.load(place, allow_pickle=False) as stored:
        head = json.loads(stored["head"].tobytes())
        if head.get("format") != FORMAT:
            raise ModelError(path=str(place), reason=f"format {head.get('format')}")
        grams = _gram_table(stored["used"], stored["entries"])
        contrast = None
        if head["contrast"]:
            table = _gram_table(stored["contrast_used"], stored["contrast_entries"])
            contrast = Contrast(stored["contrast_weights"], stored["contrast_reach"], table, *head["contrast"])
        meaning = Meaning(head["meaning"], *(stored[f"meaning_{name}"] for name in _MEANING)) if head.get("meaning") else None
        arrays = {name: stored[name] for name in ("anchors", "reach", "weights")}
    return Model(
        signals=tuple(head["signals"]), anchor_limits=tuple(head["anchor_limits"]), grams=grams, bias=head["bias"], step=head["step"],
        calibration=Calibration(*head["calibration"]),
        gate=head["gate"], levels=head["levels"], facts=head["facts"], contrast=contrast, meaning=meaning, **arrays,
    )  # fmt: skip


def _gram_table(used: npt.NDArray[np.uint32], entries: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    grams = np.zeros(GRAMS, np.uint32)
    grams[used] = entries
    return grams


@lru_cache(maxsize=1)
def shipped_model() -> Model:
    """The model that andon ships, read once."""
    return load_model()
