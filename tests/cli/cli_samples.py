"""Invented posts and a tiny model for the tests of the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from andon.detection.scoring.model import ANCHORS, GRAMS, REACH_BITS, Calibration, Model
from andon.detection.signals.registry import all_signals

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

RECRUIT = ("闇バイト 募集 即日 日給5万円 テレグラム @kuro_job1", "UD案件 受け子 急募 日給10万 DMください", "叩き案件 運び 高額報酬 保証あり シグナルで")
ORDINARY = ("今日の昼は蕎麦にした", "電車が遅れている", "明日は晴れるらしい", "カフェのバイト、時給1100円で募集中")


def tiny_model() -> Model:
    """A model without n-grams: signals for have the weight 1, signals against -1."""
    signals = all_signals()
    weights = np.array([{"for": 1000, "against": -1000}.get(str(signal.side), 0) for signal in signals], np.int32)
    return Model(
        signals=tuple(signal.name for signal in signals), anchors=np.ones(ANCHORS, np.int8), anchor_limits=(1, 0),
        reach=np.zeros(REACH_BITS // 8, np.uint8), weights=weights,
        grams=np.zeros(GRAMS, np.uint32), bias=-2.5, step=1.0, calibration=Calibration(1.0, 0.0), gate=-2.0,
        levels={"high": 0.8, "medium": 0.4, "low": 0.2}, facts={"name": "tiny"},
    )  # fmt: skip


def write_posts(path: Path, texts: Sequence[str], *, start: int = 0) -> Path:
    """A file of posts as JSON lines."""
    rows = ({"id": str(start + i), "text": text, "url": f"https://example.jp/{start + i}", "author": f"user{i}"} for i, text in enumerate(texts))
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path
