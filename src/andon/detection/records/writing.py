"""Results out: one record per flagged post, as JSON lines, CSV or Parquet, in the order of the input, with what a later run needs to go on."""

from __future__ import annotations

import csv
import json
import os
from typing import TYPE_CHECKING, Any, Self

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from andon.domain.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from types import TracebackType

    from andon.domain.assessments import Assessment
    from andon.domain.posts import Post, Reject

ENDINGS = (".jsonl", ".csv", ".parquet")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NESTED = ("kinds", "reasons", "contacts", "pay", "missing_items")
_SCHEMA = pa.schema([  # type: ignore[arg-type]  # pairs of a name and a type; the stubs want one type for all
    ("id", pa.string()), ("source", pa.string()), ("url", pa.string()), ("author", pa.string()), ("created_at", pa.string()), ("text", pa.string()),
    ("score", pa.float64()), ("level", pa.string()), ("kinds", pa.list_(pa.string())),
    ("reasons", pa.list_(pa.struct([("signal", pa.string()), ("weight", pa.float64()), ("start", pa.int32()), ("end", pa.int32()), ("text", pa.string())]))),
    ("contacts", pa.list_(pa.struct([("type", pa.string()), ("value", pa.string()), ("start", pa.int32()), ("end", pa.int32())]))),
    ("pay", pa.struct([("amount_yen", pa.int64()), ("per", pa.string())])), ("missing_items", pa.list_(pa.string())),
])  # fmt: skip


def record(post: Post, assessment: Assessment) -> dict[str, Any]:
    """One output record. Times are ISO 8601 in UTC; spans are half-open code-point offsets in `text`; weights are in raw score."""
    return {
        "id": post.id, "source": post.source, "url": post.url, "author": post.author or post.author_id,
        "created_at": post.created_at.isoformat() if post.created_at else None, "text": post.text,
        "score": round(assessment.score, 6), "level": assessment.level, "kinds": [str(kind) for kind in assessment.kinds],
        "reasons": [
            {"signal": one.signal, "weight": round(one.weight, 4), "start": one.start, "end": one.end, "text": one.text} for one in assessment.reasons
        ],
        "contacts": [{"type": one.type, "value": one.value, "start": one.start, "end": one.end} for one in assessment.contacts],
        "pay": {"amount_yen": assessment.pay.amount_yen, "per": assessment.pay.per} if assessment.pay else None,
        "missing_items": list(assessment.missing_items),
    }  # fmt: skip


def _checkpoint_path(out: Path) -> Path:
    return out.with_name(out.name + ".andon-resume.json")


def _spool_path(out: Path) -> Path:
    return out if out.suffix == ".jsonl" else out.with_name(out.name + ".andon-part.jsonl")


