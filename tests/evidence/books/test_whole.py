"""A book holds everything that a reader gave, exactly."""

from __future__ import annotations

import math
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from andon.evidence.books.packing import pack_message, unpack_message
from andon.evidence.books.read import Book
from andon.evidence.books.write import write_book
from andon.evidence.chats.gaps.gap import gather
from andon.evidence.chats.gaps.registry import find_gaps
from andon.evidence.chats.model import Conversation, Counts, Finding, Message, Participant
from andon.evidence.chats.registry import read_material
from andon.evidence.custody.material import Material

from . import invented

FOUND = Path(__file__).parents[1] / "chats"
SHARED = Path(__file__).parents[4] / "shared" / "data"


@given(invented.messages)
@settings(max_examples=400)
def test_message_comes_back_as_it_went_in(message: Message) -> None:
    """Every field: half surrogates, control characters, numbers of any size."""
    assert unpack_message(pack_message(message), message.conversation) == message


def test_numbers_that_are_none_come_back() -> None:
    """JSON has no word for them."""
    message = invented.said(0, facts={"a": math.nan, "b": math.inf, "c": -math.inf, "d": 0.1, "e": True, "f": 1, "g": -0.0})
    facts = unpack_message(pack_message(message), "a").facts
    assert math.isnan(facts["a"])  # type: ignore[arg-type]
    assert [repr(facts[name]) for name in "bcdefg"] == ["inf", "-inf", "0.1", "True", "1", "-0.0"]


def same_as_read(book: Book, items: list[Any]) -> None:
    """The book against the items: messages in the order of the file and of the order shown, conversations, findings, counts, gaps, people."""
    talks = gather(items)
    told = {one.key: one for one in items if isinstance(one, Conversation)}
    kept = book.conversations()
    assert sorted(one.conversation.key for one in kept) == sorted(talk.conversation.key for talk in talks)
    by_key = {talk.conversation.key: talk for talk in talks}
    for one in kept:
        key = one.conversation.key
        assert one.conversation == told.get(key, Conversation(key, ""))
        messages = list(book.messages(one.number))
        assert messages == by_key[key].messages
        rows = list(book.all_rows(one.number))
        assert [row.position for row in rows] == list(range(one.length))
        said = [(row.position, row.message.text, tuple(old.text for old in row.message.versions)) for row in rows]
        assert list(book.texts(one.number)) == said
        assert list(book.texts(one.number, 1, 3)) == said[1:3]
        some = [*range(0, one.length, 2), -1, one.length]
        assert book.messages_at(one.number, some) == {row.position: row.message for row in rows[::2]}
        assert sorted(repr(row.message) for row in rows) == sorted(map(repr, messages))
        spoke = {who.key: count for who, count, _, _ in book.people(one.number) if count}
        authors = [message.author for message in messages if message.author is not None]
        assert spoke == {author: authors.count(author) for author in authors}
        for row in rows:
            first = next(other.position for other in rows if other.message.id == row.message.id)
            assert book.position_of(one.number, row.message.id) == first
    assert book.findings() == [one for one in items if isinstance(one, Finding)]
    assert book.counts() == [one for one in items if isinstance(one, Counts)]
    assert book.all_gaps() == find_gaps(talks)


@given(invented.readings)
@settings(max_examples=150, deadline=None)
def test_reading_comes_back_as_it_was(items: list[Any]) -> None:
    """Whatever is yielded in whatever order; the gaps are those of the same conversations in memory."""
    with TemporaryDirectory() as folder, invented.book_of(Path(folder), items) as book:
        same_as_read(book, items)


def examples() -> list[Path]:
    """Real and made exports, where they are at hand."""
    folders = [SHARED / name for name in ("made", "telegram", "instagram", "signal", "case_uco", "whatsapp")]
    return [folder for folder in [FOUND / "found", *folders] if folder.is_dir()]


@pytest.mark.parametrize("folder", examples(), ids=lambda folder: folder.name)
def test_exports_come_back_as_they_were_read(tmp_path: Path, folder: Path) -> None:
    """Every example: as many messages in the book as its files gave."""
    with Material(folder) as material:
        items = list(read_material(material))
    facts = write_book(tmp_path / "b", items)
    assert facts.whole
    assert facts.messages == sum(isinstance(one, Message) for one in items)
    with Book(tmp_path / "b") as book:
        same_as_read(book, items)


def test_last_of_several_announcements_is_the_conversation(tmp_path: Path) -> None:
    """Also when its messages are spread over several files."""
    items = [
        Conversation("a", "telegram", "仮"), invented.said(0), invented.said(1, file="二.json"),
        Conversation("a", "telegram", "本当の名", participants=(Participant("user0", "名0"),)),
    ]  # fmt: skip
    with invented.book_of(tmp_path, items) as book:
        (talk,) = book.conversations()
        assert (talk.conversation.title, talk.length) == ("本当の名", 2)
        assert [who.name for who, *_ in book.people(1)] == ["名0", "名1"]


def test_counts_that_do_not_add_up_are_told(tmp_path: Path) -> None:
    """A message lost between reader and book would show."""
    counts = Counts("result.json", "x", records=3, messages=2, context=1)
    assert write_book(tmp_path / "b", [invented.said(0), invented.said(1), counts]).whole
    assert not write_book(tmp_path / "c", [invented.said(0), counts]).whole


def test_progress_is_told(tmp_path: Path) -> None:
    """The last number is that of all messages."""
    told: list[int] = []
    write_book(tmp_path / "b", (invented.said(seq) for seq in range(4500)), tell=told.append)
    assert told == [2000, 4000, 4500]


@given(st.integers(0, 60), st.integers(0, 60))
@settings(deadline=None, max_examples=30)
def test_window_holds_the_rows_that_exist(start: int, count: int) -> None:
    """Beyond the end there are none."""
    with TemporaryDirectory() as folder, invented.book_of(Path(folder), [invented.said(seq) for seq in range(40)]) as book:
        assert [row.position for row in book.rows(1, start, count)] == list(range(40))[start : start + count]


def test_long_conversation_is_read_at_any_place(tmp_path: Path) -> None:
    """Over the pieces and blocks in which it is kept."""
    with invented.book_of(tmp_path, [invented.said(seq) for seq in range(10_000)]) as book:
        for start in (0, 4090, 4096, 8191, 9990):
            assert [row.message.seq for row in book.rows(1, start, 20)] == list(range(10_000))[start : start + 20]
        assert book.position_of(1, "9001") == 9000
        assert book.position_of(1, "nobody") is None
