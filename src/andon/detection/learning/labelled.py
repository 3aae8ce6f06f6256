"""Labelled rows: `{"text", "label": "recruit" | "benign", "kind"?, "family"?, …}`, one JSON object per line."""

from __future__ import annotations

import gzip
import io
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, cast

import orjson
import zstandard

from andon.domain.errors import LabelError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

LABELS = ("recruit", "benign")
ORDINARY_KINDS = frozenset({"chatter", "board", "dialogue", "review"})


@dataclass(frozen=True, slots=True)
class Labelled:
    """One labelled text. `family`: rows of one family never part in a split (a row without one is its own family).

    `chosen`: a person met the text because a model had picked it. Such rows teach weights but set no limit: among them are only texts that scored
    high, so that levels and calibration taken on them would drift with every round of learning.

    `reworded`: code put other words into another row of the family (`corpus/make_reworded.py`). Such rows teach the screen how common its n-grams are
    in plain talk, and the filters over words: no limit is set by them, and the second look does not see them.
    """

    text: str
    recruit: bool
    kind: str
    family: str
    chosen: bool = False
    reworded: bool = False

    @property
    def ordinary(self) -> bool:
        """Whether it is a post or line as most are, rather than recruitment or its look-alike."""
        return self.kind in ORDINARY_KINDS and not self.recruit


def _open(path: Path) -> IO[bytes]:
    if path.suffix == ".gz":
        return cast("IO[bytes]", gzip.open(path, "rb"))
    if path.suffix == ".zst":
        return io.BytesIO(_unpacked_zstd(path.read_bytes()))
    return path.open("rb")


def _unpacked_zstd(packed: bytes) -> bytes:
    """All frames of a zstd file; `EOFError` when the last is cut off, which the library's own reader passes over in silence."""
    parts = []
    while packed:
        frame = zstandard.ZstdDecompressor().decompressobj()
        parts.append(frame.decompress(packed))
        if not frame.eof:
            raise EOFError
        packed = frame.unused_data
    return b"".join(parts)


def read_labelled(path: Path) -> Iterator[Labelled]:
    """Rows of one file. Raises `LabelError` naming file and line for a row that is no JSON object, or lacks a text or a known label."""
    try:
        with _open(path) as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _row(line, path.name, number)
    except EOFError as error:
        raise LabelError(path=path.name, line=0, reason="truncated") from error
    except (OSError, zstandard.ZstdError) as error:
        raise LabelError(path=str(path), line=0, reason="unreadable") from error


def _row(line: bytes, name: str, number: int) -> Labelled:
    try:
        row = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise LabelError(path=name, line=number, reason="json") from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise LabelError(path=name, line=number, reason="missing_text")
    if row.get("label") not in LABELS:
        raise LabelError(path=name, line=number, reason="label")
    family = str(row.get("family") or f"{name}:{number}")
    return Labelled(row["text"], row["label"] == "recruit", str(row.get("kind") or ""), family, reworded=bool(row.get("reworded")))


def read_all(paths: Sequence[Path]) -> list[Labelled]:
    """All rows of all files; `LabelError` when one label is missing altogether."""
    rows = [row for path in paths for row in read_labelled(path)]
    for label, wanted in zip(LABELS, (True, False), strict=True):
        if not any(row.recruit == wanted for row in rows):
            raise LabelError(path=", ".join(path.name for path in paths), line=0, reason=f"no_{label}")
    return rows
