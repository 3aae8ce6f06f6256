"""The same conversation of several phones in one book (see `chats.merge`): every record of every phone, read like any other book."""

from __future__ import annotations

from array import array
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, cast

import numpy as np
import orjson

from andon.domain.errors import EvidenceError
from andon.evidence.books.columns import NO_TIME, Order, hash_of
from andon.evidence.books.file import BookFile, damage, file_facts
from andon.evidence.books.model import BookFacts, MergedRow, MergedView
from andon.evidence.books.packing import facts_of, instant, pack_conversation, pack_gap, unpack_conversation, unpack_gap, unpack_message
from andon.evidence.books.people import people_of, span_of
from andon.evidence.books.rows import Rows, fields_of, id_pieces
from andon.evidence.books.shelf import Shelf
from andon.evidence.chats.gaps.gap import Talk, microseconds
from andon.evidence.chats.matching import View
from andon.evidence.chats.merge import Difference, entries
from andon.evidence.chats.model import Conversation, Message, Participant, new_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from andon.evidence.books.read import Book
    from andon.evidence.chats.gaps.gap import Gap
    from andon.evidence.chats.merge import Entry

    Given = tuple[str, Book, int]
    Held = Callable[[str, str], str]

_NUMBER = 1  # of the one conversation of a merged book
_AT_ONCE = 1000  # entries whose records are fetched together
_EARLIEST = datetime.min.replace(tzinfo=UTC)  # what merging gives a record before which no time is known
_HEAD = 4  # bytes that tell the length of a record's head


class _Slim:
    """What of a message merging compares, and the number of its row: a third of a `Message`, whose place it takes here, in bytes."""

    __slots__ = ("author", "author_name", "edited_at", "id", "is_deleted", "kind", "place", "row", "sent_at", "seq", "text")
    conversation, event, reply_to, expires_in, number = "", None, None, None, None  # what the columns of rows ask besides

    def __init__(self, row: int, one: Message, held: Held) -> None:
        place = one.place
        self.row, self.seq, self.kind, self.is_deleted = row, one.seq, one.kind, one.is_deleted
        self.sent_at, self.edited_at = one.sent_at, one.edited_at
        self.place = new_place(held(place.file, place.file), place.offset, 0, place.sha256, place.table)
        self.id, self.text, self.author_name = held(one.id, one.id), held(one.text, one.text), held(one.author_name, one.author_name)
        self.author = one.author and held(one.author, one.author)


def merge_books(path: Path, views: Sequence[Given], *, tell: Callable[[int], None] | None = None) -> BookFacts:
    """Merge conversations of several books, each with the name of its phone, into one book at `path`.

    The result is that of `chats.merge.merge` over the same messages. Of each message only what is compared is held in memory.
    Raises EvidenceError: reason "merge_few" for less than two views, "merge_label" for two of one name, "no_conversation".
    """
    labels = [label for label, _, _ in views]
    if len(views) < 2:  # noqa: PLR2004 - one phone is no merger
        raise EvidenceError(reason="merge_few", path=str(path), count=len(views))
    if len(set(labels)) < len(labels) or not all(label.strip() for label in labels):
        raise EvidenceError(reason="merge_label", path=str(path), name=", ".join(labels))
    with BookFile(path, "merged") as file:
        making = _Making(file, views)
        for count in making.take(entries(_slim_views(views))):
            if tell is not None:
                tell(count)
        making.settle()
    sha256, size = file_facts(path)
    return BookFacts(1, len(making.rows.columns), 0, making.gaps, (), sha256, size)


def _slim_views(views: Sequence[Given]) -> list[View]:
    """Views whose messages hold what is compared and nothing else; what several records share, on whichever phones, is held once."""
    held: dict[str, str] = {}
    return [
        View(label, Talk(book.conversation(number).conversation, [cast("Message", _Slim(*one, held.setdefault)) for one in book.numbered(number)]))
        for label, book, number in views
    ]


class _Where:
    """Row of a phone's book → position in the merged one."""

    def __init__(self, last: int) -> None:
        self._positions = np.full(last + 1, -1, np.int64)

    def put(self, row: int, position: int) -> None:
        """The row stands at this position."""
        self._positions[row] = position

    def of(self, row: int) -> int:
        """Its position, -1 for a row that is not in the merged book."""
        return int(self._positions[row]) if 0 <= row < len(self._positions) else -1


