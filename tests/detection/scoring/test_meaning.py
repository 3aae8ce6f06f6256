"""The meaning of words: how a text is parted, when it counts, and what is shown of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference_score import words

from andon.detection.assess.assess import assess
from andon.detection.learning.meaning import words_of
from andon.detection.scoring.meaning import PLACE, common_words
from andon.detection.scoring.meaning_kernels import MOST_WORDS, part_words
from andon.language.normal import normalise

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.detection.scoring.engine import Engine


def parted(text: str) -> list[tuple[int, int]]:
    """The words of a text as the kernel finds them, with where they begin."""
    known, _ = common_words()
    codes = normalise(text).codes
    chosen = np.zeros((MOST_WORDS, 2), np.int32)
    count = part_words(codes, len(codes), known, np.zeros(len(codes) + 1, np.int32), np.zeros(len(codes) + 1, np.int64), chosen)
    return [(int(word), int(at)) for word, at in chosen[:count]]


def names(text: str) -> list[str]:
    """The words of a text, as letters of the normal form."""
    lengths, stream = common_words()[0].lengths, normalise(text).text
    return [stream[at : at + lengths[word]] for word, at in parted(text)]


def test_words_are_those_of_a_reader() -> None:
    """A text is parted where a reader would part it."""
    assert names("荷物を受け取るだけ") == ["荷物", "を", "受け取る", "だけ"]
    assert names("今日のごはん") == ["今日", "の", "ごはん"]


@pytest.mark.parametrize("text", ["荷☆物☆を受け取るだけ", "荷物を受け取るﾀﾞｹ", "荷\u200b物 を 受け取る だけ"])
def test_disguise_changes_no_word(text: str) -> None:
    """Words are looked up in the normal form, so what hides them from n-grams no more hides them here."""
    assert names(text) == names("荷物を受け取るだけ")


@settings(max_examples=200)
@given(text=st.text(st.sampled_from("荷物を受け取るだけ 日給5万円高収入。ﾊﾞｲﾄDM今日ごはんネット銀行口座買いますzq\n"), max_size=40))
def test_no_other_way_is_likelier(text: str) -> None:
    """The kernel's way to part a text is the one that a plain search over all ways finds."""
    assert [word for word, _ in parted(text)] == words(text)


def test_long_text_is_cut() -> None:
    """Of a long text the first words are looked at."""
    assert parted("荷物を受け取るだけ " * 200) == parted("荷物を受け取るだけ " * 20)
    assert len(parted("荷物を受け取るだけ " * 200)) == MOST_WORDS


def test_every_word_finds_its_vector() -> None:
    """A word of the list that stands alone and costs less than its parts is found with its own vector."""
    known, vectors = common_words()
    with np.load(PLACE) as stored:
        letters = iter(stored["codes"].tolist())
        spelled = ["".join(chr(next(letters)) for _ in range(length)) for length in stored["lengths"].tolist()]
    found = words_of(spelled[::97])
    alone = (found[:, 1] == len(vectors)) & (found[:, 0] < len(vectors))
    assert alone.mean() > 0.8
    rows = known.rows[::97]
    assert (found[alone, 0] == rows[alone]).mean() > 0.99  # some letters fold once more and become another word


def test_below_the_gate_nothing_is_added(engine: Engine, corpus: Callable[[str], list[dict[str, Any]]]) -> None:
    """Only posts whose first score reaches the gate are looked at by meaning; among those it speaks both ways."""
    readings = engine.read_many([row["text"] for row in corpus("heldout")])
    added = np.array([reading.meaning for reading in readings])
    first = np.array([reading.raw - reading.contrast - reading.meaning for reading in readings])
    assert not added[first < engine.model.gate - 1e-9].any()
    assert (added > 1).any()
    assert (added < -1).any()


def test_reason_shows_where(engine: Engine) -> None:
    """The reason carries all that the words add, and marks the words that pull most."""
    text = "はじめまして。【急募】荷物を受け取るだけのお仕事です"
    reason = next(one for one in assess(text, engine).reasons if one.signal == "meaning")
    assert reason.weight == engine.read(text).meaning
    assert reason.text == text[reason.start : reason.end] != ""
    assert len(reason.text) < len(text)
