"""`andon train LABELLED… --out MODEL`: fits, calibrates, writes the model and its card."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from andon.cli.options import FILE, AndonCommand, help_text, labelled_rows, lang_option, warn
from andon.detection.signals.registry import all_signals
from andon.domain.errors import OutputError
from andon.wording.say import say

if TYPE_CHECKING:
    from andon.wording.say import Language


@click.command("train", cls=AndonCommand, help=help_text("train"))
@click.argument("labelled", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="LABELLED…")
@click.option("--out", type=FILE, required=True, help=help_text("opt.model_out"))
@click.option("--card", type=FILE, default=None, help=help_text("opt.card"))
@lang_option
def train(labelled: tuple[Path, ...], out: Path, card: Path | None, lang: Language) -> None:
    """Train on labelled rows."""
    from andon.detection.learning.card import model_card  # noqa: PLC0415 - scikit-learn takes seconds to import: not for --help or a wrong path
    from andon.detection.learning.train import train as fit  # noqa: PLC0415 - as above

    if out.suffix != ".npz":
        raise OutputError(path=str(out), reason="npz")
    for place in (out, card or out):
        if not place.absolute().parent.is_dir():  # known now, not after minutes of training
            raise OutputError(path=str(place), reason="No such file or directory")
    rows = labelled_rows(labelled)
    console = Console(stderr=True)
    with console.status(say("training", lang)) as status:

        def progress(step: str, share: float) -> None:
            status.update(f"{say('training', lang)}: {step} {share:.0%}")

        model = fit(rows, all_signals(), progress=progress)
    beside = out.with_name(f".{out.stem}.new.npz")
    model.save(beside)
    beside.replace(out)
    described = card or out.with_suffix(".md")
    described.write_text(model_card(model, lang), encoding="utf-8")
    warn(say("train_done", lang, path=out, card=described))


COMMAND = train
