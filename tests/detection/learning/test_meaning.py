"""Fitting the filters over words."""

from __future__ import annotations

import numpy as np
import pytest

from andon.detection.learning.fitting import Plan
from andon.detection.learning.meaning import MeaningFit, fit_meaning, words_of
from andon.detection.scoring.meaning import common_words, meaning_table
from andon.detection.scoring.meaning_kernels import MOST_WORDS, meaning_value, see

OFFERS = ("荷物を運ぶ仕事です", "荷物を受け取る仕事です", "現金を運ぶバイトです", "荷物を届けるバイトです", "お金を受け取る仕事です")
TALK = ("ご飯を食べるのが好きです", "夕飯を作るのが好きです", "猫と寝るのが好きです", "映画を見るのが好きです", "音楽を聴くのが好きです")
PLAN = Plan(meaning_filters=16, meaning_epochs=60)


def fitted(plan: Plan = PLAN) -> MeaningFit:
    """Filters fitted on both, each several times, from a score that knows nothing."""
    texts = [*OFFERS, *TALK] * 30
    truth = np.array([True] * len(OFFERS) + [False] * len(TALK))
    return fit_meaning(words_of(texts), np.tile(truth, 30), np.ones(len(texts)), np.zeros(len(texts)), plan)


def test_words_of_like_meaning_count_alike() -> None:
    """What was learned of some words holds for others that are near them in meaning, which no n-gram could know."""
    offer, talk = fitted().values(words_of(["小包を渡す作業です", "ドラマを観るのが楽しみです"]))
    assert offer > 1
    assert talk < -1


def test_what_is_learned_is_what_the_score_gets_wrong() -> None:
    """Where the score is right already less is added than where it knows nothing, and where it is wrong more."""
    texts, truth = [*OFFERS, *TALK] * 30, np.tile(np.array([True] * len(OFFERS) + [False] * len(TALK)), 30)
    plan = Plan(meaning_filters=16, meaning_epochs=60, meaning_start=(-8.0, 8.0))
    words, weights = words_of(texts), np.ones(len(texts))
    known = fit_meaning(words, truth, weights, np.where(truth, 8.0, -8.0), plan).values(words)
    unknown = fit_meaning(words, truth, weights, np.zeros(len(texts)), plan).values(words)
    wrong = fit_meaning(words, truth, weights, np.where(truth, -8.0, 8.0), plan).values(words)
    assert np.abs(known).mean() < np.abs(unknown).mean() < np.abs(wrong).mean()
    assert (wrong[truth] > 8.0).all()  # type: ignore[index]


def test_whole_numbers_lose_little() -> None:
    """The kernel adds what the fit says, but for rounding, times the scale."""
    fit = fitted()
    texts = [*OFFERS, *TALK, "小包を渡す作業です"]
    rows = words_of(texts)
    known, vectors = common_words()
    table = meaning_table(fit.in_steps(0.5))
    word_of = {row: word for word, row in reversed([*enumerate(known.rows.tolist())])}
    for row, value in zip(rows, fit.values(rows), strict=True):
        count = int((row < len(vectors)).sum())
        chosen = np.zeros((MOST_WORDS, 2), np.int32)
        chosen[:count, 0] = [word_of[one] for one in row[:count].tolist()]
        answers = np.zeros((MOST_WORDS, 16), np.float32)
        see(chosen, count, table, answers)
        assert meaning_value(answers, count, table) == pytest.approx(value / 2, abs=0.05)


def test_text_without_words_gets_nothing() -> None:
    """Where no word is known, nothing is added, in the fit as in the kernel."""
    assert fitted().values(words_of(["", "ঌঌ"])).tolist() == [0.0, 0.0]


def test_rows_without_weight_teach_nothing() -> None:
    """A row that weighs nothing is as if it were not there."""
    texts, truth = [*OFFERS, *TALK] * 3, np.tile(np.array([True] * len(OFFERS) + [False] * len(TALK)), 3)
    weights = np.where(np.arange(len(texts)) < 20, 1.0, 0.0)
    some = fit_meaning(words_of(texts), truth, weights, np.zeros(len(texts)), PLAN)
    fewer = fit_meaning(words_of(texts[:20]), truth[:20], np.ones(20), np.zeros(20), PLAN)
    assert np.array_equal(some.values(words_of(texts)), fewer.values(words_of(texts)))
