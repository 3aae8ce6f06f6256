"""CASE/UCO (JSON-LD): messages and message threads of a forensic report.

Values may stand alone or in a list, inside or as {"@id": …}. The nodes of the graph refer to each other forwards and back, so the file is read
twice: names, applications and threads first, then the messages in the order of the file. After the ontology (UCO 1.x) and its published examples.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from andon.evidence.chats.json_records import Found, json_records
from andon.evidence.chats.json_walk import Step
from andon.evidence.chats.model import Clock, Finding, Kind, new_message
from andon.evidence.chats.reading import Chat, Head, Part, Reader, Tally, started
from andon.evidence.chats.times import from_iso, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.evidence.chats.model import Fact, Item, Message

_PATHS = frozenset({("@graph", "*")})
_MARK = re.compile(rb"ontology\.(?:unifiedcyberontology|caseontology)\.org|uco-observable:")


def _recognise(head: Head) -> float:
    return 0.9 if b'"@context"' in head.data and _MARK.search(head.data) and b'"@graph"' in head.data else 0.0


def _local(name: str) -> str:
    return re.split(r"[:/#]", name)[-1]


def _many(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _get(node: dict[str, Any], name: str) -> Any:  # noqa: ANN401 - any JSON value
    return next((value for key, value in node.items() if _local(key) == name), None)


def _types(node: dict[str, Any]) -> set[str]:
    return {_local(str(one)) for one in _many(node.get("@type"))}


def _id(value: object) -> str:
    return str(value.get("@id") or "") if isinstance(value, dict) else str(value or "")


def _plain(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("@value", value.get("@id", ""))
    return "" if value is None else str(value)


def _facet(node: dict[str, Any], kind: str) -> dict[str, Any] | None:
    return next((one for one in _many(_get(node, "hasFacet")) if isinstance(one, dict) and kind in _types(one)), None)


class _Known:
    """What the first reading finds: names of accounts and applications, threads and what is in them."""

    def __init__(self, part: Part) -> None:
        self.names: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {}
        self.apps: dict[str, str] = {}
        self.thread_of: dict[str, tuple[str, int]] = {}
        self.titles: dict[str, tuple[str, list[str], int | None]] = {}
        quiet = Part(part.file, part.material, part.zone, part.zone_name, Tally())
        for found in json_records(quiet, _PATHS):
            if isinstance(found, Found) and found.step is Step.RECORD and isinstance(found.value, dict):
                self._take(found.value)

    def _take(self, node: dict[str, Any]) -> None:
        own = _id(node)
        if facet := _facet(node, "ApplicationFacet"):
            self.apps[own] = _plain(_get(facet, "name"))
        elif (name := _plain(_get(node, "name"))) and "Application" in _types(node):
            self.apps[own] = name
        shown, handles = _plain(_get(node, "name")), list[tuple[str, str]]()
        for kind, fields in _ACCOUNT.items():
            if facet := _facet(node, kind):
                handles += [(label, _plain(_get(facet, field))) for field, label in fields.items() if _get(facet, field) is not None]
        shown = next((value for label, value in handles if label == "display_name"), shown)
        if handles or shown:
            self.names[own] = shown, tuple(handles)
        if facet := _facet(node, "MessageThreadFacet"):
            self._thread(node, facet)

    def _thread(self, node: dict[str, Any], facet: dict[str, Any]) -> None:
        own, thread = _id(node), _get(facet, "messageThread")
        members = [_id(one) for one in _many(_get(facet, "participant"))]
        inner = thread if isinstance(thread, dict) else {}
        self.titles[own] = _plain(_get(node, "name")) or _plain(_get(facet, "displayName")), members, whole_number(_plain(_get(inner, "size")))
        for item in [one for one in _many(_get(inner, "item")) if isinstance(one, dict)]:
            self.thread_of[_id(_get(item, "itemContent"))] = own, whole_number(_plain(_get(item, "index"))) or 0
        for one in _many(_get(inner, "element")):
            self.thread_of.setdefault(_id(one), (own, 0))


_ACCOUNT = {
    "AccountFacet": {"accountIdentifier": "account_identifier"},
    "DigitalAccountFacet": {"displayName": "display_name", "accountLogin": "login"},
    "ApplicationAccountFacet": {},
    "PhoneAccountFacet": {"phoneNumber": "phone"},
    "EmailAccountFacet": {"emailAddress": "email"},
}  # fmt: skip


def _read(part: Part) -> Iterator[Item]:
    """All messages of the report; nodes that are no messages are context."""
    known, chats = _Known(part), dict[str, Chat]()
    for own, (title, members, size) in known.titles.items():
        chats[own] = started(f"case:{own}", "case", title=title, kind="thread", facts={} if size is None else {"stated_count": size})
        for one in members:
            _seen(chats[own], known, one)
        yield chats[own].conversation()
    for found in json_records(part, _PATHS):
        if isinstance(found, Finding):
            yield found
        elif found.step is Step.RECORD:
            yield from _node(part, known, chats, found)
    yield from (chat.conversation() for chat in chats.values())


def _node(part: Part, known: _Known, chats: dict[str, Chat], found: Found) -> Iterator[Item]:
    node = found.value
    if not isinstance(node, dict) or not ("Message" in _types(node) or _facet(node, "MessageFacet")):
        part.tally.context += 1
        return
    facet = _facet(node, "MessageFacet") or {}
    own = known.thread_of.get(_id(node), ("", 0))[0] or _plain(_get(facet, "sessionID")) or _id(_get(facet, "application"))
    if own not in chats:
        chats[own] = started(f"case:{own}", "case", kind="session")
        yield chats[own].conversation()
    yield _message(part, known, chats[own], found, facet)


def _seen(chat: Chat, known: _Known, number: str) -> str | None:
    if not number:
        return None
    name, handles = known.names.get(number, ("", ()))
    return chat.seen(f"case:{number}", name, tuple(one for one in handles if one[0] != "display_name"))


def _message(part: Part, known: _Known, chat: Chat, found: Found, facet: dict[str, Any]) -> Message:
    node, seq = found.value, chat.seq()
    own = _id(node)
    author = _seen(chat, known, _id(next(iter(_many(_get(facet, "from"))), None)))
    receivers = tuple(_seen(chat, known, _id(one)) or "" for one in _many(_get(facet, "to")))
    written = _plain(_get(facet, "sentTime"))
    sent, zone = from_iso(written, part.zone)
    recovered = _facet(node, "RecoveredObjectFacet") or {}
    state = _plain(_get(recovered, "contentRecoveredStatus"))
    app = known.apps.get(_id(_get(facet, "application")), "")
    facts: dict[str, Fact] = {"app": app} if app else {}
    facts.update({"to": receivers} if receivers else {})
    facts.update({"recovered": state} if state else {})
    index = known.thread_of.get(own, ("", 0))[1]
    facts.update({"thread_index": index} if index else {})
    return new_message(
        id=own or f"#{seq}", conversation=chat.key, seq=seq, kind=Kind.TEXT if facet else Kind.UNKNOWN, place=part.place(found.offset, found.raw),
        sent_at=sent, clock=Clock.NONE if sent is None else Clock.STATED if zone else Clock.NAIVE, zone=(zone or part.zone_name) if sent else "",
        written_time=written, author=author, text=_plain(_get(facet, "messageText")), is_deleted=bool(state),
        raw_kind=_plain(_get(facet, "messageType")) or "Message", facts=facts,
    )  # fmt: skip


READER = Reader("case_json", "CASE/UCO（JSON-LD）", "CASE/UCO (JSON-LD)", _recognise, _read)
