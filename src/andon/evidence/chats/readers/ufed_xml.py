"""Cellebrite UFED reports: `report.xml` (also inside a `.ufdr`): models of type Chat with InstantMessages in them, SMS and calls.

Models nest; a message is a model inside its chat, and is cut out as one record. `deleted_state` other than Intact says that the tool recovered it;
that is a statement of the tool. After the open source readers of the format; no real report was at hand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

from andon.evidence.chats.model import Attachment, Clock, Event, Kind, Reply, new_message
from andon.evidence.chats.reading import Chat, Head, Part, Reader, named
from andon.evidence.chats.times import from_iso, whole_number
from andon.evidence.chats.xml_walk import XmlBroken, XmlWalk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.evidence.chats.model import Fact, Item, Message

_ROOT = re.compile(rb"http://pa\.cellebrite\.com/report/")
_RECORDS = {"InstantMessage", "SMS", "MMS", "Call"}
_MOST_OPEN = 64  # models inside models
_KEPT = (
    "Subject",
    "Status",
    "Platform",
    "SourceApplication",
    "DeletionReason",
    "DateDeleted",
    "DateRead",
    "DateDelivered",
    "SelfDestructDuration",
    "Label",
    "Direction",
    "Folder",
    "Duration",
    "Type",
)
_KEPT_NAMES = frozenset(_KEPT)
_TEXTS = frozenset(("value",))
_FIELDS = frozenset(("field", "modelField", "multiField", "multiModelField"))
_SPAN = re.compile(r"(?:(\d+)\.)?(\d+):(\d\d):(\d\d)")


@dataclass(slots=True)
class _Model:
    """A model in the making: its fields by name, and the models inside it by the name of the field."""

    type: str
    offset: int
    attributes: dict[str, str]
    fields: dict[str, str] = field(default_factory=dict)
    models: list[tuple[str, _Model]] = field(default_factory=list)

    def inner(self, name: str) -> list[_Model]:
        """The models of one field."""
        return [model for given, model in self.models if given == name]


def _recognise(head: Head) -> float:
    return 0.97 if _ROOT.search(head.data[:8192]) else 0.0


def _read(part: Part) -> Iterator[Item]:
    """All chats, messages and calls of the report."""
    with part.file.open() as stream:
        yield from _Reading(part, stream).items()


class _Reading:
    """The state between tags."""

    def __init__(self, part: Part, stream: IO[bytes]) -> None:
        self.part, self.walk = part, XmlWalk(stream, self._started, self._ended, _TEXTS)
        self.open: list[_Model] = []
        self.fields: list[str] = []
        self.owner = ""
        self.chats: dict[str, Chat] = {}
        self.chat: Chat | None = None
        self.record = 0  # how many models are open from the record on
        self.made: list[Item] = []  # of the piece of the file that is being read

    def items(self) -> Iterator[Item]:
        """What the tags make."""
        try:
            for _ in self.walk:
                made, self.made = self.made, []
                yield from made
        except XmlBroken as error:
            yield self._broken(error)
        if self.walk.blanked:
            yield self.part.finding("characters_blanked", count=self.walk.blanked)
        yield from (chat.conversation() for chat in self.chats.values())

    def _started(self, name: str, attributes: dict[str, str]) -> None:
        """The beginning of an element; a chat is opened with its messages."""
        if name == "model":
            self._begun(attributes)
        elif name in _FIELDS:
            self.fields.append(attributes.get("name", ""))
            if self.fields[-1] == "Messages" and self.open and self.open[-1].type == "Chat" and not self.record:
                self.made += self._open_chat(self.open[-1])

    def _ended(self, name: str, text: str) -> None:
        """The end of an element."""
        if name == "value":
            if self.open and self.fields:
                given, field_name = self.open[-1].fields, self.fields[-1]
                given[field_name] = f"{given[field_name]}\n{text}" if field_name in given else text
        elif name == "model":
            if self.open:
                self._closed(self.open.pop())
        elif name in _FIELDS and self.fields:
            self.fields.pop()

    def _broken(self, error: XmlBroken) -> Any:  # noqa: ANN401 - a Finding
        is_inside = self.record > 0
        self.part.tally.records += is_inside
        offset = self.open[-self.record].offset if is_inside else error.offset
        raw = self.walk.kept(error.offset) if is_inside else b""
        return self.part.finding(error.reason, offset, raw, rejects=is_inside, detail=error.detail)

    def _begun(self, attributes: dict[str, str]) -> None:
        """The beginning of a model."""
        offset = self.walk.offset
        if len(self.open) >= _MOST_OPEN:
            raise XmlBroken("xml_too_deep", offset, "")
        model = _Model(attributes.get("type", ""), offset, attributes)
        self.open.append(model)
        if self.record:
            self.record += 1
        elif model.type in _RECORDS:
            self.record = 1
            self.walk.keep(offset)

    def _closed(self, model: _Model) -> None:
        if self.record == 1:
            self.record = 0
            self.part.tally.records += 1
            self.made += self._message(model, self.walk.kept(self.walk.offset + len("</model>")))
        elif self.record:
            self.record -= 1
            self._inside(model)
        elif model.type == "Chat":
            if self.chat is None:
                self.made += self._open_chat(model)
            self.chat = None
        else:
            self._inside(model)

    def _inside(self, model: _Model) -> None:
        if self.open:
            self.open[-1].models.append((self.fields[-1] if self.fields else "", model))

    def _open_chat(self, model: _Model) -> Iterator[Item]:
        given = model.fields
        app = given.get("Source", "").lower() or "unknown"
        key = f"{app}:{given.get('Id') or model.attributes.get('id') or len(self.chats)}"
        facts: dict[str, Fact] = {name: given[name] for name in ("StartTime", "LastActivity", "Account") if given.get(name)}
        state = model.attributes.get("deleted_state", "")
        facts.update({"deleted_state": state} if state not in {"", "Intact"} else {})
        self.chat = self.part.started(key, app, title=given.get("Name", ""), kind=given.get("ChatType", ""), facts=facts)
        for one in model.inner("Participants"):
            key_of = _person(self.chat, one)
            if _is_true(one.fields.get("IsPhoneOwner")):
                self.owner = key_of or self.owner
        self.chat.became(account=self.owner)
        self.chats[key] = self.chat
        yield self.chat.conversation()

    def _chat_of(self, model: _Model) -> tuple[Chat, bool]:
        """The chat of a record that stands outside chats (SMS, calls): the people in it."""
        if self.chat is not None:
            return self.chat, False
        people = sorted(
            {
                _name_of(one)
                for name in ("Parties", "Party", "From", "To")
                for one in model.inner(name)
                if not _is_true(one.fields.get("IsPhoneOwner"))
            }
            - {""}
        )
        app = model.fields.get("Source", "").lower() or model.type.lower()
        key = f"{app}:{' '.join(people)}"
        is_new = key not in self.chats
        if is_new:
            self.chats[key] = self.part.started(key, app, title=", ".join(people), kind=model.type)
        return self.chats[key], is_new

    def _message(self, model: _Model, raw: bytes) -> Iterator[Item]:
        chat, is_new = self._chat_of(model)
        if is_new:
            yield chat.conversation()
        yield _made(self.part, chat, model, raw)


def _is_true(value: str | None) -> bool:
    return (value or "").strip().lower() == "true"


def _name_of(party: _Model) -> str:
    return (party.fields.get("Identifier") or party.fields.get("Name") or "").strip()


def _person(chat: Chat, party: _Model) -> str | None:
    identifier, name = party.fields.get("Identifier", "").strip(), party.fields.get("Name", "").strip()
    if not identifier and not name:
        return None
    return chat.seen(
        identifier or named(name), name, (("identifier", identifier),) if identifier else (), is_owner=_is_true(party.fields.get("IsPhoneOwner"))
    )


def _made(part: Part, chat: Chat, model: _Model, raw: bytes) -> Message:
    given, seq, state = model.fields, chat.seq(), model.attributes.get("deleted_state", "")
    inner: dict[str, list[_Model]] = {}
    for field_name, one in model.models:
        inner.setdefault(field_name, []).append(one)
    sender = next(iter(inner.get("From", ())), None) or next((one for one in inner.get("Parties", ()) if one.fields.get("Role") == "From"), None)
    author = _person(chat, sender) if sender else None
    sent, zone = from_iso(given.get("TimeStamp"), part.zone)
    attachments = tuple(_attachment(one) for name in ("Attachments", "Attachment") for one in inner.get(name, ()))
    text = given.get("Body", "")
    facts: dict[str, Fact] = {} if _KEPT_NAMES.isdisjoint(given) else {name: given[name] for name in _KEPT if given.get(name)}
    if state:
        facts["deleted_state"] = state
    place = next(iter(inner.get("Position", ())), None)
    facts.update({name.lower(): place.fields[name] for name in ("Latitude", "Longitude") if place.fields.get(name)} if place else {})
    if "Duration" in given and (seconds := _seconds(given["Duration"])) is not None:
        facts["seconds"] = seconds
    for party in inner.get("To", ()):
        _person(chat, party)
    is_gone = state in {"Deleted", "Trash"} or ("Erased" in given and _is_true(given["Erased"]))
    kind = Kind.CALL if model.type == "Call" else Kind.LOCATION if place else Kind.MEDIA if attachments and not text else Kind.TEXT
    if kind is Kind.TEXT and not text and is_gone:
        kind = Kind.DELETED
    return new_message(
        id=given.get("Identifier") or model.attributes.get("id") or f"#{seq}", conversation=chat.key, seq=seq, kind=kind,
        place=part.place(model.offset, raw), sent_at=sent, clock=Clock.NONE if sent is None else Clock.STATED if zone else Clock.NAIVE,
        zone=(zone or part.zone_name) if sent else "", written_time=given.get("TimeStamp", ""), author=author,
        author_name=sender.fields.get("Name", "") if sender else "", text=text, event=Event.CALL if kind is Kind.CALL else None,
        attachments=attachments,
        reply_to=_reply(model) if "MessageExtraData" in inner else None,
        expires_in=_seconds(given["SelfDestructDuration"]) if "SelfDestructDuration" in given else None, is_deleted=is_gone, raw_kind=model.type,
        facts=facts,
    )  # fmt: skip


def _attachment(model: _Model) -> Attachment:
    given = model.fields
    path = given.get("attachment_extracted_path") or given.get("URL") or ""
    return Attachment("file", path, given.get("Filename") or given.get("Title") or "", given.get("ContentType", ""))


def _reply(model: _Model) -> Reply | None:
    for extra in model.inner("MessageExtraData"):
        for name, inner in extra.models:
            if "repl" in name.lower() or "quote" in inner.type.lower():
                return Reply(inner.fields.get("OriginalMessageID", ""), None, None, None, inner.fields.get("Body", inner.fields.get("Text", "")))
    return None


def _seconds(value: str | None) -> int | None:
    found = _SPAN.search(value or "")
    if found:
        return int(found[1] or 0) * 86400 + int(found[2]) * 3600 + int(found[3]) * 60 + int(found[4])
    return whole_number(value)


READER = Reader("ufed_xml", "Cellebrite UFED の報告書（XML・ufdr）", "Cellebrite UFED report (XML, ufdr)", _recognise, _read)
