"""The record behind a message, byte for byte as it lies in the exhibit's copy, and pictures that an exhibit holds. Nothing of it is ever run."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from andon.console.evidence.exhibits.store import store
from andon.domain.errors import EvidenceError
from andon.evidence.chats.rows import canonical, columns_of
from andon.evidence.custody.stored import material_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andon.console.evidence.exhibits.models import Exhibit
    from andon.evidence.chats.model import Place
    from andon.evidence.custody.material import Material
    from andon.evidence.custody.members import Member

MOST_SHOWN = 64_000  # bytes of a record that are shown
MOST_PICTURE = 24 << 20
MOST_HASHED = 256 << 20
_INSIDE = "!/"
_SIGNS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF87a": "image/gif", b"GIF89a": "image/gif", b"BM": "image/bmp"}


@dataclass(frozen=True, slots=True)
class Record:
    """The bytes of a record and whether they are those that were read (`agrees`). `is_row`: a row of a database, as JSON with sorted keys."""

    content: bytes
    agrees: bool
    is_row: bool
    is_cut: bool

    @property
    def text(self) -> str:
        """As UTF-8, what is none replaced by a sign."""
        return self.content.decode("utf-8", "replace")

    @property
    def hexadecimal(self) -> list[tuple[str, str, str]]:
        """The first bytes: offset, sixteen bytes, and what of them is plain ASCII."""
        lines = []
        for at in range(0, min(len(self.content), 1024), 16):
            part = self.content[at : at + 16]
            lines.append((f"{at:06x}", part.hex(" "), "".join(chr(one) if 32 <= one < 127 else "." for one in part)))  # noqa: PLR2004 - ASCII that can be printed
        return lines


def record_at(exhibit: Exhibit, place: Place) -> Record | None:
    """The record that stands at a place, or None where the copy cannot be read there."""
    try:
        if place.table:
            return _row(exhibit, place)
        return _bytes(exhibit, place)
    except (EvidenceError, OSError, sqlite3.DatabaseError):
        return None


def _bytes(exhibit: Exhibit, place: Place) -> Record | None:
    plain = _hash_of(exhibit).get(place.file)
    if plain is not None:  # a copy of its own in the store: no need to read all of it to look at one record, which has its own hash
        with store().object_path(plain).open("rb") as file:
            return _cut(_read(file, place), place)
    with material_of(store(), exhibit.code) as material:
        member = member_of(material, place.file)
        if member is None:
            return None
        with member.open() as file:
            return _cut(_read(file, place), place)


def _read(file: object, place: Place) -> bytes:
    seek, read = file.seek, file.read  # type: ignore[attr-defined]  # files of any kind
    seek(place.offset)
    return bytes(read(place.length))


def _cut(raw: bytes, place: Place) -> Record:
    return Record(raw[:MOST_SHOWN], hashlib.sha256(raw).hexdigest() == place.sha256, is_row=False, is_cut=len(raw) > MOST_SHOWN)


def _row(exhibit: Exhibit, place: Place) -> Record | None:
    with material_of(store(), exhibit.code) as material:
        member = member_of(material, place.file)
        if member is None:
            return None
        with member.sqlite() as database:
            names = columns_of(database, place.table)
            if not names:
                return None
            asked = f'SELECT * FROM "{place.table}" WHERE rowid = ?'  # noqa: S608 - a table that was just found
            row = database.execute(asked, (place.offset,)).fetchone()
    if row is None:
        return None
    raw = canonical(dict(zip(names, row, strict=True)))
    return Record(raw[:MOST_SHOWN], hashlib.sha256(raw).hexdigest() == place.sha256, is_row=True, is_cut=len(raw) > MOST_SHOWN)


def member_of(material: Material, name: str) -> Member | None:
    """A file of the exhibit, also inside archives ("a.zip!/b.json")."""
    outer, inside, rest = name.partition(_INSIDE)
    member = material.find(outer)
    while member is not None and inside:
        material = material.inside(member)
        outer, inside, rest = rest.partition(_INSIDE)
        member = material.find(outer)
    return member


@dataclass(frozen=True, slots=True)
class Held:
    """A file that a message names and the exhibit holds: its hash, size, and bytes where they are a picture."""

    name: str
    sha256: str
    size: int
    media_type: str = ""
    content: bytes = b""


def held_file(exhibit: Exhibit, name: str, *, with_content: bool = False) -> Held | None:
    """The file an attachment names, when the exhibit holds it. Its content only as a picture of a known kind, told by its first bytes."""
    try:
        with material_of(store(), exhibit.code) as material:
            member = member_of(material, name)
            if member is None or member.size > (MOST_PICTURE if with_content else MOST_HASHED):
                return None if member is None else Held(name, "", member.size)
            with member.open() as file:
                content = file.read()
    except (EvidenceError, OSError):
        return None
    media_type = picture_type(content)
    return Held(name, hashlib.sha256(content).hexdigest(), len(content), media_type, content if with_content and media_type else b"")


def picture_type(content: bytes) -> str:
    """The kind of a picture by its first bytes; empty for everything else (SVG is a program, no picture)."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for sign, kind in _SIGNS.items() if content.startswith(sign)), "")


def beside(message_file: str, path: str, exhibit: Exhibit) -> list[str]:
    """Where a path that a message names may lie in the exhibit: beside the file of the message, and from the exhibit's root. Never outside."""
    clean = path.replace("\\", "/").lstrip("/")
    if ".." in clean.split("/"):
        return []
    archive, sep, inner = message_file.rpartition(_INSIDE)
    folder = inner.rpartition("/")[0] if sep else message_file.rpartition("/")[0]
    prefix = f"{archive}{_INSIDE}" if sep else ""
    found = [f"{prefix}{folder}/{clean}" if folder else f"{prefix}{clean}", f"{prefix}{clean}", clean]
    known = _hash_of(exhibit)
    return sorted(dict.fromkeys(found), key=lambda name: name not in known)


def _hash_of(exhibit: Exhibit) -> Mapping[str, str]:
    """Name → hash of the files that lie in the store as copies of their own (of an archive: the archive)."""
    return _hashes(str(store().folder), exhibit.code, exhibit.manifest_sha256)


@lru_cache(maxsize=16)
def _hashes(place: str, code: str, manifest_sha256: str) -> Mapping[str, str]:  # noqa: ARG001 - a manifest never changes; its hash and place name it
    return {one.name: one.sha256 for one in store().manifest(code).files}
