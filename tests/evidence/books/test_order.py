"""The order shown: by time, unknown times beside their neighbours, and what was moved says so; days and jumps follow it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from andon.evidence.books.model import Day
from andon.evidence.chats.model import Conversation, Event, Finding, Numbering, Place

from . import invented

if TYPE_CHECKING:
    from andon.evidence.books.read import Book

said, START = invented.said, invented.START


def shown(book: Book) -> list[tuple[int, bool]]:
    return [(row.message.seq, row.moved) for row in book.all_rows(1)]


def test_row_whose_time_is_earlier_is_moved_and_says_so(tmp_path: Path) -> None:
    """Only the one that moved, not those that it passed."""
    minutes = [0, 1, 2, 3, 0.5, 4]
    with invented.book_of(tmp_path, [said(seq, minutes=at) for seq, at in enumerate(minutes)]) as book:
        assert shown(book) == [(0, False), (4, True), (1, False), (2, False), (3, False), (5, False)]


def test_unknown_time_stays_beside_its_neighbour(tmp_path: Path) -> None:
    """Behind the row before it; at the beginning before the first that is known."""
    items = [said(0, sent_at=None), said(1, minutes=5), said(2, sent_at=None), said(3, minutes=9), said(4, minutes=1, file="二.json")]
    with invented.book_of(tmp_path, items) as book:
        assert [seq for seq, _ in shown(book)] == [4, 0, 1, 2, 3]
        assert not any(moved for _, moved in shown(book))


def test_file_from_new_to_old_is_taken_from_its_end(tmp_path: Path) -> None:
    """Equal times too, and nothing counts as moved."""
    with invented.book_of(tmp_path, [said(seq, minutes=at) for seq, at in enumerate([9, 8, 8, 3, 1])]) as book:
        assert shown(book) == [(4, False), (3, False), (2, False), (1, False), (0, False)]


@given(st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 9)), st.sampled_from("AB")), max_size=25))
@settings(deadline=None, max_examples=100)
def test_order_is_that_of_time_and_the_rest_is_in_order_of_its_file(rows: list[tuple[int | None, str]]) -> None:
    """Known times never fall; without the moved rows every file stands in its own order or in its reverse."""
    items = [said(seq, sent_at=None if at is None else START + timedelta(minutes=at), file=file) for seq, (at, file) in enumerate(rows)]
    with TemporaryDirectory() as folder, invented.book_of(Path(folder), items) as book:
        if not items:
            return
        got = list(book.all_rows(1))
        times = [row.message.sent_at for row in got if row.message.sent_at]
        assert times == sorted(times)
        for file in "AB":
            own = [row.message.seq for row in got if row.message.place.file == file and not row.moved]
            assert own in (sorted(own), sorted(own, reverse=True))


def test_jump_to_a_time_finds_the_first_row_at_or_after_it(tmp_path: Path) -> None:
    """Over the pieces of a long conversation, before its beginning and after its end."""
    with invented.book_of(tmp_path, [said(seq) for seq in range(9000)]) as book:
        for seq in (0, 1, 4095, 4096, 4097, 8999):
            assert book.position_at(1, START + timedelta(minutes=seq)) == seq
            assert book.position_at(1, START + timedelta(minutes=seq, seconds=-30)) == seq
        assert book.position_at(1, START - timedelta(days=1)) == 0
        assert book.position_at(1, START + timedelta(days=100)) == 9000


def test_days_are_those_of_japan(tmp_path: Path) -> None:
    """With where each begins and how many rows it has."""
    with invented.book_of(tmp_path, [said(seq, minutes=180 * seq) for seq in range(4)]) as book:
        # 12:00 UTC is 21:00 in Japan.
        assert book.days(1) == [Day(date(2026, 11, 20), 0, 1), Day(date(2026, 11, 21), 1, 3)]


def numbered(*numbers: int, **more: Any) -> list[Any]:
    conversation = Conversation("a", "telegram", numbering=Numbering.PER_CHAT)
    return [conversation, *(said(number - 1, number=number, **more) for number in numbers)]


def test_gap_lies_before_the_message_behind_it(tmp_path: Path) -> None:
    """Numbers 3 and 4 are missing: the row of number 5 carries the gap."""
    with invented.book_of(tmp_path, numbered(1, 2, 5, 6)) as book:
        rows = book.rows(1, 0, 10)
        assert [[gap.code for gap in row.gaps_before] for row in rows] == [[], [], ["numbers_chat"], []]
        assert [(position, gap.code) for position, gap in book.gaps(1)] == [(2, "numbers_chat")]
        assert book.conversation(1).gaps == 1


def test_gap_at_the_end_stands_with_the_last_row(tmp_path: Path) -> None:
    """A file that was cut."""
    with invented.book_of(tmp_path, [Conversation("a", "x", facts={"truncated": True}), said(0), said(1)]) as book:
        assert [[gap.code for gap in row.gaps_after] for row in book.rows(1, 0, 10)] == [[], ["limits.cut"]]
        assert book.gaps(1)[0][0] == 2


def test_timer_lies_behind_where_it_was_set(tmp_path: Path) -> None:
    """Not where it ends."""
    items = [said(0), said(1, event=Event.TIMER, facts={"seconds": 60}), said(2), said(3, event=Event.TIMER, facts={"seconds": 0}), said(4)]
    with invented.book_of(tmp_path, items) as book:
        assert [(position, gap.code) for position, gap in book.gaps(1)] == [(2, "timers")]


def test_finding_belongs_to_the_conversation_that_the_file_was_in(tmp_path: Path) -> None:
    """And to none before the first."""
    place = Place("result.json", 0, 1, "0" * 64)
    items = [Finding("x", place), said(0), Finding("y", place), said(1, conversation="b"), Finding("z", place)]
    with invented.book_of(tmp_path, items) as book:
        assert [one.findings for one in book.conversations()] == [1, 1]
        assert [one.code for one in book.findings(1)] == ["y"]
        assert [one.code for one in book.findings()] == ["x", "y", "z"]
