"""`andon explain TEXT`: one post, with everything that speaks for and against."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click
import orjson
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from andon.cli import show
from andon.cli.options import AndonCommand, help_text, json_option, lang_option, load_engine, model_option
from andon.detection.assess.assess import assess
from andon.detection.records.opening import STDIN
from andon.detection.records.writing import record
from andon.detection.scoring.posts import MOST_BYTES
from andon.domain.errors import SourceError
from andon.domain.posts import Post
from andon.wording.say import say

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from andon.domain.assessments import Assessment
    from andon.wording.say import Language


@click.command("explain", cls=AndonCommand, help=help_text("explain"))
@click.argument("text", metavar="TEXT|-")
@json_option("opt.json")
@model_option
@lang_option
def explain(text: str, as_json: bool, model: Path | None, lang: Language) -> None:  # noqa: FBT001 - click names them
    """Explain one post."""
    post = _text(text)
    assessment = assess(post, load_engine(model, lang))
    explained = _explained(post, assessment)
    if as_json:
        click.echo(orjson.dumps(explained))
        return
    console = show.output()
    plain = show.plain_output(console)
    console.print(Panel(show.highlighted(post, explained["reasons"], plain=plain), title=say("col_text", lang)))
    console.print(show.legend(lang, plain=plain))
    console.print(_assessment_table(explained, lang))
    console.print(_items_table(explained, lang))
    _print_reasons(console, explained, lang)
    console.print(say("scan_note", lang), style="dim")


COMMAND = explain


def _text(given: str) -> str:
    """The text, from the argument or from standard input. Raises SourceError for none and for one that is too long."""
    if given == STDIN:
        data = sys.stdin.buffer.read(MOST_BYTES + 2)
        text = data.decode("utf-8", "replace").removeprefix("\ufeff").removesuffix("\n")
    else:
        text = given.encode("utf-8", "replace").decode()
    if not text.strip():
        raise SourceError(reason="empty_text", path=STDIN)
    if len(text.encode()) > MOST_BYTES:
        raise SourceError(reason="text_too_long", path=STDIN)
    return text


def _explained(text: str, assessment: Assessment) -> dict[str, Any]:
    """The record of the post with what `scan` leaves out. `category` is null where no level is reached: there is then nothing to report."""
    stated = {item: {"start": start, "end": end, "text": text[start:end]} for item, (start, end) in assessment.stated.items()}
    category = str(assessment.kinds[0].category) if assessment.level is not None and assessment.kinds else None
    more = {"category": category, "stated": stated, "normal_form": assessment.normal_form, "raw": round(assessment.raw, 6)}
    return record(Post(id="", source="", text=text), assessment) | more


def _assessment_table(explained: dict[str, Any], language: Language) -> Table:
    table = Table(title=say("assessment", language), title_justify="left", show_header=False, expand=True)
    table.add_column(style="dim")
    table.add_column(ratio=1, overflow="fold")
    table.add_row(say("col_level", language), show.level_text(explained["level"], language))
    table.add_row(say("col_score", language), f"{explained['score']:.4f}")
    if explained["level"] is not None:
        table.add_row(say("kind", language), show.kinds_text(explained["kinds"], language))
        table.add_row(say("category", language), say(f"category.{explained['category']}", language))
    table.add_row(say("contact", language), Text(show.contacts_text(explained["contacts"], language)))
    table.add_row(say("pay", language), show.pay_text(explained["pay"], language))
    table.add_row(say("normal_form", language), Text(show.printable(explained["normal_form"])))
    return table


def _items_table(explained: dict[str, Any], language: Language) -> Table:
    """The six items: where each is stated, or that it is missing."""
    table = Table(title=say("job_items", language), title_justify="left", expand=True)
    table.add_column(say("col_item", language))
    table.add_column(say("stated", language), ratio=1, overflow="fold")
    for item, place in explained["stated"].items():
        table.add_row(say(f"item.{item}", language), Text(f"「{show.printable(place['text'])}」 {place['start']}–{place['end']}"))
    for item in explained["missing_items"]:
        table.add_row(say(f"item.{item}", language), say("is_missing", language), style="yellow")
    return table


def _print_reasons(console: Console, explained: dict[str, Any], language: Language) -> None:
    for code, style, sign in (("for", show.FOR, 1), ("against", show.AGAINST, -1)):
        reasons = [reason for reason in explained["reasons"] if reason["weight"] * sign > 0]
        if reasons:
            console.print(show.reasons_table(say(code, language), reasons, explained["text"], language, style))
        else:
            console.print(f"{say(code, language)}: {say('none', language)}")
