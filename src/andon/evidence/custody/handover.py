"""The package for hand-over: a bag with the originals, what was derived, the custody log, CASE/UCO, and the disclosure list.

data/E0001/original/…      every file of the exhibit, under its path inside it
data/E0001/derived/…       what was made from it
data/E0001/manifest.json, data/E0001/case.jsonld
data/custody.jsonl         the log: lines of other exhibits only as number and hashes, so that the chain can be followed and nothing of them is told
data/disclosure.csv, data/disclosure.json
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson

from andon.domain.errors import EvidenceError
from andon.evidence.custody import acts, log
from andon.evidence.custody.bag import making
from andon.evidence.custody.case_uco import case_of
from andon.evidence.custody.disclosure import as_csv, items
from andon.evidence.custody.members import clean_name
from andon.evidence.custody.original import Original
from andon.evidence.custody.tool import tool
from andon.evidence.custody.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from andon.evidence.custody.bag import Bag
    from andon.evidence.custody.store import Store

_CHAIN = ("number", "before", "hash")  # what is told of lines of other exhibits
_ORIGINAL, _DERIVED = "original", "derived"


def hand_over(
    store: Store, exhibits: Sequence[str], target: Path, *, by: str, to: str, heading: tuple[str, ...], words: dict[str, str],
    only_disclosable: bool = False, at: datetime | None = None, tell: Callable[[int], None] | None = None,
) -> log.Anchor:  # fmt: skip
    """Write the package to `target` (a folder that is not there yet) and one line per exhibit to the log; the anchor of the last.

    1. The exhibits and the log are verified; nothing that is not whole is handed over. 2. The bag is written and checked from the disk. 3. The log
    says who exported what to whom, and the hash of the bag's own list. `only_disclosable` leaves out the bytes of what is not, or not yet, decided
    to be disclosable; the list still names it.

    Raises EvidenceError: reason "needs", "not_whole" (see `verify`), "exists", "no_exhibit", "inside_store".
    """
    for name, value in (("by", by), ("to", to)):
        if not value.strip():
            raise EvidenceError(reason="needs", name=name)
    if store.folder.resolve() in (target.resolve(), *target.resolve().parents):
        raise EvidenceError(reason="inside_store", path=str(target))
    for exhibit in exhibits:
        store.manifest(exhibit)
    if wrong := verify(store, only=exhibits).findings:
        raise EvidenceError(reason="not_whole", path=str(store.folder), count=len(wrong), code=wrong[0].code)
    when = (at or datetime.now(UTC)).astimezone(UTC)
    with making(target) as bag:
        for exhibit in exhibits:
            _put_exhibit(bag, store, exhibit, only_disclosable=only_disclosable, tell=tell)
        rows = [row for exhibit in exhibits for row in items(store, exhibit)]
        bag.add("disclosure.csv", [as_csv(rows, heading, words)])
        bag.add("disclosure.json", [orjson.dumps([asdict(row) for row in rows], option=orjson.OPT_INDENT_2)])
        bag.add("custody.jsonl", _redacted(store, set(exhibits)))
        bag.close({
            "Bag-Software-Agent": f"{tool()['name']} {tool()['version']}", "Bagging-Date": when.date().isoformat(), "Contact-Name": by,
            "External-Identifier": " ".join(exhibits), "External-Description": f"{by} → {to}",
        })  # fmt: skip
    with Original(target / "manifest-sha256.txt") as listing:
        facts = {"to": to, "bag_manifest_sha256": listing.sha256, "only_disclosable": only_disclosable, "package": clean_name(target.name)}
    with log.writing(store.folder):
        return [log.append(store.folder, log.Act("exported", by, exhibit, facts=facts), at=when) for exhibit in exhibits][-1]


def _put_exhibit(bag: Bag, store: Store, exhibit: str, *, only_disclosable: bool, tell: Callable[[int], None] | None) -> None:
    manifest, lines = store.manifest(exhibit), acts.lines_of(store, exhibit)
    for number, row in enumerate(items(store, exhibit)):
        if only_disclosable and row.is_disclosable is not True:
            continue
        below = f"{_ORIGINAL}/{row.name}" if row.origin == _ORIGINAL else f"{_DERIVED}/{number:04}-{clean_name(row.name).rpartition('/')[2]}"
        with Original(store.object_path(row.sha256)) as copy:
            if bag.add(f"{exhibit}/{below}", copy.pieces()) != row.sha256:
                raise EvidenceError(reason="not_whole", path=str(copy.path), count=1, code="copy_changed")
        if tell is not None:
            tell(row.size)
    bag.add(f"{exhibit}/manifest.json", [store.manifest_path(exhibit).read_bytes()])
    bag.add(f"{exhibit}/case.jsonld", [orjson.dumps(case_of(manifest, lines), option=orjson.OPT_INDENT_2)])


def _redacted(store: Store, exhibits: set[str]) -> Iterator[bytes]:
    for line in log.lines(store.folder):
        told: dict[str, Any] = line if line["exhibit"] in exhibits else {key: line[key] for key in _CHAIN}
        yield orjson.dumps(told) + b"\n"
