"""The posts as CSV, one a row: for forms that take lists, and for people with a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from andon.console.measures.kinds.removal.documents.blocks import label, minute
from andon.detection.records.writing import safe_cell
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from andon.wording.say import Language

_COLUMNS = ("number", "url", "source", "author", "posted", "seen", "category", "missing", "quotes", "sha256", "evidence")
_BOM = "\ufeff"  # tells Japanese spreadsheets that it is UTF-8


def csv_file(packet: Mapping[str, Any], language: Language = "ja") -> bytes:
    """The table, with its head in the given language."""
    rows = [[_cell(post, name, packet, language) for name in _COLUMNS] for post in packet["posts"]]
    return table([say(f"removal.csv.{name}", language) for name in _COLUMNS], rows)


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """A CSV file that a spreadsheet reads as text: no cell is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([[safe_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in rows])
    return (_BOM + out.getvalue()).encode("utf-8", "replace")


def _cell(post: Mapping[str, Any], name: str, packet: Mapping[str, Any], language: Language) -> object:
    both = say("removal.letter.and", language)
    match name:
        case "posted" | "seen":
            at = post["created_at" if name == "posted" else "observed_at"]
            return minute(at, language) if at else ""
        case "category":
            return say(f"category.{packet['ground']['category']}", language)
        case "missing":
            return both.join(say(f"item.{item}", language) for item in post["missing"])
        case "quotes":
            return "\n".join(say("removal.letter.quote", language, text=one["text"], label=label(one["signal"], language)) for one in post["quotes"])
        case "evidence":
            return "\n".join(f"{one['kind']} {one['sha256']}" for one in post["evidence"])
        case _:
            return post[name]
