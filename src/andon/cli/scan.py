"""`andon scan PATH…`: the posts that recruit for crime, ranked, with reasons."""

from __future__ import annotations

import os
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Self

import click
import orjson
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn

from andon.cli import show
from andon.cli.campaigns import report as show_drawn
from andon.cli.options import (
    FILE,
    INTERRUPTED,
    REJECTED,
    UNUSABLE,
    AndonCommand,
    command_again,
    help_text,
    json_option,
    lang_option,
    load_engine,
    map_option,
    model_option,
    named_columns,
    warn,
)
from andon.cli.scan_run import LEVELS, ScanRun, file_sizes
from andon.detection.campaigns.book import CampaignBook
from andon.detection.records.batches import AUTO, read_batches
from andon.detection.records.opening import STDIN
from andon.detection.records.paths import expand_paths
from andon.detection.records.writing import RejectFile, ResultFile
from andon.detection.sources.registry import source_named
from andon.domain.errors import OutputError, SourceError
from andon.pipeline import find_campaigns, find_recruitment
from andon.wording.say import say, say_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.detection.scoring.engine import Engine
    from andon.domain.posts import Reject
    from andon.wording.say import Language

_MOST_JOBS = 4
_OWN_FILES = (".andon-resume.json", ".andon-part.jsonl")  # what an earlier scan left in the folder that is scanned


@click.command("scan", cls=AndonCommand, help=help_text("scan"))
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--source", default=AUTO, show_default=True, help=help_text("opt.source"))
@map_option
@click.option("--level", type=click.Choice(LEVELS), default="medium", show_default=True, help=help_text("opt.level"))
@click.option("--top", type=click.IntRange(min=1), default=20, show_default=True, help=help_text("opt.top"))
@click.option("--campaigns", is_flag=True, help=help_text("opt.scan_campaigns"))
@click.option("--out", type=FILE, default=None, help=help_text("opt.out"))
@json_option("opt.scan_json")
@click.option("--jobs", type=click.IntRange(1, 64), default=lambda: min(_MOST_JOBS, os.cpu_count() or 1), help=help_text("opt.jobs"))
@click.option("--rejects", type=FILE, default=None, help=help_text("opt.rejects"))
@click.option("--resume", is_flag=True, help=help_text("opt.resume"))
@model_option
@lang_option
@click.pass_context
def scan(
    ctx: click.Context, /, *, paths: tuple[str, ...], source: str, columns: tuple[str, ...], level: str, top: int, campaigns: bool,
    out: Path | None, as_json: bool, jobs: int, rejects: Path | None, resume: bool, model: Path | None, lang: Language,
) -> None:  # fmt: skip
    """Find recruitment posts in files, folders, patterns or standard input."""
    if source != AUTO:
        source_named(source)
    names = named_columns(columns)
    if names and source not in (AUTO, "generic"):
        raise SourceError(reason="map_needs_generic", source=source)
    if resume and out is None:
        raise OutputError(path="-", reason="resume_needs_out")
    files = _inputs(paths, [own for own in (out, rejects) if own is not None])
    engine = load_engine(model, lang)
    _warm(engine)
    levels = LEVELS[: LEVELS.index(level) + 1]
    with ExitStack() as closing:
        identity = _identity(files, f"--source={source}", *(f"--map={one}" for one in columns), f"--level={level}", f"--model={model or ''}")
        results = ResultFile(out, identity, resume=resume) if out else None
        keep = int(results.state["counts"].get("rejects_bytes", 0)) if results else 0
        reject_file = closing.enter_context(RejectFile(rejects, keep=keep)) if rejects else None
        book = closing.enter_context(_scratch_book()) if campaigns else None
        scanned = ScanRun(files, source=source, columns=names, levels=levels, top=top, results=results, rejects=reject_file, book=book)
        if resume:
            warn(say("resumed", lang, posts=scanned.counts["posts"]))
        started = time.monotonic()
        finished = False
        try:
            with _Bar(scanned, lang) as bar:
                finished = scanned.run(engine, jobs, bar.tell)
        finally:  # also when the reading fails: what was found is kept
            if results is not None:
                results.close(finished=finished)
        _report(scanned, lang, time.monotonic() - started, as_json=as_json)
    _ends(ctx, scanned, lang, finished=finished)


COMMAND = scan


@contextmanager
def _scratch_book() -> Iterator[CampaignBook]:
    """A book on the disk for the length of the scan: what is flagged may be more than fits into memory."""
    with TemporaryDirectory() as folder, CampaignBook(Path(folder) / "campaigns.sqlite") as book:
        yield book


def _warm(engine: Engine) -> None:
    """Load (or, the first time, compile) every kernel on one small file, so that the clock and the bar speak of posts and not of that."""
    with TemporaryDirectory() as folder:
        sample = Path(folder) / "warm.jsonl"
        sample.write_text('{"id": "1", "text": "日給5万円 荷物を運ぶだけ"}\n', encoding="utf-8")
        for _ in find_recruitment(read_batches([str(sample)]), engine):
            pass


