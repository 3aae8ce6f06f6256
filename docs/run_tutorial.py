"""Runs the commands of the tutorials in a copy of the samples and writes what they print below them.

`.venv/bin/python docs/run_tutorial.py` after a change of the model, the samples or what the commands print; then read the text around the outputs
again. tests/docs/test_tutorial.py runs the same commands and looks at their exit status only.

A block of commands begins with three backticks and `sh`. A comment before it may say `exit: 3`, or `by hand` for what is not run here. The block
below it, with `text`, holds what it prints: all of it, or the lines that the comment before that block names. `output: 1-12, /words/+2, -3` are the
first twelve, the first line with these words and two more, and the last three; what is left out becomes a line with …. Times and speeds of a run
become … too.
"""  # noqa: INP001 - a program beside the documents, no package

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TUTORIALS = ("from-an-export-to-campaigns.md", "from-an-export-to-campaigns.ja.md")
_COLUMNS = 92
_BLOCK = re.compile(
    r"(?:<!-- (?P<note>exit: \d+|by hand) -->\n)?```sh\n(?P<commands>.*?)```\n"
    r"(?P<between>\n(?:<!-- output: (?P<lines>.*?) -->\n)?```text\n)?(?P<shown>(?<=```text\n).*?(?=```\n))?",
    re.DOTALL,
)
_CHANGING = re.compile(r"(?<=[（(])\d+\.\d (?:s, |秒、)[\d,]+ (?:posts/s|件/秒)(?=[)）])")


@dataclass(frozen=True, slots=True)
class Step:
    """One block of commands: what it is, which exit status belongs to it, whether it is run."""

    commands: str
    status: int
    by_hand: bool


def step(match: re.Match[str]) -> Step:
    """What a block says."""
    note = match["note"] or ""
    return Step(match["commands"], int(note.removeprefix("exit: ")) if note.startswith("exit") else 0, note == "by hand")


def steps(page: str) -> list[Step]:
    """The blocks of commands of a tutorial, in order."""
    return [step(match) for match in _BLOCK.finditer(page)]


def run(commands: str, folder: Path, language: str) -> tuple[int, str]:
    """Exit status and output (both streams, in the order written) of commands run in `folder` by a shell that stops at the first failure."""
    tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"ANDON_LANG": language, "COLUMNS": str(_COLUMNS), "PATH": tools, "PYTHONUTF8": "1"}
    done = subprocess.run(  # noqa: S603 - the commands are the project's own
        ["bash", "-e", "-c", commands],  # noqa: S607 - the reader's own shell
        cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout.decode()


def _named(part: str, lines: list[str]) -> range:
    """The lines that one part of a comment names: `1-12`, `-3` or `/words/+2`."""
    if part.startswith("/"):
        words, _, more = part[1:].rpartition("/+")
        first = next(number for number, line in enumerate(lines) if words in line)
        return range(first, min(first + int(more) + 1, len(lines)))
    first, _, last = part.rpartition("-")
    return range(int(first) - 1, min(int(last), len(lines))) if first else range(max(len(lines) - int(last), 0), len(lines))


def _shortened(output: str, wanted: str | None) -> str:
    """The wanted lines of an output, … for what is left out between them. Raises StopIteration for words that are not in it."""
    lines = [line.rstrip() for line in _CHANGING.sub("…", output).strip("\n").split("\n")]
    parts = [part.strip() for part in wanted.split(",")] if wanted else [f"1-{len(lines)}"]
    kept = {number for part in parts for number in _named(part, lines)}
    shown: list[str] = []
    for number, line in enumerate(lines):
        if number in kept:
            shown.append(line)
        elif not shown or shown[-1] != "…":
            shown.append("…")
    return "\n".join(shown) + "\n"


def _suggested_pair(folder: Path) -> list[str]:
    """Ids of the two posts of the first suggestion in the tutorial's book: they change when the samples are made anew."""
    _, output = run("andon campaigns --state campaigns.sqlite --json 2> /dev/null", folder, "en")
    records = [json.loads(line) for line in output.splitlines()]
    tie = next(one["tie"] for record in records for one in record["suggestions"])
    ids = {member["number"]: member["id"] for record in records for member in record["members"]}
    return [ids[number] for number in tie["posts"]]


def write(page: Path) -> None:
    """Run a tutorial and write its outputs, and into `--different` the posts that are suggested now.

    Raises RuntimeError for a block that ends otherwise than the page says.
    """
    language = "ja" if page.name.endswith(".ja.md") else "en"
    with tempfile.TemporaryDirectory() as name:
        shutil.copytree(ROOT / "samples", Path(name) / "samples")

        def filled(match: re.Match[str]) -> str:
            one = step(match)
            if one.by_hand:
                return match[0]
            whole, start, commands = match[0], match.start("shown") - match.start(), one.commands
            if "--different" in commands:
                commands = re.sub(r"(?<=--different )\S+ \S+", " ".join(_suggested_pair(Path(name))), commands)
                whole, start = whole.replace(one.commands, commands), start + len(commands) - len(one.commands)
            status, output = run(commands, Path(name), language)
            if status != one.status:
                message = f"{commands}\nexit status {status}, not {one.status}\n{output}"
                raise RuntimeError(message)
            return whole if match["between"] is None else whole[:start] + _shortened(output, match["lines"])

        page.write_text(_BLOCK.sub(filled, page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    for tutorial in TUTORIALS:
        write(ROOT / "docs" / "tutorial" / tutorial)
