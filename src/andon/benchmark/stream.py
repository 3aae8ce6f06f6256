"""An invented stream of posts, made by code from the project's own texts: as long, as decorated and as rarely criminal as public posts are."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from andon.detection.learning.seeds import corpus_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

SEEDS = Path(__file__).parents[3] / "corpus" / "seeds"
SEED = 20261122
RECRUIT_SHARE, LOOKALIKE_SHARE = 0.01, 0.02
_ORDINARY = frozenset("chatter board dialogue work_talk hobby game review".split())
_SHORTEST, _LONGEST, _MEDIAN = 30, 280, 70
_EMOJI = "😂🥺✨🙏😭🎉🔥👍☕🌸🐱💦😊🤔🍜💪"
_TAGS = "#日記 #カメラ好きな人と繋がりたい #推し活 #ラーメン #今日の一枚 #阪神タイガース #勉強垢 #猫のいる暮らし #朝活 #雨".split()
_JOINTS = ("。", "\n", " ", "、", "！", "")
_START = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Stream:
    """The files of one stream with its texts in order, and texts with labels (1: recruitment) to train baselines on."""

    jsonl: Path
    parquet: Path
    texts: tuple[str, ...]
    training: tuple[tuple[str, int], ...]


def _joined(lines: Sequence[str], rng: random.Random) -> str:
    """A post of 30 to 280 characters, joined from short lines."""
    aim = min(max(int(rng.lognormvariate(0.0, 0.45) * _MEDIAN), _SHORTEST), _LONGEST - 20)
    text = rng.choice(lines)
    while len(text) < aim:
        text += rng.choice(_JOINTS) + rng.choice(lines)
    return text[:_LONGEST]


def _decorated(text: str, rng: random.Random) -> str:
    """Some posts carry emoji (18 %), hashtags (12 %), an address (10 %) or a mention (8 %)."""
    if rng.random() < 0.18:  # noqa: PLR2004
        text += "".join(rng.choice(_EMOJI) for _ in range(rng.randint(1, 3)))
    if rng.random() < 0.12:  # noqa: PLR2004
        text += " " + " ".join(rng.sample(_TAGS, rng.randint(1, 3)))
    if rng.random() < 0.10:  # noqa: PLR2004
        text += f" https://example.jp/p/{rng.randrange(1 << 40):x}"
    if rng.random() < 0.08:  # noqa: PLR2004
        text = f"@user_{rng.randrange(9999)} {text}"
    return text[:_LONGEST]


def make_texts(posts: int, rows: Sequence[dict[str, object]], seed: int = SEED) -> list[str]:
    """`posts` texts from corpus rows: 1 % recruitment, 2 % look-alikes, the rest joined from ordinary lines."""
    rng = random.Random(seed)  # noqa: S311 - reproducible texts, not secrets
    ordinary = [str(row["text"]) for row in rows if row["label"] == "benign" and row["kind"] in _ORDINARY]
    recruit = [str(row["text"]) for row in rows if row["label"] == "recruit"]
    alike = [str(row["text"]) for row in rows if row["label"] == "benign" and row["kind"] not in _ORDINARY]
    texts = []
    for _ in range(posts):
        draw = rng.random()
        if draw < RECRUIT_SHARE:
            text = rng.choice(recruit)[:_LONGEST]
        elif draw < RECRUIT_SHARE + LOOKALIKE_SHARE:
            text = rng.choice(alike)[:_LONGEST]
        else:
            text = _joined(ordinary, rng)
        texts.append(_decorated(text, rng))
    return texts


def _record(number: int, text: str, rng: random.Random) -> dict[str, object]:
    name = f"user_{rng.randrange(10**6)}"
    return {
        "id": str(1_850_000_000_000_000_000 + number * 7919),
        "created_at": (_START + timedelta(seconds=number)).isoformat().replace("+00:00", "Z"),
        "author": {"id": str(rng.randrange(10**9)), "name": name, "followers": rng.randrange(5000)},
        "text": text,
        "url": f"https://example.com/{name}/status/{number}",
        "lang": "ja",
        "metrics": {"likes": rng.randrange(300), "reposts": rng.randrange(50)},
    }


def make_stream(posts: int, folder: Path, seeds: Path = SEEDS) -> Stream:
    """Write a stream of `posts` to `folder` as JSONL (ten fields, three of them nested twice) and as Parquet. Needs the repository's corpus."""
    rows = list(corpus_rows(seeds))
    texts = make_texts(posts, rows)
    rng = random.Random(SEED + 1)  # noqa: S311
    records = [_record(number, text, rng) for number, text in enumerate(texts)]
    jsonl, parquet = folder / "stream.jsonl", folder / "stream.parquet"
    jsonl.write_bytes(b"".join(orjson.dumps(record) + b"\n" for record in records))
    pq.write_table(pa.Table.from_pylist(records), parquet, compression="zstd", row_group_size=50_000)
    sample = rng.sample(rows, min(6000, len(rows)))
    return Stream(jsonl, parquet, tuple(texts), tuple((str(row["text"]), int(row["label"] == "recruit")) for row in sample))
