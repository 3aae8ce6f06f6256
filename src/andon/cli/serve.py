"""`andon serve`: the desk in the browser, with its background worker, until Ctrl-C."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from andon.cli.options import AndonCommand, help_text, lang_option, warn
from andon.console import serving
from andon.console.demo_people import sign_ins
from andon.console.environment import Environment
from andon.wording.say import say

if TYPE_CHECKING:
    from andon.wording.say import Language

DEMO_HOME = Path(".demo") / "desk"


@click.command("serve", cls=AndonCommand, help=help_text("serve"))
@click.option("--host", default="127.0.0.1", show_default=True, help=help_text("opt.host"))
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help=help_text("opt.port"))
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help=help_text("opt.workers"))
@click.option("--demo", "samples", type=click.Path(exists=True, path_type=Path), default=None, metavar="PATH", help=help_text("opt.demo"))
@lang_option
def serve(*, host: str, port: int, workers: int, samples: Path | None, lang: Language) -> None:
    """Check, prepare, serve."""
    serving.check_installed()
    place = serving.Place(host, port, workers)
    if samples is not None:
        _demo(place, samples, lang)
        return
    serving.check_free(place)
    warn(say("serve.preparing", lang))
    serving.prepare()
    serving.check_people()
    if place.is_open and not Environment.read().public:
        warn(say("serve.unreachable", lang))
    serving.serve(place, lambda: click.echo(say("serve.ready", lang, address=place.address)))
    warn(say("serve.stopped", lang))


COMMAND = serve


def _demo(place: serving.Place, samples: Path, lang: Language) -> None:
    """The desk on sample data, with people of every role. ANDON_DEMO_ONCE=1 stops before serving."""
    once = os.environ.get("ANDON_DEMO_ONCE", "") not in ("", "0")
    os.environ["ANDON_DEMO"] = "1"
    place = place if once else serving.first_free(place)
    warn(say("serve.preparing", lang))
    serving.prepare(Path(os.environ.get("ANDON_HOME") or DEMO_HOME).absolute())
    from andon.console import demo  # noqa: PLC0415 - it needs Django, which is set up by now

    demo.set_up(samples, lambda code: warn(say(code, lang)))
    if once:
        click.echo(sign_ins(place.address, lang))
        return
    serving.serve(place, lambda: click.echo(sign_ins(place.address, lang) + "\n" + say("serve.until", lang)))
    warn(say("serve.stopped", lang))
