"""The list of what there is, and what of it may be shown to the defence: for the prosecutor, in a table that opens anywhere.

An item is decided when somebody said so with a reason, at intake or later; the last word counts. What nobody decided stands as undecided: it is
never taken for either.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from andon.evidence.custody.acts import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from andon.evidence.custody.store import Store

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what makes a table program compute


@dataclass(frozen=True, slots=True)
class Item:
    """One file or derived item. `is_disclosable` None: undecided. `origin` is "original" or "derived"; `made_by` the program of a derived one."""

    exhibit: str
    origin: str
    name: str
    sha256: str
    size: int
    at: str
    by: str
    made_by: str
    is_disclosable: bool | None
    reason: str


def items(store: Store, exhibit: str) -> list[Item]:
    """Everything of an exhibit that can be disclosed or withheld, originals first."""
    manifest = store.manifest(exhibit)
    lines = lines_of(store, exhibit)
    decided: dict[str, tuple[bool | None, str]] = {}
    for line in lines:
        if line["event"] == "marked":
            decided[line["facts"]["sha256"]] = (line["facts"]["is_disclosable"], line["how"])
    born = (manifest.is_disclosable, manifest.disclosure_reason)
    rows = [
        Item(exhibit, "original", one.name, one.sha256, one.size, manifest.taken_at, manifest.taken_by, "", *decided.get(one.sha256, born))
        for one in manifest.files
    ]
    return rows + [_derived(exhibit, line, decided) for line in lines if line["event"] == "derived"]


def _derived(exhibit: str, line: dict[str, Any], decided: dict[str, tuple[bool | None, str]]) -> Item:
    facts = line["facts"]
    word, why = decided.get(facts["sha256"], (facts["is_disclosable"], ""))
    made_by = f"{facts['made_by']['name']} {facts['made_by']['version']}"
    return Item(exhibit, "derived", facts["name"], facts["sha256"], facts["bytes"], line["at"], line["by"], made_by, word, why)


def as_csv(rows: Iterable[Item], heading: tuple[str, ...], words: dict[str, str]) -> bytes:
    """The list as CSV (UTF-8 with BOM, for table programs). `words` say "yes", "no", "undecided", "original" and "derived" in the reader's language.

    A cell that a table program would take for a formula gets an apostrophe before it.
    """
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(heading)
    for row in rows:
        word = words["undecided" if row.is_disclosable is None else "yes" if row.is_disclosable else "no"]
        cells = (row.exhibit, words[row.origin], row.name, row.sha256, row.size, row.at, row.by, row.made_by, word, row.reason)
        table.writerow([f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell for cell in cells])
    return b"\xef\xbb\xbf" + out.getvalue().encode()
