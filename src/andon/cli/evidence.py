"""`andon evidence verify`: whether everything that was captured is still there, and as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
import orjson

from andon.cli.options import AndonCommand, help_text, json_option, lang_option, warn
from andon.console import start
from andon.wording.say import say

if TYPE_CHECKING:
    from andon.wording.say import Language

WRONG = 1


@click.group("evidence", help=help_text("evidence"))
def evidence() -> None:
    """What was captured."""


@evidence.command("verify", cls=AndonCommand, help=help_text("evidence.verify"))
@json_option("opt.capture_json")
@lang_option
@click.pass_context
def verify(ctx: click.Context, *, as_json: bool, lang: Language) -> None:
    """Find what is altered, missing or extra. Exit status 1 when something is."""
    start.setup()
    from andon.console.captures.commands import verified  # noqa: PLC0415 - it needs Django, which is set up by now

    result = verified()
    if as_json:
        click.echo(orjson.dumps(result))
    else:
        _show(result, lang)
    ctx.exit(WRONG if result["findings"] else 0)


COMMAND = evidence


def _show(result: dict[str, Any], lang: Language) -> None:
    for one in result["findings"]:
        click.echo(say(f"captures.finding.{one['what']}", lang, key=one["key"]))
    if result["more"]:
        click.echo(say("captures.more", lang, count=result["more"]))
    click.echo(say("captures.verified", lang, **result))
    if result["unchecked_stamps"]:
        warn(say("captures.unchecked_stamps", lang, count=result["unchecked_stamps"]))
    warn(say("captures.wrong" if result["findings"] else "captures.whole", lang))
