"""`andon campaigns FLAGGED…`: flagged posts grouped by wording and contact, each campaign once, with what varies."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson
from rich.console import Console

from andon.cli import show
from andon.cli.options import FILE, REJECTED, AndonCommand, help_text, json_option, lang_option, warn
from andon.cli.show_campaigns import campaigns_table, common_lines
from andon.detection.campaigns.book import WINDOW_DAYS, CampaignBook
from andon.detection.campaigns.records import ENDINGS, campaign_record, write_campaigns
from andon.detection.records.flagged import Broken, read_flagged
from andon.detection.records.opening import STDIN
from andon.detection.records.paths import expand_paths
from andon.domain.errors import BookError, OutputError
from andon.pipeline import find_campaigns
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.detection.campaigns.draw import Drawn
    from andon.wording.say import Language

_SHOWN_BROKEN = 5


@click.command("campaigns", cls=AndonCommand, help=help_text("campaigns"))
@click.argument("flagged", nargs=-1, metavar="FLAGGED…")
@click.option("--state", type=FILE, default=None, help=help_text("opt.state"))
@click.option("--window", type=click.IntRange(min=1), default=WINDOW_DAYS, show_default=True, help=help_text("opt.window"))
@click.option("--least", type=click.IntRange(min=1), default=2, show_default=True, help=help_text("opt.least"))
@click.option("--top", type=click.IntRange(min=1), default=20, show_default=True, help=help_text("opt.campaigns_top"))
@click.option("--out", type=FILE, default=None, help=help_text("opt.campaigns_out"))
@json_option("opt.campaigns_json")
@click.option("--same", nargs=2, multiple=True, metavar="POST POST", help=help_text("opt.same"))
@click.option("--different", nargs=2, multiple=True, metavar="POST POST", help=help_text("opt.different"))
@click.option("--by", default="", help=help_text("opt.by"))
@lang_option
@click.pass_context
def campaigns(
    ctx: click.Context, /, *, flagged: tuple[str, ...], state: Path | None, window: int, least: int, top: int, out: Path | None, as_json: bool,
    same: tuple[tuple[str, str], ...], different: tuple[tuple[str, str], ...], by: str, lang: Language,
) -> None:  # fmt: skip
    """Group flagged posts into campaigns."""
    _check(flagged, state, out, judged=bool(same or different), by=by)
    files = expand_paths(flagged) if flagged else []
    rejected: list[tuple[str, int, str]] = []
    with CampaignBook(state, window=timedelta(days=window)) as book:
        with Console(stderr=True).status(say("grouping", lang)):
            added = book.add(_records(files, rejected))
            rejected += [("", row, reason) for row, reason in added.rejected]
            for pairs, is_same in ((same, True), (different, False)):
                for a, b in pairs:
                    book.judge(book.number_of(a), book.number_of(b), same=is_same, by=by)
            drawn = find_campaigns(book, least=least)
        if out is not None:
            write_campaigns(drawn.campaigns, out)
        report(drawn, top, lang, as_json=as_json)
        warn(say("campaigns_added", lang, new=added.new, known=added.known))
    if out is not None:
        warn(say("written", lang, count=len(drawn.campaigns), path=out))
    _say_rejected(rejected, lang)
    if rejected:
        ctx.exit(REJECTED)


COMMAND = campaigns


def _check(flagged: tuple[str, ...], state: Path | None, out: Path | None, *, judged: bool, by: str) -> None:
    """Refuse what would end in nothing before anything is read."""
    if not flagged and state is None:
        raise BookError(path="-", reason="nothing_given")
    if not flagged and state is not None and not state.exists():
        raise BookError(path=str(state), reason="absent")
    if judged and state is None:
        raise BookError(path="-", reason="judgement_needs_state")
    if judged and not by.strip():
        raise BookError(path="-", reason="judgement_needs_name")
    if out is not None and out.suffix not in ENDINGS:
        raise OutputError(path=str(out), reason="campaign_ending")


def _records(files: list[str], rejected: list[tuple[str, int, str]]) -> Iterator[dict[str, Any]]:
    """The records of all files; rows that are none go to `rejected`."""
    for path in files:
        name = "stdin" if path == STDIN else Path(path).name
        for found in read_flagged(path):
            if isinstance(found, Broken):
                rejected.append((name, found.row, found.reason))
            else:
                yield found


def report(drawn: Drawn, top: int, language: Language, *, as_json: bool) -> None:
    """Campaigns on stdout, the best `top` as a table or all as JSON lines; counts and what needs a person's look on stderr."""
    if as_json:
        for one in drawn.campaigns:
            click.echo(orjson.dumps(campaign_record(one)))
    elif drawn.campaigns:
        shown = drawn.campaigns[:top]
        title = say("campaigns_title", language, shown=len(shown), count=len(drawn.campaigns))
        console = show.output()
        console.print(campaigns_table(shown, title, language))
        console.print(say("campaigns_note", language), style="dim")
    for line in common_lines(drawn, language):
        warn(line)
    grouped = sum(one.posts for one in drawn.campaigns)
    warn(say("campaigns_summary", language, posts=drawn.posts, campaigns=len(drawn.campaigns), grouped=grouped, alone=drawn.alone))


def _say_rejected(rejected: list[tuple[str, int, str]], language: Language) -> None:
    if not rejected:
        return
    warn(say("rejects_head", language, count=len(rejected)))
    for file, row, reason in rejected[:_SHOWN_BROKEN]:
        code = f"reject.{reason}"
        sentence = say(code, language)
        sentence = say("reject.other", language, reason=reason) if sentence == code else sentence
        warn(say("rejects_row" if row else "rejects_file", language, file=file or "-", row=row, reason=sentence))
