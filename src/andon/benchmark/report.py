"""The measured table as Markdown and JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from andon.benchmark.measuring import Row


def as_markdown(rows: Sequence[Row], about: dict[str, str]) -> str:
    """The table with a line about the machine."""
    lines = [
        "Posts per CPU second of one core (medians of interleaved rounds, one run, one machine); wall clock where the name says so.", "",
        ", ".join(f"{key} {value}" for key, value in about.items()), "",
        "| candidate | posts/s | × scikit-learn | cost ÷ best reader of the file | note |", "|---|---:|---:|---:|---|",
    ]  # fmt: skip
    for row in rows:
        floor = f"{row.ratio_to_floor:.2f}" if row.ratio_to_floor else ""
        lines.append(f"| {row.name} | {row.posts_per_cpu_second:,.0f} | {row.ratio_to_sklearn:,.1f} | {floor} | {row.note} |")
    return "\n".join(lines) + "\n"


def write_results(rows: Sequence[Row], about: dict[str, str], folder: Path) -> None:
    """Write `speed.json` and `speed.md` to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    content = {"machine": about, "rows": [asdict(row) for row in rows]}
    (folder / "speed.json").write_bytes(orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n")
    (folder / "speed.md").write_text(as_markdown(rows, about), encoding="utf-8")
