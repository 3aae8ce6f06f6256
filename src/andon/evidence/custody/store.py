"""The store of exhibits: copies named by their SHA-256, one manifest per exhibit, and the custody log.

STORE/andon-exhibits.json        what this folder is
STORE/objects/ab/abcd…           a copy, written once, never changed
STORE/exhibits/E0001.json        the manifest of an exhibit; its hash stands in the log
STORE/custody.jsonl, .head       the log
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
from blake3 import blake3

from andon.domain.errors import EvidenceError
from andon.evidence.custody import log
from andon.evidence.custody.scratch import lives

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

MARK_FILE = "andon-exhibits.json"
_MARK = {"format": "andon-exhibits", "version": 1}
_ID = re.compile(r"E\d{4,9}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_PARTIAL = ".partial"
_UNFINISHED = re.compile(r"(\d+)-\d+\.partial|\.(?:andon-exhibits\.json|custody\.jsonl|custody\.head|E\d+\.json)\.(\d+)")
_BEGUN = {log.LOG, log.HEAD, log.LOCK, "objects", "exhibits"}  # what a store has before its mark is written


@dataclass(frozen=True, slots=True)
class ExhibitFile:
    """One file of an exhibit: path inside it, what the disk called it, SHA-256, bytes, time of last change (UTC, ISO 8601), BLAKE3.

    SHA-256 names the file everywhere; BLAKE3 is for looking again, at a fraction of the time. Empty in manifests of before.
    """

    name: str
    raw_name: str
    sha256: str
    size: int
    modified: str
    blake3: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """An exhibit as it was taken in. Never changed: what happens later stands in the log.

    `number` is the office's own number, `kind` file, folder, zip or tar, `tree_sha256` one hash for all (`Material.tree_sha256`), `source` the path
    it was copied from, `is_disclosable` what the person said who took it in (None: not decided). `findings` are what was odd about it.
    """

    id: str
    title: str
    number: str
    kind: str
    tree_sha256: str
    files: tuple[ExhibitFile, ...]
    taken_at: str
    taken_by: str
    place: str
    how: str
    source: str
    device: str
    is_disclosable: bool | None
    disclosure_reason: str
    findings: tuple[dict[str, Any], ...]
    tool: dict[str, str]
    parameters: dict[str, Any]

    def content(self) -> bytes:
        """The manifest as its file holds it."""
        return orjson.dumps(asdict(self), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n"


class Kept(NamedTuple):
    """A copy in the store: SHA-256, bytes, BLAKE3."""

    sha256: str
    size: int
    blake3: str


class Store:
    """A folder of exhibits. Raises EvidenceError: reason "no_store" for a folder that is none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._new: set[str] = set()  # copies that were not there before
        try:
            mark = orjson.loads((folder / MARK_FILE).read_bytes())
        except (OSError, orjson.JSONDecodeError) as error:
            raise EvidenceError(reason="no_store", path=str(folder)) from error
        if mark != _MARK:
            raise EvidenceError(reason="no_store", path=str(folder))

    @classmethod
    def made(cls, folder: Path) -> Store:
        """The store in `folder`, made when nothing is there. Raises EvidenceError (reason "not_empty") for a folder that holds something else."""
        if not (folder / MARK_FILE).exists():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if any(one.name not in _BEGUN and not is_left_over(one) for one in folder.iterdir()):
                raise EvidenceError(reason="not_empty", path=str(folder))
            for name in ("objects", "exhibits"):
                (folder / name).mkdir(mode=0o700, exist_ok=True)
            with log.writing(folder):
                if not (folder / MARK_FILE).exists():
                    log.start(folder)
                    log.write_whole(folder / MARK_FILE, orjson.dumps(_MARK))
        return cls(folder)

    def ids(self) -> list[str]:
        """The exhibits that have a manifest, in order."""
        return sorted(path.stem for path in (self.folder / "exhibits").glob("E*.json"))

    def manifest(self, exhibit: str) -> Manifest:
        """The manifest of an exhibit. Raises EvidenceError (reason "no_exhibit", "manifest_unreadable")."""
        path = self.find_manifest(exhibit)
        if path is None:
            raise EvidenceError(reason="no_exhibit", name=exhibit, path=str(self.folder))
        return read_manifest(path, exhibit)

    def manifest_path(self, exhibit: str) -> Path:
        """Where a manifest lies."""
        return self.folder / "exhibits" / f"{exhibit}.json"

    def find_manifest(self, exhibit: str, sha256: str = "") -> Path | None:
        """Where the manifest lies; or where that of this hash waits, as an intake left it that stopped just behind its log line; or None."""
        if not _ID.fullmatch(exhibit):
            return None
        path = self.manifest_path(exhibit)
        for waiting in path.parent.glob(f".{path.name}.*") if sha256 and not path.is_file() else ():
            with suppress(FileNotFoundError):  # it got its name meanwhile
                if hash_file(waiting) == sha256:
                    return waiting
        return path if path.is_file() else None

    def object_path(self, sha256: str) -> Path:
        """Where the copy of that hash lies. Raises EvidenceError (reason "hash_form") for what is no hash, so that no manifest leads elsewhere."""
        if not _SHA256.fullmatch(sha256):
            raise EvidenceError(reason="hash_form", name=sha256, path=str(self.folder))
        return self.folder / "objects" / sha256[:2] / sha256

    def objects(self) -> Iterator[Path]:
        """All copies, and whatever else lies among them."""
        return (path for path in sorted((self.folder / "objects").rglob("*")) if not path.is_dir() or path.is_symlink())

    def keep(self, pieces: Iterable[bytes], *, is_one_of_many: bool = False) -> Kept:
        """Copy bytes into the store. On the disk when this returns; the copy is read back and must have the same BLAKE3.

        `is_one_of_many`: on the disk after `sync`, which is called before anything tells of them. Raises EvidenceError (reason "copy_differs").
        A copy that is there already is not written again.
        """
        waiting = self.folder / "objects" / f"{os.getpid()}-{id(pieces)}{_PARTIAL}"
        digest, again, size = hashlib.sha256(), blake3(), 0
        try:
            with waiting.open("xb") as file:
                for piece in pieces:
                    digest.update(piece)
                    again.update(piece)
                    size += len(piece)
                    file.write(piece)
                file.flush()
                if not is_one_of_many:
                    os.fsync(file.fileno())
            kept = Kept(digest.hexdigest(), size, again.hexdigest())
            self._settle(waiting, kept, is_one_of_many=is_one_of_many)
        finally:
            waiting.unlink(missing_ok=True)
        return kept

    def sync(self) -> None:
        """Make all copies last through a crash: once for many small files, instead of two waits for the disk for each of them."""
        os.sync()

    def _settle(self, waiting: Path, kept: Kept, *, is_one_of_many: bool) -> None:
        if hash_quickly(waiting) != kept.blake3:
            raise EvidenceError(reason="copy_differs", path=str(waiting))
        target = self.object_path(kept.sha256)
        if not (target.is_file() and not target.is_symlink() and hash_quickly(target) == kept.blake3):
            target.parent.mkdir(mode=0o700, exist_ok=True)
            waiting.chmod(0o400)
            waiting.replace(target)
            if not is_one_of_many:
                log.sync_folder(target.parent)
            self._new.add(kept.sha256)

    @contextmanager
    def copying(self) -> Iterator[None]:
        """While copies are made that no manifest tells of yet. When it fails, those that it added go again, unless another copying is under way."""
        descriptor, is_done = os.open(self.folder / "objects", os.O_RDONLY | os.O_DIRECTORY), False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH)
            yield
            is_done = True
        finally:
            if not is_done:
                with suppress(BlockingIOError, EvidenceError):  # of another copying; of a manifest that cannot be read: then nothing is taken away
                    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self._forget()
            os.close(descriptor)

    def _forget(self) -> None:
        """Take away the copies that this store added and nothing tells of."""
        with log.writing(self.folder):
            self.sweep()  # an exhibit whose line is written keeps its copies
            told = {one.sha256 for exhibit in self.ids() for one in self.manifest(exhibit).files}
            told |= {line["facts"]["sha256"] for line in log.lines(self.folder) if line["event"] == "derived"}
            for sha256 in self._new - told:
                self.object_path(sha256).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Finish intakes that stopped behind their log line, and remove what else was left unfinished. Call it inside `log.writing`.

        Who writes a manifest is inside `log.writing`, too: one that waits for its name is nobody's any more.
        """
        for line in log.lines(self.folder):
            exhibit = str(line["exhibit"])
            path = self.find_manifest(exhibit, str(line["facts"].get("manifest_sha256"))) if line["event"] == "taken" else None
            if path is not None and path != self.manifest_path(exhibit):
                log.put_in_place(path, self.manifest_path(exhibit))
        unnamed = [path for path in (self.folder / "exhibits").iterdir() if _UNFINISHED.fullmatch(path.name)]
        others = [path for path in [*(self.folder / "objects").glob(f"*{_PARTIAL}"), *self.folder.iterdir()] if is_left_over(path)]
        for path in unnamed + others:
            path.unlink(missing_ok=True)


def read_manifest(path: Path, exhibit: str) -> Manifest:
    """The manifest in a file. Raises EvidenceError (reason "manifest_unreadable")."""
    try:
        value = orjson.loads(path.read_bytes())
        files = tuple(ExhibitFile(**one) for one in value.pop("files"))
        return Manifest(files=files, findings=tuple(value.pop("findings")), **value)
    except (OSError, orjson.JSONDecodeError, TypeError, KeyError, AttributeError) as error:
        raise EvidenceError(reason="manifest_unreadable", name=exhibit, path=str(path)) from error


def is_left_over(path: Path) -> bool:
    """Whether a file waits for its name, and the process that wrote it is gone."""
    found = _UNFINISHED.fullmatch(path.name)
    return found is not None and not lives(int(found[1] or found[2]))


def hash_file(path: Path) -> str:
    """Hexadecimal SHA-256 of a file of the store."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hash_quickly(path: Path) -> str:
    """Hexadecimal BLAKE3 of a file of the store: about a quarter of the time of SHA-256 on one core, and on all cores at once for a large file."""
    return blake3(max_threads=blake3.AUTO).update_mmap(path).hexdigest()
