"""A book that is damaged, cut or none at all gives one clear error; a book that could not be finished is not there."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from andon.domain.errors import EvidenceError
from andon.evidence.books.merged import MergedBook
from andon.evidence.books.read import Book
from andon.evidence.books.write import write_book
from andon.wording.say import say_error

from . import invented


def use(path: Path) -> None:
    """Everything that a page asks of a book."""
    with Book(path) as book:
        for talk in book.conversations():
            list(book.all_rows(talk.number))
            list(book.texts(talk.number))
            book.messages_at(talk.number, [0, talk.length - 1])
            book.days(talk.number)
            book.people(talk.number)
            book.gaps(talk.number)
            book.position_of(talk.number, "5")
            book.position_at(talk.number, invented.START)
        book.search("本")
        book.findings()
        book.counts()


def test_nothing_is_written_beside_a_book(tmp_path: Path) -> None:
    """No journal, no lock; and the book stays as it was."""
    facts = write_book(tmp_path / "b", [invented.said(seq) for seq in range(50)])
    before = (tmp_path / "b").read_bytes()
    use(tmp_path / "b")
    assert [path.name for path in tmp_path.iterdir()] == ["b"]
    assert (tmp_path / "b").read_bytes() == before
    assert facts.size == len(before)


def test_damage_gives_one_error(tmp_path: Path) -> None:
    """Bytes changed anywhere, or the end cut off: the reading goes on or ends with a sentence, never otherwise."""
    write_book(tmp_path / "b", [invented.said(seq) for seq in range(3000)])
    whole = (tmp_path / "b").read_bytes()
    chance, errors = random.Random(7), 0
    for turn in range(60):
        data = bytearray(whole[: chance.randrange(100, len(whole))] if turn % 3 == 0 else whole)
        for _ in range(20):
            data[chance.randrange(len(data))] = chance.randrange(256)
        (tmp_path / "c").write_bytes(data)
        errors += bool(error := refused(tmp_path / "c"))
        assert error is None or error.data["reason"] in {"no_book", "book_damaged", "no_conversation"}
        assert error is None or say_error(error, "ja") != say_error(error, "en")
    assert errors > 20


def test_damaged_block_of_a_search_is_refused(tmp_path: Path) -> None:
    """Beginnings of rows that run backwards, point beyond the end, or a sieve of another size: never handed to compiled code."""
    wrong = [
        ("block", "starts", lambda old: old[:4] + b"\xff\xff\xff\x7f" + old[8:]), ("block", "starts", lambda old: old[::-1]),
        ("block", "starts", lambda _: b""), ("block", "codes", lambda old: old[:-2]), ("block", "codes", lambda old: old[:-1]),
        ("sieve", "bits", lambda old: old[:-1]), ("facet", "talk", lambda old: old[:4]),
    ]  # fmt: skip
    for table, column, change in wrong:
        write_book(tmp_path / "b", [invented.said(seq) for seq in range(100)])
        database = sqlite3.connect(tmp_path / "b")
        (old,) = database.execute(f"SELECT {column} FROM {table}").fetchone()
        database.execute(f"UPDATE {table} SET {column} = ?", (change(old),))
        database.commit()
        database.close()
        with Book(tmp_path / "b") as book, pytest.raises(EvidenceError, match="book_damaged"):
            book.search("本文")


def refused(path: Path) -> EvidenceError | None:
    """The error that using a book ends with."""
    try:
        use(path)
    except EvidenceError as error:
        return error
    return None


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + b"\x00" * 500])
def test_what_is_no_book_is_refused(tmp_path: Path, content: bytes) -> None:
    """Whatever lies there."""
    (tmp_path / "b").write_bytes(content)
    with pytest.raises(EvidenceError) as told:
        Book(tmp_path / "b")
    assert told.value.data["reason"] == "no_book"


def test_missing_book_and_book_of_another_kind_are_refused(tmp_path: Path) -> None:
    """A merged book is no reading, another database no book."""
    with pytest.raises(EvidenceError, match="missing"):
        Book(tmp_path / "nothing")
    write_book(tmp_path / "b", [])
    with pytest.raises(EvidenceError, match="no_book"):
        MergedBook(tmp_path / "b")
    sqlite3.connect(tmp_path / "other").execute("CREATE TABLE book (name, value)").connection.close()
    with pytest.raises(EvidenceError, match="no_book"):
        Book(tmp_path / "other")


def test_unfinished_book_is_not_there(tmp_path: Path) -> None:
    """A failure leaves nothing, and an older book of that name as it was."""
    write_book(tmp_path / "b", [invented.said(0)])
    before = (tmp_path / "b").read_bytes()

    def broken() -> Iterator[Any]:
        yield from (invented.said(seq) for seq in range(5000))
        raise EvidenceError(reason="changed", path="x")

    with pytest.raises(EvidenceError, match="changed"):
        write_book(tmp_path / "b", broken())
    assert [path.name for path in tmp_path.iterdir()] == ["b"]
    assert (tmp_path / "b").read_bytes() == before


def test_conversation_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """By number."""
    with invented.book_of(tmp_path, [invented.said(0)]) as book, pytest.raises(EvidenceError, match="no_conversation"):
        book.rows(2, 0, 10)
