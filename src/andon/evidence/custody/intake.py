"""Taking an exhibit in: by copy, hashed on both sides, with who, when, where and how."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from andon.domain.errors import EvidenceError
from andon.evidence.custody import log
from andon.evidence.custody.findings import Finding
from andon.evidence.custody.material import Material
from andon.evidence.custody.members import written
from andon.evidence.custody.store import ExhibitFile, Manifest, Store
from andon.evidence.custody.tool import tool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from andon.evidence.custody.original import Original

_UNREADABLE_ARCHIVE = {"broken_archive", "bomb", "too_many_members"}


@dataclass(frozen=True, slots=True)
class Taking:
    """What a person says of an exhibit: who takes it in, where, how it came; title, the office's own number, the device it is from.

    `is_disclosable`: whether it may be shown to the defence (None: not decided), `disclosure_reason` why not.
    """

    by: str
    place: str
    how: str
    title: str = ""
    number: str = ""
    device: str = ""
    is_disclosable: bool | None = None
    disclosure_reason: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)


def take_in(
    folder: Path, path: Path, said: Taking, *, tell: Callable[[int], None] | None = None, at: datetime | None = None
) -> tuple[Manifest, log.Anchor]:
    """Copy `path` (a file, an archive as it is, or a folder) into the store in `folder`, and the anchor of the log's new line.

    1. The original is opened read-only and looked at. 2. Every file is copied and hashed; the copy is read back. 3. The original is read again and
    must have the same hash, size and time of change. 4. Manifest and log line are written. Before 4 nothing tells of the exhibit, and a failure
    takes the new copies away again. `tell` is called with the bytes copied since it was called last.

    Raises EvidenceError: reason "needs" (by, place, how must be said), "store_beside" (the store would lie beside the original), those of `Material`,
    "changed" (the original changed meanwhile), "copy_differs".
    """
    for name in ("by", "place", "how"):
        if not getattr(said, name).strip():
            raise EvidenceError(reason="needs", name=name, path=str(path))
    refuse_beside(path, folder)
    with ExitStack() as opened:
        material = opened.enter_context(_opened(path))  # before the store is made: what cannot be opened leaves no empty store
        store = Store.made(folder)
        with store.copying():
            files = tuple(_copied(store, material, tell))
            tree = material.tree_sha256()
            opened.close()  # the originals are looked at again
            store.sync()
            with log.writing(store.folder):
                store.sweep()
                manifest = _manifest(store, material, said, files, tree, (at or datetime.now(UTC)).astimezone(UTC))
                anchor = _written(store, manifest, at)
    return manifest, anchor


def refuse_beside(path: Path, folder: Path) -> None:
    """Raises EvidenceError (reason "store_beside") when making or using `folder` would add a name where the original lies."""
    lies_in, store = path.parent.resolve(), folder.resolve()
    first = store
    while not first.parent.exists():
        first = first.parent
    rooms = (store, store / "objects", store / "exhibits")
    inside = path.is_dir() and (store == path.resolve() or path.resolve() in store.parents)
    if inside or lies_in in rooms or (not first.exists() and first.parent == lies_in):
        raise EvidenceError(reason="store_beside", path=str(path), name=str(folder))


def _opened(path: Path) -> Material:
    """The material. An archive that cannot be read is evidence all the same: it is taken as the file that it is, with a finding."""
    try:
        return Material(path)
    except EvidenceError as error:
        if error.data["reason"] not in _UNREADABLE_ARCHIVE:
            raise
        material = Material(path, look_inside=False)
        material.findings.append(Finding("not_readable_as_archive", material.name, {"reason": str(error.data["reason"])}))
        return material


def _copied(store: Store, material: Material, tell: Callable[[int], None] | None) -> Iterator[ExhibitFile]:
    for name, raw, original in _files(material):
        sha256, size, blake3 = store.keep(_told(original.pieces(), tell), is_one_of_many=True)
        if (sha256, size) != (original.sha256, original.size):  # the second reading of the original
            raise EvidenceError(reason="changed", path=str(original.path))
        modified = datetime.fromtimestamp(original.modified_ns / 1e9, UTC).isoformat(timespec="microseconds")
        yield ExhibitFile(name, written(raw), sha256, size, modified, blake3)


def _files(material: Material) -> Iterator[tuple[str, str, Original]]:
    """The files on the disk that make up the exhibit: an archive is one, as it is."""
    if material.kind != "folder":
        original = material.originals[0]
        yield original.name, original.name, original
        return
    for member, original in zip(material.members, material.originals, strict=True):
        yield member.name, member.raw_name, original


def _told(pieces: Iterable[bytes], tell: Callable[[int], None] | None) -> Iterator[bytes]:
    for piece in pieces:
        yield piece
        if tell is not None:
            tell(len(piece))


def _manifest(store: Store, material: Material, said: Taking, files: tuple[ExhibitFile, ...], tree: str, at: datetime) -> Manifest:
    taken = {str(line["exhibit"]) for line in log.lines(store.folder) if line["event"] == "taken"} | set(store.ids())
    number = max((int(one[1:]) for one in taken), default=0) + 1
    source = written(str(material.path.absolute()))
    findings = tuple({"code": one.code, "where": one.where, "facts": dict(one.facts)} for one in material.findings)
    return Manifest(
        id=f"E{number:04}", title=said.title or material.name, number=said.number, kind=material.kind, tree_sha256=tree, files=files,
        taken_at=at.isoformat(timespec="microseconds"), taken_by=said.by, place=said.place, how=said.how, source=source,
        device=said.device, is_disclosable=said.is_disclosable, disclosure_reason=said.disclosure_reason, findings=findings, tool=tool(),
        parameters=said.parameters,
    )  # fmt: skip


def _written(store: Store, manifest: Manifest, at: datetime | None) -> log.Anchor:
    """The manifest under a waiting name, then the log line with its hash, which makes the exhibit; then the manifest gets its name.

    Killed before the line, nothing tells of the exhibit; killed behind it, `Store.sweep` gives the manifest its name.
    """
    waiting = log.write_beside(store.manifest_path(manifest.id), manifest.content())
    waiting.chmod(0o400)
    facts = {
        "manifest_sha256": hashlib.sha256(manifest.content()).hexdigest(), "tree_sha256": manifest.tree_sha256, "files": len(manifest.files),
        "bytes": sum(one.size for one in manifest.files), "findings": len(manifest.findings), "number": manifest.number,
    }  # fmt: skip
    act = log.Act("taken", manifest.taken_by, manifest.id, manifest.place, manifest.how, facts)
    try:
        anchor = log.append(store.folder, act, at=at)
    except EvidenceError:
        waiting.unlink()
        raise
    log.put_in_place(waiting, store.manifest_path(manifest.id))
    return anchor
