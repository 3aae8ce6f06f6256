"""Signal, official plaintext export: `main.jsonl`, one frame of the backup format per line.

After `Backups.proto` of Signal and the rules of protobuf JSON: 64-bit numbers are strings, bytes base64, default values left out. A message is
known by its author and its time of sending. Messages whose timer ran out before the export are simply not there; whether messages whose timer
still runs are exported differs between clients, so `expires_in` is kept of every message.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from andon.evidence.chats.json_values import NoValue, parsed
from andon.evidence.chats.lines import raw_lines_of
from andon.evidence.chats.readers.signal_items import ChatItem
from andon.evidence.chats.readers.signal_people import People, group_key, members_of, title_of
from andon.evidence.chats.reading import Chat, Head, Part, Reader
from andon.evidence.chats.times import from_milliseconds, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.evidence.chats.lines import Line
    from andon.evidence.chats.model import Item

_FRAME = re.compile(rb'^\{"(?:version|account|recipient|chat|chatItem|stickerPack|adHocCall|notificationProfile|chatFolder)":', re.MULTILINE)
_MARK = b"\xef\xbb\xbf"
_STRONG = re.compile(rb'"backupTimeMs"|"chatItem":\{|"mediaRootBackupKey"|"profileGivenName"')


def _recognise(head: Head) -> float:
    if not _FRAME.search(head.data):
        return 0.0
    return 0.97 if _STRONG.search(head.data) else 0.5


def _read(part: Part) -> Iterator[Item]:
    """All chats of the account. A chat comes with its first message; at the end all come once more, complete."""
    reading = _Reading(part)
    for line in raw_lines_of(part):
        part.tally.records += 1
        try:
            value, mended = parsed(line.raw.lstrip(_MARK) if line.raw[:1] == b"\xef" else line.raw)
        except NoValue as error:
            if not line.raw.decode("utf-8", "replace").strip("\ufeff \t\r\n\v\f"):
                part.tally.context += 1
                continue
            is_cut = not line.raw.endswith(b"\n")
            yield part.finding("truncated" if is_cut else error.reason, line.offset, line.raw, rejects=True)
            continue
        if mended:
            yield part.finding("text_mended", line.offset, line.raw)
        item = value.get("chatItem") if type(value) is dict else None
        if type(item) is dict and (chat := reading.open.get(str(item.get("chatId", "")))) is not None:
            yield ChatItem(part, reading.people, chat, item).message(line)
        else:
            yield from reading.frame(line, value)
    yield from (chat.conversation() for chat in part.chats.values())


class _Reading:
    """People and chats by the numbers of the file."""

    def __init__(self, part: Part) -> None:
        self.part, self.people = part, People()
        self.chats: dict[str, Chat] = {}
        self.open: dict[str, Chat] = {}  # those that were told of
        self.saved_at = ""

    def frame(self, line: Line, value: object) -> Iterator[Item]:
        """One line."""
        frame = value if isinstance(value, dict) else {}
        item = frame.get("chatItem")
        if isinstance(item, dict):
            number = str(item.get("chatId", ""))
            if number not in self.chats:
                self._open({"id": number})
                yield self.part.finding("unknown_chat", line.offset, line.raw, number=number)
            chat = self.chats[number]
            if number not in self.open:
                self.open[number] = chat
                yield chat.conversation()
            yield ChatItem(self.part, self.people, chat, item).message(line)
            return
        self.part.tally.context += 1
        if isinstance(frame.get("recipient"), dict):
            self.people.add(frame["recipient"])
        elif isinstance(frame.get("chat"), dict):
            self._open(frame["chat"])
        elif "backupTimeMs" in frame and (when := from_milliseconds(frame["backupTimeMs"])):
            self.saved_at = when.isoformat()
        elif not _FRAME.match(line.raw):
            yield self.part.finding("unknown_frame", line.offset, line.raw)

    def _open(self, given: dict[str, Any]) -> None:
        recipient = str(given.get("recipientId", ""))
        number, peer, who = str(given.get("id", "")), self.people.peers.get(recipient, {}), self.people.known.get(recipient)
        group = peer.get("group")
        kind = "group" if isinstance(group, dict) else "self" if "self" in peer else "one_to_one" if peer else ""
        key = f"signal:{group_key(group)}" if isinstance(group, dict) else f"signal:{who.key}" if who else f"signal:chat:{number}"
        chat = self.part.started(key, "signal", title=title_of(group, who), kind=kind, account=self.people.owner)
        chat.facts.update({"saved_at": self.saved_at} if self.saved_at else {})
        if (timer := whole_number(given.get("expirationTimerMs"))) is not None:
            chat.facts["timer_seconds"] = timer // 1000
        for one in members_of(group):
            if one in self.people.known:
                self.people.seen(chat, one)
        self.chats[number] = chat
        if number in self.open:  # told of once more, perhaps as another chat
            del self.open[number]


READER = Reader("signal_jsonl", "Signal の書き出し（main.jsonl）", "Signal plaintext export (main.jsonl)", _recognise, _read)
