"""`andon capture URL…`: keep pages as evidence, as they are seen now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
import orjson

from andon.cli.options import REJECTED, UNUSABLE, AndonCommand, help_text, json_option, lang_option, warn
from andon.console import start
from andon.wording.say import say, say_error

if TYPE_CHECKING:
    from andon.wording.say import Language


@click.command("capture", cls=AndonCommand, help=help_text("capture"))
@click.argument("urls", nargs=-1, required=True, metavar="URL…")
@click.option("--by", default="", metavar="USERNAME", help=help_text("opt.capture_by"))
@click.option("--no-screenshot", is_flag=True, help=help_text("opt.no_picture"))
@json_option("opt.capture_json")
@lang_option
@click.pass_context
def capture(ctx: click.Context, *, urls: tuple[str, ...], by: str, no_screenshot: bool, as_json: bool, lang: Language) -> None:
    """See each page and keep it. Exit status 3 when some could not be seen, 2 when none could."""
    start.setup()
    start.migrate()
    from andon.console.captures import commands  # noqa: PLC0415 - it needs Django, which is set up by now
    from andon.console.outside.errors import Unreachable  # noqa: PLC0415 - the same

    actor, failed = commands.person_of(by), 0
    for url in urls:
        try:
            kept = commands.captured(actor, url, with_picture=not no_screenshot)
        except Unreachable as error:
            failed += 1
            warn(say_error(error, lang))
        else:
            _show(kept, lang, as_json=as_json)
    if failed < len(urls):
        _stamp(commands.stamped(), lang)
    if failed:
        ctx.exit(UNUSABLE if failed == len(urls) else REJECTED)


COMMAND = capture


def _show(kept: dict[str, Any], lang: Language, *, as_json: bool) -> None:
    if as_json:
        click.echo(orjson.dumps(kept))
        return
    for one in kept["kept"]:
        kind = say(f"captures.kind.{one['kind']}", lang)
        click.echo(say("capture.kept", lang, kind=kind, status=kept["status"], sha256=one["sha256"], url=kept["url"]))
    click.echo(say("capture.file", lang, file=kept["file"]))
    if kept["without_picture"]:
        click.echo(say("capture.no_picture", lang, reason=_without(kept, lang)))


def _without(kept: dict[str, Any], lang: Language) -> str:
    """Why there is no screenshot, in words."""
    code = kept["without_picture"]
    ours = f"captures.without.{code}"
    said = say(ours, lang)
    return said if said != ours else say(f"unreachable.{code}", lang, host=kept["final_url"].split("/")[2])


def _stamp(count: int, lang: Language) -> None:
    if count:
        warn(say("capture.stamped" if count > 0 else "capture.not_stamped", lang, count=count))
