"""Discord, the data package that an account asks for: `messages/c<channel>/messages.json` (older packages: `messages.csv`), own messages only.

The number of a message holds its time to the millisecond; the written time has no zone and only seconds. `channel.json` beside it names the channel
and who is in it, `account/user.json` the owner. What others wrote is never in it. After a description of the package; no real one was at hand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from andon.evidence.chats.json_records import json_records
from andon.evidence.chats.json_values import NoValue, parsed
from andon.evidence.chats.json_walk import Step
from andon.evidence.chats.lines import head_text
from andon.evidence.chats.model import Attachment, Clock, Finding, Kind, new_message
from andon.evidence.chats.reading import Chat, Head, Part, Reader
from andon.evidence.chats.table_text import table_records
from andon.evidence.chats.times import UTC_ZONE, from_iso, from_seconds, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.evidence.chats.model import Item, Message

_RECORD = re.compile(rb'\[\s*\{[^{}]{0,20000}?"ID"\s*:\s*"?\d{15,20}"?')
_HEADER = re.compile(r'"?ID"?,"?Timestamp"?,"?Contents"?,"?Attachments"?\s*$')
_FOLDER = re.compile(r"(?:^|/)c?(\d{15,20})/messages\.(?:json|csv)$")
_EPOCH_MS = 1_420_070_400_000  # first millisecond of Discord's numbers
_MOST_BESIDE = 4 << 20  # bytes of a file beside
_COLUMNS = ("ID", "Timestamp", "Contents", "Attachments")
_MARK = b"\xef\xbb\xbf"


def _recognise(head: Head) -> float:
    data = head.data.removeprefix(_MARK)
    if data.lstrip()[:1] == b"[":
        return 0.95 if _RECORD.match(data.lstrip()) and b'"Contents"' in data else 0.0
    lines = head_text(head.data).splitlines()[:1]
    return 0.95 if lines and _HEADER.match(lines[0].strip("\ufeff")) else 0.0


def _beside(part: Part, path: str) -> dict[str, Any]:
    """A file of the package, or nothing."""
    member = part.material.find(path)
    if member is None or member.refusal or member.size > _MOST_BESIDE:
        return {}
    try:
        value = parsed(member.head(_MOST_BESIDE))[0]
    except NoValue:
        return {}
    return value if isinstance(value, dict) else {}


def _read(part: Part) -> Iterator[Item]:
    """The own messages of one channel."""
    chat, owner = _chat(part)
    yield chat.conversation()
    for offset, raw, value in _csv(part) if part.name.lower().endswith(".csv") else _json(part):
        if isinstance(value, Finding):
            yield value
        else:
            yield _message(part, chat, owner, (offset, raw), value)
    yield chat.conversation()


def _chat(part: Part) -> tuple[Chat, str]:
    folder = part.file.name.rpartition("/")[0]
    channel = _beside(part, f"{folder}/channel.json" if folder else "channel.json")
    outermost = folder.rpartition("/")[0].rpartition("/")[0]
    account = _beside(part, f"{outermost}/account/user.json" if outermost else "account/user.json")
    found, guild = _FOLDER.search(part.name), channel.get("guild")
    names = [guild.get("name") if isinstance(guild, dict) else None, channel.get("name")]
    native = str(channel.get("id") or (found[1] if found else part.name))
    owner = f"discord:{account['id']}" if account.get("id") else "owner"
    title = " / ".join(str(name) for name in names if name)
    facts = {"own_messages_only": True}
    chat = part.started(f"discord:{native}", "discord", title=title, kind=str(channel.get("type", "")), account=owner, facts=facts)
    name = str(account.get("username") or "")
    chat.seen(owner, name, (("discord_id", str(account["id"])),) if account.get("id") else (), is_owner=True)
    people = channel.get("recipients")
    for one in people if isinstance(people, list) else ():
        if whole_number(one) is not None:
            chat.seen(f"discord:{one}", "", (("discord_id", str(one)),), is_owner=f"discord:{one}" == owner)
    return chat, owner


def _json(part: Part) -> Iterator[tuple[int, bytes, Any]]:
    for found in json_records(part, frozenset({("*",)})):
        if isinstance(found, Finding):
            yield 0, b"", found
        elif found.step is Step.RECORD:
            is_record = isinstance(found.value, dict)
            yield found.offset, found.raw, found.value if is_record else part.finding("no_record", found.offset, found.raw, rejects=True)


def _csv(part: Part) -> Iterator[tuple[int, bytes, Any]]:
    for number, (offset, raw, values, damaged) in enumerate(table_records(part, ",")):
        if number == 0 or not any(values):  # names of the columns
            part.tally.context += 1
            continue
        yield offset, raw, dict(zip(_COLUMNS, values, strict=False))
        if damaged:
            yield offset, raw, part.finding("bad_bytes", offset, raw)


def _message(part: Part, chat: Chat, owner: str, where: tuple[int, bytes], value: dict[str, Any]) -> Message:
    seq, native, written = chat.seq(), whole_number(value.get("ID")), str(value.get("Timestamp") or "")
    sent = from_seconds((native >> 22) + _EPOCH_MS, scale=1000) if native and native > 1 << 40 else None
    if sent is None:
        sent = from_iso(written, UTC_ZONE)[0]
    text = value["Contents"] if isinstance(value.get("Contents"), str) else ""
    given = value.get("Attachments")
    files = given.split() if isinstance(given, str) else [str(one) for one in given] if isinstance(given, list) else []
    return new_message(
        id=str(native) if native is not None else f"#{seq}", conversation=chat.key, seq=seq,
        kind=Kind.MEDIA if files and not text else Kind.TEXT if text else Kind.UNKNOWN, place=part.place(*where), sent_at=sent,
        clock=Clock.STATED if sent else Clock.NONE, zone="UTC" if sent else "", written_time=written, author=owner, text=text,
        attachments=tuple(Attachment("file", one, one.rpartition("/")[2].partition("?")[0]) for one in files), raw_kind="message",
    )  # fmt: skip


READER = Reader("discord_package", "Discord のデータパッケージ", "Discord data package", _recognise, _read)
