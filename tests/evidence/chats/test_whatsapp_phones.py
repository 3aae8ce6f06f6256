"""WhatsApp's databases: rows that are gone, and what stands beside the messages. All invented."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from chat_forms import whatsapp_android, whatsapp_android_old
from chat_reading import counts_of, messages_of, read_folder

from andon.evidence.chats.gaps.gap import Gap, Strength, gather
from andon.evidence.chats.gaps.registry import find_gaps
from andon.evidence.chats.model import Conversation, Event, Kind

if TYPE_CHECKING:
    from pathlib import Path


def script(path: Path, *statements: str) -> None:
    """Run statements on a database."""
    with sqlite3.connect(path) as database:
        for one in statements:
            database.executescript(one)
    database.close()


def iphone(path: Path, sessions: dict[int, list[int]], last: int) -> None:
    """A database whose sessions have these rows; each session counts its own from 1. `last`: the highest row ever given."""
    rows, session_rows = [], []
    for session, keys in sessions.items():
        session_rows.append(f"({session},'8190{session}@s.whatsapp.net','人{session}',0)")
        rows += [f"({key},{session},0,0,{number},{700000000 + key},'本文{key}')" for number, key in enumerate(keys, 1)]
    script(
        path,
        "CREATE TABLE Z_PRIMARYKEY (Z_ENT INTEGER PRIMARY KEY, Z_NAME, Z_SUPER, Z_MAX);"
        "CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, ZCHATSESSION, ZMESSAGETYPE, ZISFROMME, ZSORT, ZMESSAGEDATE, ZTEXT);"
        "CREATE TABLE ZWACHATSESSION (Z_PK INTEGER PRIMARY KEY, ZCONTACTJID, ZPARTNERNAME, ZSESSIONTYPE);"
        f"INSERT INTO Z_PRIMARYKEY VALUES (1,'WAMessage',0,{last}); INSERT INTO ZWACHATSESSION VALUES {','.join(session_rows)};"
        f"INSERT INTO ZWAMESSAGE VALUES {','.join(rows)};",
    )


def gaps_of(path: Path) -> list[Gap]:
    """All gaps of an exhibit."""
    return find_gaps(gather(read_folder(path)))


def test_one_row_gone_is_told_once(tmp_path: Path) -> None:
    """A row that is missing in both numberings is one proven gap and nothing else: 32 messages in five conversations, row 28, the 18th of the fifth."""
    iphone(tmp_path / "ChatStorage.sqlite", {1: [1, 2, 3], 2: [4, 5], 3: [6, 7], 4: [8, 9, 10], 5: list(range(11, 34))}, 33)
    script(tmp_path / "ChatStorage.sqlite", "DELETE FROM ZWAMESSAGE WHERE Z_PK = 28")
    assert counts_of(read_folder(tmp_path)).messages == 32
    (gap,) = gaps_of(tmp_path)
    assert (gap.kind, gap.strength, gap.facts["first"], gap.facts["last"], gap.facts["rows"]) == ("numbers_chat", Strength.PROVEN, 18, 18, "28")
    assert gap.after is not None
    assert gap.before is not None
    assert (gap.after.at, gap.before.at) == (datetime(2023, 3, 8, 20, 27, 7, tzinfo=UTC), datetime(2023, 3, 8, 20, 27, 9, tzinfo=UTC))


def test_conversation_gone_as_a_whole(tmp_path: Path) -> None:
    """Rows of a conversation that is gone with its number leave holes in the table only: strong, of no conversation that is known."""
    iphone(tmp_path / "ChatStorage.sqlite", {1: [1, 2, 6], 2: [3, 4, 5]}, 6)
    script(tmp_path / "ChatStorage.sqlite", "DELETE FROM ZWAMESSAGE WHERE ZCHATSESSION = 2; DELETE FROM ZWACHATSESSION WHERE Z_PK = 2")
    (gap,) = gaps_of(tmp_path)
    assert (gap.kind, gap.strength, gap.conversation, gap.facts["first"], gap.facts["last"]) == ("numbers_table", Strength.STRONG, "", 3, 5)


def test_last_rows_gone(tmp_path: Path) -> None:
    """The counter of the database tells of rows behind the last one; where it says the same, nothing is told."""
    iphone(tmp_path / "ChatStorage.sqlite", {1: [1, 2, 3, 4]}, 4)
    assert gaps_of(tmp_path) == []
    script(tmp_path / "ChatStorage.sqlite", "DELETE FROM ZWAMESSAGE WHERE Z_PK > 2")
    (gap,) = gaps_of(tmp_path)
    assert (gap.code, gap.strength, gap.facts["first"], gap.facts["last"], gap.before) == ("numbers_table.end", Strength.STRONG, 3, 4, None)


def test_two_holes_in_two_conversations(tmp_path: Path) -> None:
    """Each conversation's hole is proven for itself; a row outside of both is told of the table."""
    iphone(tmp_path / "ChatStorage.sqlite", {1: [1, 3, 5, 7], 2: [2, 4, 6, 8], 3: [9], 4: [10]}, 10)
    script(tmp_path / "ChatStorage.sqlite", "DELETE FROM ZWAMESSAGE WHERE Z_PK IN (3, 6, 9); DELETE FROM ZWACHATSESSION WHERE Z_PK = 3")
    gaps = gaps_of(tmp_path)
    assert [(one.kind, one.conversation[-16:], one.facts["first"]) for one in gaps] == [
        ("numbers_chat", "1@s.whatsapp.net", 2), ("numbers_chat", "2@s.whatsapp.net", 3), ("numbers_table", "", 9),
    ]  # fmt: skip


