"""Server-sent events as recorded: the JSON values are on the lines that begin with `data:`; all other lines are names of events and signs of life.

The format is the one of the HTML standard ("text/event-stream"). A value that is spread over several `data:` lines is not put together: no network
known here writes one so, and its lines become rejects.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from andon.detection.records.chunks import Chunk

_FIELD = re.compile(rb"\s*(?:(?:data|event|id|retry)?:|\s*$)")
_DATA = b"data:"


def looks_like_events(lines: Sequence[bytes]) -> bool:
    """Whether all lines are those of an event stream and one of them at least holds data."""
    return all(map(_FIELD.match, lines)) and any(line.startswith(_DATA) for line in lines)


def event_data(lines: Iterable[bytes]) -> list[bytes]:
    """The data of the lines that hold some."""
    return [line[len(_DATA) :] for line in lines if line.startswith(_DATA)]


def event_chunks(chunks: Iterator[Chunk]) -> Iterator[Chunk]:
    """Chunks of lines as chunks of their data: rows keep the numbers of their lines, and lines without data become blank ones."""
    for chunk in chunks:
        holds = np.array([chunk.raw(k).startswith(_DATA) for k in range(len(chunk.starts))], np.bool_)
        chunk.starts = np.where(holds, chunk.starts + len(_DATA), chunk.ends)
        yield chunk
