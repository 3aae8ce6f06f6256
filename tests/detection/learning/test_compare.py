"""Two models beside each other, and rows that a model picked."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from andon.detection.learning import fitting
from andon.detection.learning.card import model_card
from andon.detection.learning.compare import compare, measure, name_of
from andon.detection.learning.labelled import Labelled
from andon.detection.learning.train import train
from andon.detection.scoring.engine import Engine
from andon.detection.signals.registry import all_signals
from andon.statistics.intervals import share

if TYPE_CHECKING:
    from andon.detection.scoring.model import Model

LIMITS = {"high": 0.9, "medium": 0.6, "low": 0.3}


def row(number: int, *, recruit: bool, kind: str = "vague") -> Labelled:
    return Labelled(f"{number}", recruit, kind, f"{number}")


ROWS = [row(n, recruit=n < 4, kind="vague" if n < 4 else "advert") for n in range(10)]
TRUTH = np.array([one.recruit for one in ROWS])
SCORES = np.array([0.95, 0.7, 0.4, 0.1, 0.92, 0.5, 0.2, 0.2, 0.1, 0.05])


def test_measures_of_a_set_made_by_hand() -> None:
    """Recall, false alarms and precision at each level are the counts of the rows, with their intervals."""
    found = measure(ROWS, TRUTH, SCORES, LIMITS)
    medium = found["levels"]["medium"]
    assert medium["recall"] == share(2, 4).as_dict()
    assert medium["false_alarms"] == share(1, 6).as_dict()
    assert medium["precision"] == share(2, 3).as_dict()
    assert found["levels"]["low"]["false_alarms"]["hits"] == 2
    assert found["recall_at"]["0.001"] == share(1, 4).as_dict() | {"threshold": 0.92, "enough": False}
    assert [(one["kind"], one["flagged"]["low"]["hits"], one["rows"]) for one in found["kinds"]] == [("vague", 3, 4), ("advert", 2, 6)]
    assert sum(one["count"] for one in found["calibration"]["bins"]) == 10


def test_enough_benign_rows() -> None:
    """A false-alarm rate can be held from so many benign rows on as it allows one."""
    rows = [row(n, recruit=n == 0) for n in range(1001)]
    truth = np.array([one.recruit for one in rows])
    found = measure(rows, truth, np.linspace(1, 0, 1001), LIMITS)
    assert found["recall_at"]["0.001"]["enough"]
    assert not found["recall_at"]["0.0001"]["enough"]


@pytest.mark.parametrize("recruit", [True, False])
def test_one_label_alone(recruit: bool) -> None:
    """Where a label is missing, what needs it has no value, and nothing breaks."""
    rows = [row(n, recruit=recruit) for n in range(3)]
    found = measure(rows, np.array([recruit] * 3), np.array([0.95, 0.5, 0.1]), LIMITS)
    assert found["average_precision"]["value"] is None
    assert (found["levels"]["high"]["recall"]["value"] is None) == (not recruit)
    assert (found["levels"]["high"]["false_alarms"]["value"] is None) == recruit
    assert (found["recall_at"]["0.001"]["value"] is None)


def test_names_of_rates() -> None:
    """Rates are keys that say themselves."""
    assert [name_of(rate) for rate in (0.001, 0.0001, 0.5)] == ["0.001", "0.0001", "0.5"]


def test_compare_counts_what_changes(engine: Engine) -> None:
    """Gained and lost rows are those that one model brings to a level and the other does not; a model beside itself changes nothing."""
    rows = [Labelled(text, recruit=True, kind="vague", family=text) for text in ("闇バイト募集 即日即金 テレグラム", "受け子急募 DMまで 高額", "荷物を運ぶだけ 日給10万")]
    rows += [Labelled(text, recruit=False, kind="chatter", family=text) for text in ("今日は晴れ", "闇バイトに注意 警察が呼びかけ")]
    same = compare(rows, engine, engine)
    assert all(change == {"gained": 0, "lost": 0} for level in same["changes"].values() for change in level.values())
    assert same["sides"]["before"] == same["sides"]["after"]
    blind = Engine(engine.signals, replace(engine.model, levels={"high": 2.0, "medium": 2.0, "low": 2.0}))
    found = compare(rows, engine, blind)
    flagged = same["sides"]["before"]["levels"]["low"]["recall"]["hits"]
    assert flagged > 0
    assert found["changes"]["low"]["recruit"] == {"gained": 0, "lost": flagged}
    assert compare(rows, blind, engine)["changes"]["low"]["recruit"] == {"gained": flagged, "lost": 0}
    json.dumps(found)


_OFFERS = ("即日即金の荷物を運ぶだけ", "受け子急募 DMまで", "高額報酬の案件あり テレグラムで", "口座買います 即金", "タタキ要員募集")
_CHATTER = ("今日は電車が遅れている", "昼は蕎麦を食べた", "明日の会議が長そう", "猫がかわいい", "雨で洗濯物が乾かない")
_ADVERTS = ("時給1100円のカフェ、駅から徒歩3分", "株式会社青葉物流 倉庫の仕分け 社会保険あり", "夏の引越しバイト 日払い可")
_ENDS = ("", "です", "！", "。よろしく", "、東京", "、大阪で", "、週末", "、夜から", "（急ぎ）")
BASE = [
    Labelled(f"{text}{end}{more}", recruit=recruit, kind=kind, family=f"{kind}:{text}{end}")
    for texts, recruit, kind in ((_OFFERS, True, "vague"), (_CHATTER, False, "chatter"), (_ADVERTS, False, "advert"))
    for end in _ENDS for text in texts for more in ("", "ね")
]  # fmt: skip
CHOSEN = [Labelled(f"{text}{end}", recruit=False, kind="desk", family=f"desk/{text}{end}", chosen=True) for text in _OFFERS[:1] for end in _ENDS]


@pytest.fixture(scope="module")
def plain() -> Model:
    """A model of the base rows."""
    return train(BASE, all_signals())


def test_chosen_rows_teach(plain: Model) -> None:
    """What people judged at the desk moves the score of its like."""
    taught = train([*BASE, *CHOSEN], all_signals())
    text = f"{_OFFERS[0]}、来週"
    assert Engine(all_signals(), taught).read(text).raw < Engine(all_signals(), plain).read(text).raw - 1.0
    assert taught.facts["chosen"] == {"recruit": 0, "benign": len(CHOSEN)}


def test_chosen_rows_set_no_limits(monkeypatch: pytest.MonkeyPatch, plain: Model) -> None:
    """Gate, calibration, levels and the card's counts rest on the other rows alone: were the weights the same, they would be the same."""
    seen: list[int] = []
    from andon.detection.learning import train as training

    real = training._calibrate

    def watched(raw: np.ndarray, data: fitting.Rows) -> object:
        seen.append(len(raw))
        assert not data.chosen.any()
        return real(raw, data)

    monkeypatch.setattr(training, "_calibrate", watched)
    taught = train([*BASE, *CHOSEN], all_signals())
    assert seen == [len(BASE)]
    assert {name: taught.facts[name] for name in ("rows", "recruit", "benign", "families")} == {
        name: plain.facts[name] for name in ("rows", "recruit", "benign", "families")
    }


