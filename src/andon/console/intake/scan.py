"""One upload from its file into the store: read, screened, stored stretch by stretch. The same for the worker and for `andon ingest`."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from andon.console.intake import near
from andon.console.intake.actions.draw_templates import draw_templates
from andon.console.intake.actions.run_upload import begin, finish
from andon.console.intake.actions.store_batch import store_batch
from andon.console.intake.engine import in_use
from andon.console.intake.files import rejects_path
from andon.console.intake.ready import make_ready
from andon.console.intake.storing import Stretch
from andon.detection.records.batch import unusable
from andon.detection.records.batches import Position, read_batches
from andon.detection.records.members import packed_size
from andon.detection.records.paths import expand_paths
from andon.detection.records.writing import RejectFile
from andon.domain.errors import SourceError
from andon.pipeline import find_recruitment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from andon.console.gate import Actor
    from andon.console.intake.engine import InUse
    from andon.console.intake.models import Upload
    from andon.console.intake.ready import Ready
    from andon.detection.records.batches import PostBatch
    from andon.domain.posts import Reject
    from andon.pipeline import Screened

LEVELS = ("high", "medium", "low")
MOST_READY = 500  # flagged posts in one transaction: SQLite has one writer, and a decision must not wait for long
MOST_SECONDS = 2.0  # between two looks of the screen
_CHUNK = 1 << 19
_DRAW_SECONDS = 30.0
_THOUSAND = 1000


@dataclass(slots=True)
class _Gathered:
    """What was read since the last stretch."""

    ready: list[Ready] = field(default_factory=list)
    posts: int = 0
    skipped: int = 0
    rejects: list[Reject] = field(default_factory=list)
    since: float = field(default_factory=time.monotonic)

    def is_enough(self) -> bool:
        """Whether it is time to store."""
        return len(self.ready) >= MOST_READY or time.monotonic() - self.since > MOST_SECONDS


def scan(actor: Actor, upload_id: int, path: Path, tell: Callable[[Upload], None] | None = None, *, draw: bool = True) -> Upload:
    """Scan an upload whose file lies at `path`, from where it stopped to its end; `tell` hears of it after every stretch.

    Without `draw` the templates are left to whoever scans several files in a row.

    Raises Conflict when it was cancelled or somebody else scans it, SourceError when nothing of it can be read, ModelError without a model.
    """
    used = in_use()
    upload = begin(actor, upload_id, used.version)
    near.window()  # before the first transaction: filling it from a large store takes seconds
    run = _Run(actor, upload, path, used)
    run.go(tell or (lambda _: None))
    if draw:
        draw_templates()
    return finish(actor, upload_id)


class _Run:
    """The loop over one file, or over the members of one archive."""

    def __init__(self, actor: Actor, upload: Upload, path: Path, used: InUse) -> None:
        self.actor, self.upload, self.used = actor, upload, used
        self.files = expand_paths([str(path)])
        self.sizes = [packed_size(file) for file in self.files]
        self.levels = LEVELS[: LEVELS.index(upload.level) + 1]
        self.failures: list[SourceError] = []
        self.drawn_at = time.monotonic()

    def go(self, tell: Callable[[Upload], None]) -> None:
        """Read to the end."""
        before = self.upload.position or {}
        gathered, last = _Gathered(), None  # `last` is the last batch that is not stored yet
        with RejectFile(rejects_path(self.upload), keep=int(before.get("rejects_bytes", 0))) as rejects:
            for screened in find_recruitment(self._batches(), self.used.engine, jobs=min(2, os.cpu_count() or 1)):
                self._gather(gathered, screened)
                last = screened.batch
                if gathered.is_enough():
                    self._store(gathered, last, rejects)
                    gathered, last = _Gathered(), None
                    tell(self.upload)
            if last is not None:
                self._store(gathered, last, rejects)
        if len(self.failures) == len(self.files):
            raise self.failures[0]
        tell(self.upload)

    def _batches(self) -> Iterator[PostBatch]:
        """All batches; a member that cannot be used counts as a reject, and reading goes on behind it."""
        start = Position.from_json(self.upload.position) if self.upload.position else Position()
        columns = self.upload.columns or None
        while start.file < len(self.files):
            try:
                yield from read_batches(self.files, source=self.upload.source, columns=columns, start=start, chunk_bytes=_CHUNK)
            except SourceError as error:
                if "file" not in error.data:
                    raise
                index = int(str(error.data["file"]))
                self.failures.append(error)
                yield unusable(self.files[index], index, str(error.data.get("reason", "")))
                start = Position(index + 1)
            else:
                return

    def _gather(self, gathered: _Gathered, screened: Screened) -> None:
        now, engine = timezone.now(), self.used.engine
        gathered.ready += [make_ready(one, engine, now) for one in screened.flagged if one.assessment.level in self.levels]
        gathered.posts += screened.posts
        gathered.skipped += screened.batch.skipped
        gathered.rejects += screened.rejects

    def _store(self, gathered: _Gathered, batch: PostBatch, rejects: RejectFile) -> None:
        rejects.write(gathered.rejects)
        read = sum(self.sizes[: batch.position.file]) + batch.bytes_read
        stretch = Stretch(
            before=self.upload.position, position=self._position(batch, read, rejects.size()), ready=gathered.ready, version=self.used.version.pk,
            read_bytes=read, posts=gathered.posts, skipped=gathered.skipped, rejected=len(gathered.rejects),
        )  # fmt: skip
        store_batch(self.actor, self.upload.pk, stretch)
        self.upload.refresh_from_db()
        if time.monotonic() - self.drawn_at > _DRAW_SECONDS:
            draw_templates()
            self.drawn_at = time.monotonic()

    def _position(self, batch: PostBatch, read: int, rejects_bytes: int) -> dict[str, Any]:
        share = min(_THOUSAND, _THOUSAND * read // max(sum(self.sizes), 1))
        return {**batch.position.to_json(), "rejects_bytes": rejects_bytes, "thousandths": share}
