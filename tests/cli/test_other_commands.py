"""`andon explain`, `evaluate`, `train`, `bench` and the command group."""

from __future__ import annotations

import json
import subprocess
import sys
import types
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from cli_samples import ORDINARY, RECRUIT, tiny_model

from andon import benchmark
from andon.detection import learning
from andon.detection.scoring.model import load_model

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    """A few labelled rows."""
    rows = [{"text": text, "label": "recruit", "kind": "vague"} for text in RECRUIT] + [{"text": text, "label": "benign", "kind": "chatter"} for text in ORDINARY]
    path = tmp_path / "labelled.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_explain_json(run: Callable[..., Result]) -> None:
    """The record of one post comes with normal form, raw score, stated items with their spans, and the hotline's category."""
    found = json.loads(run("explain", RECRUIT[0], "--json").stdout)
    assert found["text"] == RECRUIT[0]
    assert found["level"] == "high"
    assert found["category"] == "perpetrator_recruitment"
    assert "闇ばいと" in found["normal_form"]
    assert isinstance(found["raw"], float)
    assert all(RECRUIT[0][one["start"] : one["end"]] == one["text"] for one in found["stated"].values())
    assert set(found["stated"]) | set(found["missing_items"]) == {"name", "address", "contact", "work", "place", "pay"}


def test_explain_reads_standard_input(run: Callable[..., Result]) -> None:
    """`-` stands for standard input; the line end behind the text is no part of it."""
    assert run("explain", "-", "--json", stdin=(RECRUIT[1] + "\n").encode()).stdout == run("explain", RECRUIT[1], "--json").stdout


@pytest.mark.parametrize(("lang", "words"), [("ja", ["募集を示す理由", "求人に必要な6項目", "通報区分"]), ("en", ["Reasons for", "Reasons against", "Hotline category"])])
def test_explain_shows_everything(run: Callable[..., Result], lang: str, words: list[str]) -> None:
    """Highlights, contacts, items and reasons stand on the page in both languages."""
    shown = run("explain", RECRUIT[0], "--lang", lang).stdout
    assert all(word in shown for word in [*words, "⟦", "kuro_job1", "¥50,000"])


def test_explain_names_no_category_without_a_level(run: Callable[..., Result]) -> None:
    """A post below all levels is given no hotline category."""
    found = json.loads(run("explain", ORDINARY[0], "--json").stdout)
    assert found["level"] is None
    assert found["category"] is None


def test_explain_refuses_nothing_and_too_much(run: Callable[..., Result]) -> None:
    """An empty text and one over the limit end with status 2 and a sentence."""
    assert "empty" in run("explain", " ", "--lang", "en").stderr
    too_long = run("explain", "-", "--lang", "en", stdin=b"a" * 200_000)
    assert too_long.exit_code == 2
    assert "too long" in too_long.stderr


def test_evaluate_json_and_plot(run: Callable[..., Result], labelled: Path, tmp_path: Path) -> None:
    """JSON holds the measures of the issue; `--plot` writes a PNG."""
    plot = tmp_path / "plot.png"
    result = run("evaluate", labelled, "--json", "--plot", plot)
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert set(found["recall_at_fpr"]) == {"0.001", "0.0001"}
    assert all({"precision", "recall", "fpr"} <= set(found["levels"][level]) for level in ("high", "medium", "low"))
    assert found["rows"] == 7
    assert plot.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(("lang", "words"), [("ja", ["平均適合率", "種別ごと"]), ("en", ["average precision", "By kind", "Fewer than 1,000"])])
def test_evaluate_tables(run: Callable[..., Result], labelled: Path, lang: str, words: list[str]) -> None:
    """The tables and the warning about too few benign rows, in both languages."""
    shown = run("evaluate", labelled, "--lang", lang).stdout
    assert all(word in shown for word in words)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b'{"text": "a"}\n', "line 1"), (b"{broken\n", "Line 1"), (b'{"text": "a", "label": "benign"}\n', "recruit"), (None, "cannot be opened")],
)
def test_evaluate_bad_rows(run: Callable[..., Result], tmp_path: Path, content: bytes | None, words: str) -> None:
    """Labelled rows that cannot be used end with status 2 and name what is wrong."""
    path = tmp_path / "bad.jsonl"
    if content is not None:
        path.write_bytes(content)
    result = run("evaluate", path, "--lang", "en")
    assert result.exit_code == 2
    assert words in result.stderr


