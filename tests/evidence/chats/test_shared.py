"""The shared captures (not part of the project) give the counts that are stated for them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from chat_reading import counts_of, messages_of, places_are_true, read_folder

from andon.evidence.chats.model import Conversation, Counts, Event, Finding, Kind

SHARED = os.environ.get("ANDON_SHARED_DATA")
pytestmark = pytest.mark.skipif(SHARED is None, reason="ANDON_SHARED_DATA is not set: the shared captures are not part of the project")
ROOT = Path(SHARED or ".")


def expected(name: str) -> dict[str, object]:
    """What is stated for a file."""
    return json.loads((ROOT / "made" / "EXPECTED.json").read_text(encoding="utf-8"))[name]  # type: ignore[no-any-return]


@pytest.mark.parametrize("name", ["line_mobile_ja_group.txt", "line_pc_ja_group.txt", "line_mobile_en_12h.txt"])
def test_line(name: str) -> None:
    """Messages, system lines and taken-back messages as stated; a mark of a message taken back is one of the system lines."""
    wanted, counts = expected(name), counts_of(read_folder(ROOT / "made" / name))
    found = {"messages": counts.messages, "system": counts.service + counts.deleted, "unsent": counts.deleted}
    assert found == {key: wanted[key] for key in found}
    people = [one for one in read_folder(ROOT / "made" / name) if isinstance(one, Conversation)][-1].participants
    assert len(people) == wanted.get("authors", 2)


def test_signal() -> None:
    """Two messages, one tombstone, one change of the timer."""
    items = read_folder(ROOT / "made" / "signal_main.jsonl")
    found = counts_of(items)
    timers = sum(one.event is Event.TIMER for one in messages_of(items))
    assert {"messages": found.messages, "deleted_tombstones": found.deleted, "timer_updates": timers} == expected("signal_main.jsonl")


@pytest.mark.parametrize("name", ["ufed_report.xml", "sample.ufdr"])
def test_ufed(name: str) -> None:
    """One chat, two messages, one of them recovered; the phone is みなと's. In the archive the same."""
    items, wanted = read_folder(ROOT / "made" / name), expected("ufed_report.xml")
    chats = {one.key: one for one in items if isinstance(one, Conversation)}
    assert (len(chats), len(messages_of(items)), sum(one.is_deleted for one in messages_of(items))) == (
        wanted["chats"],
        wanted["messages"],
        wanted["recovered_deleted"],
    )
    assert [who.name for chat in chats.values() for who in chat.participants if who.is_owner] == [wanted["owner"]]


def test_sms() -> None:
    """Two texts and a picture message; two people besides the owner when numbers have one form."""
    items, wanted = read_folder(ROOT / "made" / "sms_backup.xml"), expected("sms_backup.xml")
    kinds = [one.raw_kind.partition(":")[0] for one in messages_of(items)]
    assert (kinds.count("sms"), kinds.count("mms")) == (wanted["sms"], wanted["mms"])
    people = {who.key for one in items if isinstance(one, Conversation) for who in one.participants if not who.is_owner}
    assert len(people) == wanted["distinct_peers_after_E164"]


def test_kakao() -> None:
    """Two messages, the second of two lines."""
    items, wanted = read_folder(ROOT / "made" / "kakao_ko_mobile.txt"), expected("kakao_ko_mobile.txt")
    assert counts_of(items).messages == wanted["messages"]
    assert [one.text for one in messages_of(items)] == ["hello", "line1\nline2"]
    places_are_true(items, (ROOT / "made" / "kakao_ko_mobile.txt").read_bytes())


def test_telegram_bad_json() -> None:
    """The control escape is read, the literal backslash stays."""
    items, wanted = read_folder(ROOT / "made" / "telegram_badjson_control.json"), expected("telegram_badjson_control.json")
    counts = counts_of(items)
    assert (counts.messages, counts.service, messages_of(items)[0].text) == (wanted["messages"], wanted["service"], wanted["text"])


@pytest.mark.parametrize(
    ("name", "messages", "service"),
    [("chat-miner_single", 2, 0), ("chat-miner_batch", 2, 0), ("personal_chat", 4, 1), ("supergroup_with_topics", 4, 3)],
)
def test_telegram(name: str, messages: int, service: int) -> None:
    """4 + 1 service, 4 + 3 service with 2 topics; chat-miner's two messages, joined without separators."""
    items = read_folder(ROOT / "telegram" / f"{name}.json")
    assert (counts_of(items).messages, counts_of(items).service) == (messages, service)
    assert not [one for one in items if isinstance(one, Finding)]
    if name.startswith("chat-miner"):
        assert messages_of(items)[1].text == "Link:https://telegram.org/"


@pytest.mark.parametrize("path", sorted((ROOT / "whatsapp").glob("*.txt")), ids=lambda path: path.stem)
def test_whatsapp(path: Path) -> None:
    """Seven by people, two by the app; times, authors and texts as chat-miner's own target (which drops one message and joins lines with a space)."""
    items = read_folder(path)
    assert (counts_of(items).messages, counts_of(items).service) == (7, 2)
    from andon.domain.times import JAPAN  # noqa: PLC0415 - used here only

    wanted = [
        (one["timestamp"], one["author"], one["message"])
        for one in json.loads((ROOT / "whatsapp" / "chat-miner_target.json").read_text(encoding="utf-8"))
    ]
    spoken = [one for one in messages_of(items) if one.kind is not Kind.SERVICE and one.text != "."]
    found = [
        (one.sent_at.astimezone(JAPAN).strftime("%Y-%m-%dT%H:%M:%S"), one.author_name, one.text.replace("\n", " ")) for one in spoken if one.sent_at
    ]
    assert found == wanted[::-1]
    places_are_true(items, path.read_bytes())


def test_others() -> None:
    """Signal as Markdown 2, Instagram 2, CASE 4 messages of which two stand without content."""
    assert counts_of(read_folder(ROOT / "signal" / "chat-miner_test_export.txt")).messages == 2
    assert counts_of(read_folder(ROOT / "instagram" / "chat-miner_test_export.json")).messages == 2
    case = counts_of(read_folder(ROOT / "case_uco" / "message.json"))
    assert (case.messages, case.unknown) == (2, 2)


@pytest.mark.parametrize("folder", ["x_api_v2", "mastodon", "networks", "bluesky", "misp"])
def test_other_files_are_no_chats(folder: str) -> None:
    """Posts, tables and definitions are not taken for conversations."""
    assert not [one for one in read_folder(ROOT / folder) if isinstance(one, Counts)]
