"""Files and derived items of an exhibit with what was decided on their disclosure, and the list of them as a table."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from andon.console.evidence.exhibits.store import store
from andon.evidence.custody.disclosure import Item

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andon.console.evidence.exhibits.models import CustodyLine, Exhibit

PER_PAGE = 50
_Born = tuple[str, str, int]  # name, SHA-256, bytes


@lru_cache(maxsize=8)
def _files(place: str, code: str, manifest_sha256: str) -> tuple[str, tuple[_Born, ...]]:  # noqa: ARG001 - place and hash name it: it never changes
    """When it was taken in, as the manifest writes it, and its files."""
    manifest = store().manifest(code)
    return manifest.taken_at, tuple((one.name, one.sha256, one.size) for one in manifest.files)


def items(exhibit: Exhibit, lines: Sequence[CustodyLine]) -> list[Item]:
    """Everything that can be disclosed or withheld, originals first; from the manifest and the rows of the log (as the library's own list)."""
    at, files = _files(str(store().folder), exhibit.code, exhibit.manifest_sha256)
    decided: dict[str, tuple[bool | None, str]] = {}
    for line in lines:
        if line.event == "marked":
            decided[line.facts["sha256"]] = (line.facts["is_disclosable"], line.how)
    taken = next(line for line in lines if line.event == "taken")
    born = (exhibit.is_disclosable, exhibit.disclosure_reason)
    found = [
        Item(exhibit.code, "original", name, sha256, size, at, taken.by, "", *decided.get(sha256, born)) for name, sha256, size in files
    ]
    return found + [_derived(line, decided) for line in lines if line.event == "derived"]


def _derived(line: CustodyLine, decided: dict[str, tuple[bool | None, str]]) -> Item:
    facts: dict[str, Any] = line.facts
    word, why = decided.get(facts["sha256"], (facts["is_disclosable"], ""))
    made_by = f"{facts['made_by']['name']} {facts['made_by']['version']}"
    at = line.at.isoformat(timespec="microseconds")
    return Item(line.exhibit, "derived", facts["name"], facts["sha256"], facts["bytes"], at, line.by, made_by, word, why)


def narrowed(found: Sequence[Item], words: str, decision: str) -> list[Item]:
    """Those whose name or hash holds the words, and of one decision ("yes", "no", "open")."""
    wanted = {"yes": True, "no": False, "open": None}
    return [
        one for one in found
        if (not words or words.lower() in one.name.lower() or one.sha256.startswith(words.lower()))
        and (decision not in wanted or one.is_disclosable is wanted[decision])
    ]  # fmt: skip
