"""Training on a few rows: it learns, gives the same numbers twice, and keeps families together."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np
import pytest

from andon.detection.learning import fitting
from andon.detection.learning.features import describe, vocabulary
from andon.detection.learning.labelled import Labelled
from andon.detection.learning.train import train
from andon.detection.scoring.engine import Engine, packed
from andon.detection.scoring.model import load_model
from andon.detection.signals.registry import all_signals
from andon.detection.signals.signal import Side

if TYPE_CHECKING:
    from pathlib import Path

    from andon.detection.scoring.model import Model

_OFFERS = ("即日即金の荷物を運ぶだけ", "受け子急募 DMまで", "高額報酬の案件あり テレグラムで", "口座買います 即金", "タタキ要員募集")
_CHATTER = ("今日は電車が遅れている", "昼は蕎麦を食べた", "明日の会議が長そう", "猫がかわいい", "雨で洗濯物が乾かない")
_ADVERTS = ("時給1100円のカフェ、駅から徒歩3分", "株式会社青葉物流 倉庫の仕分け 社会保険あり", "夏の引越しバイト 日払い可")
_ENDS = ("", "です", "！", "。よろしく", "、東京", "、大阪で", "、週末", "、夜から", "（急ぎ）", "…", "、明日", "、今週")


def _rows() -> list[Labelled]:
    """Three variants a family, 24 families a part: enough for five folds of a dozen families."""
    rows = []
    for part, (texts, recruit, kind) in enumerate(((_OFFERS, True, "vague"), (_CHATTER, False, "chatter"), (_ADVERTS, False, "advert"))):
        for family in range(36):
            text = texts[family % len(texts)] + _ENDS[family // len(texts) % len(_ENDS)]
            rows += [Labelled(f"{text}{end}", recruit=recruit, kind=kind, family=f"{part}:{family}") for end in ("", "ね", " 2")]
    return rows


ROWS = _rows()


@pytest.fixture(scope="module")
def model() -> Model:
    """A model of the few rows."""
    return train(ROWS, all_signals())


def test_ranks_its_own_rows(model: Model) -> None:
    """Offers rank above everything else that the model has learned from."""
    scores = Engine(all_signals(), model).raw_scores(*packed([row.text for row in ROWS]))
    truth = np.array([row.recruit for row in ROWS])
    assert scores[truth].min() > scores[~truth].max()


def test_levels_are_in_order(model: Model) -> None:
    """The limits of the levels are in order, and the facts count the rows and families."""
    assert 0 < model.levels["low"] <= model.levels["medium"] <= model.levels["high"] <= 1.0000001
    assert (model.facts["rows"], model.facts["recruit"], model.facts["families"]) == (324, 108, 108)
    assert model.calibration.slope > 0


def numbers(model: Model) -> dict[str, object]:
    """Everything in the model as plain values."""
    return {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in _flat(dataclasses.asdict(model)).items()}


def _flat(values: dict[str, object]) -> dict[str, object]:
    for part in ("contrast", "meaning"):
        inner = values.pop(part) or {}
        values |= {f"{part}_{name}": value for name, value in inner.items()}  # type: ignore[attr-defined]
    return values


def test_same_rows_same_model(model: Model) -> None:
    """Training twice gives the same numbers."""
    again = train(ROWS, all_signals())
    assert numbers(again) == numbers(model)


def test_saved_model_scores_the_same(model: Model, tmp_path: Path) -> None:
    """A trained model that was saved and read again gives the same scores."""
    model.save(tmp_path / "m.npz")
    column = packed([row.text for row in ROWS])
    assert np.array_equal(Engine(all_signals(), load_model(tmp_path / "m.npz")).raw_scores(*column), Engine(all_signals(), model).raw_scores(*column))


def test_signals_never_count_against_their_side(model: Model) -> None:
    """A signal that speaks for recruitment has no negative weight, one against it no positive."""
    for signal, weight in zip(all_signals(), model.weights.tolist(), strict=True):
        assert weight >= 0 or signal.side is not Side.FOR, signal.name
        assert weight <= 0 or signal.side is not Side.AGAINST, signal.name


def test_scale_of_the_second_look_strengthens_it_alone(model: Model) -> None:
    """Twice the scale doubles what the second look says of a post and leaves the screen's weights as they are."""
    doubled = train(ROWS, all_signals(), plan=fitting.Plan(contrast_scale=2 * fitting.Plan().contrast_scale))
    assert model.contrast is not None
    assert doubled.contrast is not None
    assert doubled.contrast.bias == pytest.approx(2 * model.contrast.bias)
    assert doubled.contrast.step == pytest.approx(2 * model.contrast.step)
    assert np.abs(doubled.contrast.weights - 2 * model.contrast.weights).max() <= 1
    assert np.array_equal(doubled.contrast.grams, model.contrast.grams)
    assert np.array_equal(doubled.weights, model.weights)
    assert np.array_equal(doubled.grams, model.grams)
    assert doubled.bias == model.bias


