"""Who is who in an export of Signal: recipients by the numbers of the file, with all names and numbers that are known of them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import uuid
from typing import TYPE_CHECKING, Any

from andon.evidence.chats.model import Participant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.evidence.chats.reading import Chat


class People:
    """Recipients as they come."""

    def __init__(self) -> None:
        self.known: dict[str, Participant] = {}
        self.peers: dict[str, dict[str, Any]] = {}
        self.owner = ""

    def add(self, given: dict[str, Any]) -> None:
        """One recipient."""
        number = str(given.get("id", ""))
        self.peers[number] = given
        one = self.known[number] = _participant(number, given)
        if one.is_owner:
            self.owner = self.owner or one.key

    def key_of(self, number: object) -> str | None:
        """Key of the person of a number."""
        if number is None:
            return None
        known = self.known.get(str(number))
        return known.key if known else f"recipient:{number}"

    def seen(self, chat: Chat, number: object) -> str | None:
        """Key of the person of a number, who takes part in the chat."""
        if number is None:
            return None
        known = self.known.get(str(number)) or Participant(f"recipient:{number}")
        return chat.seen(known.key, known.name, known.handles, is_owner=known.is_owner)


def members_of(group: object) -> Iterator[str]:
    """The numbers of a group's members."""
    snapshot = group.get("snapshot") if isinstance(group, dict) else None
    members = snapshot.get("members") if isinstance(snapshot, dict) else None
    for one in members if isinstance(members, list) else ():
        if isinstance(one, dict):
            yield str(one.get("userId", ""))


def title_of(group: object, who: Participant | None) -> str:
    """A group's title, or the name of the other side."""
    snapshot = group.get("snapshot") if isinstance(group, dict) else None
    title = snapshot.get("title") if isinstance(snapshot, dict) else None
    return str(title.get("title", "")) if isinstance(title, dict) else who.name if who else ""


def group_key(group: dict[str, Any]) -> str:
    """A name for a group that is the same on every phone in it; its master key itself would open the group to whoever reads a report."""
    return "group:" + hashlib.sha256(str(group.get("masterKey", "")).encode()).hexdigest()[:32]


def _uuid(value: object) -> str:
    """A service id (base64 of 16 bytes) as UUID, "" when it is none."""
    try:
        return str(uuid.UUID(bytes=base64.b64decode(str(value), validate=True)))
    except (ValueError, binascii.Error):
        return ""


def _participant(number: str, given: dict[str, Any]) -> Participant:
    contact = given.get("contact")
    if not isinstance(contact, dict):
        own, title = "self" in given, title_of(given.get("group"), None)
        return Participant("self", "", (), is_owner=True) if own else Participant(f"recipient:{number}", title)
    digits = str(contact.get("e164") or "").lstrip("+")
    named = {
        "signal_aci": _uuid(contact.get("aci", "")),
        "phone": f"+{digits}" if digits else "",
        "signal_username": str(contact.get("username") or ""),
    }
    nickname = contact.get("nickname") if isinstance(contact.get("nickname"), dict) else {}
    choices = (
        (("given", "family"), nickname),
        (("systemGivenName", "systemFamilyName"), contact),
        (("profileGivenName", "profileFamilyName"), contact),
    )
    names = [" ".join(filter(None, (str((source or {}).get(key) or "") for key in keys))) for keys, source in choices]
    handles = tuple((kind, value) for kind, value in named.items() if value)
    key = named["signal_aci"] or named["phone"] or f"recipient:{number}"
    others = tuple(("also_named", name) for name in dict.fromkeys(filter(None, names)))[1:]
    return Participant(key, next(filter(None, names), ""), handles + others)
