"""BagIt packages (RFC 8493): written in one go, and checked by anybody with `sha256sum -c` or any BagIt program.

Manifests in SHA-256 and SHA-512; CR, LF and % in names are percent-encoded in them (RFC 8493 §2.1.3). A bag is written under another name and takes
its own when it is whole, so that a run that was killed leaves no half bag that looks like one.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from andon.domain.errors import EvidenceError
from andon.evidence.custody.findings import Finding
from andon.evidence.custody.log import sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_ALGORITHMS = ("sha256", "sha512")
_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


class Bag:
    """A bag in the making."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.size = 0
        self._manifests: dict[str, list[tuple[str, str]]] = {name: [] for name in _ALGORITHMS}

    def add(self, name: str, pieces: Iterable[bytes]) -> str:
        """Put a file under `data/`; its SHA-256. Raises EvidenceError (reason "name_form") for a name that leads out."""
        parts = name.split("/")
        if not name or any(part in ("", ".", "..") for part in parts) or "\x00" in name:
            raise EvidenceError(reason="name_form", name=name)
        path = self.folder / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        digests = {algorithm: hashlib.new(algorithm) for algorithm in _ALGORITHMS}
        with path.open("xb") as file:
            for piece in pieces:
                file.write(piece)
                self.size += len(piece)
                for digest in digests.values():
                    digest.update(piece)
            file.flush()
            os.fsync(file.fileno())
        for algorithm, digest in digests.items():
            self._manifests[algorithm].append((digest.hexdigest(), f"data/{name}"))
        return digests["sha256"].hexdigest()

    def close(self, info: Mapping[str, str]) -> None:
        """Write the tag files. `info` are lines of bag-info.txt; Payload-Oxum is added."""
        count = len(self._manifests["sha256"])
        lines = [f"{name}: {_one_line(value)}" for name, value in (*info.items(), ("Payload-Oxum", f"{self.size}.{count}"))]
        tags = {"bagit.txt": _DECLARATION, "bag-info.txt": "".join(f"{line}\n" for line in lines).encode()}
        for algorithm, entries in self._manifests.items():
            tags[f"manifest-{algorithm}.txt"] = _listed(entries)
        for algorithm in _ALGORITHMS:
            entries = [(hashlib.new(algorithm, content).hexdigest(), name) for name, content in tags.items() if not name.startswith("tagmanifest")]
            tags[f"tagmanifest-{algorithm}.txt"] = _listed(entries)
        for name, content in tags.items():
            with (self.folder / name).open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())


@contextmanager
def making(target: Path) -> Iterator[Bag]:
    """A bag that appears at `target` when the block ends well; otherwise nothing is left. Raises EvidenceError (reason "exists")."""
    if os.path.lexists(target):
        raise EvidenceError(reason="exists", path=str(target))
    folder = target.with_name(f".{target.name}.{os.getpid()}.partial")
    folder.mkdir(mode=0o700, parents=True)
    try:
        yield Bag(folder)
        if wrong := check_bag(folder):
            raise EvidenceError(reason="bag_wrong", path=str(target), detail=wrong[0].code)
        folder.rename(target)
        sync_folder(target.parent)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def check_bag(folder: Path) -> list[Finding]:
    """What is wrong with a bag: files changed, missing, extra, or tag files that do not agree."""
    findings: list[Finding] = []
    try:
        if (folder / "bagit.txt").read_bytes() != _DECLARATION:
            findings.append(Finding("bag_declaration", "bagit.txt"))
        for algorithm in _ALGORITHMS:
            listed = _entries(folder / f"manifest-{algorithm}.txt")
            findings += _compared(folder, algorithm, listed, set(_below(folder, folder / "data")))
            tags = {name for name in _below(folder, folder) if not name.startswith(("data/", "tagmanifest-"))}
            findings += _compared(folder, algorithm, _entries(folder / f"tagmanifest-{algorithm}.txt"), tags)
    except OSError as error:
        findings.append(Finding("bag_incomplete", Path(error.filename or folder).name))
    return findings


def _compared(folder: Path, algorithm: str, listed: dict[str, str], there: set[str]) -> Iterator[Finding]:
    for name in sorted(there - set(listed)):
        yield Finding("bag_extra", name)
    for name, wanted in sorted(listed.items()):
        path = folder / name
        if name not in there or path.is_symlink():
            yield Finding("bag_missing", name)
            continue
        with path.open("rb") as file:
            if hashlib.file_digest(file, algorithm).hexdigest() != wanted:
                yield Finding("bag_changed", name)


def _below(folder: Path, start: Path) -> Iterator[str]:
    return (path.relative_to(folder).as_posix() for path in start.rglob("*") if path.is_symlink() or not path.is_dir())


def _entries(path: Path) -> dict[str, str]:
    entries = (line.split("  ", 1) for line in path.read_text("utf-8").split("\n") if "  " in line)
    return {name.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%"): code for code, name in entries}


def _listed(entries: Iterable[tuple[str, str]]) -> bytes:
    return "".join(f"{code}  {_encoded(name)}\n" for code, name in entries).encode()


def _encoded(name: str) -> str:
    return name.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _one_line(value: str) -> str:
    return " ".join(value.split())
