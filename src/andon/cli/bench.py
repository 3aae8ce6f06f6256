"""`andon bench`: posts per second on this machine, beside baselines and the floor."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import click
import orjson
from rich.console import Console
from rich.table import Table
from rich.text import Text

from andon.cli import show
from andon.cli.options import AndonCommand, help_text, json_option, lang_option
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andon.wording.say import Language

_SECONDS = 60.0


@click.command("bench", cls=AndonCommand, help=help_text("bench"))
@click.option("--posts", type=click.IntRange(min=1_000), default=100_000, show_default=True, help=help_text("opt.posts"))
@click.option("--seconds", type=click.FloatRange(min=1), default=_SECONDS, show_default=True, help=help_text("opt.seconds"))
@json_option("opt.json")
@lang_option
def bench(posts: int, seconds: float, as_json: bool, lang: Language) -> None:  # noqa: FBT001 - click names them
    """Measure the speed."""
    from andon import benchmark  # noqa: PLC0415 - its baselines (pandas, scikit-learn) take seconds to import: not for --help

    with Console(stderr=True).status(say("benchmarking", lang)):
        rows = [dataclasses.asdict(row) for row in benchmark.run(posts, seconds)]
    if as_json:
        click.echo(orjson.dumps(rows, option=orjson.OPT_INDENT_2))
    else:
        show.output().print(_table(rows, lang))


COMMAND = bench


def _cell(value: Any) -> Text:  # noqa: ANN401 - a number, a text or nothing
    if isinstance(value, float):
        return Text(f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}", justify="right")  # noqa: PLR2004
    return Text("–" if value is None else show.printable(str(value)))


def _table(rows: Sequence[dict[str, Any]], language: Language) -> Table:
    table = Table()
    for name in rows[0] if rows else ():
        table.add_column(say(f"bench.{name}", language).removeprefix("bench."), overflow="fold")
    for row in rows:
        table.add_row(*(_cell(value) for value in row.values()))
    return table