def test_weight_of_chosen_rows() -> None:
    """A chosen row weighs so many times as much as a row of its sort."""
    rows = fitting.gather([*BASE, *CHOSEN], all_signals())
    weights = fitting.row_weights(rows, 20.0, 0.25, 4.0, 1.0)
    assert set(weights[rows.chosen].tolist()) == {1.0}
    assert set(weights[~rows.chosen & ~rows.truth & ~rows.ordinary].tolist()) == {0.25}
    assert set(weights[rows.truth].tolist()) == {1.0}


def test_the_card_tells_of_decisions(plain: Model) -> None:
    """A model that learned from decisions says so in both languages; one that did not keeps silent."""
    taught = train([*BASE, *CHOSEN], all_signals())
    assert "デスクで人が判断した投稿の文面 9 件（募集 0、募集でない 9）" in model_card(taught, "ja")
    assert "9 wordings of posts that people judged" in model_card(taught, "en")
    assert "デスク" not in model_card(plain, "ja")


def test_progress_only_rises() -> None:
    """What is told of the progress never goes back, and names its stages in order."""
    told: list[tuple[str, float]] = []
    train(BASE, all_signals(), progress=lambda stage, done: told.append((stage, done)))
    assert [done for _, done in told] == sorted(done for _, done in told)
    assert list(dict.fromkeys(stage for stage, _ in told)) == ["reading", "weights", "held-out folds", "look-alikes", "meaning", "limits"]
    assert 0.0 <= told[0][1] <= told[-1][1] <= 1.0
