"""Databases and tables out of phones: what the invented ones say in particular."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from chat_forms import imessage, line_android, line_ios, whatsapp_ios
from chat_reading import messages_of, read_folder

from andon.evidence.chats.apple_text import edits_in, text_in
from andon.evidence.chats.gaps.gap import Strength, gather
from andon.evidence.chats.gaps.registry import find_gaps
from andon.evidence.chats.model import Conversation, Event, Finding, Kind, Version

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.evidence.chats.model import Counts, Item

SHARED = os.environ.get("ANDON_SHARED_DATA")


def chats_of(items: list[Item | Counts]) -> dict[str, Conversation]:
    """The conversations as they are complete."""
    return {one.key: one for one in items if isinstance(one, Conversation)}


def test_imessage(tmp_path: Path) -> None:
    """Text out of the binary column, older versions, a like, a message taken back, a title, one in the bin with its picture."""
    imessage(tmp_path / "sms.db")
    items = read_folder(tmp_path)
    first, edited, like, back, title, binned = messages_of(items)
    assert first.text == "集合 " + "あ" * 60
    assert first.sent_at == datetime(2025, 11, 18, 21, 0, tzinfo=UTC)
    assert (edited.author, edited.text, edited.versions[0].text, edited.reply_to and edited.reply_to.id) == ("owner", "新", "旧", "G1")
    assert (like.kind, like.facts["reaction"], like.facts["removed"], like.reply_to and like.reply_to.id) == (Kind.SERVICE, "liked", False, "G1")
    assert (back.kind, back.event, back.is_deleted) == (Kind.DELETED, Event.UNSENT, True)
    assert (title.event, title.facts["title"]) == (Event.TITLE, "仕事2")
    assert (binned.kind, binned.is_deleted, binned.facts["in_bin"], binned.attachments[0].name) == (Kind.MEDIA, True, True, "a.heic")
    (chat,) = chats_of(items).values()
    assert (chat.title, chat.kind) == ("仕事", "group")
    assert {handle for who in chat.participants for handle in who.handles} == {("phone", "+819012345678"), ("email", "boss@example.com")}
    assert [(one.code, one.facts["count"]) for one in items if isinstance(one, Finding)] == [("deleted_listed", 1)]
    assert [one.number for one in messages_of(items)] == [1, 2, 3, 5, 6, 7]


def test_imessage_in_seconds(tmp_path: Path) -> None:
    """Before iOS 11 times were seconds."""
    imessage(tmp_path / "sms.db")
    with sqlite3.connect(tmp_path / "sms.db") as database:
        database.execute("UPDATE message SET date = 785192400")
    database.close()
    assert {one.sent_at for one in messages_of(read_folder(tmp_path))} == {datetime(2025, 11, 18, 21, 0, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"..NSString\x01\x94\x84\x01+\x05hello..", "hello"), (b"NSString+\x81\x03\x00abcd", "abc"), (b"NSString+\x82\x04\x00\x00\x00abcd", "abcd"),
        (b"NSString", ""), (b"NSString+", ""), (b"", ""), (None, ""), ("text", ""), (b"NSString+\x7fab", "ab"),
    ],
)  # fmt: skip
def test_typed_stream(body: object, text: str) -> None:
    """Lengths of one, two and four bytes; what is cut gives what is there; what is no stream gives nothing."""
    assert text_in(body) == text


def test_no_property_list() -> None:
    """Bytes that are no property list say nothing, and never fail."""
    for info in (b"bplist00", b"bplist00" + b"\xff" * 40, b"<?xml version='1.0'?><plist/>", None, 5, b""):
        assert edits_in(info) == ((), False)
    assert Version("x") not in edits_in(b"bplist00\xa0")[0]


def test_line_ios(tmp_path: Path) -> None:
    """A sender's mid is the key; what has no sender is the owner's; an unknown kind is kept; a hole in the rows is one over all chats."""
    line_ios(tmp_path / "Line.sqlite")
    items = read_folder(tmp_path)
    text, picture, unknown, place = messages_of(items)
    assert (text.author, text.author_name, text.text) == ("u1", "ボス", "集合")
    assert (picture.author, picture.kind, picture.attachments[0].kind) == ("owner", Kind.MEDIA, "photo")
    assert (unknown.kind, unknown.raw_kind, unknown.text) == (Kind.UNKNOWN, "99", "?")
    assert (place.kind, place.facts["latitude"]) == (Kind.LOCATION, 35.69)
    assert {(one.key, one.title, one.kind) for one in chats_of(items).values()} == {("line:c1", "仕事", "group"), ("line:u1", "ボス", "one_to_one")}
    gaps = [one for one in find_gaps(gather(items)) if one.kind == "numbers_table"]
    assert len(gaps) == 1
    assert gaps[0].strength is not Strength.PROVEN


def test_line_android(tmp_path: Path) -> None:
    """A message without `from_mid` is the owner's; members who said nothing are there; a time that is none is kept as written."""
    line_android(tmp_path / "naver_line")
    items = read_folder(tmp_path)
    text, sticker, unknown, picture = messages_of(items)
    assert (text.author, text.author_name, text.facts["server_id"]) == ("u1", "ボス", "900")
    assert (sticker.author, sticker.kind, sticker.facts["parameter"]) == ("owner", Kind.STICKER, "STKID\t1")
    assert (unknown.kind, unknown.raw_kind) == (Kind.UNKNOWN, "4:77")
    assert (picture.kind, picture.attachments[0].path, picture.sent_at, picture.written_time) == (Kind.MEDIA, "files/a.jpg", None, "bad")
    assert {who.key for who in chats_of(items)["line:c1"].participants} == {"owner", "u1", "u2"}


