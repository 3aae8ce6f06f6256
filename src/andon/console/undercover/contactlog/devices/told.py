"""What an export from an officer's device tells, as contacts: by which channel, who turned to whom, in what words."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from andon.console.evidence.conversations.books import book_of
from andon.console.undercover.contactlog.codes import Channel
from andon.console.undercover.contactlog.handles import key_of
from andon.evidence.chats.model import Event, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from andon.console.evidence.conversations.models import Conversation
    from andon.evidence.books.model import BookRow
    from andon.evidence.chats.model import Participant

_CHANNELS = {"telegram": Channel.TELEGRAM, "signal": Channel.SIGNAL, "line": Channel.LINE, "x": Channel.X_DM, "sms": Channel.SMS}
_HANDLES = frozenset({"signal_username", "username", "phone", "discord_name", "telegram_id", "signal_aci"})
_BY_NAME = "name:"
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Told:
    """One message or call of an export. `is_own`: the officer's (None: the export does not say); `others`: keys of whom the officer talked to."""

    conversation: Conversation
    position: int
    at: datetime | None
    channel: str
    is_own: bool | None
    words: str
    others: tuple[str, ...] = ()
    other_name: str = ""
    has_file: bool = False
    is_deleted: bool = False
    source: str = ""  # exhibit, file and offset

    @property
    def place(self) -> tuple[int, int]:
        """Conversation and position: what it is asked for by."""
        return self.conversation.pk, self.position


def told_of(conversations: Iterable[Conversation], own: Sequence[str], others: Sequence[str], most: int) -> Iterator[Told]:
    """The contacts of conversations (of latest readings), `most` at most; `own` and `others` are keys that plan and log have."""
    left = most
    for conversation in conversations:
        if left <= 0:
            return
        with book_of(conversation.reading) as book:
            people = [person for person, *_ in book.people(conversation.number)]
            account = next((one.conversation.account for one in book.conversations() if one.number == conversation.number), "")
            side = _Sides(conversation, people, account, own, others)
            for row in book.rows(conversation.number, 0, left):
                left -= 1
                if _is_contact(row):
                    yield side.told(row)


def _is_contact(row: BookRow) -> bool:
    message = row.message
    return message.kind not in (Kind.SERVICE, Kind.UNKNOWN) or message.event is Event.CALL


def names_of(keys: Iterable[str]) -> frozenset[str]:
    """What stands behind the kinds of keys, as it is compared with names and handles."""
    return frozenset(filter(None, (_plain(key.partition(":")[2] or key) for key in keys)))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lstrip("@").casefold()


class _Sides:
    """Whose a message is, within one conversation."""

    def __init__(self, conversation: Conversation, people: Sequence[Participant], account: str, own: Sequence[str], others: Sequence[str]) -> None:
        self.conversation, self.people = conversation, {one.key: one for one in people}
        self.channel = str(_CHANNELS.get(conversation.app, Channel.OTHER_APP))
        self.own = {one.key for one in people if one.is_owner or (account and one.key == account)} or self._named(people, names_of(own))
        if not self.own and len(people) == _PAIR and len(theirs := self._named(people, names_of(others))) == 1:
            self.own = set(self.people) - theirs

    @staticmethod
    def _named(people: Sequence[Participant], names: frozenset[str]) -> set[str]:
        said = {one.key: {_plain(one.name), _plain(one.key.removeprefix(_BY_NAME)), *(_plain(value) for _, value in one.handles)} for one in people}
        return {key for key, spellings in said.items() if spellings & names}

    def told(self, row: BookRow) -> Told:
        """One row."""
        message = row.message
        is_own = message.author in self.own if self.own and message.author else None
        partners = [one for key, one in self.people.items() if key not in self.own]
        speaker = self.people.get(message.author or "")
        other = speaker if is_own is False and speaker else partners[0] if len(partners) == 1 else None
        channel = str(Channel.PHONE) if message.kind is Kind.CALL and self.channel == Channel.SMS else self.channel
        place = message.place
        return Told(
            self.conversation, row.position, message.sent_at, channel, is_own, message.text, self._keys(other, channel),
            other.name if other else "", bool(message.attachments), message.is_deleted or message.kind is Kind.DELETED,
            f"{self.conversation.reading.exhibit.code} {place.file}:{place.offset}",
        )  # fmt: skip

    @staticmethod
    def _keys(other: Participant | None, channel: str) -> tuple[str, ...]:
        """How the other is written as a key: their handles, the readable ones first; else the name."""
        if other is None:
            return ()
        handles = sorted((kind not in {"username", "signal_username", "phone"}, value) for kind, value in other.handles if kind in _HANDLES)
        return tuple(key_of(value, channel) for _, value in handles) or ((key_of(other.name, channel),) if other.name else ())