def test_broken_pages_prove_nothing(tmp_path: Path) -> None:
    """A hole in a database with broken pages may be what stood on them: weak, and said so."""
    path = tmp_path / "ChatStorage.sqlite"
    iphone(path, {1: list(range(1, 3001))}, 3000)
    raw = bytearray(path.read_bytes())
    page = int.from_bytes(raw[16:18], "big")
    raw[page * 12 : page * 13] = b"\xff" * page
    path.write_bytes(bytes(raw))
    gaps = gaps_of(tmp_path)
    assert gaps
    assert {one.strength for one in gaps} == {Strength.WEAK}
    assert {one.code for one in gaps} == {"numbers_chat.pages"}


@pytest.mark.parametrize(
    ("kind", "number", "event"),
    [(6, 2, Event.JOINED), (6, 3, Event.LEFT), (6, 7, Event.REMOVED), (6, 12, Event.CREATED), (10, 1, Event.CALL), (10, 3, Event.ENCRYPTION), (6, 99, Event.OTHER)],
)
def test_notices_of_an_iphone(kind: int, number: int, event: Event, tmp_path: Path) -> None:
    """What a notice tells of, and of whom."""
    iphone(tmp_path / "ChatStorage.sqlite", {1: [1]}, 1)
    script(
        tmp_path / "ChatStorage.sqlite",
        "ALTER TABLE ZWAMESSAGE ADD COLUMN ZGROUPEVENTTYPE; ALTER TABLE ZWAMESSAGE ADD COLUMN ZGROUPMEMBER; CREATE TABLE ZWAPROFILEPUSHNAME (Z_PK INTEGER PRIMARY KEY, ZJID, ZPUSHNAME);"
        "CREATE TABLE ZWAGROUPMEMBER (Z_PK INTEGER PRIMARY KEY, ZCHATSESSION, ZMEMBERJID, ZCONTACTNAME); INSERT INTO ZWAGROUPMEMBER VALUES (5,1,'77@lid',NULL);"
        f"INSERT INTO ZWAPROFILEPUSHNAME VALUES (1,'77@lid','見張り'); UPDATE ZWAMESSAGE SET ZMESSAGETYPE = {kind}, ZGROUPEVENTTYPE = {number}, ZGROUPMEMBER = 5",
    )
    items = read_folder(tmp_path)
    (one,) = messages_of(items)
    assert (one.kind, one.event) == (Kind.SERVICE, event)
    assert one.facts.get("members") == (("77@lid",) if event in {Event.JOINED, Event.LEFT, Event.REMOVED} else None)
    people = {who.key: who for who in [one for one in items if isinstance(one, Conversation)][-1].participants}
    assert (people["77@lid"].name, people["77@lid"].handles) == ("見張り", (("whatsapp_jid", "77@lid"),))  # a number of "@lid" is no telephone number