class _Making:
    """A merged book in the making."""

    def __init__(self, file: BookFile, views: Sequence[Given]) -> None:
        self._file, self._views = file, views
        self._at = {label: at for at, (label, _, _) in enumerate(views)}
        self.rows = Rows(file)
        self._times = array("q")
        self._where = [_Where(book.last_row()) for _, book, _ in views]
        self._names: dict[tuple[int, str], str] = {}
        self.gaps = 0

    def take(self, merged: Iterator[Entry]) -> Iterator[int]:
        """Write the entries; yields how many are written now and then."""
        while some := list(islice(merged, _AT_ONCE)):
            wanted: list[list[int]] = [[] for _ in self._views]
            for entry in some:
                for one in entry.sightings:
                    wanted[self._at[one.phone]].append(_row(one.message))
            kept = [book.records(rows) for (_, book, _), rows in zip(self._views, wanted, strict=True)]
            for entry in some:
                self._write(entry, kept)
            yield len(self.rows.columns)
            del some, entry, kept  # what was written need not stay until the next are made
        self.rows.flush()

    def _write(self, entry: Entry, kept: list[dict[int, bytes]]) -> None:
        best, position = entry.best, len(self.rows.columns)
        parts, texts = list[tuple[int, bytes]](), list[str]()
        for one in sorted(entry.sightings, key=lambda one: one is not best):
            at, row = self._at[one.phone], _row(one.message)
            self._where[at].put(row, position)
            parts.append((at, kept[at][row]))
            message = unpack_message(kept[at][row], "")
            texts += [text for _, text in fields_of(message) if text not in texts]
        head = orjson.dumps([[at, len(record)] for at, record in parts] + [[one.code, dict(one.facts)] for one in entry.differences])
        record = len(head).to_bytes(_HEAD, "little") + head + b"".join(record for _, record in parts)
        self.rows.add(_NUMBER, best.message, record, tuple(texts))
        self._times.append(NO_TIME if entry.at == _EARLIEST else microseconds(entry.at))
        if best.message.author is not None and best.message.author_name:
            self._names.setdefault((_NUMBER, best.message.author), best.message.author_name)

    def settle(self) -> None:
        """What follows when all entries are written."""
        count = len(self.rows.columns)
        order = Order(np.arange(count), np.frombuffer(self._times, np.int64) if count else np.empty(0, np.int64), np.zeros(count, np.bool_))
        self.rows.settle({_NUMBER: order} if count else {}, with_ids=False)
        for at, (label, book, number) in enumerate(self._views):
            self._view(at, label, book, number)
        conversation = _together([book.conversation(number).conversation for _, book, number in self._views])
        span = span_of(order.at)
        record = (conversation.key.encode("utf-8", "surrogatepass"), pack_conversation(conversation), count, *span, self.gaps, 0)
        self._file.add("talk", [(_NUMBER, *record)], 8)
        self._file.add("person", people_of(self.rows.columns, _NUMBER, conversation, order.rows, self._names), 7)

    def _view(self, at: int, label: str, book: Book, number: int) -> None:
        """One phone: its conversation, the ids of its messages, and its gaps where they lie now."""
        where = self._where[at]
        talk = book.conversation(number)
        self._file.add("view", [(at, label, pack_conversation(talk.conversation), talk.length, file_facts(book.path)[0])], 5)
        hashes, positions = array("q"), array("q")
        for row, one in book.numbered(number):
            if (position := where.of(row)) >= 0:
                hashes.append(hash_of(one.id))
                positions.append(position)
        self._file.add("id_hash", id_pieces(at, np.array(hashes, np.int64), np.array(positions, np.int64)), 5)
        order = book.order(number)
        for place, gap in book.gaps(number):
            after = place >= talk.length
            row = int(order[min(place, talk.length - 1)]) if talk.length else -1
            position = max(where.of(row), 0) + (1 if after else 0)
            self._file.add("gap", [(self.gaps, len(label.encode()).to_bytes(_HEAD, "little") + label.encode() + pack_gap(gap))], 2)
            self._file.add("gap_at", [(_NUMBER, position, self.gaps)], 3)
            self.gaps += 1


