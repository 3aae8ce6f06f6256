"""What a browser sends: every file goes to the disk as it comes, into a folder of its own, and is laid out there under the names it was sent with.

Names are evidence: only what no disk takes is changed (ways out of the folder, empty parts, endless names), and each change is told.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from andon.console.evidence.exhibits.incoming import sent
from andon.console.frame.templatetags.desk import language
from andon.domain.errors import Refused
from andon.wording.say import say_error

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from django.http import HttpRequest

_PARTS = ".parts"
_PART = 240  # bytes of one part of a path that every disk takes
_PATH = 2_000  # bytes of a whole path
_ROOM = 1 << 28  # bytes of the disk that stay free
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Sending(FileUploadHandler):
    """Writes the files of one form below `incoming`, in the order in which they come."""

    chunk_size = 1 << 20

    def __init__(self, request: HttpRequest, token: str, *, is_wanted: bool) -> None:
        super().__init__(request)
        self.names: list[str] = []
        self._is_wanted = is_wanted  # of who may not take anything in, not a byte is written
        self.problem = ""
        self._folder = sent(token) / _PARTS
        self._out: BinaryIO | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's form
        """A file begins."""
        super().new_file(*args, **kwargs)
        if self.problem or not self._is_wanted:
            raise SkipFile
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._out = (self._folder / f"{len(self.names):06}").open("xb")
        self.names.append(self.file_name or "")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's form
        """Some bytes of it."""
        try:
            cast("BinaryIO", self._out).write(raw_data)
        except OSError as error:
            self.problem = "no_room" if error.errno in _NO_ROOM else "exhibit_disk"
            self._closed()
            raise SkipFile from error

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Its end. The form learns of its name and size; its bytes stay where they are."""
        self._closed()
        return UploadedFile(name=self.file_name, size=file_size)

    def upload_interrupted(self) -> None:
        """The browser went away."""
        self._closed()

    def _closed(self) -> None:
        if self._out is not None:
            with suppress(OSError):  # a full disk tells of itself with the next bytes
                self._out.close()
            self._out = None


def refuse_too_much(request: HttpRequest) -> None:
    """Raises Refused before a byte is read: above the limit, or more than the disk has room for (what is sent, and its copy)."""
    given = request.META.get("CONTENT_LENGTH") or ""
    size = int(given) if given.isdigit() else 0
    if size > settings.UPLOAD_MOST_BYTES:
        raise Refused(reason="upload_too_large", name="", limit=settings.UPLOAD_MOST_BYTES >> 20)
    if shutil.disk_usage(settings.HOME).free < 2 * size + _ROOM:
        raise Refused(reason="no_room", name="")


def lay_out(token: str, names: Sequence[str], paths: str, folder: str) -> tuple[Path, dict[str, str]]:
    """What was sent, as one file or one folder (named `folder`): where it lies, and the names that had to be changed (kept → sent).

    `paths` is the script's list of paths in the order of the files (JSON); names alone without it.
    """
    given = _paths(paths, names)
    is_one = len(names) == 1
    told = [given[0].rpartition("/")[2]] if is_one else given
    kept, renamed, top = Names(), {}, sent(token) if is_one else sent(token) / kept_part(folder)
    for number, path in enumerate(told):
        name = kept.add(path)
        if name != path:
            renamed[name] = path.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "␀")  # PostgreSQL stores no zero character
        (top / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        (sent(token) / _PARTS / f"{number:06}").rename(top / name)
    shutil.rmtree(sent(token) / _PARTS)
    return (top / name if is_one else top), renamed


def too_much(request: HttpRequest) -> str:
    """Why the form is not to be read at all, in a sentence; empty when it is."""
    try:
        refuse_too_much(request)
    except Refused as error:
        return say_error(error, language())
    return ""


class Names:
    """Names of files in one folder: each once, none the folder of another."""

    def __init__(self) -> None:
        self._files: set[str] = set()
        self._folders: set[str] = set()

    def add(self, told: str) -> str:
        """A path that a disk takes, that leads nowhere else, and that no other file has."""
        parts = [kept_part(part) for part in told.split("/") if part not in ("", ".", "..")] or ["unnamed"]
        if len(os.fsencode("/".join(parts))) > _PATH:
            parts = parts[-1:]
        for depth in range(1, len(parts)):
            while "/".join(parts[:depth]) in self._files:
                parts[depth - 1] += "#"
        plain, number = "/".join(parts), 2
        name = plain
        while name in self._files or name in self._folders:
            name, number = f"{plain}#{number}", number + 1
        self._files.add(name)
        self._folders.update("/".join(parts[:depth]) for depth in range(1, len(parts)))
        return name


def kept_part(part: str) -> str:
    """One part of a path that every disk takes; its ending stays."""
    plain = part.replace("\0", "\ufffd").replace("/", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    if plain in ("", ".", ".."):
        return "unnamed"
    raw = plain.encode()
    if len(raw) <= _PART:
        return plain
    return raw[: _PART - 40].decode("utf-8", "ignore") + "…" + raw[-30:].decode("utf-8", "ignore")


def _paths(paths: str, names: Sequence[str]) -> list[str]:
    try:
        given = json.loads(paths) if paths else None
    except ValueError:
        given = None
    if isinstance(given, list) and len(given) == len(names) and all(isinstance(one, str) and one for one in given):
        return given
    return [name or "unnamed" for name in names]


def limit_gib() -> float:
    """The most that one form may send, in gibibytes."""
    return float(settings.UPLOAD_MOST_BYTES / 2**30)
