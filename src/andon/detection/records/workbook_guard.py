"""Whether a workbook (xlsx) can be laid out in memory: told from its XML before the reader of workbooks sees it.

That reader lays a sheet out as a full rectangle from its first cell to its last one, so a single cell at the far corner makes it ask for hundreds of
gigabytes, and it ends the whole program when it does not get them.
"""

from __future__ import annotations

import zipfile
import zlib
from typing import IO, TYPE_CHECKING

import numpy as np

from andon.detection.records.splitting import measure_cells
from andon.domain.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_CELLS = 52_500_000  # of one sheet: 24 bytes each; all rows that Excel has times 50 columns
MOST_XML = 4 << 30  # bytes of all parts together
_PIECE = 1 << 20
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def _pieces(part: IO[bytes]) -> Iterator[bytes]:
    """Content in pieces that end before a tag, so that none is cut."""
    behind = b""
    while piece := part.read(_PIECE):
        data = behind + piece
        cut = data.rfind(b"<", max(len(data) - _PIECE, 0))
        cut = len(data) if cut <= 0 else cut
        behind = data[cut:]
        yield data[:cut]
    yield behind


def _cells(part: IO[bytes]) -> int:
    """Cells of the rectangle from the first row and column to the last ones."""
    state = np.zeros(4, np.int64)
    for piece in _pieces(part):
        # Zero bytes are those of UTF-16, whose tags are plain without them.
        measure_cells(np.frombuffer(piece.replace(b"\0", b"") if b"\0" in piece else piece, np.uint8), state)
    return int(state[2]) * int(state[3])


def check_workbook(content: str | IO[bytes]) -> None:
    """Raises SourceError: reason "workbook_too_large" for a sheet of too many cells or too much content, "broken" for a zip that cannot be read."""
    try:
        with zipfile.ZipFile(content) as book:
            parts = book.infolist()
            if sum(part.file_size for part in parts) > MOST_XML:
                raise SourceError(reason="workbook_too_large", format="xlsx")
            for part in parts:
                with book.open(part) as file:
                    if _cells(file) > MOST_CELLS:
                        raise SourceError(reason="workbook_too_large", format="xlsx")
    except _BROKEN as error:
        raise SourceError(reason="broken", format="xlsx", detail=str(error)) from error
