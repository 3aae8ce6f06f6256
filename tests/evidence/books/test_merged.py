"""Several phones in one book: the same as merging in memory, and every record of every phone is there."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from andon.domain.errors import EvidenceError
from andon.evidence.books.merged import MergedBook, merge_books
from andon.evidence.books.read import Book
from andon.evidence.books.write import write_book
from andon.evidence.chats.gaps.gap import Talk
from andon.evidence.chats.matching import View
from andon.evidence.chats.merge import merge
from andon.evidence.chats.model import Conversation, Kind, Message, Numbering, Participant

from . import invented

WORDS = ("了解", "集合は十時", "現着", "消しておいて", "")
said = invented.said


@st.composite
def phones(draw: st.DrawFn) -> list[list[Message]]:
    """One true conversation, and of it what each phone has: parts, clocks that are off, deletions, edits."""
    true = [said(seq, text=draw(st.sampled_from(WORDS)), minutes=seq // 2) for seq in range(draw(st.integers(0, 14)))]
    views = []
    for phone in "ABC"[: draw(st.integers(2, 3))]:
        off, own = timedelta(seconds=draw(st.sampled_from([0, 0, 40, 600]))), list[Message]()
        for one in true:
            fate = draw(st.sampled_from(["kept"] * 5 + ["gone", "deleted", "edited", "untimed"]))
            told = replace(one, sent_at=one.sent_at and one.sent_at + off, seq=len(own), place=replace(one.place, file=f"{phone}.txt", offset=len(own)))
            if fate == "deleted":
                told = replace(told, kind=Kind.DELETED, text="", is_deleted=True)
            elif fate == "edited":
                told = replace(told, text=told.text + "！", edited_at=told.sent_at)
            elif fate == "untimed":
                told = replace(told, sent_at=None)
            if fate != "gone":
                own.append(told)
        views.append(own)
    return views


def conversation(name: str, numbering: Numbering = Numbering.NONE) -> Conversation:
    return Conversation(f"group {name}", "line", "深夜便", participants=(Participant("user0", "", is_owner=True),), numbering=numbering)


def written(folder: Path, stack: ExitStack, views: list[list[Message]], numbering: Numbering = Numbering.NONE) -> MergedBook:
    books = []
    for name, own in zip("ABC", views, strict=False):
        told = conversation(name, numbering)
        write_book(folder / name, [told, *(replace(one, conversation=told.key) for one in own)])
        books.append((name, stack.enter_context(Book(folder / name)), 1))
    merge_books(folder / "merged", books)
    return stack.enter_context(MergedBook(folder / "merged"))


@given(phones(), st.sampled_from(list(Numbering)))
@settings(deadline=None, max_examples=60)
def test_merged_book_is_what_merging_gives(views: list[list[Message]], numbering: Numbering) -> None:
    """Entry by entry: time, records in full, the one shown first, differences."""
    with TemporaryDirectory() as folder, ExitStack() as stack:
        merged = written(Path(folder), stack, views, numbering)
        talks = [View(name, Talk(conversation(name, numbering), own)) for name, own in zip("ABC", views, strict=False)]
        entries, rows = merge(talks), list(merged.all_rows())
        none = datetime.min.replace(tzinfo=UTC)
        assert [row.at or none for row in rows] == [entry.at for entry in entries]
        assert [row.position for row in rows] == list(range(len(rows)))
        for row, entry in zip(rows, entries, strict=True):
            told = {one.phone: replace(one.message, conversation=f"group {one.phone}") for one in entry.sightings}
            assert row.sightings == told
            assert row.best == told[entry.best.phone]
            assert row.differences == entry.differences


def test_merged_book_is_read_and_searched_like_any_other(tmp_path: Path) -> None:
    """Days, jumps, people, ids by phone, and words that only one phone still has."""
    first = [said(seq, text="荷物" if seq == 3 else "", minutes=seq + 0.1) for seq in range(6)]
    second = [replace(one, text="", kind=Kind.DELETED, is_deleted=True) if one.seq == 3 else one for one in first]
    third = [replace(one, text="品物", edited_at=one.sent_at) if one.seq == 3 else one for one in first]
    with ExitStack() as stack:
        merged = written(tmp_path, stack, [first, second, third])
        assert [(view.label, view.length) for view in merged.views()] == [("A", 6), ("B", 6), ("C", 6)]
        assert merged.conversations()[0].length == merged.length() == 6
        assert [one.code for one in merged.rows(1, 3, 1)[0].differences] == ["deleted_on", "text_differs", "edited_on"]
        assert [(hit.position, hit.fields) for hit in merged.search("荷物").hits] == [(3, ("text",))]
        assert [(hit.position, hit.fields) for hit in merged.search("品物").hits] == [(3, ("phone",))]
        assert merged.position_of("B", "4") == 3
        assert merged.position_of("Z", "4") is None
        assert merged.position_at(1, invented.START + timedelta(minutes=2)) == 2
        assert sum(day.count for day in merged.days()) == 6
        assert [(who.key, count) for who, count, _, _ in merged.people(1)] == [("user0", 2), ("user1", 2), ("user2", 2)]
        assert not any(who.is_owner for who, *_ in merged.people(1))


def test_gaps_of_every_phone_lie_in_the_merged_book(tmp_path: Path) -> None:
    """With the phone's name, before the message behind them."""
    first = [said(seq, number=seq + 1) for seq in range(5)]
    with ExitStack() as stack:
        merged = written(tmp_path, stack, [first, [one for one in first if one.seq != 2]], Numbering.PER_CHAT)
        assert [(position, label, gap.code) for position, label, gap in merged.gaps()] == [(3, "B", "numbers_chat")]
        assert [label for label, _ in merged.rows(1, 3, 1)[0].gaps_before] == ["B"]


@pytest.mark.parametrize(("labels", "reason"), [((), "merge_few"), (("A",), "merge_few"), (("A", "A"), "merge_label"), (("A", " "), "merge_label")])
def test_merging_needs_two_named_phones(tmp_path: Path, labels: tuple[str, ...], reason: str) -> None:
    """Of different names."""
    with invented.book_of(tmp_path, [said(0)]) as book, pytest.raises(EvidenceError, match=reason):
        merge_books(tmp_path / "m", [(label, book, 1) for label in labels])
