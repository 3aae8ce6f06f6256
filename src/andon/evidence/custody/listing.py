"""What the directory of an archive says of one file, and the limits that keep a hostile one from taking the machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_MEMBERS = 1_000_000  # a report of a whole phone holds some hundred thousand files
MOST_RATIO = 400  # unpacked to packed; chats as JSON reach 20 to 50, a bomb the 1,032 that deflate allows
RATIO_FROM = 1 << 28  # bytes unpacked; below it the ratio does no harm
MOST_DEPTH = 3  # archives inside archives


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry: name as written, declared and packed bytes, kind ("" for a file, "link", "special"), why it is refused, and how it is opened."""

    raw_name: str
    size: int
    packed: int
    kind: str
    refusal: str
    opening: Callable[[], IO[bytes]]