def test_beside_the_messages(tmp_path: Path) -> None:
    """Timers that were set, edits, places, reactions, what was passed on, who deleted: from their own tables."""
    path = tmp_path / "msgstore.db"
    whatsapp_android(path)
    script(
        path,
        "INSERT INTO jid VALUES (2,'818011112222@s.whatsapp.net');"
        "INSERT INTO message VALUES (5,1,0,'E',0,1763500003000,NULL,5),(6,1,0,'F',0,1763500004000,NULL,1),(7,1,0,'G',0,1763500005000,NULL,64);"
        "CREATE TABLE message_system (message_row_id INTEGER PRIMARY KEY, action_type); INSERT INTO message_system VALUES (4,56);"
        "CREATE TABLE message_ephemeral_setting (message_row_id INTEGER PRIMARY KEY, setting_duration); INSERT INTO message_ephemeral_setting VALUES (4,86400);"
        "CREATE TABLE message_edit_info (message_row_id INTEGER PRIMARY KEY, original_key_id, edited_timestamp); INSERT INTO message_edit_info VALUES (2,'A',1763500009000);"
        "CREATE TABLE message_forwarded (message_row_id INTEGER PRIMARY KEY, forward_score); INSERT INTO message_forwarded VALUES (2,1);"
        "CREATE TABLE message_location (message_row_id INTEGER PRIMARY KEY, latitude, longitude); INSERT INTO message_location VALUES (5,35.69,139.7);"
        "CREATE TABLE message_media (message_row_id INTEGER PRIMARY KEY, media_name, file_path, mime_type, file_length, media_caption); INSERT INTO message_media VALUES (6,NULL,'Media/a.jpg','image/jpeg',9,'下見');"
        "CREATE TABLE message_revoked (message_row_id INTEGER PRIMARY KEY, revoked_key_id, admin_jid_row_id, revoke_timestamp); INSERT INTO message_revoked VALUES (7,'G',2,1763500010000);"
        "CREATE TABLE message_add_on (_id INTEGER PRIMARY KEY, parent_message_row_id, from_me, sender_jid_row_id, timestamp); INSERT INTO message_add_on VALUES (1,2,1,0,1763500008000),(2,2,0,2,1763500008001);"
        "CREATE TABLE message_add_on_reaction (message_add_on_row_id INTEGER PRIMARY KEY, reaction); INSERT INTO message_add_on_reaction VALUES (1,'👍'),(2,'🙏');",
    )
    text, _, timer, place, picture, deleted = messages_of(read_folder(tmp_path))
    assert (text.edited_at, text.forwarded_from) == (datetime(2025, 11, 18, 21, 6, 49, tzinfo=UTC), "?")
    assert [(one.emoji, one.author) for one in text.reactions] == [("👍", "owner"), ("🙏", "818011112222@s.whatsapp.net")]
    assert (timer.event, timer.facts["seconds"]) == (Event.TIMER, 86400)
    assert (place.kind, place.facts["latitude"]) == (Kind.LOCATION, 35.69)
    assert (picture.kind, picture.text, picture.attachments[0].path, picture.attachments[0].size) == (Kind.MEDIA, "下見", "Media/a.jpg", 9)
    assert (deleted.kind, deleted.facts["deleted_by"], deleted.facts["deleted_at"]) == (Kind.DELETED, "818011112222@s.whatsapp.net", "2025-11-18T21:06:50+00:00")


def test_older_android(tmp_path: Path) -> None:
    """The one table of older phones: sender, answer, notice, caption; the hole inside and the rows behind the last, both strong and of no conversation."""
    whatsapp_android_old(tmp_path / "msgstore.db")
    items = read_folder(tmp_path)
    text, answer, notice, picture, deleted = messages_of(items)
    assert (text.author, text.forwarded_from) == ("819012345678@s.whatsapp.net", "?")
    assert (answer.author, answer.reply_to and (answer.reply_to.id, answer.reply_to.quoted)) == ("owner", ("K2", "集合"))
    assert (notice.event, notice.author) == (Event.LEFT, "819012345678@s.whatsapp.net")
    assert (picture.kind, picture.text, picture.attachments[0].name) == (Kind.MEDIA, "下見", "a.jpg")
    assert (deleted.kind, deleted.event) == (Kind.DELETED, Event.UNSENT)
    (chat,) = {one.key: one for one in items if isinstance(one, Conversation)}.values()
    assert (chat.title, chat.kind, len(chat.participants)) == ("仕事", "group", 2)
    found = [(one.code, one.strength, one.facts["first"], one.facts["last"]) for one in find_gaps(gather(items)) if one.kind == "numbers_table"]
    assert found == [("numbers_table", Strength.STRONG, 3, 3), ("numbers_table.end", Strength.STRONG, 8, 9)]


def test_tables_of_both_forms(tmp_path: Path) -> None:
    """A phone in the middle of the change has the newer tables empty and the older ones filled: these are read."""
    whatsapp_android_old(tmp_path / "msgstore.db")
    script(
        tmp_path / "msgstore.db",
        "CREATE TABLE jid (_id INTEGER PRIMARY KEY, raw_string); CREATE TABLE chat (_id INTEGER PRIMARY KEY, jid_row_id, subject);"
        "CREATE TABLE message (_id INTEGER PRIMARY KEY, chat_row_id, message_type); INSERT INTO message VALUES (1,-1,-1);",
    )
    items = read_folder(tmp_path)
    assert (counts_of(items).format, counts_of(items).messages) == ("whatsapp_android", 3)
    assert {one.place.table for one in messages_of(items)} == {"messages"}
