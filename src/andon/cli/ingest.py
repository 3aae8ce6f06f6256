"""`andon ingest PATH…`: scan files and store what is flagged at the desk. Django lives behind `andon.console`, imported when it is set up."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn

from andon.cli.options import INTERRUPTED, REJECTED, UNUSABLE, AndonCommand, help_text, lang_option, map_option, named_columns, warn
from andon.cli.scan_run import LEVELS
from andon.console import start
from andon.detection.records.batches import AUTO
from andon.detection.records.members import split_path
from andon.detection.records.opening import STDIN
from andon.detection.records.paths import expand_paths
from andon.detection.sources.registry import source_named
from andon.domain.errors import SourceError
from andon.wording.say import say, say_error

if TYPE_CHECKING:
    from andon.console.intake.ingest import Ingested
    from andon.console.intake.models import Upload
    from andon.wording.say import Language

_COUNTS = ("posts", "flagged", "stored", "known", "skipped", "rejected")


@click.command("ingest", cls=AndonCommand, help=help_text("ingest"))
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--source", default=AUTO, show_default=True, help=help_text("opt.source"))
@map_option
@click.option("--level", type=click.Choice(LEVELS), default="medium", show_default=True, help=help_text("opt.level"))
@click.option("--by", default="", metavar="USERNAME", help=help_text("opt.ingest_by"))
@click.option("--wait", is_flag=True, help=help_text("opt.ingest_wait"))
@lang_option
@click.pass_context
def ingest(
    ctx: click.Context, /, *, paths: tuple[str, ...], source: str, columns: tuple[str, ...], level: str, by: str, wait: bool, lang: Language
) -> None:
    """Scan here, store at the desk."""
    if source != AUTO:
        source_named(source)
    names = named_columns(columns)
    if names and source not in (AUTO, "generic"):
        raise SourceError(reason="map_needs_generic", source=source)
    files = _files(paths)
    start.setup()
    start.migrate()
    from andon.console.intake.ingest import ingest as take_in  # noqa: PLC0415 - Django is set up by now
    from andon.console.intake.ingest import person_of  # noqa: PLC0415 - the same

    actor = person_of(by)
    report = _Report(lang)
    try:
        with _Bar(lang) as bar:
            for one in take_in(actor, files, {"source": source, "level": level, "columns": names}, wait=wait, tell=bar.tell):
                report.take(one)
    except KeyboardInterrupt:
        warn(say("ingest.stopped", lang))
        ctx.exit(INTERRUPTED)
    ctx.exit(report.end())


COMMAND = ingest


def _files(paths: tuple[str, ...]) -> list[Path]:
    """The files to take in: an archive is one file. Raises SourceError for what does not exist, and for standard input (read once only)."""
    if STDIN in paths:
        raise SourceError(reason="ingest_stdin", path=STDIN)
    found = (Path(parts[0] if (parts := split_path(file)) else file) for file in expand_paths(paths))
    return list(dict.fromkeys(found))


class _Report:
    """What came of the files: a sentence for each, one for all, and the exit code."""

    def __init__(self, language: Language) -> None:
        self._language, self._started = language, time.monotonic()
        self._counts: Counter[str] = Counter()
        self._scanned = self._failed = self._files = self._posts = 0

    def take(self, one: Ingested) -> None:
        """Say what came of a file."""
        self._files += 1
        upload = one.upload
        data: dict[str, Any] = {name: getattr(upload, name) for name in _COUNTS} | {"name": one.path.name}
        if one.came.value == "scanned":
            self._scanned += 1
            self._posts += one.posts
            self._counts.update({name: getattr(upload, name) for name in _COUNTS})
            warn(say("ingest.file", self._language, **data))
            self._say_rejects(upload)
        elif one.came.value == "known":
            warn(say("ingest.done_before", self._language, at=upload.at.strftime("%Y-%m-%d"), **data))
        elif one.came.value == "elsewhere":
            warn(say("ingest.elsewhere", self._language, **data))
        elif one.error is not None:
            self._failed += 1
            warn(say_error(one.error, self._language))

    def _say_rejects(self, upload: Upload) -> None:
        if upload.rejected:
            from andon.console.intake.files import rejects_path  # noqa: PLC0415 - Django is set up by now

            warn(say("ingest.rejects", self._language, path=rejects_path(upload)))

    def end(self) -> int:
        """The last sentence; 2 when no file could be used, 3 when rows or files could not be read."""
        if self._scanned:
            seconds = time.monotonic() - self._started
            counts = {name: self._counts[name] for name in _COUNTS} | {"posts": self._posts}
            warn(say("ingest.summary", self._language, seconds=seconds, rate=self._posts / max(seconds, 1e-3), **counts))
        if self._failed == self._files:
            return UNUSABLE
        return REJECTED if self._counts["rejected"] or self._failed else 0


class _Bar:
    """The progress bar on stderr. Nothing where stderr is no terminal."""

    def __init__(self, language: Language) -> None:
        console = Console(stderr=True)
        self._language = language
        self._progress = Progress(
            SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[found]}"),
            TimeRemainingColumn(), console=console, transient=True, disable=not console.is_terminal,
        )  # fmt: skip
        self._tasks: dict[int, Any] = {}

    def tell(self, upload: Upload) -> None:
        """Show how far a file is."""
        if upload.pk not in self._tasks:
            self._tasks[upload.pk] = self._progress.add_task(upload.name, total=1000, found="")
        done = int((upload.position or {}).get("thousandths", 0))
        found = say("ingest.found", self._language, flagged=upload.flagged, posts=upload.posts)
        self._progress.update(self._tasks[upload.pk], completed=done, found=found)

    def __enter__(self) -> Self:
        """Start it."""
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Take it away."""
        self._progress.stop()
