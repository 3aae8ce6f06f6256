"""SMS Backup & Restore (Android): `<smses>` with `<sms/>` and `<mms>`, and `<calls>`; also what signalbackup-tools writes.

Times are milliseconds. Emoji stand as two numeric references each, which is no valid XML: elements are cut at the bytes. The number in `count` is
often wrong and is only a fact. The other side of a conversation is its number; Japanese numbers are brought to one form (+81…) so that one person
stays one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from andon.evidence.chats.model import Attachment, Clock, Event, Kind, new_message
from andon.evidence.chats.reading import Chat, Head, Part, Reader, started
from andon.evidence.chats.tag_walk import attributes, elements_of
from andon.evidence.chats.times import from_either, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from andon.evidence.chats.model import Fact, Item, Message
    from andon.evidence.chats.tag_walk import Element

_ROOT = re.compile(rb"<(smses|calls)(?=[\s>])([^>]*)>")
_TAG = re.compile(r"<(\w+)((?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+)(>?)")
_NAMES = (b"sms", b"mms", b"call")
_BOX = {"1": "received", "2": "sent", "3": "draft", "4": "outbox", "5": "failed", "6": "queued"}
_CALLS = {"1": "incoming", "2": "outgoing", "3": "missed", "4": "voicemail", "5": "rejected", "6": "refused_list"}
_FROM = "137"
_OWN = frozenset(("sent", "draft", "outbox", "failed", "queued", "outgoing"))
_OWNER = "owner"
_MOST_ODD = 100
_MOST_MET = 10_000
_TEXT, _STATED, _NONE = Kind.TEXT, Clock.STATED, Clock.NONE  # looked up once: an enumeration's own look-up is slow


def _recognise(head: Head) -> float:
    return 0.97 if _ROOT.search(head.data[:4096]) else 0.0


def _read(part: Part) -> Iterator[Item]:
    """All conversations of the phone."""
    known = _Known()
    with part.file.open() as stream:
        root = _ROOT.search(stream.read(4096))
    stated = whole_number(attributes(root[2].decode("utf-8", "replace")).get("count")) if root else None
    with part.file.open() as stream:
        for element in elements_of(stream, _NAMES):
            part.tally.records += 1
            if element.is_cut:
                yield part.finding("truncated", element.offset, element.raw, rejects=True)
                continue
            yield from _element(part, known, element)
    if stated is not None and stated != part.tally.records:
        yield part.finding("count_differs", stated=stated, found=part.tally.records)
    yield from (chat.conversation() for chat in known.chats.values())


@lru_cache(maxsize=4096)
def phone_key(number: str) -> str:
    """One form for a telephone number: digits, Japanese ones with +81; anything else (a name, a short number) as written."""
    plain = re.sub(r"[\s()\-.\u00a0]", "", number)
    if re.fullmatch(r"0[1-9]\d{8,9}", plain):
        return f"+81{plain[1:]}"
    return plain if re.fullmatch(r"\+?\d+", plain) else number


def _tags(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Names and attributes of the tags of an element. What begins like a tag and does not end is looked into for others, a hundred times at most."""
    at, odd = 0, 0
    while found := _TAG.search(text, at):
        at = found.end()
        if found[3]:
            yield found[1], attributes(found[2])
        elif (odd := odd + 1) <= _MOST_ODD:
            at = found.start() + 1


class _Known:
    """The conversations, and by address and name as written whom they are of: most records are of somebody who was met before."""

    def __init__(self) -> None:
        self.chats: dict[str, Chat] = {}
        self._met: dict[tuple[str, str], tuple[Chat, list[str]]] = {}

    def of(self, given: dict[str, str]) -> tuple[Chat, list[str], bool, Sequence[tuple[str, str]]]:
        """The conversation of a record, the other side's numbers, whether the conversation is new, and numbers with names that are to be told of."""
        asked = given.get("number") or given.get("address") or "", given.get("contact_name", "")
        if (met := self._met.get(asked)) is not None:
            return *met, False, ()
        peers = [phone_key(one) for one in asked[0].split("~") if one]
        key = "sms:" + " ".join(sorted(peers))
        is_new = key not in self.chats
        if is_new:
            self.chats[key] = started(key, "sms", title=", ".join(peers), kind="group" if len(peers) > 1 else "one_to_one")
        if len(self._met) < _MOST_MET:
            self._met[asked] = self.chats[key], peers
        names = [one.strip() for one in asked[1].split(",")]
        return self.chats[key], peers, is_new, list(zip(peers, names if len(names) == len(peers) else [""] * len(peers), strict=True))