class ResultFile:
    """Writes records and checkpoints. Records go to JSON lines first; a CSV or Parquet is made from them when the file is closed.

    A checkpoint holds the position in the input, the counts, and the length of what was written up to it, so that a resumed run drops nothing and
    doubles nothing. Raises `OutputError` for an unknown ending, or when `resume` finds no record or one of other inputs.
    """

    def __init__(self, out: Path, inputs: list[str], *, resume: bool) -> None:
        if out.suffix not in ENDINGS:
            raise OutputError(path=str(out), reason="ending")
        self.out, self.inputs = out, inputs
        self.state: dict[str, Any] = {"inputs": inputs, "position": None, "bytes": 0, "counts": {}}
        try:
            if resume:
                self._load()
            self._file = _spool_path(out).open("r+b" if resume else "wb")
        except OSError as error:
            raise OutputError(path=str(out), reason=error.strerror or "open") from error
        self._file.seek(int(self.state["bytes"]))
        self._file.truncate()

    def _load(self) -> None:
        try:
            state = json.loads(_checkpoint_path(self.out).read_text(encoding="utf-8"))
            written = _spool_path(self.out).stat().st_size
        except (OSError, ValueError) as error:
            raise OutputError(path=str(self.out), reason="no_resume") from error
        if state.get("inputs") != self.inputs:
            raise OutputError(path=str(self.out), reason="resume_differs")
        if written < int(state["bytes"]):
            raise OutputError(path=str(self.out), reason="no_resume")
        self.state = state

    def write(self, records: Iterable[dict[str, Any]]) -> None:
        """Add records."""
        for one in records:
            self._file.write(orjson.dumps(one) + b"\n")

    def earlier(self) -> Iterator[dict[str, Any]]:
        """The records up to the last checkpoint, in the order of the input: what a resumed run has found before."""
        self._file.flush()
        with _spool_path(self.out).open("rb") as lines:
            while lines.tell() < int(self.state["bytes"]):
                yield orjson.loads(lines.readline())

    def checkpoint(self, position: Any, counts: dict[str, int]) -> None:
        """Make what was written so far safe to go on from `position`."""
        self._file.flush()
        self.state |= {"position": position, "bytes": self._file.tell(), "counts": counts}
        place = _checkpoint_path(self.out)
        beside = place.with_name(place.name + ".new")
        beside.write_text(json.dumps(self.state, ensure_ascii=False), encoding="utf-8")
        beside.replace(place)

    def close(self, *, finished: bool) -> None:
        """Write the CSV or Parquet; when `finished`, remove what only a resumed run needs."""
        self._file.truncate(int(self.state["bytes"]) if not finished else self._file.tell())
        self._file.close()
        spool = _spool_path(self.out)
        if self.out.suffix == ".csv":
            _to_csv(_lines(spool), self.out)
        elif self.out.suffix == ".parquet":
            _to_parquet(_lines(spool), self.out)
        if finished:
            _checkpoint_path(self.out).unlink(missing_ok=True)
            if spool != self.out:
                spool.unlink(missing_ok=True)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open("rb") as lines:
        for line in lines:
            yield orjson.loads(line)


def safe_cell(value: Any) -> Any:
    """A CSV cell that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value


def _to_csv(records: Iterator[dict[str, Any]], out: Path) -> None:
    # The BOM makes spreadsheet programs read the file as UTF-8.
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_SCHEMA.names)
        for one in records:
            writer.writerow([
                json.dumps(one[name], ensure_ascii=False) if name in _NESTED else safe_cell(one[name]) for name in _SCHEMA.names
            ])  # fmt: skip


def _to_parquet(records: Iterator[dict[str, Any]], out: Path, *, stretch: int = 10_000) -> None:
    with pq.ParquetWriter(out, _SCHEMA, compression="zstd") as writer:
        part: list[dict[str, Any]] = []
        for one in records:
            part.append(one)
            if len(part) == stretch:
                writer.write_table(pa.Table.from_pylist(part, _SCHEMA))
                part = []
        if part:
            writer.write_table(pa.Table.from_pylist(part, _SCHEMA))


class RejectFile:
    r"""Writes the rows that could not be read: `{file, row, reason, detail, raw}`, `raw` as text with broken bytes shown as \xNN.

    The first `keep` bytes of an existing file stay: what the run that is resumed wrote before.
    """

    def __init__(self, path: Path, *, keep: int = 0) -> None:
        try:
            self._file = path.open("r+b" if keep and path.exists() else "wb")
            self._file.truncate(min(keep, self._file.seek(0, os.SEEK_END)))
            self._file.seek(0, os.SEEK_END)
        except OSError as error:
            raise OutputError(path=str(path), reason=error.strerror or "open") from error

    def size(self) -> int:
        """Bytes written so far, none of them waiting in memory."""
        self._file.flush()
        return self._file.tell()

    def write(self, rejects: Iterable[Reject]) -> None:
        """Add rejected rows."""
        for one in rejects:
            row = {"file": one.file, "row": one.row, "reason": one.reason, "detail": one.detail, "raw": one.raw.decode("utf-8", "backslashreplace")}
            self._file.write(orjson.dumps(row) + b"\n")

    def __enter__(self) -> Self:
        """The open file."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close it, whatever happened."""
        self._file.close()