def _row(message: Message) -> int:
    return cast("_Slim", message).row


def _together(conversations: list[Conversation]) -> Conversation:
    """The first conversation with everybody of all of them."""
    people: dict[str, Participant] = {}
    for one in conversations:
        for who in one.participants:
            known = people.setdefault(who.key, replace(who, is_owner=False))
            people[who.key] = replace(known, name=known.name or who.name, handles=tuple(dict.fromkeys(known.handles + who.handles)))
    title = next((one.title for one in conversations if one.title), "")
    return replace(conversations[0], title=title, participants=tuple(people.values()), account="", place=None, facts={})


class MergedBook(Shelf):
    """Several phones' views of one conversation, merged. Its only conversation is number 1."""

    kind = "merged"

    def views(self) -> list[MergedView]:
        """The phones, in the order in which they were given."""
        with damage(self.path):
            found = self._database.execute("SELECT label, record, rows, book FROM view ORDER BY number").fetchall()
            return [MergedView(label, unpack_conversation(record), rows, book) for label, record, rows, book in found]

    def rows(self, number: int, start: int, count: int) -> list[MergedRow]:
        """Messages from a position on, fewer at the end."""
        views, length = self.views(), self.length(number)
        with damage(self.path):
            records = self._records(number, start, count)
            gaps = self._gaps(number, records[0][0], records[-1][0] + 1) if records else {}
            return [
                MergedRow(
                    position, None if at == NO_TIME else instant(at), *_parts(record, views), tuple(gaps.get(position, ())),
                    tuple(gaps.get(length, ())) if position == length - 1 else (),
                )
                for position, record, at, _ in records
            ]  # fmt: skip

    def all_rows(self, number: int = _NUMBER, start: int = 0, end: int | None = None) -> Iterator[MergedRow]:
        """Rows from `start` up to `end` (not included), one after the other, in bounded memory."""
        end = self.length(number) if end is None else min(end, self.length(number))
        for begin in range(start, end, _AT_ONCE):
            yield from self.rows(number, begin, min(_AT_ONCE, end - begin))

    def position_of(self, label: str, message_id: str) -> int | None:
        """The position of the first row in which this phone's message has this id."""
        labels = [one.label for one in self.views()]
        if label not in labels:
            return None
        with damage(self.path):
            places = self._positions(labels.index(label), message_id)
            return next((at for at in places if self.rows(_NUMBER, at, 1)[0].sightings[label].id == message_id), None)

    def gaps(self, number: int = _NUMBER) -> list[tuple[int, str, Gap]]:
        """Every phone's gaps: position before which it lies, the phone's name, the gap."""
        with damage(self.path):
            found = self._gaps(number, 0, self.length(number))
            return [(position, *one) for position in sorted(found) for one in found[position]]

    def _gaps(self, number: int, start: int, end: int) -> dict[int, list[tuple[str, Gap]]]:
        found: dict[int, list[tuple[str, Gap]]] = {}
        for position, record in self._gap_records(number, start, end):
            size = _HEAD + int.from_bytes(record[:_HEAD], "little")
            found.setdefault(position, []).append((record[_HEAD:size].decode(), unpack_gap(record[size:])))
        return found

    def _fields(self, record: bytes, number: int) -> Sequence[tuple[str, str]]:  # noqa: ARG002 - the form of `Shelf`
        best, sightings, _ = _parts(record, self.views())
        fields = list(fields_of(best))
        known = {text for _, text in fields}
        return fields + [("phone", text) for one in sightings.values() for _, text in fields_of(one) if text not in known]


def _parts(record: bytes, views: Sequence[MergedView]) -> tuple[Message, dict[str, Message], tuple[Difference, ...]]:
    """The best message, all by the phones' names (in their order), and the differences."""
    begin = _HEAD + int.from_bytes(record[:_HEAD], "little")
    found: dict[str, Message] = {}
    differences: list[Difference] = []
    for first, second in orjson.loads(record[_HEAD:begin]):
        if isinstance(first, str):
            differences.append(Difference(first, facts_of(second)))
            continue
        view = views[first]
        found[view.label] = unpack_message(record[begin : begin + second], view.conversation.key)
        begin += second
    best = next(iter(found.values()))
    return best, {name: found[name] for name in sorted(found)}, tuple(differences)
