"""Files of the intake on the disk: uploads while they wait, and the rows that could not be read."""

from __future__ import annotations

import hashlib
import secrets
import shutil
import unicodedata
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from django.conf import settings

from andon.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from andon.console.intake.models import Upload

_NAME = 120  # characters of a file's name that are kept
_READ = 1 << 20
_ROOM = 1 << 28  # bytes of the disk that stay free


@dataclass(frozen=True, slots=True)
class Received:
    """A file that is here: its name as given (made harmless), hash, size, and where it lies below the uploads folder ("" for its own place)."""

    name: str
    sha256: str
    size: int
    file: str = ""


def limit_gib() -> float:
    """The largest file that is taken, in gibibytes."""
    return float(settings.UPLOAD_MOST_BYTES / 2**30)


def uploads_folder() -> Path:
    """Where uploads wait."""
    return _made(Path(settings.HOME) / "uploads")


def rejects_path(upload: Upload) -> Path:
    """The rows of an upload that could not be read."""
    return _made(Path(settings.HOME) / "rejects") / f"{upload.pk}.jsonl"


def path_of(upload: Upload) -> Path:
    """The uploaded file. Only what `receive` wrote is ever named by a row: a folder by hash, and a harmless name in it."""
    return uploads_folder() / upload.file


def safe_name(name: str) -> str:
    """A file's name without folders, control characters and hidden beginnings, short enough for any disk; its ending stays."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(char for char in unicodedata.normalize("NFC", last) if unicodedata.category(char)[0] != "C" and char not in '<>:"|?*')
    plain = plain.strip(" .")
    if len(plain) > _NAME:
        plain = plain[: _NAME - 20] + plain[-20:]
    return plain or "upload"


def receive(name: str, pieces: Iterable[bytes], announced: int | None = None) -> Received:
    """Write what comes in, hashing it on the way. Raises Refused for an empty file, one above the limit, or one that the disk has no room for."""
    folder, name = uploads_folder(), safe_name(name)
    _check_size(announced or 0, folder)
    part = folder / f".part-{secrets.token_hex(8)}"
    digest, size = hashlib.sha256(), 0
    try:
        with part.open("xb") as out:
            part.chmod(0o600)
            for piece in pieces:
                size += len(piece)
                if size > settings.UPLOAD_MOST_BYTES:
                    raise Refused(reason="upload_too_large", name=name, limit=settings.UPLOAD_MOST_BYTES >> 20)
                digest.update(piece)
                out.write(piece)
        if not size or (announced is not None and size != announced):
            raise Refused(reason="upload_cut" if size else "upload_empty", name=name)
        place = folder / digest.hexdigest()
        place.mkdir(mode=0o700, exist_ok=True)
        part.replace(place / name)
    finally:
        part.unlink(missing_ok=True)
    return Received(name, digest.hexdigest(), size, f"{digest.hexdigest()}/{name}")


def in_place(path: Path) -> Received:
    """A file that is read where it lies."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_READ):
            digest.update(piece)
    return Received(safe_name(path.name), digest.hexdigest(), path.stat().st_size)


def discard(file: str) -> None:
    """Take an uploaded file away: what was not flagged in it is not kept."""
    if file:
        shutil.rmtree((uploads_folder() / file).parent, ignore_errors=True)


def _check_size(announced: int, folder: Path) -> None:
    if announced > settings.UPLOAD_MOST_BYTES:
        raise Refused(reason="upload_too_large", name="", limit=settings.UPLOAD_MOST_BYTES >> 20)
    if shutil.disk_usage(folder).free < announced + _ROOM:
        raise Refused(reason="no_room", name="")


def _made(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
