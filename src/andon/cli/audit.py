"""`andon audit`: verify the trail, sign a checkpoint, print the public key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import orjson

from andon.cli.language import environment_language
from andon.cli.options import FILE, AndonCommand, help_text, json_option, lang_option, warn
from andon.console import start
from andon.wording.say import say

if TYPE_CHECKING:
    from pathlib import Path

    from andon.wording.say import Language

WRONG = 1
_HEX_DIGITS = 64


@click.group("audit", help=help_text("audit"))
def audit() -> None:
    """The audit trail."""


@audit.command("verify", cls=AndonCommand, help=help_text("audit.verify"))
@click.option("--from-checkpoint", is_flag=True, help=help_text("opt.from_checkpoint"))
@click.option("--checkpoints", "file", type=FILE, default=None, help=help_text("opt.checkpoints"))
@click.option("--key", default="", callback=lambda _ctx, _param, given: _key(given), help=help_text("opt.public_key"))
@json_option("opt.json")
@lang_option
@click.pass_context
def verify(ctx: click.Context, *, from_checkpoint: bool, file: Path | None, key: str, as_json: bool, lang: Language) -> None:
    """Find what was altered, removed, inserted or cut off. Exit status 1 when something was."""
    start.setup()
    from andon.console.trail.commands import verified  # noqa: PLC0415 - it needs Django, which is set up by now

    result = verified(from_checkpoint=from_checkpoint, file=file, key=key)
    if as_json:
        click.echo(orjson.dumps(result))
    else:
        _show(result, lang)
    ctx.exit(WRONG if result["findings"] else 0)


@audit.command("checkpoint", cls=AndonCommand, help=help_text("audit.checkpoint"))
def checkpoint() -> None:
    """Sign the trail as it stands; the line is printed to be kept elsewhere."""
    start.setup()
    from andon.console.trail.checkpoints import make  # noqa: PLC0415 - it needs Django, which is set up by now

    click.echo(make().line())


@audit.command("key", cls=AndonCommand, help=help_text("audit.key"))
def key() -> None:
    """Print the public key."""
    start.setup()
    from andon.console.trail.checkpoints import set_up  # noqa: PLC0415 - it needs Django, which is set up by now

    click.echo(set_up())


COMMAND = audit


def _key(given: str) -> str:
    """64 hexadecimal digits, or nothing."""
    if given and (len(given) != _HEX_DIGITS or set(given.lower()) - set("0123456789abcdef")):
        raise click.BadParameter(say("audit.key_form", environment_language()))
    return given.lower()


def _show(result: dict[str, object], lang: Language) -> None:
    findings = result["findings"]
    for one in findings if isinstance(findings, list) else []:
        click.echo(say(f"finding.{one['what']}", lang, **one))
    if result["more"]:
        click.echo(say("audit.more", lang, count=result["more"]))
    click.echo(say("audit.checked" if not result["start"] else "audit.checked_from", lang, **result))
    warn(say("audit.wrong" if findings else "audit.whole", lang))
