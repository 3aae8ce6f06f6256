"""ALEAPP and iLEAPP, LAVA output: `_lava_artifacts.db` with `_lava_data.json` (or `.lava`) beside: every artifact that is marked as a chat.

The JSON says which column is the thread, the time, the sender and the text, in an older and a newer wording; so one reader covers all apps. A
column that the tool could not turn into a time stays text. After the tool's own source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.evidence.chats.json_values import NoValue, parsed
from andon.evidence.chats.model import Attachment, Clock, Finding, Kind, new_message
from andon.evidence.chats.reading import Chat, Head, Part, Reader, named
from andon.evidence.chats.rows import columns_of, row_place, rows_of
from andon.evidence.chats.times import from_either, from_iso

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from andon.evidence.chats.model import Item, Message
    from andon.evidence.chats.rows import Row

_MOST = 256 << 20
_NAMES = {  # ours → the column's role in either wording
    "thread": ("threadDiscriminatorColumn", "conversationDiscriminatorColumn"), "title": ("threadLabelColumn", "conversationLabelColumn"),
    "text": ("textColumn",), "direction": ("directionColumn",), "sent": ("directionSentValue",), "time": ("timeColumn",), "sender": ("senderColumn",),
    "media": ("mediaColumn",), "self": ("sentMessageStaticLabel", "sentMessageLabelColumn"),
}  # fmt: skip
_OWNER = "owner"


def _recognise(head: Head) -> float:
    name = head.name.rpartition("/")[2].lower()
    return 0.98 if name.startswith("_lava_artifacts") and head.tables else 0.0


def _described(part: Part) -> list[dict[str, Any]]:
    """The artifacts that the JSON beside describes."""
    folder = part.file.name.rpartition("/")[0]
    for member in part.material.members:
        place, _, name = member.name.rpartition("/")
        if place == folder and name.lower().startswith("_lava_data") and not member.refusal and member.size <= _MOST:
            try:
                value = parsed(member.head(_MOST))[0]
            except NoValue:
                continue
            artifacts = value.get("artifacts") if isinstance(value, dict) else None
            groups = artifacts.values() if isinstance(artifacts, dict) else [artifacts]
            return [one for group in groups for one in (group if isinstance(group, list) else []) if isinstance(one, dict)]
    return []


def _read(part: Part) -> Iterator[Item]:
    """All chats of all artifacts."""
    described = _described(part)
    if not described:
        yield part.finding("description_missing", wanted="_lava_data.json")
    with part.file.sqlite() as database:
        for artifact in described:
            views = artifact.get("data_views")
            view = (views.get("conversation") or views.get("chat")) if isinstance(views, dict) else None
            if isinstance(view, dict):
                yield from _Artifact(part, database, artifact, view).items()


class _Artifact:
    """One table of messages."""

    def __init__(self, part: Part, database: sqlite3.Connection, artifact: dict[str, Any], view: dict[str, Any]) -> None:
        self.part, self.database = part, database
        self.table, self.app = str(artifact.get("tablename") or ""), str(artifact.get("name") or "leapp")
        self.columns = columns_of(database, self.table) if '"' not in self.table else []
        self.map = artifact.get("column_map") if isinstance(artifact.get("column_map"), dict) else {}
        self.view = {ours: next((view[name] for name in names if view.get(name) is not None), None) for ours, names in _NAMES.items()}
        self.chats: dict[str, Chat] = {}

    def items(self) -> Iterator[Item]:
        """What the table holds."""
        if not self.columns:
            yield self.part.finding("table_missing", table=self.table)
            return
        for found in rows_of(self.part, self.database, self.table):
            if isinstance(found, Finding):
                yield found
                continue
            rowid, row = found
            thread = str(self._value(row, "thread") or "")
            if thread not in self.chats:
                title = str(self._value(row, "title") or "")
                self.chats[thread] = self.part.started(f"{self.app}:{thread}", self.app, title=title, kind="leapp")
                yield self.chats[thread].conversation()
            yield self._message(self.chats[thread], rowid, row)
        yield from (chat.conversation() for chat in self.chats.values())

    def _value(self, row: Row, ours: str) -> Any:  # noqa: ANN401 - what the column holds
        """A value by its role: the JSON names a column by its own or its original name."""
        wanted = self.view.get(ours)
        if not isinstance(wanted, str):
            return None
        given = self.map or {}
        own = next((column for column, original in given.items() if original == wanted), wanted)
        return next(
            (value for column, value in row.items() if column.lower() in {own.lower(), wanted.lower(), wanted.lower().replace(" ", "_")}), None
        )

    def _message(self, chat: Chat, rowid: int, row: Row) -> Message:
        time, direction, media = self._value(row, "time"), self._value(row, "direction"), self._value(row, "media")
        sent, zone = (from_either(time), "UTC") if not isinstance(time, str) or time.isdigit() else from_iso(time, self.part.zone)
        is_sent = self.view["sent"] is not None and str(direction) == str(self.view["sent"])
        name = str(self._value(row, "sender") or "")
        author = chat.seen(_OWNER, name, (), is_owner=True) if is_sent else chat.seen(named(name), name) if name else None
        text = str(self._value(row, "text") or "")
        return new_message(
            id=f"{self.table}:{rowid}", conversation=chat.key, seq=chat.seq(), kind=Kind.MEDIA if media and not text else Kind.TEXT,
            place=row_place(self.part, self.table, rowid, row), sent_at=sent,
            clock=Clock.NONE if sent is None else Clock.STATED if zone else Clock.NAIVE, zone=(zone or self.part.zone_name) if sent else "",
            written_time=str(time or ""), author=author, author_name=name, text=text, raw_kind=self.table,
            attachments=(Attachment("file", str(media)),) if media else (), facts={"direction": str(direction or "")},
        )  # fmt: skip


READER = Reader("leapp_lava", "ALEAPP・iLEAPP の出力（LAVA）", "ALEAPP or iLEAPP output (LAVA)", _recognise, _read)
