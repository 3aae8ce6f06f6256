"""Where phones differ: positions in order, packed small."""

from __future__ import annotations

import zlib
from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def packed(positions: Iterable[int]) -> bytes:
    """For a column of the table."""
    return zlib.compress(array("I", positions).tobytes())


def unpacked(column: bytes | memoryview) -> array[int]:
    """Back."""
    found = array("I")
    if column:
        found.frombytes(zlib.decompress(bytes(column)))
    return found
