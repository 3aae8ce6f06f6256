"""Makes docs/reference from the code: signals, sources and commands, each described where it is written and nowhere else.

Run `make reference` (or `.venv/bin/python docs/make_reference.py [FOLDER]`) after a change of a signal, a source, an example of a source or a help
sentence. Weights are left out on purpose: they change with every training, and `andon explain` shows them for a post.
"""  # noqa: INP001 - a program beside the documents, no package

from __future__ import annotations

import dataclasses
import json
import os
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ["ANDON_LANG"] = "en"  # help is made in the language of the environment while the commands are loaded

import click

from andon.cli.main import main as andon
from andon.cli.options import INTERRUPTED, REJECTED, UNUSABLE
from andon.console.undercover.authority import states_page
from andon.console.undercover.inspection import rules_page
from andon.detection.records.formats import Format, ending, guess_format
from andon.detection.scoring.lexicon import expand
from andon.detection.signals.registry import modules
from andon.detection.signals.signal import Side
from andon.detection.sources.registry import all_sources
from andon.domain.posts import Post
from andon.evidence.chats.registry import all_readers
from andon.wording.groups import GROUPS
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.detection.signals.signal import Signal
    from andon.detection.sources.source import Source

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "tests" / "detection" / "sources" / "examples"
MADE = "<!-- Made by docs/make_reference.py from the code: do not edit, run `make reference`. -->\n"

SIGNALS_HEAD = """\
The {count} named reasons, by group. A signal *fires* on a post or not; what that is worth stands in the model, is learned from the corpus, and is
shown by `andon explain` for the post at hand. The side only says which way a weight may pull: *for* recruitment, *against* it, or *scene* (either
way). Terms are matched on the [normal form](../concepts.md); a few are shown, the file `src/andon/detection/signals/<name>.py` holds all.
How a score comes of them: [how a score arises](../explanation/how-a-score-arises.md). How to add one: [add a signal](../how-to/add-a-signal.md).
"""
SOURCES_HEAD = """\
The {count} kinds of export and stream that `andon scan` knows. Which one a file is, is told by its content, never by its name; `--source NAME`
overrides it.

- Packing: gzip and zstd are unpacked on the way; files inside `.zip`, `.tar`, `.tar.gz` and `.tar.zst` are read in place.
- Text: UTF-8, UTF-16 or cp932 (Shift_JIS); web pages and feeds also EUC-JP and ISO-2022-JP.
- Times: one without a zone is Japanese time; all are kept in UTC. A field that stays empty means that the source does not say.
- A record that is no post (a like, a deletion, a notice) is *skipped* and counted; one that should be a post and cannot be read is a *reject*.

Each description says what is proven: seen in real captures, written from the published format, or tried on invented rows only. The example files are
all invented. How to add one: [add a source](../how-to/add-a-source.md).
"""
CHATS_HEAD = """`andon chat` reads {count} formats of conversations, told by content, never by a file's name alone. Every message carries the
file, the byte offset, the length and the SHA-256 of its record. What cannot be read is a finding with the same particulars; what goes in comes
out, or is counted as rejected.
"""
COMMANDS_HEAD = """\
What `--help` says, in English; with `ANDON_LANG=ja` it is Japanese (and also without it, unless `LANG` is English). Results go to standard output;
counts, rejects and errors go to standard error. Nothing waits for a key.
"""

_SHOWN_TERMS, _SHOWN_GUARDS = 6, 3
_SIDES = {Side.FOR: ("for", "募集に向く"), Side.AGAINST: ("against", "募集から離れる"), Side.SCENE: ("scene", "場面を示す")}
_NO_FIELDS = {"source", "file", "row", "extra"}  # of every post, or shown apart
_JSON = {
    Format.JSON_LINES: "JSON Lines", Format.JSON_VALUES: "JSON (an array, a page, or values over several lines)",
    Format.EVENTS: "a recorded event stream (`data:` lines)",
}  # fmt: skip


def _flowing(text: str) -> str:
    """Lines of one paragraph as one line."""
    return " ".join(text.split())


def _code(text: str) -> str:
    """`text` as code, whatever backticks and line breaks it holds."""
    marks = "``" if "`" in text else "`"
    return f"{marks}{text}{marks}"


def _shown(text: str) -> str:
    """`text` with its `<` as signs, not as tags, outside of code."""
    return "".join(part if number % 2 else part.replace("<", "\\<") for number, part in enumerate(re.split("(`[^`]*`)", text)))


# Signals ------------------------------------------------------------------------------------------------------------------------------------------


