"""One score: of a column, of one post, and in plain Python."""

from __future__ import annotations

import itertools
import random
from typing import TYPE_CHECKING, Any

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st
from reference_score import fired, score

from andon.detection.learning.disguise import TRICKS, disguise
from andon.detection.scoring.engine import packed
from andon.detection.scoring.model import FLOOR
from andon.detection.scoring.posts import AT_ONCE, AT_ONCE_CODES

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.detection.scoring.engine import Engine

PIECES = (
    "高収入 即日 即金 闇バイト タタキ 受け子 出し子 UD audio ud 手押し 手押し車 カツオのたたき もぐら叩き 運び 荷物を 📦を 日給5万 五萬 50k 時給1200円 テレグラム シグナル 信号 DM @abc_1 "
    "https://t.me/a 口座 買います 身分証不要 090-0123-4567 w 草 ！ 。 ？ 募集 #バイト たたき台 ので です を が 1,500円 二〜三万 ﾊﾞｲﾄ 高\u200b収\u200b入 ㍿"
).split()
TEXTS = st.lists(st.sampled_from([*PIECES, " ", "\n", "あ", "x"]), max_size=14).map("".join)


def disguised(rows: list[dict[str, Any]], step: int) -> list[str]:
    """Every `step`-th text under one trick after the other."""
    tricks = itertools.cycle(TRICKS)
    return [disguise(row["text"], next(tricks)) for row in rows[::step]]


@settings(max_examples=300)
@given(texts=st.lists(TEXTS | st.text(max_size=30), min_size=1, max_size=4))
@example(texts=["", "高収入"])
@example(texts=["\ud800"])
def test_column_and_post_agree(engine: Engine, texts: list[str]) -> None:
    """The screen's score of a column entry is the score of the post read alone, to the last bit."""
    assert engine.raw_scores(*packed(texts)).tolist() == [engine.read(text).raw for text in texts]


def test_column_and_post_agree_on_disguised_corpus(engine: Engine, corpus: Callable[[str], list[dict[str, Any]]]) -> None:
    """They agree on the project's own texts under all disguises, and both floor and ordinary scores are among them."""
    texts = disguised(corpus("seeds"), 23)
    column = engine.raw_scores(*packed(texts))
    assert column.tolist() == [engine.read(text).raw for text in texts]
    assert 0 < (column == FLOOR).sum() < len(texts)


def test_long_column_is_the_sum_of_its_parts(engine: Engine, corpus: Callable[[str], list[dict[str, Any]]]) -> None:
    """A column that the screen takes in several turns, because posts or their letters are too many for one, scores as its posts alone do."""
    some = [row["text"] for row in corpus("seeds")[:60]]
    long = "高収入 即日 荷物を運ぶだけ テレグラム " * 900
    texts = [*some * (4 * AT_ONCE // len(some)), *[long, "", "あ"] * (2 * AT_ONCE_CODES // len(long)), *some]
    alone = {text: engine.read(text).raw for text in {*texts}}
    raw = engine.raw_scores(*packed(texts)).tolist()
    assert raw == [alone[text] for text in texts]
    assert sum(score != FLOOR for score in raw) > AT_ONCE


@settings(max_examples=120)
@given(text=TEXTS)
@example(text="")
@example(text="カツオのたたき UDの audio w草w")
@example(text="たたき " * 200)
def test_plain_python_agrees(engine: Engine, text: str) -> None:
    """Signals and score are those of the plain-Python reference."""
    reading = engine.read(text)
    assert set(reading.signals) == fired(text, engine.signals)
    assert reading.raw == score(text, engine)


def test_plain_python_agrees_on_disguised_corpus(engine: Engine, corpus: Callable[[str], list[dict[str, Any]]]) -> None:
    """The plain-Python reference gives the same score for the project's own texts under all disguises."""
    texts = disguised(corpus("seeds"), 211)
    assert engine.raw_scores(*packed(texts)).tolist() == [score(text, engine) for text in texts]


def test_post_without_anchor_is_at_the_floor(engine: Engine) -> None:
    """Where no anchor stands, the score is the floor, whatever else is found."""
    for text in ("", "。", "\u200b", "ঌ"):
        assert engine.read(text).raw == FLOOR
    assert engine.read("高収入 即日即金 荷物を運ぶだけ DMまで").raw > FLOOR


def test_order_and_neighbours_do_not_matter(engine: Engine, corpus: Callable[[str], list[dict[str, Any]]]) -> None:
    """A post's score does not depend on where in a column it stands nor on what stands beside it."""
    texts = [row["text"] for row in corpus("heldout")]
    order = list(range(len(texts)))
    random.Random(1).shuffle(order)
    scores = engine.raw_scores(*packed(texts))
    assert np.array_equal(engine.raw_scores(*packed([texts[k] for k in order])), scores[order])
    assert np.array_equal(engine.raw_scores(*packed(texts[7:9])), scores[7:9])


def test_empty_column(engine: Engine) -> None:
    """A column without texts has no scores."""
    assert engine.raw_scores(*packed([])).tolist() == []
