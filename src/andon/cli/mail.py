"""`andon mail take`: a message that came back (a bounce, an answer) finds the removal request it belongs to. For a mail server's pipe, or by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import orjson

from andon.cli.options import AndonCommand, help_text, json_option, lang_option
from andon.console import start
from andon.wording.say import say

if TYPE_CHECKING:
    from typing import BinaryIO

    from andon.wording.say import Language

_MOST = 31 * 2**20  # read no more than is taken


@click.group("mail", help=help_text("mail"))
def mail() -> None:
    """Mail that came back."""


@mail.command("take", cls=AndonCommand, help=help_text("mail.take"))
@click.argument("file", type=click.File("rb"))
@json_option("opt.json")
@lang_option
def take(*, file: BinaryIO, as_json: bool, lang: Language) -> None:
    """Take one message in. What belongs to no letter of ours is counted and left alone."""
    content = file.read(_MOST)
    start.setup()
    from andon.console.measures.kinds.removal.commands import take as take_in  # noqa: PLC0415 - it needs Django, which is set up by now

    taken = take_in(content)
    if as_json:
        click.echo(orjson.dumps(taken))
        return
    code = f"mail.taken.{taken['kind']}" if taken["is_new"] else "mail.taken.again"
    click.echo(say(code, lang, request=taken["request"] or "-"))


COMMAND = mail