def _doc_parts(doc: str) -> tuple[str, str, str]:
    """Title, why it counts, when it misleads (tests/test_house.py holds every signal to this form)."""
    title, why, misleads = re.split(r"\n+(?:Why it counts|When it misleads):", doc.strip())
    return _flowing(title), _flowing(why), _flowing(misleads)


def _fires(signal: Signal) -> str:
    """What the signal looks for, with a few examples of its terms."""
    if signal.within is not None:
        high = signal.within.high
        to = "and more" if high == type(signal.within)(signal.within.measure, 0).high else f"to {high:,}"
        return f"measure `{signal.within.measure}` from {signal.within.low:,} {to}"
    if signal.all_of or signal.none_of:
        parts = [" and ".join(f"`{name}`" for name in signal.all_of), " or ".join(f"`{name}`" for name in signal.none_of)]
        return " without ".join(part for part in parts if part)
    terms = list(dict.fromkeys(expand(term)[0] for term in signal.terms))
    more = " …" if len(terms) > _SHOWN_TERMS else ""
    guards = list(dict.fromkeys(expand(term)[0] for term in signal.guards))[:_SHOWN_GUARDS]
    unless = f"; not inside {' '.join(map(_code, guards))}{' …' if len(signal.guards) > _SHOWN_GUARDS else ''}" if guards else ""
    return f"words such as {' '.join(map(_code, terms[:_SHOWN_TERMS]))}{more}{unless}"


def _signal(signal: Signal, doc: str) -> Iterator[str]:
    title, why, misleads = _doc_parts(doc)
    side_en, side_ja = _SIDES[signal.side]
    yield f"### `{signal.name}`\n"
    yield f"{signal.ja} / {signal.en} · {side_ja} / {side_en}\n"
    yield f"- {title}"
    yield f"- Why it counts: {why}"
    yield f"- When it misleads: {misleads}"
    yield f"- 日本語: {signal.why_ja}"
    yield f"- Fires on: {_fires(signal)}"
    if signal.kinds:
        yield f"- Points to: {', '.join(say(f'kind.{kind}', 'en') for kind in signal.kinds)}"
    yield ""


def signals() -> str:
    """docs/reference/signals.md: every signal, by group."""
    found = modules()
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name, module in found.items():
        groups[module.SIGNAL.group].append(name)
    lines = [
        "# Signals\n", MADE, SIGNALS_HEAD.format(count=len(found)),
        "| group | signals |", "|---|---|",
        *(f"| [{ja} / {en}](#{group.replace('_', '-')}) | {len(groups[group])} |" for group, (ja, en) in GROUPS.items() if groups[group]), "",
    ]  # fmt: skip
    for group in [*(known for known in GROUPS if known in groups), *sorted(set(groups) - set(GROUPS))]:
        ja, en = GROUPS.get(group, (group, group))
        lines.append(f'<a id="{group.replace("_", "-")}"></a>\n\n## {ja} / {en}\n')
        for name in groups[group]:
            lines += _signal(found[name].SIGNAL, found[name].__doc__ or "")
    return "\n".join(lines).rstrip() + "\n"


# Sources ------------------------------------------------------------------------------------------------------------------------------------------


def _examples(source: Source) -> list[tuple[Path, dict[str, Any]]]:
    """The source's example files with what is expected of them."""
    found = sorted(path for path in EXAMPLES.iterdir() if path.name.startswith(f"{source.name}.") and not path.name.endswith(".expected.json"))
    return [(path, json.loads(path.with_name(f"{path.name}.expected.json").read_text(encoding="utf-8"))) for path in found]


def _formats(source: Source, examples: list[tuple[Path, dict[str, Any]]]) -> list[str]:
    """Layouts the source reads: those its parts open to it, and the JSON layouts of its examples."""
    guessed = {guess_format(path.read_bytes(), ending(path.name), whole=True) for path, _ in examples}
    formats = [words for format_, words in _JSON.items() if format_ in guessed]
    if source.inside:
        formats.append(f"one large object whose array {' or '.join(map(_code, source.inside))} holds the items, of any size")
    formats += ["tables: CSV, TSV, workbooks (`.xlsx`, `.xls`)"] if source.table else []
    formats += ["Parquet"] if source.name == "generic" else []  # records/batches.py gives Parquet to no other
    formats += ["a whole web page or feed (HTML, XML)"] if source.document else []
    formats += ["lines of its own format"] if source.lines else []
    return formats


def _fields(examples: list[tuple[Path, dict[str, Any]]]) -> tuple[list[str], list[str]]:
    """Fields of a post that the examples fill, in the order of `Post`, and the keys of `extra`."""
    posts = [post for _, expected in examples for post in expected["posts"]]
    fields = dict.fromkeys(name for post in posts for name in post if name not in _NO_FIELDS)
    order = [one.name for one in dataclasses.fields(Post)]
    extra = sorted({key for post in posts for key in post.get("extra", {})})
    return sorted(fields, key=order.index), extra


