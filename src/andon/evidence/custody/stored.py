"""An exhibit as it lies in the store, opened under the names it had: what is read from the copies has the places of the original."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from andon.domain.errors import EvidenceError
from andon.evidence.custody.database import opened_database
from andon.evidence.custody.findings import Finding
from andon.evidence.custody.material import Material
from andon.evidence.custody.members import Member
from andon.evidence.custody.original import Original

if TYPE_CHECKING:
    import sqlite3
    from contextlib import AbstractContextManager

    from andon.evidence.custody.store import ExhibitFile, Manifest, Store

_ENDINGS = ("-wal", "-journal")


def material_of(store: Store, exhibit: str) -> Material:
    """The copies of `exhibit` as material, a context manager: files, names and order as the manifest tells them, so as they were handed in.

    A copy is hashed when it is first looked into: nothing is read from bytes that are not those of the manifest. An archive that was taken in as the
    file it is (because it could not be opened) stays one file. Raises EvidenceError: reason "no_exhibit", "manifest_unreadable", "missing";
    "copy_changed" also while it is read.
    """
    return _Stored(store, store.manifest(exhibit))


class _Stored(Material):
    """Copies that are named by their hash, under the names of the manifest."""

    def __init__(self, store: Store, manifest: Manifest) -> None:
        self._copies = {one.name: _Copy(store, one, self) for one in manifest.files}
        self._is_folder = manifest.kind == "folder"
        path = store.folder / "objects" if self._is_folder else next(iter(self._copies.values())).path
        super().__init__(path, look_inside=manifest.kind in {"zip", "tar"})

    def _list(self) -> None:
        if self._is_folder:
            self.kind, self.name = "folder", ""
            self._take_copies()
            return
        self.name = next(iter(self._copies))
        super()._list()

    def _original(self) -> Original:
        return self._copies[self.name]

    def _take_copies(self) -> None:
        for name, copy in self._copies.items():
            copy.findings = self.findings
            self.originals.append(copy)
            self._add(Member(name, copy.raw_name, copy.size, "", copy.path, copy.open, self._tell, _original=copy))

    def beside(self, name: str) -> dict[str, _Copy]:
        """The logs of a database that were taken in with it, by ending."""
        return {ending: copy for ending in _ENDINGS if (copy := self._copies.get(f"{name}{ending}")) is not None and copy.size}


class _Copy(Original):
    """One copy in the store, named as in the manifest. Never changed by anybody, so that one hashing (at the first look into it) is enough."""

    def __init__(self, store: Store, file: ExhibitFile, exhibit: _Stored) -> None:
        super().__init__(store.object_path(file.sha256))
        self.name, self.raw_name = file.name, file.raw_name
        self._expected, self._exhibit = file.sha256, exhibit

    @property
    def sha256(self) -> str:
        """The hash, which is that of the manifest. Raises EvidenceError (reason "copy_changed")."""
        self.open().close()
        return self._sha256

    def open(self) -> IO[bytes]:
        """The bytes, once they are known to be those of the manifest."""
        if not self._sha256:
            self._sha256 = " "  # the hashing opens the file too
            try:
                found = self._hash()
            finally:
                self._sha256 = ""
            if found != self._expected:
                raise EvidenceError(reason="copy_changed", path=self.name)
            self._sha256 = found
        return super().open()

    def sqlite(self, *, with_log: bool = True) -> AbstractContextManager[sqlite3.Connection]:
        """The database in this copy, with the logs that were taken in beside it (see `Original.sqlite`)."""
        logs = self._exhibit.beside(self.name)
        for log in logs.values():
            self.findings.append(Finding("sqlite_log_beside", self.name, {"log": log.name, "bytes": log.size, "read": with_log}))
        self.head(1)  # hashes it
        return opened_database(self.path, self.pieces, {ending: log.pieces for ending, log in logs.items()} if with_log else {})

    def check(self) -> None:
        """That it is the file that was hashed."""
        known, self._sha256 = self._sha256, ""
        try:
            super().check()
        finally:
            self._sha256 = known
