"""iLEAPP and ALEAPP, tables (`_TSV Exports/<artifact>.tsv`): those whose columns are a time, a text and who wrote it or in which direction.

The tool says only in its LAVA output which column is which; here it is told by the usual names of columns, so an artifact with unusual ones is not
recognised. Times without offset are UTC by the tool's custom (some modules write the zone that was chosen for the report): they are taken as UTC and
marked as assumed. A record may run over several lines between quotes. After the tools' source; no output of a real phone was at hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.evidence.chats.lines import head_text
from andon.evidence.chats.model import Attachment, Clock, Kind, new_message
from andon.evidence.chats.reading import Chat, Head, Part, Reader, named
from andon.evidence.chats.table_text import table_records
from andon.evidence.chats.times import UTC_ZONE, from_either, from_iso, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.evidence.chats.model import Item, Message

_ROLES = {  # ours → names of columns, the surest first
    "text": ("message", "message text", "text", "body", "message body", "content", "message content", "chat message", "sms body"),
    "time": ("message timestamp", "timestamp", "start time", "time sent", "date sent", "sent timestamp", "message time", "date", "time",
             "created time", "creation timestamp", "message date", "server timestamp", "datetime"),
    "sender": ("sender", "sender name", "from", "from id", "sender id", "author", "username", "user name", "from name", "sender username", "contact",
               "address", "user"),
    "direction": ("direction", "message direction", "from me", "is from me", "type", "sent/received", "sent or received"),
    "thread": ("thread id", "chat id", "conversation id", "chat contact id", "thread", "conversation", "chat", "channel id", "group id", "room id",
               "chat name", "group name", "channel"),
    "title": ("chat name", "thread name", "conversation name", "group name", "channel name", "chat contact id"),
    "media": ("attachment file", "attachment path", "attachments", "attachment", "media", "attachment name", "file"),
}  # fmt: skip
_SENT = {"outgoing", "sent", "1", "true", "yes", "out", "from me", "outgoing message"}
_OWNER = "owner"
_LEAST_COLUMNS = 3


def _roles(names: list[str]) -> dict[str, int]:
    """Which column is what."""
    plain = [name.strip().lower().replace("_", " ") for name in names]
    best = {role: next((name for name in given if name in plain), None) for role, given in _ROLES.items()}
    return {role: plain.index(name) for role, name in best.items() if name is not None}


def _recognise(head: Head) -> float:
    if not head.name.lower().endswith(".tsv"):
        return 0.0
    lines = head_text(head.data).splitlines()
    names = lines[0].split("\t") if lines else []
    roles = _roles(names)
    if len(names) < _LEAST_COLUMNS or not {"text", "time"} <= roles.keys() or not roles.keys() & {"sender", "direction", "thread"}:
        return 0.0
    return 0.9 if "tsv export" in head.name.lower() else 0.6


def _read(part: Part) -> Iterator[Item]:
    """The records of one table."""
    artifact = part.name.rpartition("/")[2].removesuffix(".tsv")
    records = table_records(part, "\t")
    first = next(records, None)
    if first is None:
        return
    part.tally.context += 1
    table = _Table(part, artifact, first[2])
    for offset, raw, values, damaged in records:
        if not any(values):
            part.tally.context += 1
            continue
        chat, is_new = table.chat(values)
        if is_new:
            yield chat.conversation()
        yield table.message(chat, offset, raw, values)
        if damaged:
            yield part.finding("bad_bytes", offset, raw)
    yield from (chat.conversation() for chat in part.chats.values())


class _Table:
    """The columns by their roles, and the conversations."""

    def __init__(self, part: Part, artifact: str, names: list[str]) -> None:
        self.part, self.artifact, self.roles = part, artifact, _roles(names)

    def _value(self, values: list[str], role: str) -> str:
        at = self.roles.get(role, -1)
        return values[at].strip() if 0 <= at < len(values) else ""

    def chat(self, values: list[str]) -> tuple[Chat, bool]:
        """The conversation of a record, and whether it is new."""
        key = f"leapp_tsv:{self.artifact}:{self._value(values, 'thread')}"
        is_new = key not in self.part.chats
        return self.part.started(key, self.artifact, title=self._value(values, "title"), kind="leapp"), is_new

    def message(self, chat: Chat, offset: int, raw: bytes, values: list[str]) -> Message:
        """One record."""
        time, name, direction = (self._value(values, role) for role in ("time", "sender", "direction"))
        sent, zone = (from_either(time), "UTC") if whole_number(time) is not None else from_iso(time, UTC_ZONE)
        author = chat.seen(_OWNER, "", (), is_owner=True) if direction.lower() in _SENT else chat.seen(named(name), name) if name else None
        at, media, seq = self.roles.get("text", len(values)), self._value(values, "media"), chat.seq()
        text = values[at] if at < len(values) else ""
        kind = Kind.MEDIA if media and not text else Kind.TEXT
        return new_message(
            id=f"row {offset}", conversation=chat.key, seq=seq, kind=kind, place=self.part.place(offset, raw),
            sent_at=sent, clock=Clock.NONE if sent is None else Clock.STATED if zone else Clock.NAIVE, zone="UTC" if sent else "", written_time=time,
            author=author, author_name=name, text=text, attachments=(Attachment("file", media),) if media else (), raw_kind=self.artifact,
            facts={"direction": direction} if direction else {},
        )  # fmt: skip


READER = Reader("leapp_tsv", "ALEAPP・iLEAPP の出力（TSV）", "ALEAPP or iLEAPP output (TSV)", _recognise, _read)
