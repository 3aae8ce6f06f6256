"""`andon learn`: fit a candidate from the desk's decisions, show it beside the model in use. A person puts it to use at the desk, not here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from andon.cli import show
from andon.cli.options import AndonCommand, help_text, lang_option, warn
from andon.console import start
from andon.domain.errors import AndonError, Refused
from andon.wording.say import say

if TYPE_CHECKING:
    from andon.console.learning.models import Fitting
    from andon.console.staff.models import Person
    from andon.wording.say import Language

_SIDES = ("before", "after")
_NO_VALUE = "–"


@click.command("learn", cls=AndonCommand, help=help_text("learn"))
@click.option("--by", "username", metavar="USERNAME", default="", help=help_text("opt.learn_by"))
@click.option("--corpus", type=click.Path(file_okay=False, path_type=Path), default=None, help=help_text("opt.corpus"))
@lang_option
def learn(*, username: str, corpus: Path | None, lang: Language) -> None:
    """Fit and compare."""
    start.setup()
    start.migrate()
    from andon.console.gate import Actor, Via  # noqa: PLC0415 - Django is set up by now
    from andon.console.learning.actions.fit import fit  # noqa: PLC0415 - the same

    asked = fit(Actor(_person(username), Via.COMMAND), corpus=str(corpus.absolute()) if corpus else "", in_background=False)
    _show(_run(asked.pk, lang), lang)


COMMAND = learn


def _person(username: str) -> Person:
    """Who asks: the one named, or the only one who may. Raises Refused when nobody can be told."""
    from andon.console.staff.models import Person  # noqa: PLC0415 - Django is set up by now
    from andon.console.staff.rights import Right  # noqa: PLC0415 - the same

    if username:
        person = Person.objects.filter(username__iexact=username, is_active=True).select_related("unit").first()
        if person is None:
            raise Refused(reason="learn_unknown", name=username)
        return person
    may = [one for one in Person.objects.filter(is_active=True).select_related("unit") if one.may(Right.LEARN)]
    if len(may) != 1:
        raise Refused(reason="learn_nobody", name="--by")
    return may[0]


def _run(fitting_id: int, language: Language) -> Fitting:
    """Carry it out with a bar. Raises the error that the fit ended with."""
    from andon.console.learning.actions.report import report_failed  # noqa: PLC0415 - Django is set up by now
    from andon.console.learning.run import run  # noqa: PLC0415 - the same

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"), TimeElapsedColumn())
    try:
        with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
            bar = progress.add_task(say("learning.step.reading", language), total=1.0)
            done = run(fitting_id, lambda step, share: progress.update(bar, description=say(f"learning.step.{step}", language), completed=share))
    except KeyboardInterrupt:
        report_failed(fitting_id, "learning.problem.silent", {})  # so that the next one need not wait
        raise
    if done.problem is not None:
        error = AndonError(**done.problem["data"])
        error.code = str(done.problem["code"])
        raise error
    return done


def _show(done: Fitting, language: Language) -> None:
    console, rows = show.output(), done.rows
    base = rows["base_recruit"] + rows["base_benign"]
    desk = rows["desk_recruit"] + rows["desk_benign"]
    console.print(say("learn.rows", language, base=base, desk=desk, decisions=rows["decisions"], held_back=rows["held_back"]))
    for name in ("golden", "time"):
        if done.comparison[name]:
            console.print(_table(done.comparison[name], name, language))
    today = done.comparison["today"]
    order = list(today["matrix"])
    counts = [(order.index(was), order.index(will), count) for was, row in today["matrix"].items() for will, count in row.items()]
    rises, falls = sum(n for was, will, n in counts if will < was), sum(n for was, will, n in counts if will > was)
    console.print(say("learning.today.changes", language, campaigns=today["campaigns"], rises=rises, falls=falls))
    if done.candidate is not None:
        warn(say("learn.done", language, model=done.candidate.sha256[:12], fitting=done.pk))


def _table(part: dict[str, Any], name: str, language: Language) -> Table:
    """Recall and false alarms at each level, and recall at few false alarms, of both models."""
    head = f"{say(f'learning.part.{name}', language)}: {say('learning.part.rows', language, recruit=part['recruit'], benign=part['benign'])}"
    table = Table(title=head, title_justify="left")
    table.add_column(say("learn.figure", language))
    table.add_column(say("learn.level", language))
    for side in _SIDES:
        table.add_column(say(f"learning.side.{side}", language), justify="right")
    table.add_column(say("learn.change", language), justify="right")
    for figure, label in (("recall", "recruit"), ("false_alarms", "benign")):
        for level, change in part["changes"].items():
            cells = [_share(part["sides"][side]["levels"][level][figure]) for side in _SIDES]
            changed = f"{change[label]['gained']:,} / {change[label]['lost']:,}"
            table.add_row(say(f"learning.{figure}", language), show.level_text(level, language), *cells, changed)
    for rate in part["sides"]["after"]["recall_at"]:
        cells = [_share(part["sides"][side]["recall_at"][rate]) for side in _SIDES]
        table.add_row(say("learning.recall_at", language, n=round(1 / float(rate))), "", *cells, "")
    return table


def _share(share: dict[str, Any]) -> str:
    if share["value"] is None:
        return _NO_VALUE
    return f"{share['value']:.1%} ({share['hits']:,}/{share['total']:,})\n{share['low']:.1%} – {share['high']:.1%}"
