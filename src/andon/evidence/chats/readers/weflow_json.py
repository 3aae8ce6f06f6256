"""WeChat, as the tool WeFlow writes it (JSON): one session with its messages.

`createTime` is seconds since 1970, `platformMessageId` the app's own number, `isSend` 1 for the owner, 0 for others, null for the app. `localType` is
not reliable and only kept. A message taken back leaves the app's line. Numbers may skip. After public descriptions and readers of such files; no real
one was at hand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from andon.evidence.chats.json_records import Found, json_records
from andon.evidence.chats.json_walk import Step
from andon.evidence.chats.model import Attachment, Clock, Event, Finding, Kind, new_message
from andon.evidence.chats.reading import Chat, Head, Part, Reader, small_facts
from andon.evidence.chats.times import from_either, whole_number
from andon.evidence.chats.wechat_words import kind_of_body, system_event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.evidence.chats.model import Item, Message

_PATHS = frozenset({("messages", "*")})
_SESSION = re.compile(rb'"session"\s*:\s*\{[^{}]{0,4000}?"(?:wxid|nickname)"\s*:')
_RECORD = re.compile(rb'"createTime"\s*:\s*"?\d{9,13}')
_OWNER = "owner"
_KINDS = {"群聊": "group", "私聊": "one_to_one"}
_FACTS = ("localId", "localType", "formattedTime", "source")


def _recognise(head: Head) -> float:
    if not head.data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") or not _RECORD.search(head.data):
        return 0.0
    return 0.95 if _SESSION.search(head.data) or b'"weflow"' in head.data else 0.0


def _read(part: Part) -> Iterator[Item]:
    """One session."""
    outer: dict[str, Any] = {}
    reading: _Reading | None = None
    for found in json_records(part, _PATHS):
        if isinstance(found, Finding):
            yield found
        elif found.step is Step.VALUE:
            outer[found.path[-1] if found.path else ""] = found.value
        elif found.step is Step.ENTER and found.path == ("messages",):
            reading = _Reading(part, outer)
            yield reading.chat.conversation()
        elif found.step is Step.RECORD and reading is not None:
            is_record = isinstance(found.value, dict)
            yield reading.message(found) if is_record else part.finding("no_record", found.offset, found.raw, rejects=True)
    yield from (chat.conversation() for chat in part.chats.values())


class _Reading:
    """The session and who takes part."""

    def __init__(self, part: Part, outer: dict[str, Any]) -> None:
        self.part = part
        session = outer.get("session")
        given: dict[str, Any] = session if isinstance(session, dict) else {}
        self.native = str(given.get("wxid") or "")
        kind = str(given.get("type") or "")
        is_group = self.native.endswith("@chatroom")
        self.chat: Chat = part.started(
            f"wechat:{self.native or part.name}", "wechat", title=str(given.get("nickname") or given.get("displayName") or ""),
            kind=_KINDS.get(kind) or kind or ("group" if is_group else ""), account=_OWNER,
        )  # fmt: skip
        if (stated := whole_number(given.get("messageCount"))) is not None:
            self.chat.facts["stated_count"] = stated
        self.chat.seen(_OWNER, "", (), is_owner=True)
        self.people: dict[str, tuple[str, str]] = {}  # number in this file → account and name
        senders = outer.get("senders")
        for one in senders if isinstance(senders, list) else ():
            if isinstance(one, dict):
                self.people[str(one.get("senderID", ""))] = str(one.get("wxid") or ""), str(one.get("displayName") or "")

    def _author(self, value: dict[str, Any]) -> tuple[str | None, str]:
        """Key and name of who wrote; nobody for the app's own lines."""
        account, name = self.people.get(str(value.get("senderID", "")), ("", ""))
        account, name = str(value.get("senderUsername") or account), str(value.get("senderDisplayName") or name)
        if value.get("isSend") == 1:
            return self.chat.seen(_OWNER, name, (("wechat_id", account),) if account else (), is_owner=True), name
        if not account and not name:
            return None, ""
        if not account:
            return self.chat.by_name(name), name
        return self.chat.seen(account, name, (("wechat_id", account),)), name

    def message(self, found: Found) -> Message:
        """One message."""
        value: dict[str, Any] = found.value
        seq, sent, text = self.chat.seq(), from_either(value.get("createTime")), _text(value)
        told = system_event(text)
        is_app = ("isSend" in value and value["isSend"] is None) or value.get("type") == "系统消息"
        kind, file = kind_of_body(text)
        event = told[0] if told else Event.OTHER if is_app else None
        if event is not None:
            kind = Kind.DELETED if event is Event.UNSENT else Kind.SERVICE
        elif not text:
            kind = Kind.UNKNOWN
        author, name = (None, "") if is_app else self._author(value)
        facts = small_facts(value, _FACTS)
        if told and told[1]:
            facts["members"] = (told[1],)
        return new_message(
            id=str(value.get("platformMessageId") or f"#{seq}"), conversation=self.chat.key, seq=seq, kind=kind,
            place=self.part.place(found.offset, found.raw), sent_at=sent, clock=Clock.STATED if sent else Clock.NONE, zone="UTC" if sent else "",
            written_time=str(value.get("createTime", "")), author=author, author_name=name, text=text, event=event,
            attachments=(Attachment("file", "", file),) if file else (), is_deleted=kind is Kind.DELETED,
            raw_kind=str(value.get("type") or "message"), facts=facts,
        )  # fmt: skip


def _text(value: dict[str, Any]) -> str:
    content = value.get("content")
    return content if isinstance(content, str) else ""


READER = Reader("weflow_json", "WeChat（微信）の WeFlow による書き出し（JSON）", "WeChat, written by WeFlow (JSON)", _recognise, _read)
