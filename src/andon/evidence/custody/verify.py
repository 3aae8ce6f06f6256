"""Whether a store is whole: every copy, every manifest and the custody log."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from andon.domain.errors import EvidenceError
from andon.evidence.custody import log
from andon.evidence.custody.findings import Finding
from andon.evidence.custody.store import MARK_FILE, hash_file, hash_quickly, is_left_over, read_manifest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from andon.evidence.custody.store import Manifest, Store

_OWN = {MARK_FILE, log.LOG, log.HEAD, log.LOCK, "objects", "exhibits"}


class _Wanted(NamedTuple):
    """A copy that must be there: where it is told of, its size and BLAKE3 as far as told."""

    where: str
    size: int | None
    blake3: str


@dataclass(slots=True)
class Verified:
    """What was looked at and what is wrong. `anchor` is the log's last line as it stands, `quick` how many of the files were looked at by BLAKE3."""

    exhibits: int = 0
    files: int = 0
    quick: int = 0
    size: int = 0
    lines: int = 0
    anchor: str = ""
    findings: list[Finding] = field(default_factory=list)


def verify(
    store: Store, anchors: tuple[log.Anchor, ...] = (), tell: Callable[[int], None] | None = None, *, only: Collection[str] = (), quick: bool = False
) -> Verified:
    """Read everything and say what is changed, missing or extra. Writes nothing. `tell` is called with the bytes read since it was called last.

    `quick`: copies whose BLAKE3 was written down are compared by that instead of their SHA-256; every byte is read all the same.

    `only` names exhibits: the whole log is read, of manifests and copies theirs alone, and nothing is said of what else lies in the store.
    """
    result = Verified(findings=log.check(store.folder, anchors))
    told: dict[str, list[dict[str, Any]]] = {}
    for line in log.lines(store.folder):
        result.lines += 1
        told.setdefault(str(line.get("exhibit", "")), []).append(line)
        result.anchor = f"{line.get('number')}:{line.get('hash')}"
    wanted: dict[str, _Wanted] = {}
    exhibits = sorted(only or set(store.ids()) | {exhibit for exhibit, lines in told.items() if exhibit and lines})
    manifests = {exhibit: store.find_manifest(exhibit, _manifest_hash(told.get(exhibit, []))) for exhibit in exhibits}
    for exhibit, path in manifests.items():
        result.exhibits += 1
        wanted |= dict(_of_exhibit(exhibit, told.get(exhibit, []), path, result.findings))
    for sha256, one in sorted(wanted.items()):
        _check_object(store, sha256, one if quick else one._replace(blake3=""), result, tell)
    if not only:
        result.findings += _extra(store, set(wanted), set(manifests.values()))
    return result


def _of_exhibit(exhibit: str, lines: list[dict[str, Any]], path: Path | None, findings: list[Finding]) -> Iterator[tuple[str, _Wanted]]:
    """Copies that an exhibit needs, by their SHA-256. `path` is where its manifest was found."""
    if not any(line.get("event") == "taken" for line in lines):
        findings.append(Finding("exhibit_untold", exhibit))
    for line in lines:
        facts = line.get("facts")
        if line.get("event") == "derived" and isinstance(facts, dict) and _is_hash(facts.get("sha256")):
            size = facts.get("bytes") if isinstance(facts.get("bytes"), int) else None
            yield facts["sha256"], _Wanted(f"{exhibit}/{facts.get('name')}", size, facts["blake3"] if _is_hash(facts.get("blake3")) else "")
    manifest = None if path is None else _whole_manifest(exhibit, path, _manifest_hash(lines), findings)
    if path is None:
        findings.append(Finding("manifest_missing", exhibit))
    for one in () if manifest is None else manifest.files:
        if _is_hash(one.sha256):
            yield one.sha256, _Wanted(f"{exhibit}/{one.name}", one.size, one.blake3 if _is_hash(one.blake3) else "")
        else:
            findings.append(Finding("manifest_changed", exhibit))


def _whole_manifest(exhibit: str, path: Path, stated: str, findings: list[Finding]) -> Manifest | None:
    """The manifest, whose hash the log states when it tells of the exhibit; None when it cannot be read."""
    if is_left_over(path):
        findings.append(Finding("intake_broken_off", exhibit))
    try:
        manifest = read_manifest(path, exhibit)
    except EvidenceError:
        findings.append(Finding("manifest_changed", exhibit))
        return None
    if stated and hash_file(path) != stated:
        findings.append(Finding("manifest_changed", exhibit))
    if _tree(manifest) != manifest.tree_sha256:
        findings.append(Finding("manifest_tree", exhibit))
    return manifest


def _manifest_hash(lines: list[dict[str, Any]]) -> str:
    """The hash of its manifest that the line of an exhibit's intake holds; empty when there is none."""
    facts = next((line.get("facts") for line in lines if line.get("event") == "taken"), None)
    return str(facts.get("manifest_sha256")) if isinstance(facts, dict) else ""


def _tree(manifest: Manifest) -> str:
    """The one hash of an exhibit, from the hashes of its files."""
    if manifest.kind != "folder":
        return manifest.files[0].sha256 if len(manifest.files) == 1 else ""
    lines = (f"{one.sha256}  {one.name}\n" for one in sorted(manifest.files, key=lambda one: one.name))
    return hashlib.sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()


def _check_object(store: Store, sha256: str, wanted: _Wanted, result: Verified, tell: Callable[[int], None] | None) -> None:
    path = store.object_path(sha256)
    if path.is_symlink() or not path.is_file():
        result.findings.append(Finding("copy_missing", wanted.where, {"sha256": sha256}))
        return
    there = path.stat().st_size
    result.files += 1
    result.size += there
    is_same = hash_quickly(path) == wanted.blake3 if wanted.blake3 else hash_file(path) == sha256
    result.quick += bool(wanted.blake3)
    if (wanted.size is not None and there != wanted.size) or not is_same:
        result.findings.append(Finding("copy_changed", wanted.where, {"sha256": sha256}))
    if tell is not None:
        tell(there)


def _extra(store: Store, wanted: set[str], manifests: set[Path | None]) -> Iterator[Finding]:
    """What lies in the store and nothing tells of."""
    for path in store.objects():
        if path.name not in wanted or path.parent.name != path.name[:2]:
            yield Finding("extra", _below(store, path))
    for path in sorted((store.folder / "exhibits").iterdir()):
        if path not in manifests:
            yield Finding("extra", _below(store, path))
    for path in sorted(store.folder.iterdir()):
        if path.name not in _OWN:
            yield Finding("extra", _below(store, path))


def _below(store: Store, path: Path) -> str:
    return os.fsencode(path.relative_to(store.folder)).decode("utf-8", "backslashreplace")


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and len(value) == len(log.START) and not set(value) - set("0123456789abcdef")