def _inputs(paths: tuple[str, ...], own: list[Path]) -> list[str]:
    """The files to scan. What this scan or an earlier one writes is left out of folders and patterns, and refused when it is named itself."""
    written = {path.resolve() for path in own}
    for path in paths:
        if path != STDIN and Path(path).resolve() in written:
            raise OutputError(path=path, reason="is_input")
    files = [file for file in expand_paths(paths) if file == STDIN or (Path(file).resolve() not in written and not file.endswith(_OWN_FILES))]
    if not files:
        raise SourceError(reason="nothing_readable", path=", ".join(paths))
    return files


def _identity(files: list[str], *options: str) -> list[str]:
    """What a resumed run must have in common with the one that it continues: files (by path and size) and the options that decide what is found."""
    sizes = file_sizes(files)
    places = [file if file == STDIN else str(Path(file).absolute()) for file in files]
    return [*(places if sizes is None else [f"{place} {size}" for place, size in zip(places, sizes, strict=True)]), *options]


class _Bar:
    """The progress bar on stderr: bytes where the total is known, posts per second. Nothing where stderr is no terminal."""

    def __init__(self, scanned: ScanRun, language: Language) -> None:
        console = Console(stderr=True)
        self._scanned, self._language, self._started = scanned, language, time.monotonic()
        self._progress = Progress(
            SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(), console=console, transient=True, disable=not console.is_terminal,
        )  # fmt: skip
        self._total = sum(scanned.sizes) if scanned.sizes is not None else None
        self._task = self._progress.add_task(say("scanning", language), total=self._total or None, rate="")

    def tell(self, bytes_read: int) -> None:
        """Show how far it is."""
        rate = self._scanned.posts_now / max(time.monotonic() - self._started, 1e-3)
        done = min(bytes_read, self._total) if self._total else 0
        self._progress.update(self._task, completed=done, rate=say("posts_per_second", self._language, rate=rate))

    def __enter__(self) -> Self:
        """Start the clock and the bar."""
        self._started = time.monotonic()
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away."""
        self._progress.stop()


def _report(scanned: ScanRun, language: Language, seconds: float, *, as_json: bool) -> None:
    """Results on stdout; counts and rejected rows on stderr."""
    records = scanned.best.ranked()
    if scanned.book is not None:
        show_drawn(find_campaigns(scanned.book), scanned.best.most, language, as_json=as_json)
    elif as_json:
        for one in records:
            click.echo(orjson.dumps(one))
    elif records:
        _show_table(records, scanned.flagged, language)
    _say_rejects(scanned, language)
    counts = scanned.counts
    levels = ("・" if language == "ja" else ", ").join(f"{say(f'level.{level}', language)} {counts[level]:,}" for level in scanned.levels)
    data: dict[str, Any] = {"seconds": seconds, "rate": scanned.posts_now / max(seconds, 1e-3), "flagged": scanned.flagged, "levels": levels}
    warn(say("scan_summary", language, posts=counts["posts"], skipped=counts["skipped"], rejected=counts["rejected"], **data))
    if not scanned.flagged:
        warn(say("scan_none", language))
    below = [level for level in LEVELS if level not in scanned.levels and counts[level]]
    if below:
        warn(say("scan_below", language, count=sum(counts[level] for level in below), level=below[-1]))
    if scanned.results is not None:
        warn(say("written", language, count=scanned.flagged, path=scanned.results.out))


def _show_table(records: list[dict[str, Any]], flagged: int, language: Language) -> None:
    console = show.output()
    plain = show.plain_output(console)
    console.print(show.results_table(records, say("scan_title", language, shown=len(records), flagged=flagged), language, plain=plain))
    console.print(show.legend(language, plain=plain))
    console.print(say("scan_note", language), style="dim")


def _reject_line(one: Reject, language: Language) -> str:
    code = f"reject.{one.reason}"
    reason = say(code, language)
    reason = say("reject.other", language, reason=one.reason) if reason == code else reason
    return say("rejects_row" if one.row else "rejects_file", language, file=one.file, row=one.row, reason=reason)


def _say_rejects(scanned: ScanRun, language: Language) -> None:
    """The first rows that could not be read, each with file, row and reason."""
    if not scanned.counts["rejected"]:
        return
    warn(say("rejects_head", language, count=scanned.counts["rejected"]))
    for one in scanned.first_rejects:
        warn(_reject_line(one, language))
    more = scanned.counts["rejected"] - len(scanned.first_rejects)
    if more:
        warn(say("rejects_more", language, count=more))


def _ends(ctx: click.Context, scanned: ScanRun, language: Language, *, finished: bool) -> None:
    """Last words and exit code."""
    for error in scanned.failures:
        warn(say_error(error, language))
    if ctx.params["rejects"] is not None and scanned.counts["rejected"]:
        warn(say("rejects_written", language, path=ctx.params["rejects"]))
    if not finished:
        warn(say("interrupted", language, posts=scanned.counts["posts"]))
        again = say("go_on", language, command=command_again(ctx, "--resume")) if scanned.results is not None else say("go_on_needs_out", language)
        warn(again)
        ctx.exit(INTERRUPTED)
    if len(scanned.failures) == len(scanned.files):
        ctx.exit(UNUSABLE)
    if scanned.counts["rejected"]:
        ctx.exit(REJECTED)
