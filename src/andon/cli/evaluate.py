"""`andon evaluate LABELLED`: how good the whole line is on labelled rows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson
from rich.console import Console

from andon.cli import show
from andon.cli.options import FILE, AndonCommand, help_text, json_option, labelled_rows, lang_option, load_engine, model_option, warn
from andon.cli.show_measures import draw_reliability, kinds_table, levels_table, measures_table
from andon.domain.errors import OutputError
from andon.wording.say import say

if TYPE_CHECKING:
    from andon.wording.say import Language


@click.command("evaluate", cls=AndonCommand, help=help_text("evaluate"))
@click.argument("labelled", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="LABELLED…")
@json_option("opt.json")
@click.option("--plot", type=FILE, default=None, help=help_text("opt.plot"))
@model_option
@lang_option
def evaluate(labelled: tuple[Path, ...], as_json: bool, plot: Path | None, model: Path | None, lang: Language) -> None:  # noqa: FBT001 - click names them
    """Measure quality on labelled rows."""
    from andon.detection.learning import evaluate as measuring  # noqa: PLC0415 - scikit-learn takes seconds to import: not for --help or a wrong path

    if plot is not None and plot.suffix.lower() != ".png":
        raise OutputError(path=str(plot), reason="png")
    rows = labelled_rows(labelled)
    engine = load_engine(model, lang)
    with Console(stderr=True).status(say("evaluating", lang)):
        result = measuring.evaluate(rows, engine)
    if as_json:
        click.echo(orjson.dumps(result, option=orjson.OPT_INDENT_2))
    else:
        _show(result, lang)
    if plot is not None:
        draw_reliability(result["calibration"], plot)
        warn(say("plot_written", lang, path=plot))


COMMAND = evaluate


def _show(result: dict[str, Any], language: Language) -> None:
    console = show.output()
    console.print(say("evaluate_head", language, rows=result["rows"], recruit=result["recruit"], benign=result["benign"]))
    for table in (measures_table(result, language), levels_table(result["levels"], language), kinds_table(result["kinds"], language)):
        console.print(table)
    for rate in result["recall_at_fpr"]:
        needed = round(1 / float(rate))
        if result["benign"] < needed:
            console.print(say("too_few_benign", language, n=needed), style="yellow")
