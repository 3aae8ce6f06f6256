"""Ordinary lines in other words: what stays, what changes, and what such rows may teach."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from andon.detection.learning import fitting, rewording
from andon.detection.learning import train as training
from andon.detection.learning.card import model_card
from andon.detection.learning.labelled import Labelled
from andon.detection.learning.rewording import Rewording, name_of
from andon.detection.learning.seeds import corpus_rows, is_ordinary, training_rows
from andon.detection.signals.registry import all_signals

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np

CORPUS = Path(__file__).resolve().parents[3] / "corpus"
FRAME = "猫が走った、雨の日に"  # noun, verb of ラ行, noun, noun


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """A small folder of words: nouns (0) and verbs of ラ行 without their ending (1), and where the frame holds them."""
    folder = tmp_path / "words"
    folder.mkdir()
    (folder / "words.txt").write_text("@ 0 名詞-一般\n@ 1 動詞-五段・ラ行\n5 0 川\n9 0 机 上\n3 1 走\n7 1 光\n", encoding="utf-8")
    (folder / "places.txt").write_text(f"{name_of(FRAME)} 0-1:0;2-3:1;6-7:0;8-9:0\n", encoding="utf-8")
    return folder


def test_words_change_and_the_frame_stays(words: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every place gets a word of its sort; the ending of a verb and all between the places stay; the same at every call."""
    monkeypatch.setattr(rewording, "SHARE", 1.0)
    monkeypatch.setattr(rewording, "TIMES", 20)
    made = list(Rewording.read(words).of(FRAME))
    assert made == list(Rewording.read(words).of(FRAME))
    nouns, verbs = ("川", "机 上"), ("走", "光")
    assert set(made) <= {f"{a}が{v}った、{b}の{c}に" for a in nouns for v in verbs for b in nouns for c in nouns}
    assert len(set(made)) > 3


def test_a_text_that_changed_gives_nothing(words: Path, tmp_path: Path) -> None:
    """Places belong to one text, to the letter; without the files nothing is known at all."""
    assert list(Rewording.read(words).of(FRAME)) != []
    assert list(Rewording.read(words).of(FRAME + "。")) == []
    assert list(Rewording.read(tmp_path / "nowhere").of(FRAME)) == []


def test_frequent_words_come_more_often(words: Path) -> None:
    """But not as much more as they are more frequent."""
    (words / "words.txt").write_text("@ 0 名詞-一般\n0 0 川\n9980 0 机\n3 1 走\n", encoding="utf-8")
    weights = Rewording.read(words).sorts[0].weights
    first, second = weights[0], weights[1] - weights[0]
    assert 50 < first / second < 500


def test_training_rows(words: Path) -> None:
    """After the seeds what was made of the first row of every ordinary family, marked, under its family."""
    seeds = words.parent / "seeds"
    seeds.mkdir()
    (seeds / "benign.txt").write_text(f"@ kind=chatter\n{FRAME}\n@ kind=news\n{FRAME}と報じられた\n", encoding="utf-8")
    (seeds / "recruit.txt").write_text("@ kind=vague\n高収入\n", encoding="utf-8")
    rows = list(training_rows(words.parent))
    made = [row for row in rows if row.get("reworded")]
    assert rows[:3] == list(corpus_rows(seeds))
    assert rows[3:] == made != []
    assert {(row["label"], row["kind"], row["family"]) for row in made} == {("benign", "chatter", "benign/benign:2")}


def test_the_files_are_of_these_seeds() -> None:
    """Nearly every ordinary family has its places (those made since the last `make words` have none), and every place lies within its text."""
    known = Rewording.read(CORPUS / "words")
    texts: dict[object, str] = {}
    for row in corpus_rows(CORPUS / "seeds"):
        if is_ordinary(row):
            texts.setdefault(row["family"], str(row["text"]))
    found = [(text, known.places[name_of(text)]) for text in texts.values() if name_of(text) in known.places]
    assert len(found) > 0.85 * len(texts)  # some lines hold no such word
    for text, places in found:
        assert all(0 <= begin < end <= len(text) and sort in known.sorts for begin, end, sort in places)
        assert all(a[1] <= b[0] for a, b in pairwise(places))


def _rows() -> Iterator[Labelled]:
    offers, chatter = ("即日即金の荷物を運ぶだけ", "口座買います 即金", "高額報酬の案件あり"), ("今日は電車が遅れている", "昼は蕎麦を食べた", "雨で洗濯物が乾かない")
    for family in range(36):
        for recruit, texts, kind in ((True, offers, "vague"), (False, chatter, "chatter"), (False, ("時給1100円のカフェ",), "advert")):
            text = f"{texts[family % len(texts)]}{'。、！…ねよ'[family % 6]}{family}"
            yield Labelled(text, recruit, kind, f"{kind}:{family}")
    yield from (Labelled(f"荷物の案件{k}を食べた", recruit=False, kind="chatter", family=f"chatter:{k}", reworded=True) for k in range(36))


def test_reworded_rows_teach_the_screen_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """They weigh in the screen, nothing in the second look, and set no limit; the card tells of them in both languages."""
    rows = list(_rows())
    data = fitting.gather(rows, all_signals())
    weights = fitting.row_weights(data, 20.0, 0.25, 4.0, 0.5)
    assert set(weights[data.reworded].tolist()) == {10.0}
    seen = []
    real = training._calibrate

    def watched(raw: np.ndarray, limits: fitting.Rows) -> object:
        seen.append(bool(limits.reworded.any()))
        return real(raw, limits)

    monkeypatch.setattr(training, "_calibrate", watched)
    with_them, without = training.train(rows, all_signals()), training.train([row for row in rows if not row.reworded], all_signals())
    assert seen == [False, False]
    assert with_them.facts["rows"] == without.facts["rows"]
    assert with_them.contrast is not None
    assert without.contrast is not None
    assert with_them.contrast.bias == pytest.approx(without.contrast.bias, abs=0.05)
    assert with_them.bias != pytest.approx(without.bias, abs=0.001)
    assert "36 行は" in model_card(with_them, "ja")
    assert "36 rows that code made" in model_card(with_them, "en")
    assert "rows that code made" not in model_card(without, "en")
