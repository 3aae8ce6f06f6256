"""A tiny model, a few posts, and the command line to try them with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from click.testing import CliRunner, Result

from andon.cli.main import main
from andon.detection.scoring.model import SLOTS, Calibration, Model
from andon.detection.signals.registry import all_signals

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Run = "Callable[..., Result]"

AGAINST = ("news_voice", "police_warning_voice")
RECRUIT = ("闇バイト 募集 即日 日給5万円 テレグラム @kuro_job1", "UD案件 受け子 急募 日給10万 DMください", "叩き案件 運び 高額報酬 保証あり シグナルで")
ORDINARY = ("今日の昼は蕎麦にした", "電車が遅れている", "明日は晴れるらしい", "カフェのバイト、時給1100円で募集中")


def tiny_model() -> Model:
    """A model without n-grams: signals for have the weight 1, signals against -1."""
    signals = all_signals()
    weights = np.array([{"for": 1000, "against": -1000}.get(str(signal.side), 0) for signal in signals], np.int32)
    return Model(
        tuple(signal.name for signal in signals), weights, np.zeros(SLOTS, np.int8), np.zeros(SLOTS, np.uint16), -2.5, 1.0, Calibration(1.0, 0.0), -2.0,
        {"high": 0.8, "medium": 0.4, "low": 0.2}, (), np.empty(0), {"name": "tiny"},
    )  # fmt: skip


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model as a file."""
    path = tmp_path_factory.mktemp("model") / "tiny.npz"
    tiny_model().save(path)
    return path


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same language and width wherever the tests run."""
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    for name in ("ANDON_LANG", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(model: Path) -> Callable[..., Result]:
    """Runs `andon` with arguments; commands that take a model get the tiny one."""

    def call(*args: object, stdin: str | bytes | None = None, env: dict[str, str] | None = None) -> Result:
        words = [str(arg) for arg in args]
        if words[0] in {"scan", "explain", "evaluate"} and "--model" not in words:
            words += ["--model", str(model)] if "--" not in words else []
        return CliRunner().invoke(main, words, input=stdin, env=env)

    return call


def write_posts(path: Path, texts: Sequence[str], *, start: int = 0) -> Path:
    """A file of posts as JSON lines."""
    rows = ({"id": str(start + i), "text": text, "url": f"https://example.jp/{start + i}", "author": f"user{i}"} for i, text in enumerate(texts))
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    """A small file of posts: three recruit."""
    return write_posts(tmp_path / "posts.jsonl", [ORDINARY[0], RECRUIT[0], ORDINARY[1], RECRUIT[1], RECRUIT[2], *ORDINARY[2:]])
