"""Model files: what is written is read, and what cannot be used is an error with a reason."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from andon.detection.scoring.engine import Engine
from andon.detection.scoring.model import FORMAT, Calibration, load_model, shipped_model
from andon.detection.signals.registry import all_signals
from andon.domain.errors import ModelError

if TYPE_CHECKING:
    from pathlib import Path


def test_round_trip(tmp_path: Path) -> None:
    """A saved model is read back the same, number for number."""
    model = shipped_model()
    model.save(tmp_path / "m.npz")
    again = load_model(tmp_path / "m.npz", signals=tuple(signal.name for signal in all_signals()))
    assert model.contrast is not None
    assert again.contrast is not None
    assert model.meaning is not None
    assert again.meaning is not None
    pairs = [(model, again, field) for field in dataclasses.fields(model) if field.name not in ("contrast", "meaning")]
    pairs += [(model.contrast, again.contrast, field) for field in dataclasses.fields(model.contrast)]
    pairs += [(model.meaning, again.meaning, field) for field in dataclasses.fields(model.meaning)]
    for left, right, field in pairs:
        one, other = getattr(left, field.name), getattr(right, field.name)
        assert np.array_equal(one, other) if isinstance(one, np.ndarray) else one == other, field.name
        assert getattr(one, "dtype", None) == getattr(other, "dtype", None), field.name


def test_other_signals(tmp_path: Path) -> None:
    """A model made for other signals, or for the same in another order, is refused with the difference named."""
    path = tmp_path / "m.npz"
    shipped_model().save(path)
    names = shipped_model().signals
    with pytest.raises(ModelError) as caught:
        load_model(path, signals=("new_one", *names[1:]))
    assert "new_one" in caught.value.data["reason"]
    with pytest.raises(ModelError) as caught:
        load_model(path, signals=names[::-1])
    assert caught.value.data == {"path": str(path), "reason": "order"}
    with pytest.raises(ModelError):
        Engine(all_signals()[1:], shipped_model())


def test_other_words() -> None:
    """A model whose filters were fitted on other words than those of this andon is refused."""
    model = shipped_model()
    assert model.meaning is not None
    with pytest.raises(ModelError) as caught:
        Engine(all_signals(), dataclasses.replace(model, meaning=dataclasses.replace(model.meaning, words="other")))
    assert caught.value.data["reason"] == "words"


def test_format_before_is_refused(tmp_path: Path) -> None:
    """A model of the format before, whose gate asked for something else, is refused with the format named."""
    path = tmp_path / "old.npz"
    shipped_model().save(path)
    with np.load(path) as stored:
        arrays = dict(stored)
    head = json.loads(arrays["head"].tobytes()) | {"format": FORMAT - 1}
    np.savez_compressed(path, **arrays | {"head": np.frombuffer(json.dumps(head).encode(), np.uint8)})
    with pytest.raises(ModelError) as caught:
        load_model(path)
    assert caught.value.data["reason"] == f"format {FORMAT - 1}"


@pytest.mark.parametrize("content", [b"", b"no model", b"PK\x03\x04broken", None])
def test_broken_file(tmp_path: Path, content: bytes | None) -> None:
    """A file that is missing, empty or no model is a `ModelError` that names it."""
    path = tmp_path / "m.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError) as caught:
        load_model(path)
    assert caught.value.data["path"] == str(path)


def test_cut_off_file(tmp_path: Path) -> None:
    """A model that is cut off anywhere is a `ModelError`."""
    whole = tmp_path / "m.npz"
    shipped_model().save(whole)
    data = whole.read_bytes()
    for size in (10, len(data) // 2, len(data) - 10):
        whole.write_bytes(data[:size])
        with pytest.raises(ModelError):
            load_model(whole)


def test_damaged_bytes(tmp_path: Path) -> None:
    """A model with damaged bytes inside is a `ModelError`."""
    path = tmp_path / "m.npz"
    shipped_model().save(path)
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 64] = b"\0" * 64
    path.write_bytes(data)
    with pytest.raises(ModelError):
        load_model(path)


@pytest.mark.parametrize("head", [{"format": 99}, {"format": 1}, [], None])
def test_other_format(tmp_path: Path, head: object) -> None:
    """A file of another format, or whose head lacks what a model needs, is a `ModelError`."""
    path = tmp_path / "m.npz"
    shipped_model().save(path)
    with np.load(path) as stored:
        arrays = dict(stored)
    arrays["head"] = np.frombuffer(json.dumps(head).encode(), np.uint8)
    np.savez(path, **arrays)
    with pytest.raises(ModelError):
        load_model(path)


def test_other_arrays(tmp_path: Path) -> None:
    """A `.npz` of other arrays is a `ModelError`."""
    np.savez(tmp_path / "m.npz", a=np.zeros(3))
    with pytest.raises(ModelError):
        load_model(tmp_path / "m.npz")


def test_single_array(tmp_path: Path) -> None:
    """A plain `.npy` is a `ModelError`."""
    np.save(tmp_path / "m.npy", np.zeros(3))
    with pytest.raises(ModelError):
        load_model(tmp_path / "m.npy")


def test_calibration() -> None:
    """Calibrated scores rise with the raw score, stay between 0 and 1, and can be turned back."""
    calibration = Calibration(0.5, -1.0)
    scores = calibration.scores(np.array([-12.0, 0.0, 2.0, 30.0]))
    assert (np.diff(scores) > 0).all()
    assert scores[0] > 0
    assert scores[-1] < 1
    assert scores[2] == 0.5
    assert calibration.raw(float(scores[1])) == pytest.approx(0.0)


def test_levels() -> None:
    """A score has the highest level whose limit it reaches, and none below all."""
    model = shipped_model()
    assert model.level(1.0) == "high"
    assert model.level(0.0) is None
    for name in ("high", "medium", "low"):
        assert model.level(model.levels[name]) == next(one for one in ("high", "medium", "low") if model.levels[one] <= model.levels[name])
    assert model.levels["low"] <= model.levels["medium"] <= model.levels["high"]