def test_evaluate_plot_must_be_png(run: Callable[..., Result], labelled: Path) -> None:
    """Another ending is refused before anything is measured."""
    assert run("evaluate", labelled, "--plot", "plot.txt").exit_code == 2


@pytest.fixture
def fake_training(monkeypatch: pytest.MonkeyPatch) -> None:
    """Training that takes no time."""

    def train(rows: list[Any], signals: object, *, progress: Callable[..., None]) -> object:
        assert rows
        assert signals
        progress("weights", 0.5)
        return tiny_model()

    for name, function in (("train", train), ("card", lambda model, lang: f"# {model.facts['name']} {lang}\n")):
        module = types.ModuleType(f"{learning.__name__}.{name}")
        setattr(module, "model_card" if name == "card" else "train", function)
        monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setattr(learning, name, module, raising=False)


@pytest.mark.usefixtures("fake_training")
def test_train_writes_model_and_card(run: Callable[..., Result], labelled: Path, tmp_path: Path) -> None:
    """The model can be loaded; the card lies beside it, or where `--card` says."""
    out, card = tmp_path / "own.npz", tmp_path / "card.md"
    assert run("train", labelled, "--out", out, "--lang", "en").exit_code == 0
    assert load_model(out).facts == {"name": "tiny"}
    assert (tmp_path / "own.md").read_text(encoding="utf-8") == "# tiny en\n"
    assert run("train", labelled, "--out", out, "--card", card, "--lang", "ja").exit_code == 0
    assert card.read_text(encoding="utf-8") == "# tiny ja\n"
    assert {path.name for path in tmp_path.iterdir()} == {"own.npz", "own.md", "card.md", labelled.name}


@pytest.mark.usefixtures("fake_training")
def test_train_refuses_early(run: Callable[..., Result], labelled: Path, tmp_path: Path) -> None:
    """A wrong ending, a missing folder and missing rows are known before training begins."""
    for out in (tmp_path / "model.bin", tmp_path / "no" / "model.npz"):
        assert run("train", labelled, "--out", out).exit_code == 2
    assert run("train", tmp_path / "none.jsonl", "--out", tmp_path / "model.npz").exit_code == 2


@dataclass(frozen=True)
class FakeRow:
    """A row as the benchmark gives it."""

    name: str
    posts_per_cpu_second: float


def test_bench_prints_a_table_or_json(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows of the benchmark as a table or as JSON."""
    monkeypatch.setattr(benchmark, "run", lambda *_: [FakeRow("screen", 400_000.0)], raising=False)
    assert json.loads(run("bench", "--posts", 1000, "--json").stdout) == [{"name": "screen", "posts_per_cpu_second": 400_000.0}]
    assert "400,000" in run("bench", "--lang", "en").stdout


@pytest.mark.parametrize(("language", "words"), [("ja", "コマンド"), ("en", "Screen the posts")])
def test_help_is_quick_and_in_both_languages(language: str, words: str) -> None:
    """`andon --help` lists all commands without loading numba, Arrow or scikit-learn."""
    code = "import sys; from andon.cli.main import main\ntry: main(['--help'])\nfinally: print([m for m in ('numba', 'pyarrow', 'sklearn') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], env={"ANDON_LANG": language}, capture_output=True, text=True, check=True, timeout=60)  # noqa: S603
    assert done.stdout.rstrip().endswith("[]")
    assert all(name in done.stdout for name in ("scan", "explain", "evaluate", "train", "bench", words))


def test_unknown_command(run: Callable[..., Result]) -> None:
    """A command that does not exist, or a helper module's name, is refused with status 2."""
    assert run("options").exit_code == 2
    assert run("nothing").exit_code == 2