def _source(source: Source) -> Iterator[str]:
    doc = (sys.modules[source.posts.__module__].__doc__ or "").strip()
    examples = _examples(source)
    fields, extra = _fields(examples)
    yield f"## `{source.name}`\n"
    yield f"{source.ja} / {source.en}\n"
    yield _shown(doc) + "\n"
    yield f"- Reads: {'; '.join(_formats(source, examples))}"
    yield f"- Fields kept (as far as the examples hold them): {' '.join(_code(name) for name in fields)}"
    if extra:
        yield f"- And in `extra`: {' '.join(_code(name) for name in extra)}"
    count = {name: sum(len(expected[name]) for _, expected in examples) for name in ("posts", "rejects")}
    skipped = sum(expected["skipped"] for _, expected in examples)
    names = ", ".join(_code(path.name.removeprefix(f"{source.name}.")) for path, _ in examples)
    yield f"- Examples under test: {names} ({count['posts']} posts, {skipped} skipped, {count['rejects']} rejected)"
    yield ""


def sources() -> str:
    """docs/reference/sources.md: every source."""
    found = all_sources()
    lines = [
        "# Sources\n", MADE, SOURCES_HEAD.format(count=len(found)),
        "| source | 日本語 | English |", "|---|---|---|",
        *(f"| [`{one.name}`](#{one.name}) | {one.ja} | {one.en} |" for one in found), "",
    ]  # fmt: skip
    for one in found:
        lines += _source(one)
    return "\n".join(lines).rstrip() + "\n"


# Commands -----------------------------------------------------------------------------------------------------------------------------------------


def _cell(text: str) -> str:
    """`text` for a cell of a table."""
    return text.replace("|", "\\|")


def _command(name: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=f"andon {name}")
    yield f"## `andon {name}`\n"
    yield f"{_flowing(command.help or '')}\n"
    yield f"```\nandon {name} {' '.join(command.collect_usage_pieces(context))}\n```\n"
    yield "| option | meaning |\n|---|---|"
    for parameter in command.params:
        record = parameter.get_help_record(context)
        if record is not None and record[1]:
            yield f"| {_code(_cell(record[0]))} | {_cell(_flowing(record[1]))} |"
    yield ""
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            one = command.get_command(context, inner)
            if one is not None:
                yield from _command(f"{name} {inner}", one)


def commands() -> str:
    """docs/reference/commands.md: every command with its options, as `--help` says it in English."""
    group = andon
    context = click.Context(group, info_name="andon")
    lines = [
        "# Commands\n", MADE, COMMANDS_HEAD,
        "| exit status | meaning |", "|---|---|",
        "| 0 | done |", f"| {UNUSABLE} | an input, output or option cannot be used; one sentence says which and why |",
        f"| {REJECTED} | done, but some rows could not be read (they are counted and shown; `scan --rejects` writes them) |",
        f"| {INTERRUPTED} | stopped by Ctrl-C; what was found is kept, and `scan --out` says how to go on |", "",
    ]  # fmt: skip
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None:
            lines += _command(name, command)
    return "\n".join(lines).rstrip() + "\n"


def undercover_states() -> str:
    """docs/reference/undercover-states.md: the state table of plans."""
    return states_page.page(MADE)


def rules() -> str:
    """docs/reference/rules.md: rules of fictitious-identity investigations, with the tests that try to break them."""
    return rules_page.page(MADE, ROOT)


def chats() -> str:
    """docs/reference/chats.md: every format of conversations that is read, as its reader describes it."""
    found = all_readers()
    lines = [
        "# Formats of conversations\n", MADE, CHATS_HEAD.format(count=len(found)),
        "| format | 日本語 | English |", "|---|---|---|", *(f"| [`{one.name}`](#{one.name}) | {one.ja} | {one.en} |" for one in found), "",
    ]  # fmt: skip
    for one in found:
        module = sys.modules[one.read.__module__]
        lines += [f"## {one.name}\n", f"{one.en}\n", f"{(module.__doc__ or '').strip()}\n"]
    return "\n".join(lines).rstrip() + "\n"


PAGES = {
    "signals.md": signals, "sources.md": sources, "chats.md": chats, "commands.md": commands, "undercover-states.md": undercover_states,
    "rules.md": rules,
}  # fmt: skip


def main(folder: Path) -> None:
    """Write all pages into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "docs" / "reference")
