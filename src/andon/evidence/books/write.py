"""A reading of an exhibit into one book: rows as they come, then their order, people and gaps. Memory: some 60 bytes a message, and one block."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from andon.evidence.books.columns import shown
from andon.evidence.books.file import BookFile, file_facts
from andon.evidence.books.model import BookFacts
from andon.evidence.books.packing import pack_conversation, pack_counts, pack_finding, pack_message
from andon.evidence.books.people import people_of, span_of
from andon.evidence.books.placing import write_gaps
from andon.evidence.books.reading import Reading
from andon.evidence.books.rows import Rows, texts_of
from andon.evidence.chats.model import Conversation, Counts, Finding, Message

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from andon.evidence.books.columns import Order
    from andon.evidence.chats.model import Item

_STEP = 2000  # rows between two calls of `tell`


def write_book(path: Path, items: Iterable[Item | Counts], *, tell: Callable[[int], None] | None = None) -> BookFacts:
    """Write what `registry.read_material` yields into one book at `path`, which is there only when it is whole.

    `tell` is called with the number of messages so far. Of several announcements of a conversation the last counts.
    """
    reading = Reading()
    with BookFile(path, "reading") as file:
        rows = Rows(file)
        for item in items:
            _take(file, rows, reading, item)
            if tell is not None and isinstance(item, Message) and len(rows.columns) % _STEP == 0:
                tell(len(rows.columns))
        rows.flush()
        orders = _orders(rows)
        rows.settle(orders)
        total, gaps = write_gaps(file, rows, reading, orders)
        _talks(file, rows, reading, orders, gaps)
        file.add("counts", [(number, pack_counts(one)) for number, one in enumerate(reading.counts)], 2)
    if tell is not None:
        tell(len(rows.columns))
    sha256, size = file_facts(path)
    found = sum(reading.findings.values())
    return BookFacts(len(reading.talks), len(rows.columns), found, total, tuple(reading.counts), sha256, size)


def _take(file: BookFile, rows: Rows, reading: Reading, item: Item | Counts) -> None:
    if isinstance(item, Message):
        talk = reading.number(item.conversation)
        rows.add(talk, item, pack_message(item), texts_of(item))
        reading.last[item.place.file] = talk
        if item.author is not None and item.author_name:
            reading.names.setdefault((talk, item.author), item.author_name)
    elif isinstance(item, Conversation):
        talk = reading.number(item.key)
        reading.talks[item.key] = item
        if item.place is not None:
            reading.last[item.place.file] = talk
    elif isinstance(item, Finding):
        talk = reading.last.get(item.place.file, 0)
        number = sum(reading.findings.values())
        file.add("finding", [(number, talk or None, pack_finding(item))], 3)
        reading.findings[talk] += 1
        reading.rejects[item.place.file] += item.rejects
    else:
        reading.counts.append(item)
        reading.last.pop(item.file, None)


def _orders(rows: Rows) -> dict[int, Order]:
    at, files = np.asarray(rows.columns.at), np.asarray(rows.columns.file)
    return {talk: shown(places, at[places], files[places]) for talk, places in rows.by_talk().items()}


def _talks(file: BookFile, rows: Rows, reading: Reading, orders: dict[int, Order], gaps: Counter[int]) -> None:
    """Conversations and who spoke in them."""
    at = np.asarray(rows.columns.at)
    for key, conversation in reading.talks.items():
        number = reading.numbers[key]
        own = orders[number].rows if number in orders else np.empty(0, np.int64)
        said = (pack_conversation(conversation), len(own), *span_of(at[own]), gaps[number], reading.findings[number])
        file.add("talk", [(number, key.encode("utf-8", "surrogatepass"), *said)], 8)
        file.add("person", people_of(rows.columns, number, conversation, own, reading.names), 7)