def test_two_rows_one_chat(tmp_path: Path) -> None:
    """Two sessions of one number are one conversation, counted through."""
    whatsapp_ios(tmp_path / "ChatStorage.sqlite")
    with sqlite3.connect(tmp_path / "ChatStorage.sqlite") as database:
        database.execute("INSERT INTO ZWACHATSESSION VALUES (2,'123@g.us','仕事',1,6)")
        database.execute("UPDATE ZWAMESSAGE SET ZCHATSESSION = 2 WHERE Z_PK > 2")
    database.close()
    messages = messages_of(read_folder(tmp_path))
    assert {one.conversation for one in messages} == {"whatsapp:123@g.us"}
    assert [one.seq for one in messages] == [0, 1, 2, 3, 4]


def test_leapp_table(read: Callable[..., list[Item | Counts]]) -> None:
    """Direction tells the owner; a time with offset is stated, one without is taken as UTC; a picture without text; what is no time is kept."""
    from chat_forms import FORMS

    form = next(one for one in FORMS if one.reader == "leapp_tsv")
    received, sent, picture = messages_of(read(form.name, form.data))
    assert (received.author, str(received.clock), received.sent_at) == ("name:u1", "stated", datetime(2026, 11, 19, 11, 58, tzinfo=UTC))
    assert (sent.author, str(sent.clock), sent.zone, sent.sent_at) == ("owner", "naive", "UTC", datetime(2026, 11, 19, 11, 59, tzinfo=UTC))
    assert (picture.kind, picture.attachments[0].path, picture.written_time, str(picture.clock)) == (Kind.MEDIA, "files/a.jpg", "???", "none")


def test_table_of_something_else(read: Callable[..., list[Item | Counts]]) -> None:
    """A table without text or time is no conversation."""
    assert read("_TSV Exports/Wifi.tsv", "SSID\tTimestamp\tMAC\nx\t2026-11-19 11:58:00\ty\n".encode("utf-8-sig")) == []


def test_open_quote_costs_one_record(read: Callable[..., list[Item | Counts]]) -> None:
    """A quote that is never closed does not swallow the records behind it."""
    rows = "".join(f"2026-11-19 11:58:00\tu1\tIncoming\ttext {number}\n" for number in range(3000))
    data = ("Timestamp\tSender\tDirection\tMessage\n" + '2026-11-19 11:58:00\tu1\tIncoming\t"open\n' + rows).encode()
    messages = messages_of(read("chat.tsv", data))
    assert len(messages) == 3001
    assert messages[-1].text == "text 2999"


@pytest.mark.skipif(SHARED is None or not list(Path(SHARED).rglob("ChatStorage.sqlite")), reason="the public test image of iLEAPP is not part of the project")
def test_one_provable_deletion() -> None:
    """The public test database of iLEAPP: 32 messages in 5 chats, and exactly one that is provably gone, seen in both numberings."""
    path = min(Path(SHARED or "").rglob("ChatStorage.sqlite"))
    items = read_folder(path)
    by_chat: dict[str, int] = {}
    for one in messages_of(items):
        by_chat[one.conversation] = by_chat.get(one.conversation, 0) + 1
    assert sorted(by_chat.values()) == [2, 2, 3, 3, 22]
    (gap,) = (one for one in find_gaps(gather(items)) if one.kind == "numbers_chat")
    assert gap.strength is Strength.PROVEN
    assert (gap.facts["first"], gap.facts["last"], gap.facts["rows"]) == (18, 18, "28")
    assert gap.after is not None
    assert gap.before is not None
    assert (gap.after.at, gap.before.at) == (datetime(2023, 5, 2, 16, 23, 6, tzinfo=UTC), datetime(2023, 5, 2, 16, 31, 6, tzinfo=UTC))
