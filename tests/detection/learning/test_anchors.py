"""The screen's gate as it is fitted: what it lets through, what it keeps, and that ordinary words around an offer do not hide it."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from andon.detection.learning import fitting
from andon.detection.learning.anchors import fit_gate
from andon.detection.learning.labelled import Labelled
from andon.detection.scoring.engine import packed
from andon.detection.scoring.posts import peaks_column
from andon.detection.signals.registry import all_signals
from andon.language.fold import folding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from andon.detection.scoring.engine import Engine


def _rows() -> Iterator[Labelled]:
    """120 families of recruitment and 240 ordinary ones; some of the latter reworded."""
    some = random.Random(5)
    things, doings = "蕎麦 猫 電車 荷物 映画 天気 母 仕事 駅 傘 手紙 犬".split(), "食べた 見た 待った 忘れた 話した 受け取った 探した 買った".split()
    for family in range(120):
        text = f"荷物を受け取る仕事、{some.choice(things)}の前で{'即日' * (family % 2)}手渡し、{some.choice(doings)}"
        yield Labelled(text, recruit=True, kind="parcel", family=f"r{family}")
    for family in range(240):
        text = "、".join(f"{some.choice(things)}と{some.choice(things)}を{some.choice(doings)}" for _ in range(2))
        yield Labelled(text, recruit=False, kind="chatter", family=f"o{family}", reworded=family % 4 == 0)


def _gate(rows: list[Labelled], plan: fitting.Plan) -> tuple[fitting.Rows, Any]:
    data = fitting.gather(rows, all_signals())
    weights = fitting.row_weights(data, plan.ordinary_weight, plan.look_alike_weight, plan.chosen_weight, plan.reworded_weight)
    return data, fit_gate(data, weights, plan, progress=lambda _: None)


def test_share_of_ordinary_rows_that_pass() -> None:
    """The limit lets the planned share of held-out ordinary rows through, as people wrote them, and the recruitment with them."""
    data, gate = _gate(list(_rows()), fitting.Plan(anchor_ordinary_share=0.1))
    people = data.ordinary & ~data.reworded
    assert 0 < gate.anchored[people].mean() <= 0.1 + 1 / people.sum()
    assert gate.anchored[data.truth].mean() > 0.95
    wider = _gate(list(_rows()), fitting.Plan(anchor_ordinary_share=0.5))[1]
    assert wider.limits[0] < gate.limits[0]


def test_without_ordinary_rows_all_pass() -> None:
    """Where no row shows what a stream is like, nothing is left unread."""
    rows = [row if row.recruit else Labelled(row.text, recruit=False, kind="advert", family=row.family) for row in _rows()]
    data, gate = _gate(rows, fitting.Plan())
    assert gate.anchored.all()
    peaks = np.empty(len(data.texts), np.int64)
    peaks_column(*packed(data.texts), folding(), gate.anchors, gate.limits[1], peaks)
    assert peaks.min() >= gate.limits[0]


@pytest.mark.parametrize("talk_before", [0, 3])
def test_ordinary_words_do_not_hide_an_offer(engine: Engine, corpus: Callable[[str], list[dict[str, Any]]], talk_before: int) -> None:
    """An offer that reaches level high passes the gate with any amount of talk behind it, and 3 in 4 do with talk before it."""
    talk = "昨日は久しぶりに家族で水族館へ行って、ペンギンの行進を見てからお昼にうどんを食べました。午後は雨が降ってきたので早めに帰りました。"
    texts = [row["text"] for row in corpus("heldout3") if row["label"] == "recruit"]
    high = engine.model.levels["high"]
    amid = [talk * talk_before + "\n" + text + "\n" + talk * 3 for text, score in zip(texts, engine.scores(texts), strict=True) if score >= high]
    peaks = np.empty(len(amid), np.int64)
    peaks_column(*packed(amid), folding(), engine.model.anchors, engine.model.anchor_limits[1], peaks)
    assert len(amid) > 200
    assert (peaks >= engine.model.anchor_limits[0]).mean() >= (0.75 if talk_before else 1.0)
