"""Evidence of any shape, a file, a folder or an archive (zip, ufdr, tar), as members that are read in place. Nothing is unpacked, nothing written."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Self

from andon.domain.errors import EvidenceError
from andon.evidence.custody.findings import Finding
from andon.evidence.custody.listing import MOST_DEPTH, MOST_MEMBERS, MOST_RATIO, RATIO_FROM, Listed
from andon.evidence.custody.members import Member, clean_name, is_tricky, written
from andon.evidence.custody.original import Original
from andon.evidence.custody.scratch import scratch
from andon.evidence.custody.tars import TAR_AT, TAR_MAGIC, is_packed, tar_listing, unpacked
from andon.evidence.custody.zips import ZIP_MAGICS, zip_listing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

_HEAD = TAR_AT + len(TAR_MAGIC)
_ARCHIVES = (".zip", ".ufdr", ".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz")
_MOST_NESTED = 1 << 34  # bytes of an archive inside an archive, which is copied to a scratch folder to be read


class Material:
    """What was handed in, opened. A context manager: at the end every file that was looked at is checked to be as it was.

    `members` are all files in the order of the archive, or of their names in a folder; `findings` what is odd, added to while members are read.
    `kind` is "file", "folder", "zip" or "tar"; `originals` are the files on the
    disk (of a folder one per member, in the same order). A file that is no archive, or that is not to be looked into
    (`look_inside=False`), is one member of the same name.
    Raises EvidenceError as `Original` does, and reason "broken_archive", "bomb", "too_many_members".
    """

    def __init__(self, path: Path | str, *, depth: int = 0, look_inside: bool = True) -> None:
        self.path = Path(path)
        self.name = self.path.name
        self.findings: list[Finding] = []
        self.members: list[Member] = []
        self._depth, self._open = depth, ExitStack()
        self._look_inside = look_inside
        self.originals: list[Original] = []
        self._told: set[tuple[str, str]] = set()
        self._by_name: dict[str, Member] = {}
        with self._open as opening:  # a failure closes what was opened so far
            self._list()
            self._open = opening.pop_all()

    def find(self, name: str) -> Member | None:
        """The member of exactly this name, or None."""
        return self._by_name.get(name)

    def inside(self, member: Member) -> Material:
        """An archive that lies in this one, copied to a scratch folder and opened; it lives as long as this material.

        Raises EvidenceError: reason "too_deep" below three archives, "bomb" beyond 16 GB.
        """
        if self._depth + 1 >= MOST_DEPTH:
            raise EvidenceError(reason="too_deep", path=member.name)
        if member.size > _MOST_NESTED:
            raise EvidenceError(reason="bomb", path=member.name)
        copy = self._open.enter_context(scratch(self.path)) / (Path(member.name).name or "archive")
        with copy.open("xb") as target, member.open() as content:
            shutil.copyfileobj(content, target, 1 << 20)
        return self._open.enter_context(Material(copy, depth=self._depth + 1))

    def tree_sha256(self) -> str:
        """One SHA-256 for the whole: of the file; for a folder of its lines "hash, two spaces, path", sorted by path (as sha256sum writes them)."""
        if self.kind != "folder":
            return self.originals[0].sha256
        lines = (f"{member.sha256}  {member.name}\n" for member in sorted(self.members, key=lambda one: one.name))
        return hashlib.sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()

    def __enter__(self) -> Self:
        """The material."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close and check."""
        self.close()

    def close(self) -> None:
        """Close everything and check every file. Raises EvidenceError (reason "changed")."""
        self._open.close()
        for original in self.originals:
            original.check()

    def _list(self) -> None:
        if _is_folder(self.path):
            self.kind = "folder"
            self._take_folder()
            return
        original = self._original()
        original.findings = self.findings
        self.originals.append(original)
        head = original.head(_HEAD) if self._look_inside else b""
        if head.startswith(ZIP_MAGICS):
            self.kind = "zip"
            archive, listed, odd = zip_listing(self._open.enter_context(original.open()), self.name)
            self._open.callback(archive.close)
        elif self._is_tar(original, head):
            self.kind = "tar"
            tar, listed, odd = tar_listing(self._open.enter_context(original.open()), head, original.size, self.name)
            self._open.callback(tar.close)
        else:
            self.kind = "file"
            self._add(Member(self.name, self.name, original.size, "", original.path, original.open, self._tell, _original=original))
            return
        self.findings += odd
        self._take(listed, original.size)

    def _original(self) -> Original:
        """The one file on the disk, where the material is no folder."""
        return Original(self.path)

    def _is_tar(self, original: Original, head: bytes) -> bool:
        if is_packed(head):
            try:
                with original.open() as file:
                    head = unpacked(file, head, original.size).read(_HEAD)
            except (OSError, EOFError, ValueError):  # packed, but no tar that can be read: a file like any other
                return False
        return head[TAR_AT:] == TAR_MAGIC

    def _take(self, listed: list[Listed], size: int) -> None:
        """Members of an archive of `size` bytes; everything odd about them is said."""
        total = sum(one.size for one in listed)
        bomb = total > RATIO_FROM and total > MOST_RATIO * max(size, 1)
        if bomb:
            self.findings.append(Finding("bomb", self.name, {"declared": total, "packed": size}))
        for one in listed:
            if one.kind:
                self.findings.append(Finding(f"member_{one.kind}", clean_name(one.raw_name), {"raw": written(one.raw_name)}))
                continue
            member = Member(
                self._unused(one.raw_name),
                one.raw_name,
                one.size,
                one.refusal or ("bomb" if bomb else ""),
                self.path,
                one.opening,
                self.findings.append,
            )
            if member.refusal and not (bomb and member.refusal == "bomb"):
                self.findings.append(Finding(f"member_{member.refusal}", member.name, {"declared": one.size, "packed": one.packed}))
            self._add(member)

    def _tell(self, finding: Finding) -> None:
        """Note a finding once, however often a member is read."""
        if (finding.code, finding.where) not in self._told:
            self._told.add((finding.code, finding.where))
            self.findings.append(finding)

    def _unused(self, raw: str) -> str:
        name = clean_name(raw)
        if is_tricky(raw):
            self.findings.append(Finding("tricky_name", name, {"raw": written(raw)}))
        if name not in self._by_name:
            return name
        number = 2
        while f"{name}#{number}" in self._by_name:
            number += 1
        self.findings.append(Finding("duplicate_name", name, {"number": number}))
        return f"{name}#{number}"

    def _add(self, member: Member) -> None:
        member._beside = lambda ending: self._by_name.get(f"{member.name}{ending}")  # noqa: SLF001 - a member is made here only
        self.members.append(member)
        self._by_name[member.name] = member
        if self.kind != "file" and not member.refusal and member.name.lower().endswith(_ARCHIVES):
            self.findings.append(Finding("nested_archive", member.name, {"bytes": member.size}))

    def _take_folder(self) -> None:
        for raw, path in sorted(self._walk(self.path, "")):
            name = self._unused(raw)
            try:
                original = Original(path)
            except EvidenceError as error:
                self.findings.append(Finding(f"member_{error.data['reason']}", name, {"detail": str(error.data.get("detail", ""))}))
                continue
            original.findings = self.findings
            self.originals.append(original)
            self._add(Member(name, raw, original.size, "", original.path, original.open, self._tell, _original=original))
            if len(self.members) > MOST_MEMBERS:
                raise EvidenceError(reason="too_many_members", path=self.name, count=len(self.members))

    def _walk(self, folder: Path, before: str) -> Iterator[tuple[str, Path]]:
        """Names and paths below `folder`; links are not followed, folders that cannot be read are findings."""
        waiting = [(folder, before)]
        while waiting:
            here, prefix = waiting.pop()
            try:
                entries = list(os.scandir(here))
            except OSError as error:
                self.findings.append(Finding("member_unreadable", prefix or self.name, {"detail": str(error.strerror)}))
                continue
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((Path(entry.path), f"{prefix}{entry.name}/"))
                else:
                    yield f"{prefix}{entry.name}", Path(entry.path)


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except (OSError, ValueError):
        return False
