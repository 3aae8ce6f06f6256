"""`andon exhibit`: take exhibits in by copy, keep their custody log, verify, hand over."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click
import orjson
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TextColumn, TransferSpeedColumn

from andon.cli.options import AndonCommand, help_text, json_option, lang_option, warn
from andon.cli.show import printable
from andon.evidence.custody import acts, log
from andon.evidence.custody.handover import hand_over
from andon.evidence.custody.intake import Taking, take_in
from andon.evidence.custody.store import Store
from andon.evidence.custody.verify import verify as verified
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from andon.wording.say import Language

WRONG = 1
_FOLDER = click.Path(file_okay=False, path_type=Path)
_COLUMNS = ("exhibit", "origin", "name", "sha256", "size", "at", "by", "made_by", "disclosable", "reason")
_WORDS = ("yes", "no", "undecided", "original", "derived")
_STORE = click.option("--store", type=_FOLDER, required=True, help=help_text("opt.store"))
_BY = click.option("--by", required=True, help=help_text("opt.exhibit_by"))
_PLACE = click.option("--place", required=True, help=help_text("opt.exhibit_place"))


@click.group("exhibit", help=help_text("exhibit"))
def exhibit() -> None:
    """What was taken in as evidence."""


@exhibit.command("add", cls=AndonCommand, help=help_text("exhibit.add"))
@click.argument("path", type=click.Path(path_type=Path))
@_STORE
@_BY
@_PLACE
@click.option("--how", required=True, help=help_text("opt.exhibit_how"))
@click.option("--title", default="", help=help_text("opt.exhibit_title"))
@click.option("--number", default="", help=help_text("opt.exhibit_number"))
@click.option("--device", default="", help=help_text("opt.exhibit_device"))
@click.option("--disclosable/--not-disclosable", "is_disclosable", default=None, help=help_text("opt.exhibit_disclosable"))
@click.option("--why", "disclosure_reason", default="", help=help_text("opt.exhibit_why"))
@json_option("opt.exhibit_json")
@lang_option
def add(path: Path, store: Path, *, as_json: bool, lang: Language, **said: str | bool | None) -> None:
    """Copy it into the store."""
    with _bar("exhibit.copying", lang) as tell:
        manifest, anchor = take_in(store, path, Taking(**said), tell=tell)  # type: ignore[arg-type]  # click gives each what it asks for
    if as_json:
        click.echo(orjson.dumps(asdict(manifest) | {"anchor": str(anchor)}))
        return
    size = sum(one.size for one in manifest.files)
    _say("exhibit.taken", lang, id=manifest.id, title=manifest.title, count=len(manifest.files), size=size, sha256=manifest.tree_sha256)
    for finding in manifest.findings:
        _say_finding(finding["code"], finding["where"], finding["facts"], lang)
    _say("exhibit.anchor", lang, anchor=anchor)


@exhibit.command("verify", cls=AndonCommand, help=help_text("exhibit.verify"))
@_STORE
@click.option("--anchor", "anchors", multiple=True, help=help_text("opt.exhibit_anchor"))
@click.option("--record", default="", help=help_text("opt.exhibit_record"))
@click.option("--quick", is_flag=True, help=help_text("opt.exhibit_quick"))
@json_option("opt.exhibit_json")
@lang_option
@click.pass_context
def verify(ctx: click.Context, store: Path, anchors: tuple[str, ...], record: str, *, quick: bool, as_json: bool, lang: Language) -> None:
    """Find what is changed, missing or extra. Exit status 1 when something is."""
    kept = Store(store)
    with _bar("exhibit.verifying", lang) as tell:
        result = verified(kept, tuple(map(log.read_anchor, anchors)), tell, quick=quick)
    if record:
        acts.checked(kept, by=record, findings=len(result.findings), quick=result.quick)
    if as_json:
        click.echo(orjson.dumps(asdict(result)))
    else:
        for one in result.findings:
            _say_finding(one.code, one.where, one.facts, lang)
        _say("exhibit.checked", lang, exhibits=result.exhibits, files=result.files, size=result.size, lines=result.lines)
        if result.quick:
            _say("exhibit.checked_quickly", lang, quick=result.quick)
    warn(say("exhibit.wrong" if result.findings else "exhibit.whole", lang, count=len(result.findings)))
    ctx.exit(WRONG if result.findings else 0)


@exhibit.command("export", cls=AndonCommand, help=help_text("exhibit.export"))
@click.argument("exhibits", nargs=-1, required=True, metavar="E0001…")
@_STORE
@click.option("--out", type=_FOLDER, required=True, help=help_text("opt.exhibit_out"))
@_BY
@click.option("--to", required=True, help=help_text("opt.exhibit_to"))
@click.option("--only-disclosable", is_flag=True, help=help_text("opt.exhibit_only_disclosable"))
@lang_option
def export(exhibits: tuple[str, ...], store: Path, out: Path, by: str, to: str, *, only_disclosable: bool, lang: Language) -> None:
    """Write the package for hand-over."""
    heading = tuple(say(f"exhibit.list.{one}", lang) for one in _COLUMNS)
    words = {one: say(f"exhibit.word.{one}", lang) for one in _WORDS}
    with _bar("exhibit.copying", lang) as tell:
        anchor = hand_over(
            Store(store), exhibits, out, by=by, to=to, heading=heading, words=words, only_disclosable=only_disclosable, tell=tell
        )  # fmt: skip
    _say("exhibit.exported", lang, path=out)
    _say("exhibit.anchor", lang, anchor=anchor)


@exhibit.command("transfer", cls=AndonCommand, help=help_text("exhibit.transfer"))
@click.argument("name", metavar="E0001")
@_STORE
@_BY
@click.option("--to", required=True, help=help_text("opt.exhibit_to"))
@_PLACE
@click.option("--how", required=True, help=help_text("opt.exhibit_how"))
@lang_option
def transfer(name: str, store: Path, by: str, to: str, place: str, how: str, *, lang: Language) -> None:
    """Record a transfer with its two names."""
    _say("exhibit.anchor", lang, anchor=acts.transfer(Store(store), name, giver=by, taker=to, place=place, how=how))


@exhibit.command("seal", cls=AndonCommand, help=help_text("exhibit.seal"))
@click.argument("name", metavar="E0001")
@_STORE
@_BY
@_PLACE
@click.option("--seal", "number", default="", help=help_text("opt.exhibit_seal"))
@lang_option
def seal(name: str, store: Path, by: str, place: str, number: str, *, lang: Language) -> None:
    """Seal an exhibit."""
    _say("exhibit.anchor", lang, anchor=acts.seal(Store(store), name, by=by, place=place, number=number))


@exhibit.command("unseal", cls=AndonCommand, help=help_text("exhibit.unseal"))
@click.argument("name", metavar="E0001")
@_STORE
@_BY
@_PLACE
@click.option("--why", required=True, help=help_text("opt.exhibit_why"))
@lang_option
def unseal(name: str, store: Path, by: str, place: str, why: str, *, lang: Language) -> None:
    """Open a sealed exhibit."""
    _say("exhibit.anchor", lang, anchor=acts.unseal(Store(store), name, by=by, place=place, why=why))


@exhibit.command("log", cls=AndonCommand, help=help_text("exhibit.log"))
@click.argument("name", metavar="E0001")
@_STORE
@lang_option
def show_log(name: str, store: Path, *, lang: Language) -> None:
    """Every act on an exhibit."""
    kept = Store(store)
    kept.manifest(name)
    for line in acts.lines_of(kept, name):
        rest = "".join(f"  {one}" for one in (line["facts"].get("to", ""), line["place"], line["how"]) if one)
        event = say(f"exhibit.event.{line['event']}", lang)
        _say("exhibit.line", lang, number=line["number"], at=line["at"], event=event, by=line["by"], rest=rest)


COMMAND = exhibit


def _say(code: str, lang: Language, **data: object) -> None:
    click.echo(printable(say(code, lang, **data)))


def _say_finding(code: str, where: str, facts: Mapping[str, object], lang: Language) -> None:
    _say(f"custody.finding.{code}", lang, **(dict(facts) | {"where": where}))


@contextmanager
def _bar(code: str, lang: Language) -> Iterator[Callable[[int], None]]:
    """Bytes so far on stderr, where that is a terminal."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(say(code, lang), total=None)
        yield lambda count: progress.update(task, advance=count)
