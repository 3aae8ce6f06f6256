"""The loop of `andon scan`: batches through line 1, results to the file, the best few kept, a checkpoint behind every batch."""

from __future__ import annotations

import heapq
from pathlib import Path
from typing import TYPE_CHECKING, Any

from andon.detection.records.batch import unusable
from andon.detection.records.batches import Position, PostBatch, read_batches
from andon.detection.records.members import packed_size, split_path
from andon.detection.records.opening import STDIN
from andon.detection.records.writing import record
from andon.domain.errors import SourceError
from andon.pipeline import find_recruitment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from andon.detection.campaigns.book import CampaignBook
    from andon.detection.records.writing import RejectFile, ResultFile
    from andon.detection.scoring.engine import Engine
    from andon.domain.posts import Reject
    from andon.pipeline import Screened

LEVELS = ("high", "medium", "low")
SHOWN_REJECTS = 5
_COUNTS = ("posts", "skipped", "rejected", "rejects_bytes", *LEVELS)


class Best:
    """The `most` records with the highest scores; of equal ones, those that came first. Memory does not grow with the input."""

    def __init__(self, most: int) -> None:
        self.most, self._seen = most, 0
        self._heap: list[tuple[float, int, dict[str, Any]]] = []

    def add(self, records: Iterable[dict[str, Any]]) -> None:
        """Look at records, in the order of the input."""
        for one in records:
            self._seen += 1
            entry = (float(one["score"]), -self._seen, one)
            if len(self._heap) < self.most:
                heapq.heappush(self._heap, entry)
            else:
                heapq.heappushpop(self._heap, entry)

    def ranked(self) -> list[dict[str, Any]]:
        """The records kept, best first."""
        return [one for _, _, one in sorted(self._heap, key=lambda entry: entry[:2], reverse=True)]


def file_sizes(files: Sequence[str]) -> list[int] | None:
    """Bytes of each file as it lies on the disk (a member of an archive: unpacked), or None when one has no size (standard input, a pipe)."""
    if any(file == STDIN or not (Path(file).is_file() or split_path(file)) for file in files):
        return None
    return [packed_size(file) for file in files]


class ScanRun:
    """One scan. `counts` are those of the whole scan, earlier parts of a resumed one included; `posts_now` counts this run's posts."""

    def __init__(
        self, files: list[str], *, source: str, levels: tuple[str, ...], top: int,
        columns: Mapping[str, str] | None = None, results: ResultFile | None = None, rejects: RejectFile | None = None,
        book: CampaignBook | None = None,
    ) -> None:  # fmt: skip
        self.files, self.source, self.levels = files, source, levels
        self.columns, self.results, self.rejects, self.book = columns, results, rejects, book
        self.best = Best(top)
        self.counts = dict.fromkeys(_COUNTS, 0)
        self.first_rejects: list[Reject] = []
        self.failures: list[SourceError] = []
        self.posts_now = 0
        self.start = Position()
        self.sizes = file_sizes(files)
        if results is not None:
            self._go_on(results)

    def _go_on(self, results: ResultFile) -> None:
        """Take up what an interrupted run left; a new run leaves its first checkpoint at once, so that none of an older run remains."""
        if results.state["position"] is None:
            results.checkpoint(self.start.to_json(), self.counts)
        self.counts |= results.state["counts"]
        self.start = Position.from_json(results.state["position"])
        self.best.add(results.earlier())
        if self.book is not None:
            self.book.add(results.earlier())

    @property
    def flagged(self) -> int:
        """Posts at the levels that are reported."""
        return sum(self.counts[level] for level in self.levels)

    def run(self, engine: Engine, jobs: int, tell: Callable[[int], None]) -> bool:
        """Scan; `tell` is told the bytes read so far after each batch. False when a person stopped it."""
        try:
            for screened in find_recruitment(self._batches(), engine, jobs=jobs):
                self._take(screened)
                tell(self._bytes_read(screened.batch))
        except KeyboardInterrupt:
            return False
        return True

    def _batches(self) -> Iterator[PostBatch]:
        """All batches; a file that cannot be used counts as a reject, and reading goes on behind it."""
        start = self.start
        while True:
            try:
                yield from read_batches(self.files, source=self.source, columns=self.columns, start=start)
            except SourceError as error:
                if "file" not in error.data:
                    raise
                index = int(str(error.data["file"]))
                self.failures.append(error)
                yield unusable(self.files[index], index, str(error.data.get("reason", "")))
                start = Position(index + 1)
            else:
                return

    def _take(self, screened: Screened) -> None:
        counts = dict(self.counts)
        for one in screened.flagged:
            counts[str(one.assessment.level)] += 1
        records = [record(one.post, one.assessment) for one in screened.flagged if one.assessment.level in self.levels]
        counts["posts"] += screened.posts
        counts["skipped"] += screened.batch.skipped
        counts["rejected"] += len(screened.rejects)
        if self.rejects is not None and screened.rejects:
            self.rejects.write(screened.rejects)
            counts["rejects_bytes"] = self.rejects.size()
        if self.results is not None:
            self.results.write(records)
            self.results.checkpoint(screened.batch.position.to_json(), counts)
        self.counts = counts
        self.best.add(records)
        if self.book is not None:
            self.book.add(records)
        self.first_rejects += screened.rejects[: SHOWN_REJECTS - len(self.first_rejects)]
        self.posts_now += screened.posts

    def _bytes_read(self, batch: PostBatch) -> int:
        """Bytes of all files up to this batch."""
        return sum(self.sizes[: batch.position.file]) + batch.bytes_read if self.sizes is not None else 0
