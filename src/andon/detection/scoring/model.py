"""The model: numbers only. Weights of signals and n-grams, calibration, levels, the second look's weights, and the card's facts."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from andon.domain.errors import ModelError

FORMAT = 1
SLOTS = 1 << 20
SHIFT = 20  # bits of the hash below the slot; the lowest sixteen are the fingerprint
FLOOR = -12.0  # raw score of a post without any anchor
DEFAULT_PATH = Path(__file__).with_name("model.npz")


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


@dataclass(frozen=True, slots=True)
class Model:
    """Everything that scoring needs to know.

    `signals`: names in the order of `weights` (int32, thousandths); `anchors` (uint8): bit set over hashed pairs of characters, the screen's gate; `slots` (int8) and `prints` (uint16): the n-gram table of `SLOTS` entries;
    `step`: worth of one unit of an n-gram weight; `look_names`, `look_weights` (float64): the second look's corrections; `gate`: raw score from
    which `assess` takes that second look; `levels`: lowest calibrated score of each level; `facts`: what the model card tells.
    """

    signals: tuple[str, ...]
    anchors: npt.NDArray[np.uint8]
    weights: npt.NDArray[np.int32]
    slots: npt.NDArray[np.int8]
    prints: npt.NDArray[np.uint16]
    bias: float
    step: float
    calibration: Calibration
    gate: float
    levels: dict[str, float]
    look_names: tuple[str, ...]
    look_weights: npt.NDArray[np.float64]
    facts: dict[str, Any] = field(default_factory=dict)

    def level(self, score: float) -> str | None:
        """high, medium or low for a calibrated score; None below all levels."""
        return next((name for name in ("high", "medium", "low") if score >= self.levels[name]), None)

    def save(self, path: Path) -> None:
        """Write the model as an `.npz` of plain arrays and one JSON text; nothing in it can run."""
        used = np.flatnonzero(self.slots)
        head = {
            "format": FORMAT, "signals": self.signals, "bias": self.bias, "step": self.step, "gate": self.gate, "levels": self.levels,
            "calibration": [self.calibration.slope, self.calibration.offset], "look_names": self.look_names, "facts": self.facts,
        }  # fmt: skip
        text = np.frombuffer(json.dumps(head, ensure_ascii=False, sort_keys=True).encode(), np.uint8)
        np.savez_compressed(
            path, head=text, anchors=self.anchors, weights=self.weights, used=used.astype(np.uint32), slot_weights=self.slots[used], slot_prints=self.prints[used],
            look_weights=self.look_weights,
        )  # fmt: skip


def load_model(path: Path | None = None, *, signals: tuple[str, ...] | None = None) -> Model:
    """Read a model file; without `path`, the one that andon ships.

    Raises `ModelError` when the file is missing, is no model, or was made for other signals than `signals`.
    """
    place = path or DEFAULT_PATH
    try:
        with np.load(place, allow_pickle=False) as stored:
            head = json.loads(stored["head"].tobytes())
            slots, prints = np.zeros(SLOTS, np.int8), np.zeros(SLOTS, np.uint16)
            slots[stored["used"]], prints[stored["used"]] = stored["slot_weights"], stored["slot_prints"]
            anchors, weights, look_weights = stored["anchors"], stored["weights"], stored["look_weights"]
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ModelError(path=str(place), reason=type(error).__name__) from error
    if head.get("format") != FORMAT:
        raise ModelError(path=str(place), reason=f"format {head.get('format')}")
    if signals is not None and tuple(head["signals"]) != signals:
        changed = sorted(set(head["signals"]) ^ set(signals))[:3]
        raise ModelError(path=str(place), reason=", ".join(changed) or "order")
    return Model(
        tuple(head["signals"]), anchors, weights, slots, prints, head["bias"], head["step"], Calibration(*head["calibration"]), head["gate"], head["levels"],
        tuple(head["look_names"]), look_weights, head["facts"],
    )  # fmt: skip


@lru_cache(maxsize=1)
def shipped_model() -> Model:
    """The model that andon ships, read once."""
    return load_model()