def _element(part: Part, known: _Known, element: Element) -> Iterator[Item]:
    text = element.raw.decode("utf-8", "replace")
    tags = list(_tags(text))
    name, given = tags[0] if tags else ("", {})
    chat, peers, is_new, told = known.of(given)
    if is_new:
        yield chat.conversation()
    for number, shown in told:
        chat.seen(number, "" if shown in {"(Unknown)", "null"} else shown, (("phone", number),) if number.lstrip("+").isdigit() else ())
    yield _message(part, chat, element, _Given(name, given, tags[1:], peers))
    if not text.isascii() and "\ufffd" in text and b"\xef\xbf\xbd" not in element.raw:
        yield part.finding("bad_bytes", element.offset, element.raw)


class _Given:
    """One element's attributes, and those of the tags inside it."""

    def __init__(self, name: str, given: dict[str, str], inner: list[tuple[str, dict[str, str]]], peers: list[str]) -> None:
        self.name, self.given, self.inner, self.peers = name, given, inner, peers
        table = _CALLS if name == "call" else _BOX
        self.way = table.get(given.get("msg_box" if name == "mms" else "type", ""), "unknown")  # received, sent, draft, …

    @property
    def author(self) -> str | None:
        """Who sent it: the owner of the phone, the other side, or nobody who is named."""
        if self.way in _OWN:
            return _OWNER
        if not self.inner:
            return self.peers[0] if self.peers else None
        told = [phone_key(one.get("address", "")) for tag, one in self.inner if tag == "addr" and one.get("type") == _FROM]
        return next((one for one in told if one and one != "insert-address-token"), self.peers[0] if self.peers else None)

    @property
    def text(self) -> str:
        """What was written."""
        if self.name != "mms":
            return _told(self.given.get("body"))
        return "\n".join(_told(one.get("text")) for tag, one in self.inner if tag == "part" and one.get("ct", "").startswith("text/")).strip("\n")

    @property
    def attachments(self) -> tuple[Attachment, ...]:
        """Pictures and files; their bytes stand inside the record."""
        parts = [one for tag, one in self.inner if tag == "part" and not one.get("ct", "").startswith(("text/", "application/smil"))]
        return tuple(Attachment("file", "", _told(one.get("name")) or _told(one.get("cl")), one.get("ct", ""), None) for one in parts)


def _told(value: str | None) -> str:
    return "" if value in {None, "null"} else str(value)


def _message(part: Part, chat: Chat, element: Element, one: _Given) -> Message:
    seq, sent, author, text, attachments = chat.seq(), from_either(one.given.get("date")), one.author, one.text, one.attachments if one.inner else ()
    if author is not None:
        chat.seen(author, "", (), is_owner=author == _OWNER)
    is_call = one.name == "call"
    kind = Kind.CALL if is_call else Kind.MEDIA if attachments and not text else _TEXT
    facts: dict[str, Fact] = {"direction": one.way}
    if is_call and (seconds := whole_number(one.given.get("duration"))) is not None:
        facts["seconds"] = seconds
    if _told(one.given.get("subject")):
        facts["subject"] = one.given["subject"]
    if "date_sent" in one.given and (when := from_either(one.given["date_sent"])) is not None:
        facts["date_sent"] = when.isoformat()
    return new_message(
        id=f"{one.given.get('date', '')}:{element.offset}", conversation=chat.key, seq=seq, kind=kind, place=part.place(element.offset, element.raw),
        sent_at=sent, clock=_STATED if sent else _NONE, zone="UTC" if sent else "", written_time=one.given.get("date", ""), author=author,
        text=text, event=Event.CALL if is_call else None, attachments=attachments, raw_kind=f"{one.name}:{one.way}", facts=facts,
    )  # fmt: skip


READER = Reader("sms_xml", "SMS Backup & Restore（XML）", "SMS Backup & Restore (XML)", _recognise, _read)
