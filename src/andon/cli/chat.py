"""`andon chat PATH`: the conversations in an export, a report or a database, with counts and with what could not be read."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click
import orjson
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from andon.cli.options import FILE, REJECTED, AndonCommand, help_text, json_option, lang_option, warn
from andon.cli.show import printable
from andon.cli.show_chats import gap_lines, lines_of
from andon.domain.errors import EvidenceError
from andon.evidence.chats.gaps.gap import gather
from andon.evidence.chats.gaps.registry import find_gaps
from andon.evidence.chats.registry import read_material
from andon.evidence.chats.summary import Summary
from andon.evidence.chats.times import ASSUMED_ZONE, zone_named
from andon.evidence.chats.writing import ChatFile
from andon.evidence.custody.material import Material
from andon.wording.say import say

if TYPE_CHECKING:
    from andon.evidence.chats.gaps.gap import Gap
    from andon.evidence.custody.findings import Finding
    from andon.wording.say import Language

_STEP = 2000  # messages between two looks of the progress line


@click.command("chat", cls=AndonCommand, help=help_text("chat"))
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--out", type=FILE, default=None, help=help_text("opt.chat_out"))
@click.option("--zone", default=ASSUMED_ZONE, show_default=True, help=help_text("opt.chat_zone"))
@click.option("--gaps", "with_gaps", is_flag=True, help=help_text("opt.chat_gaps"))
@json_option("opt.chat_json")
@lang_option
@click.pass_context
def chat(ctx: click.Context, *, path: Path, out: Path | None, zone: str, with_gaps: bool, as_json: bool, lang: Language) -> None:
    """Read everything once, write it where asked, and say what was found. Exit status 3 when records were rejected.

    Gaps are looked for in whole conversations: only then are all messages held in memory.
    """
    summary, kept = Summary(), []
    tzinfo = zone_named(zone)
    if out is not None:
        _check_place(path, out)
    with Material(path) as material, ExitStack() as stack:
        written = stack.enter_context(ChatFile(out, lang)) if out is not None else None
        progress = stack.enter_context(Progress(SpinnerColumn(), TextColumn("{task.description}"), console=Console(stderr=True), transient=True))
        task = progress.add_task(say("chat.reading", lang, count=0))
        for count, item in enumerate(read_material(material, zone=tzinfo, zone_name=zone)):
            summary.add(item)
            if written is not None:
                written.write(item)
            if with_gaps:
                kept.append(item)
            if count % _STEP == 0:
                progress.update(task, description=say("chat.reading", lang, count=count))
        if not summary.counts:
            raise EvidenceError(reason="no_chats", path=str(path), files=len(material.members))
        _show(summary, find_gaps(gather(kept)) if with_gaps else None, material, lang, as_json=as_json)
    if out is not None:
        warn(say("chat.written", lang, path=out))
    if summary.rejected:
        ctx.exit(REJECTED)


COMMAND = chat


def _check_place(path: Path, out: Path) -> None:
    """Nothing is written into a folder of the original."""
    original, folder = path.resolve(), out.parent.resolve()
    room = original if original.is_dir() else original.parent
    if folder == room or (room in folder.parents and original.is_dir()):
        raise EvidenceError(reason="beside_original", path=str(out))


def _show(summary: Summary, gaps: list[Gap] | None, material: Material, lang: Language, *, as_json: bool) -> None:
    unread = len(material.members) - len({one.file for one in summary.counts if "!/" not in one.file})
    if as_json:
        odd = [{"code": one.code, "where": one.where, "facts": dict(one.facts)} for one in material.findings]
        found = {} if gaps is None else {"gaps": [asdict(gap) for gap in gaps]}
        click.echo(orjson.dumps({**summary.plain(), **found, "unread_files": unread, "custody_findings": odd}, default=str))
        return
    for line in lines_of(summary, unread, lang):
        click.echo(printable(line))
    for line in [] if gaps is None else gap_lines(gaps, lang):
        click.echo(printable(line))
    for one in material.findings:
        warn(_custody(one, lang))


def _custody(one: Finding, lang: Language) -> str:
    return f"{one.where}: {say(f'custody.finding.{one.code}', lang, **{'where': one.where, **one.facts})}"
