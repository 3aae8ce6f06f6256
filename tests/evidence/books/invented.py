"""Invented readings: what a reader yields, of every shape that the model allows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from andon.evidence.books.read import Book
from andon.evidence.books.write import write_book
from andon.evidence.chats.model import (
    Attachment,
    Clock,
    Conversation,
    Counts,
    Event,
    Finding,
    Kind,
    Message,
    Numbering,
    Participant,
    Place,
    Reaction,
    Reply,
    Version,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

START = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
FILES = ("result.json", "二月/トーク.txt", "msgstore.db")

anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=12)  # half surrogates and control characters too
words = st.one_of(anything, st.sampled_from(["荷物", "ﾆﾓﾂを受け取り", "https://example.com/ﾊﾞｲﾄ", "@yami_baito まで", "", "日給１０万円", "闇🐈‍⬛バイト"]))
times = st.one_of(
    st.none(),
    st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
    st.integers(0, 20).map(lambda minutes: START + timedelta(minutes=minutes)),
)
numbers = st.one_of(st.integers(), st.integers(0, 20), st.integers(1 << 60, 1 << 90))
values = st.one_of(words, numbers, st.floats(allow_nan=False), st.booleans(), st.none(), st.lists(anything, max_size=3).map(tuple))
facts = st.dictionaries(anything, values, max_size=3)
places = st.builds(
    Place, st.sampled_from(FILES), st.integers(0, 1 << 40), st.integers(0, 1 << 30), st.text("0123456789abcdef", min_size=64, max_size=64),
    st.sampled_from(["", "", "message", "表"]),
)  # fmt: skip
attachments = st.builds(Attachment, words, words, words, words, st.one_of(st.none(), numbers), words)
replies = st.builds(Reply, words, st.one_of(st.none(), st.sampled_from("abc")), st.one_of(st.none(), words), times, words)


def lists(some: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(some, max_size=2).map(tuple)


messages = st.builds(
    Message, st.one_of(words, st.integers(0, 9).map(str)), st.sampled_from("abc"), st.integers(0, 1000), st.sampled_from(Kind), places, times,
    st.sampled_from(Clock), words, words, st.one_of(st.none(), words), words, words, st.one_of(st.none(), numbers),
    st.one_of(st.none(), st.sampled_from(Event)), lists(attachments), st.one_of(st.none(), replies), words, times,
    lists(st.builds(Version, words, times)), lists(st.builds(Reaction, words, st.one_of(st.none(), words), st.integers(0, 9), times)),
    st.one_of(st.none(), st.integers(0, 1 << 70)), st.booleans(), words, facts,
)  # fmt: skip
participants = st.builds(Participant, words, words, lists(st.tuples(words, words)), st.booleans())
conversations = st.builds(
    Conversation, st.sampled_from("abc"), words, words, words, lists(participants), words, st.sampled_from(Numbering),
    st.one_of(st.none(), places), facts,
)  # fmt: skip
findings = st.builds(Finding, words, places, facts, rejects=st.booleans())
counts = st.builds(Counts, st.sampled_from(FILES), words, *[st.integers(0, 99)] * 7)
readings = st.lists(st.one_of(messages, messages, messages, conversations, findings, counts), max_size=25)


def said(seq: int, text: str = "", *, minutes: float | None = None, conversation: str = "a", file: str = "result.json", **more: Any) -> Message:
    """A plain message."""
    sent_at = START + timedelta(minutes=seq if minutes is None else minutes)
    given = {"sent_at": sent_at, "clock": Clock.STATED, "author": f"user{seq % 3}", "author_name": f"名{seq % 3}", "text": text or f"本文{seq}"} | more
    return Message(str(seq + 1), conversation, seq, Kind.TEXT, Place(file, seq * 100, 90, f"{seq:064x}"), **given)


def book_of(folder: Path, items: Iterable[Any], name: str = "reading.book") -> Book:
    """A book of these items, open."""
    write_book(folder / name, items)
    return Book(folder / name)
