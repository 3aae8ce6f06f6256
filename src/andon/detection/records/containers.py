"""Files that are zips or OLE containers (workbooks, archives) and files that must be at hand as a whole, wherever they come from."""

from __future__ import annotations

import tempfile
import zipfile
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from andon.detection.records.members import ZIP_MAGICS, is_archive_head, packed_size, shown_name, split_path
from andon.detection.records.opening import STDIN
from andon.detection.records.paths import archive_fault
from andon.detection.records.xlsx_rows import OLE_MAGIC, WORKBOOK_PART, WorkbookReader
from andon.domain.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from andon.detection.records.batch import Position, PostBatch
    from andon.detection.records.encodings import TextStream
    from andon.detection.sources.source import Source

_SPOOL = 64 << 20  # bytes of an unpacked file that stay in memory
_PIECE = 1 << 20


def is_container(head: bytes) -> bool:
    """Whether a file that begins so is a workbook or an archive."""
    return head.startswith(OLE_MAGIC) or is_archive_head(head)


@contextmanager
def whole_file(text: TextStream, path: str) -> Iterator[str | IO[bytes]]:
    """The whole content for readers that start at its end: the path of a plain file, else a temporary file of what is left of `text.stream`."""
    if text.stream.can_seek():
        yield path
        return
    with _spooled(text) as spool:
        yield spool


def kept_file(text: TextStream, path: str) -> str | IO[bytes]:
    """As `whole_file`, for a reader that comes back to the content after its last batch: a temporary file goes when nobody holds it any longer."""
    return path if text.stream.can_seek() else _spooled(text)


def _spooled(text: TextStream) -> IO[bytes]:
    spool = tempfile.SpooledTemporaryFile(_SPOOL)  # noqa: SIM115 - closed by who asked for it
    spool.write(text.raw_head)
    while piece := text.stream.read(_PIECE):
        spool.write(piece)
    spool.seek(0)
    return spool


def read_container(text: TextStream, path: str, index: int, begin: Position, choose: Callable[[list[str]], Source]) -> Iterator[PostBatch]:
    """Batches of a workbook; `choose` gives the source for the heading of a sheet.

    Raises SourceError as `WorkbookReader` does, and for an archive: it is expanded by `expand_paths`, so what comes here is one that cannot be read.
    """
    zipped = text.raw_head.startswith(ZIP_MAGICS)
    if zipped or text.raw_head.startswith(OLE_MAGIC):  # not for a tar, which can be large
        with whole_file(text, path) as content:
            if not zipped or _is_workbook(content):
                size = packed_size(path) if path != STDIN else text.stream.consumed
                yield from WorkbookReader(shown_name(path), content, size, choose, zipped=zipped).batches(index, begin.offset, begin.row)
                return
    if path == STDIN:
        raise SourceError(reason="archive_needs_file")
    if split_path(path) is not None:
        raise SourceError(reason="nested_archive", path=path)
    raise archive_fault(path)


def _is_workbook(content: str | IO[bytes]) -> bool:
    try:
        with zipfile.ZipFile(content) as book:
            return WORKBOOK_PART in book.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    finally:
        if not isinstance(content, str):
            content.seek(0)
