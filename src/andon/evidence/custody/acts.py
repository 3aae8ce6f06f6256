"""What is done with an exhibit after it was taken in: handed on, sealed, opened, marked for disclosure, something derived from it. Each is a line."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from andon.domain.errors import EvidenceError
from andon.evidence.custody import log
from andon.evidence.custody.tool import tool

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from andon.evidence.custody.store import Manifest, Store

_ARCHIVES = frozenset({"zip", "tar"})  # kinds of exhibits that are one file

def transfer(store: Store, exhibit: str, *, giver: str, taker: str, place: str, how: str, at: datetime | None = None) -> log.Anchor:
    """An exhibit went from one named person to another.

    Raises EvidenceError: reason "needs", "same_person" (one cannot hand to oneself), "not_holder" (`giver` is not who held it last), "no_exhibit".
    """
    _needs(giver=giver, taker=taker, place=place, how=how)
    if giver.strip() == taker.strip():
        raise EvidenceError(reason="same_person", name=giver)
    with log.writing(store.folder):
        manifest = store.manifest(exhibit)
        holding = holder(store, exhibit)
        if holding != giver:
            raise EvidenceError(reason="not_holder", name=giver, known=holding)
        facts = {"from": giver, "to": taker, "tree_sha256": manifest.tree_sha256}
        return log.append(store.folder, log.Act("transferred", giver, exhibit, place, how, facts), at=at)


def seal(store: Store, exhibit: str, *, by: str, place: str, number: str = "", at: datetime | None = None) -> log.Anchor:
    """Close an exhibit: nothing more is derived from it or marked on it until it is opened. The anchor is to be written down elsewhere.

    `number` is that of the seal on the bag. Raises EvidenceError: reason "sealed" already, "needs", "no_exhibit".
    """
    _needs(by=by, place=place)
    with log.writing(store.folder):
        _refuse_sealed(store, exhibit)
        content = store.manifest_path(exhibit).read_bytes()
        facts = {"manifest_sha256": hashlib.sha256(content).hexdigest(), "seal": number}
        return log.append(store.folder, log.Act("sealed", by, exhibit, place, "", facts), at=at)


def unseal(store: Store, exhibit: str, *, by: str, place: str, why: str, at: datetime | None = None) -> log.Anchor:
    """Open a sealed exhibit, with the reason. Raises EvidenceError: reason "not_sealed", "needs", "no_exhibit"."""
    _needs(by=by, place=place, why=why)
    with log.writing(store.folder):
        store.manifest(exhibit)
        if not is_sealed(store, exhibit):
            raise EvidenceError(reason="not_sealed", name=exhibit)
        return log.append(store.folder, log.Act("unsealed", by, exhibit, place, why), at=at)


def derive(
    store: Store, exhibit: str, pieces: Iterable[bytes], *, name: str, by: str, sources: tuple[str, ...], parameters: Mapping[str, Any],
    made_by: Mapping[str, str] | None = None, is_disclosable: bool | None = None, at: datetime | None = None,
) -> tuple[str, log.Anchor]:  # fmt: skip
    """Keep something made from an exhibit (a transcript, a table): its SHA-256, and the anchor.

    `sources` are names of files of the exhibit (of an archive: of what it holds, which the archive's hash vouches for), `parameters` what it was
    made with, `made_by` name and version of the program (this one when None).
    Raises EvidenceError: reason "sealed", "needs", "no_source" (the exhibit has no such file), "no_exhibit".
    """
    _needs(by=by, name=name)
    with log.writing(store.folder):
        manifest = _refuse_sealed(store, exhibit)
        known = {one.name: one.sha256 for one in manifest.files}
        if manifest.kind in _ARCHIVES:
            sources = tuple(one if one.partition("!/")[0] in known else f"{manifest.files[0].name}!/{one}" for one in sources)
        if missing := [one for one in sources if one.partition("!/")[0] not in known]:
            raise EvidenceError(reason="no_source", name=missing[0])
        sha256, size, blake3 = store.keep(pieces)
        facts = {
            "name": name, "sha256": sha256, "blake3": blake3, "bytes": size, "parameters": dict(parameters), "made_by": dict(made_by or tool()),
            "from": [{"name": one, "sha256": known[one.partition("!/")[0]]} for one in sources], "is_disclosable": is_disclosable,
        }  # fmt: skip
        return sha256, log.append(store.folder, log.Act("derived", by, exhibit, "", "", facts), at=at)


def mark(store: Store, exhibit: str, *, by: str, sha256: str, is_disclosable: bool, why: str, at: datetime | None = None) -> log.Anchor:
    """Decide whether a file or derived item may be shown to the defence, with the reason; the last decision counts, none is erased.

    Raises EvidenceError: reason "sealed", "needs", "no_source", "no_exhibit".
    """
    _needs(by=by, why=why)
    with log.writing(store.folder):
        known = {one.sha256 for one in _refuse_sealed(store, exhibit).files} | {line["facts"]["sha256"] for line in derived(store, exhibit)}
        if sha256 not in known:
            raise EvidenceError(reason="no_source", name=sha256)
        facts = {"sha256": sha256, "is_disclosable": is_disclosable}
        return log.append(store.folder, log.Act("marked", by, exhibit, "", why, facts), at=at)


def checked(store: Store, *, by: str, findings: int, quick: int = 0, exhibit: str = "", at: datetime | None = None) -> log.Anchor:
    """Somebody verified the store, or one exhibit of it: how many findings there were, and how many copies were compared by BLAKE3 only.

    Raises EvidenceError (reason "needs", "log_broken").
    """
    _needs(by=by)
    facts = {"findings": findings} | ({"by_blake3": quick} if quick else {})
    with log.writing(store.folder):
        return log.append(store.folder, log.Act("verified", by, exhibit, facts=facts), at=at)


def lines_of(store: Store, exhibit: str) -> list[dict[str, Any]]:
    """The lines of one exhibit."""
    return [line for line in log.lines(store.folder) if line.get("exhibit") == exhibit]


def derived(store: Store, exhibit: str) -> list[dict[str, Any]]:
    """The lines that tell of items derived from an exhibit."""
    return [line for line in lines_of(store, exhibit) if line["event"] == "derived"]


def holder(store: Store, exhibit: str) -> str:
    """Who holds an exhibit: who took it in, or to whom it was handed last. Raises EvidenceError (reason "no_exhibit")."""
    held = store.manifest(exhibit).taken_by
    for line in lines_of(store, exhibit):
        if line["event"] == "transferred":
            held = str(line["facts"]["to"])
    return held


def is_sealed(store: Store, exhibit: str) -> bool:
    """Whether the last of its seals stands."""
    acts = [line["event"] for line in lines_of(store, exhibit) if line["event"] in {"sealed", "unsealed"}]
    return acts[-1:] == ["sealed"]


def _refuse_sealed(store: Store, exhibit: str) -> Manifest:
    manifest = store.manifest(exhibit)
    if is_sealed(store, exhibit):
        raise EvidenceError(reason="sealed", name=exhibit)
    return manifest


def _needs(**said: str) -> None:
    for name, value in said.items():
        if not value.strip():
            raise EvidenceError(reason="needs", name=name)
