"""Who spoke in a conversation: how many rows, the first and the last known time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from andon.evidence.books.columns import NO_TIME
from andon.evidence.books.packing import packed
from andon.evidence.chats.model import Participant

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from andon.evidence.books.columns import Columns
    from andon.evidence.chats.model import Conversation

    Spoke = tuple[int, int | None, int | None]


def people_of(
    columns: Columns, number: int, conversation: Conversation, own: np.ndarray, names: Mapping[tuple[int, str], str]
) -> Iterator[tuple[object, ...]]:
    """Rows of the table `person`: those whom the conversation lists, then authors that it does not list (`names`: as their messages name them)."""
    spoke = _spoke(np.asarray(columns.author)[own], np.asarray(columns.at)[own], columns.authors.texts())
    listed = {who.key: who for who in conversation.participants}
    everybody = listed | {key: Participant(key, names.get((number, key), "")) for key in spoke if key not in listed}
    for at, (key, who) in enumerate(everybody.items()):
        record = packed([who.key, who.name, [list(pair) for pair in who.handles], who.is_owner])
        yield (number, at, columns.authors.of.get(key, -1), record, *spoke.get(key, (0, None, None)))


def _spoke(authors: np.ndarray, times: np.ndarray, keys: list[str]) -> dict[str, Spoke]:
    """Author → rows, first and last known time, in the order of first appearance."""
    found, first, inverse, count = np.unique(authors, return_index=True, return_inverse=True, return_counts=True)
    low, high = np.full(len(found), np.iinfo(np.int64).max), np.full(len(found), NO_TIME)
    known = times != NO_TIME
    np.minimum.at(low, inverse[known], times[known])
    np.maximum.at(high, inverse[known], times[known])
    spoke: dict[str, Spoke] = {}
    for at in np.argsort(first):
        if found[at] >= 0:
            span = (None, None) if high[at] == NO_TIME else (int(low[at]), int(high[at]))
            spoke[keys[found[at]]] = (int(count[at]), *span)
    return spoke


def span_of(times: np.ndarray) -> tuple[int, int] | tuple[None, None]:
    """The first and the last known time."""
    known = times[times != NO_TIME]
    return (int(known.min()), int(known.max())) if len(known) else (None, None)
