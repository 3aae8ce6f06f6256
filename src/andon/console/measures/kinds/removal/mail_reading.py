"""Reading a message that came back: whether it says that ours was not delivered, or answers it, and which of ours it is about.

Only Message-IDs are trusted to say which: anybody can write a subject. Nothing of a message is run, fetched or shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.utils import parseaddr
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage, Message

BOUNCED, DELAYED, DELIVERED, AUTOMATIC, REPLY = "bounced", "delayed", "delivered", "automatic", "reply"
LARGEST = 30 * 2**20
_MOST_IDS, _LONGEST_ID = 100, 500
_ID = re.compile(r"<[^<>\s]{3,490}>")
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_ACTIONS = {"failed": BOUNCED, "delayed": DELAYED, "delivered": DELIVERED, "relayed": DELIVERED, "expanded": DELIVERED}


@dataclass(frozen=True, slots=True)
class Read:
    """What a message says of itself. `about`: the Message-IDs it refers to, the nearest first; `code` of a delivery notice ("5.1.1")."""

    kind: str
    about: tuple[str, ...]
    code: str = ""
    domain: str = ""  # that it says it comes from


def read(content: bytes) -> Read:
    """The message; one that makes little sense is a reply about nothing that is known."""
    message = message_from_bytes(content, policy=policy.compat32)
    domain = parseaddr(_header(message, "From"))[1].rpartition("@")[2].lower()
    status = next((part for part in message.walk() if part.get_content_type() == "message/delivery-status"), None)
    if status is not None:
        action, code = _delivery(status)
        return Read(_ACTIONS.get(action, DELAYED if code.startswith("4") else BOUNCED), tuple(_returned(message)), code, domain)
    if _is_old_bounce(message):
        code = next(iter(_STATUS.findall(_text(message))), "")
        return Read(DELAYED if code.startswith("4") else BOUNCED, tuple(_returned(message)), code, domain)
    is_automatic = _header(message, "Auto-Submitted").lower().startswith("auto-") or bool(_header(message, "X-Autoreply"))
    return Read(AUTOMATIC if is_automatic else REPLY, tuple(_references(message)), "", domain)


def _delivery(status: Message) -> tuple[str, str]:
    """Action and status code of the receiver that fared worst (RFC 3464: one block of fields for the message, then one for each receiver)."""
    blocks = status.get_payload()
    fields = [(_header(one, "Action").lower().strip(), _header(one, "Status")) for one in blocks] if isinstance(blocks, list) else []  # type: ignore[arg-type]
    told = sorted((pair for pair in fields if pair[0]), key=lambda pair: pair[0] != "failed")
    action, code = told[0] if told else ("", "")
    return action, next(iter(_STATUS.findall(code)), "")


def _returned(message: Message) -> Iterator[str]:
    """Ids of what was sent back with a notice; then those that its own head refers to. Its own id is none of them."""
    seen: set[str] = set()
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inside = part.get_payload()
            found = _ID.findall(_header(inside[0], "Message-ID")) if isinstance(inside, list) and inside else []  # type: ignore[arg-type]
        elif kind == "text/rfc822-headers":
            headers = message_from_bytes(_bytes(part), policy=policy.compat32)
            found = _ID.findall(_header(headers, "Message-ID"))
        else:
            continue
        yield from (one for one in found if not (one in seen or seen.add(one)))  # type: ignore[func-returns-value]
    yield from _references(message)
    if not seen:  # old servers put the head of what they return into the text
        yield from re.findall(r"(?im)^message-id:\s*(<[^<>\s]{3,490}>)", _text(message))[:_MOST_IDS]


def _references(message: Message) -> Iterator[str]:
    said = _ID.findall(_header(message, "In-Reply-To")) + _ID.findall(_header(message, "References"))[::-1]
    yield from dict.fromkeys(said[:_MOST_IDS])


def _is_old_bounce(message: Message) -> bool:
    """A notice from before RFC 3464: sent by nobody, from a mailer."""
    name = parseaddr(_header(message, "From"))[1].partition("@")[0].lower()
    return name in ("mailer-daemon", "postmaster") and _header(message, "Return-Path").strip() in ("", "<>")


def _text(message: Message) -> str:
    return "\n".join(_bytes(part).decode("utf-8", "replace") for part in message.walk() if part.get_content_type() == "text/plain")[:200_000]


def _bytes(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _header(message: Message | EmailMessage, name: str) -> str:
    """A header as text; a broken one is what can be read of it."""
    return str(message.get(name, ""))[: _LONGEST_ID * _MOST_IDS]
