"""The measures of `evaluate` as tables and as a reliability plot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from rich.table import Table
from rich.text import Text

from andon.cli.show import level_text, printable
from andon.wording.say import SENTENCES, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from andon.wording.say import Language

_NO_VALUE = "–"


def _number(value: float | None) -> str:
    return _NO_VALUE if value is None else f"{value:.4f}"


def _interval(pair: Sequence[float | None]) -> str:
    return _NO_VALUE if pair[0] is None else f"{_number(pair[0])} – {_number(pair[1])}"


def measures_table(result: dict[str, Any], language: Language) -> Table:
    """Average precision, recall at few false alarms, calibration error."""
    table = Table()
    table.add_column(say("measure", language))
    table.add_column(say("value", language), justify="right")
    table.add_column(say("interval", language), justify="right")
    table.add_row(say("average_precision", language), _number(result["average_precision"]), _interval(result["average_precision_interval"]))
    for rate, value in result["recall_at_fpr"].items():
        name = say("recall_at", language, n=round(1 / float(rate)))
        table.add_row(name, _number(value), _interval(result["recall_at_fpr_intervals"][rate]))
    table.add_row(say("ece", language), _number(result["calibration"]["expected_calibration_error"]), _NO_VALUE)
    return table


def levels_table(levels: dict[str, Any], language: Language) -> Table:
    """Precision, recall and false-alarm rate at each level, each with its interval below it."""
    table = Table(title=say("by_level", language), title_justify="left")
    table.add_column(say("col_level", language))
    for code in ("threshold", "flagged", "precision", "recall", "fpr"):
        table.add_column(say(code, language), justify="right")
    for level, row in levels.items():
        shares = [f"{_number(row[name])}\n{_interval(row['intervals'][name])}" for name in ("precision", "recall", "fpr")]
        table.add_row(level_text(level, language), _number(row["threshold"]), f"{row['flagged']:,}", *shares)
    return table


def _kind_name(kind: str, language: Language) -> Text:
    """A kind of recruitment by name; a kind of benign rows as the file calls it."""
    code = f"kind.{kind}"
    return Text(say(code, language) if code in SENTENCES else printable(kind) or _NO_VALUE)


def kinds_table(kinds: Sequence[dict[str, Any]], language: Language) -> Table:
    """One row per label and kind: the share flagged at each level."""
    table = Table(title=say("by_kind", language), title_justify="left")
    table.add_column(say("label", language))
    table.add_column(say("kind", language))
    table.add_column(say("rows", language), justify="right")
    levels = list(kinds[0]["flagged"]) if kinds else []
    for level in levels:
        table.add_column(f"≥ {say(f'level.{level}', language)}", justify="right")
    table.add_column(say("above_1_in_1000", language), justify="right")
    for row in kinds:
        shares = [*(row["flagged"][level] for level in levels), row["above_1_in_1000"]]
        cells = [f"{_number(share['value'])}\n{_interval([share['low'], share['high']])}" for share in shares]
        table.add_row(say(row["label"], language), _kind_name(row["kind"], language), f"{row['rows']:,}", *cells)
    return table


def draw_reliability(calibration: dict[str, Any], path: Path) -> None:
    """The reliability plot as PNG. Its words are English: matplotlib brings no font with Japanese letters."""
    bins = calibration["bins"]
    figure = Figure(figsize=(5, 5))
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.plot([0, 1], [0, 1], linestyle="--", color="grey")
    axes.plot([one["mean_score"] for one in bins], [one["recruit_share"] for one in bins], marker="o")
    for one in bins:
        axes.annotate(f"{one['count']:,}", (one["mean_score"], one["recruit_share"]), textcoords="offset points", xytext=(6, -10), fontsize=8)
    axes.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02), xlabel=say("plot_x", "en"), ylabel=say("plot_y", "en"), title=say("plot_title", "en"))
    figure.tight_layout()
    figure.savefig(path, format="png", dpi=150)