def test_near_ordinary_rows_weigh_more() -> None:
    """Ordinary rows with high raw scores weigh more and the others less, together as much as before; other rows keep their weights."""
    weights, ordinary = np.array([1.0, 0.25, 20.0, 20.0, 20.0]), np.array([False, False, True, True, True])
    moved = fitting.near_weights(weights, np.array([9.0, 9.0, 3.0, -2.0, -12.0]), ordinary, fitting.Plan())
    assert moved[:2].tolist() == [1.0, 0.25]
    assert moved[2] > moved[3] > moved[4] > 0
    assert moved[ordinary].sum() == pytest.approx(60)


def test_without_ordinary_rows_weights_stay() -> None:
    """Without an ordinary row no weight is shifted."""
    weights = np.array([1.0, 0.25])
    assert fitting.near_weights(weights, np.array([5.0, 5.0]), np.zeros(2, np.bool_), fitting.Plan()).tolist() == [1.0, 0.25]


def test_families_never_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """In no split do rows of one family stand on both sides, in training and in the second look alike."""
    splits: list[tuple[set[int], set[int]]] = []

    class Watched(fitting.GroupKFold):  # type: ignore[misc]
        """Folds that tell what they did."""

        def split(self, rows: object, truth: object, groups: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
            found = list(super().split(rows, truth, groups))
            splits.extend((set(groups[seen].tolist()), set(groups[unseen].tolist())) for seen, unseen in found)
            return found

    monkeypatch.setattr(fitting, "GroupKFold", Watched)
    train(ROWS, all_signals())
    assert len(splits) >= 2
    assert all(not seen & unseen for seen, unseen in splits)


def test_groups_hold_whole_families() -> None:
    """What the folds keep together holds every family whole."""
    data = fitting.gather(ROWS, all_signals())
    groups = fitting.groups(data)
    assert all(len(set(groups[data.families == family].tolist())) == 1 for family in set(data.families.tolist()))
    assert len(set(groups.tolist())) >= 5


def test_vocabulary_needs_several_families() -> None:
    """An n-gram that stands in one family only is not learned, however often it stands there."""
    described = describe(["甲乙丙", "甲乙丁", "甲乙丙"], all_signals())
    families = np.array([0, 1, 0])
    known = vocabulary(described, families, least=2)
    counts = described.ngrams(known)
    assert set(known.tolist()) < set(described.hashes.tolist())
    assert (counts[0] != counts[2]).nnz == 0
    only_once = set(describe(["丙"], all_signals()).hashes.tolist()) - set(describe(["甲乙丁"], all_signals()).hashes.tolist())
    assert not only_once & set(known.tolist())


def test_described_rows_belong_to_their_texts() -> None:
    """Describing texts together gives each what it has alone."""
    texts = ["即日即金", "", "今日は晴れ。UD", "受け子"]
    together = describe(texts, all_signals())
    for index, text in enumerate(texts):
        alone = describe([text], all_signals())
        assert together.hashes[together.rows == index].tolist() == alone.hashes.tolist()
        assert together.signals[index].tolist() == alone.signals[0].tolist()
        assert together.lengths[index] == alone.lengths[0]
