"""Seed files, and the rules that the project's own corpus keeps."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from andon.detection.learning.labelled import LABELS
from andon.detection.learning.seeds import MOST_VARIANTS, Seed, corpus_rows, read_seeds, variants
from andon.domain.errors import LabelError
from andon.domain.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Corpus = Callable[[str], list[dict[str, Any]]]


def seed(text: str) -> Seed:
    """A seed of that text."""
    return Seed(text, "vague", "post", 2024, "ja", "f:1")


def test_read_seeds(tmp_path: Path) -> None:
    r"""A header sets the attributes of the lines below it; `\n` is a line end; the family is file and line."""
    path = tmp_path / "recruit.txt"
    path.write_text("@ kind=vague year=2023s form=slogan\n高収入\\n即日\n\n@ kind=account lang=en\n口座買います\n", encoding="utf-8")
    assert list(read_seeds(path)) == [Seed("高収入\n即日", "vague", "slogan", 2023, "ja", "recruit:2"), Seed("口座買います", "account", "post", 2024, "en", "recruit:5")]


@pytest.mark.parametrize("text", ["高収入\n", "@ form=slogan\n高収入\n"])
def test_no_header(tmp_path: Path, text: str) -> None:
    """A text before the first header, or under one without a kind, is an error with its line."""
    path = tmp_path / "recruit.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LabelError) as caught:
        list(read_seeds(path))
    assert caught.value.data == {"path": "recruit.txt", "line": len(text.splitlines()), "reason": "no_header"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("高収入", {"高収入"}), ("⟦受け子|出し子⟧募集", {"受け子募集", "出し子募集"}), ("⟦A|B|C|D|E|F|G⟧です", {f"{one}です" for one in "ABCDE"}), ("⟦あ|⟧い", {"あい", "い"}), ("⟦X⟧だ", {"Xだ"})],
)
def test_variants(text: str, expected: set[str]) -> None:
    """Alternatives are multiplied out, each used, none twice, five texts at most."""
    found = list(variants(seed(text)))
    assert set(found) == expected
    assert len(found) == len(expected)


def test_two_places_use_all_alternatives() -> None:
    """With two places every alternative of both is used at least once."""
    found = list(variants(seed("⟦あ|い⟧と⟦1|2|3⟧")))
    assert {text[0] for text in found} == {"あ", "い"}
    assert {text[-1] for text in found} == {"1", "2", "3"}
    assert len(found) <= MOST_VARIANTS


def test_names_are_filled_in() -> None:
    """Invented names are filled in, the same each time, and telephone numbers are of ranges that nobody has."""
    text = "⟦a|b|c|d⟧⟦HANDLE⟧ ⟦CITY⟧ ⟦NAME⟧ ⟦FIRM⟧ ⟦URL⟧ ⟦TEL⟧"
    found = list(variants(seed(text)))
    assert found == list(variants(seed(text)))
    assert not any("⟦" in one for one in found)
    assert all(re.search(r" (090-0\d{3}-\d{4}|0120-000-\d{3}|03-0000-\d{4})$", one) for one in found)
    assert len({one[1:] for one in found}) == len(found)


def test_corpus_rows(tmp_path: Path) -> None:
    """Folders or file names tell the label; a text that stood before is left out; families of different labels differ."""
    for name, text in (("recruit/a.txt", "@ kind=vague\n⟦高|低⟧収入\n"), ("benign/a.txt", "@ kind=chatter\n晴れ\n晴れ\n")):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")
    rows = list(corpus_rows(tmp_path))
    assert [(row["text"], row["label"], row["family"]) for row in rows] == [("晴れ", "benign", "benign/a:2"), ("高収入", "recruit", "recruit/a:2"), ("低収入", "recruit", "recruit/a:2")]


@pytest.mark.parametrize(("label", "least"), [("recruit", 4000), ("benign", 8000)])
def test_corpus_is_large_enough(corpus: Corpus, label: str, least: int) -> None:
    """The corpus holds at least so many rows of each label."""
    assert sum(row["label"] == label for row in corpus("seeds")) >= least


def test_families_are_small(corpus: Corpus) -> None:
    """No family holds more than twenty rows."""
    assert max(Counter(row["family"] for row in corpus("seeds")).values()) <= 20


def test_heldout_is_apart(corpus: Corpus) -> None:
    """No held-out text is learned from, not even without spaces and marks."""
    plain = {part: {re.sub(r"[\W_]", "", row["text"]) for row in corpus(part)} for part in ("seeds", "heldout", "heldout2", "heldout3", "heldout4", "heldout5")}
    assert {part: plain["seeds"] & texts for part, texts in plain.items() if part != "seeds" and plain["seeds"] & texts} == {}


@pytest.mark.parametrize("part", ["seeds", "heldout", "heldout2", "heldout3", "heldout4", "heldout5"])
def test_no_text_twice(corpus: Corpus, part: str) -> None:
    """No text stands twice, in particular not under both labels."""
    assert max(Counter(row["text"] for row in corpus(part)).values()) == 1


@pytest.mark.parametrize("part", ["seeds", "heldout", "heldout2", "heldout4"])
def test_rows_are_sound(corpus: Corpus, part: str) -> None:
    """Every row has a text, a label and a family; recruitment is of a known kind; no macro is left open."""
    rows = corpus(part)
    assert {row["label"] for row in rows} == set(LABELS)
    assert {row["kind"] for row in rows if row["label"] == "recruit"} <= set(map(str, Kind))
    assert [row["text"] for row in rows if not row["text"].strip() or re.search("[⟦⟧]", row["text"])] == []


def test_every_kind_is_learned(corpus: Corpus) -> None:
    """Recruitment of every kind is learned from, and most kinds are measured with."""
    kinds = {part: {row["kind"] for row in corpus(part) if row["label"] == "recruit"} for part in ("seeds", "heldout")}
    assert kinds["seeds"] == set(map(str, Kind))
    assert len(kinds["heldout"]) >= 12
