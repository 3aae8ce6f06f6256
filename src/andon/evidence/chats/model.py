"""What a conversation is made of, whichever app or tool wrote it down.

A reader yields `Conversation`, `Message` and `Finding` in the order of its file, and one `Counts` at the end. A conversation comes before its first
message and once more, with everybody who spoke, after its last: **of several with one key the last is the complete one**. Messages are never sorted:
their order in the file is itself evidence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from andon.evidence.chats.construction import maker

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

Fact = str | int | float | bool | None | tuple[str, ...]


class Kind(StrEnum):
    """What a message is. SERVICE: the app speaks (`event` says of what). UNKNOWN: kept whole, its kind is new to the reader (`raw_kind` names it)."""

    TEXT = "text"
    MEDIA = "media"
    STICKER = "sticker"
    CALL = "call"
    LOCATION = "location"
    CONTACT = "contact"
    POLL = "poll"
    DELETED = "deleted"
    SERVICE = "service"
    UNKNOWN = "unknown"


class Event(StrEnum):
    """What a service message tells of. `facts` of the message hold the particulars named here.

    TIMER: `seconds` (0 = switched off, absent = not stated); CLEARED: history cleared; JOINED, LEFT, INVITED, REMOVED: `members` (names or keys);
    CREATED, TITLE: `title`; MIGRATED: the group went on under another number; SCREENSHOT; PINNED: `message`; ENCRYPTION: keys or end-to-end notices;
    CALL: `seconds` when stated; UNSENT: a message was taken back, what it said is gone; EDITED; OTHER: `raw_kind` of the message names it.
    """

    TIMER = "timer"
    CLEARED = "cleared"
    CREATED = "created"
    JOINED = "joined"
    LEFT = "left"
    INVITED = "invited"
    REMOVED = "removed"
    TITLE = "title"
    MIGRATED = "migrated"
    SCREENSHOT = "screenshot"
    PINNED = "pinned"
    ENCRYPTION = "encryption"
    CALL = "call"
    UNSENT = "unsent"
    EDITED = "edited"
    OTHER = "other"


class Clock(StrEnum):
    """How a time is known.

    STATED: the file gives an instant (epoch or offset). NAIVE: the file gives wall time without a zone, and `zone` was assumed.
    RELATIVE: worked out from other records. NONE: the record has no time.
    """

    STATED = "stated"
    NAIVE = "naive"
    RELATIVE = "relative"
    NONE = "none"


class Numbering(StrEnum):
    """What a hole in the messages' numbers may mean.

    PER_CHAT: one counter per conversation, every hole is a message that is not here (Telegram supergroups and channels, iOS WhatsApp ZSORT).
    PER_ACCOUNT: one counter over all conversations of `account` that have this numbering (Telegram private chats and basic groups): only a hole in
    the union of all of them counts, and only when all of them are here. PER_TABLE: rows of one database table over all conversations. NONE: the
    format has no numbers, or numbers that may skip (LINE, WhatsApp text, Discord, Slack).
    """

    PER_CHAT = "per_chat"
    PER_ACCOUNT = "per_account"
    PER_TABLE = "per_table"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: `file` is the path inside the exhibit ("/" between folders, "!/" between an archive and what it holds).

    `offset` and `length` count bytes of that file as it lies there (unpacked, never recoded); `sha256` is taken of exactly these bytes. Rows of
    databases have `table` set: then `offset` is the row's number (rowid) and `sha256`, `length` are of the row as canonical JSON (`rows.py`).
    """

    file: str
    offset: int
    length: int
    sha256: str
    table: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who takes part. `key` is the app's own number or handle; where the format has none it is "name:" and the name as written.

    `handles`: pairs of kind and value, for example ("telegram_id", "123"), ("phone", "+8190…"), ("username", "x").
    """

    key: str
    name: str = ""
    handles: tuple[tuple[str, str], ...] = ()
    is_owner: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """What hangs on a message. `path` inside the exhibit, empty when the export left it out (`missing` says how the file puts it)."""

    kind: str
    path: str = ""
    name: str = ""
    media_type: str = ""
    size: int | None = None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Reaction:
    """One reaction; `author` is a participant's key, or None when only the number is stated (`count`)."""

    emoji: str
    author: str | None = None
    count: int = 1
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """An older text of an edited message."""

    text: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a message answers: the `id` of a message of `conversation` (None: the same one), or, where the format has no ids, author and time.

    `quoted` is the text as the answer quotes it: it survives when the message itself is gone.
    """

    id: str = ""
    conversation: str | None = None
    author: str | None = None
    at: datetime | None = None
    quoted: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One record of a conversation. `id` is unique within `conversation`; `number` is the app's own counter where it has one (see `Numbering`).

    `seq` counts from 0 in the order of the file, over all records of the conversation in that file. `sent_at` is aware and UTC; `written_time` is the
    time as the file writes it; `zone` names what was used to read it ("UTC", "+03:00", "Asia/Tokyo"). `author` is a participant's key, `author_name`
    the name at that place. `text` is as written, markup of the app taken off. `expires_in` is the timer of this message in seconds. `raw_kind` is
    the format's own name of the record's kind. `facts` hold what else the reader understood, by name.
    """

    id: str
    conversation: str
    seq: int
    kind: Kind
    place: Place
    sent_at: datetime | None = None
    clock: Clock = Clock.NONE
    zone: str = ""
    written_time: str = ""
    author: str | None = None
    author_name: str = ""
    text: str = ""
    number: int | None = None
    event: Event | None = None
    attachments: tuple[Attachment, ...] = ()
    reply_to: Reply | None = None
    forwarded_from: str = ""
    edited_at: datetime | None = None
    versions: tuple[Version, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    expires_in: int | None = None
    is_deleted: bool = False
    raw_kind: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Conversation:
    """One chat as one file or database tells it. `account` is the key of the account whose export or phone this is, when the format says so.

    `kind` is the format's own word (private_supergroup, OneOnOne …), `""` when it has none. `facts` hold limits and states that the file itself
    states: `timer_seconds` (in force when exported), `saved_at`, `date_order` and how it was decided, `zone_assumed`, `truncated`, `stated_count`.
    """

    key: str
    app: str
    title: str = ""
    kind: str = ""
    participants: tuple[Participant, ...] = ()
    account: str = ""
    numbering: Numbering = Numbering.NONE
    place: Place | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that could not be read, or was odd: its `code` has a sentence in `wording` (`finding.<code>`), `facts` fill its places.

    `rejects` tells whether a record was lost to the conversation by it (it still stands at `place`).
    """

    code: str
    place: Place
    facts: Mapping[str, Fact] = field(default_factory=dict)
    rejects: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """What went in and what came out of one file. `records` is counted where the file is cut, the others where the results leave: see `whole`.

    `deleted` are marks that the app left of messages taken back (Kind.DELETED); `context` are records that are known and no message (a list of
    people, a header, a day's line).
    """

    file: str
    format: str
    records: int = 0
    messages: int = 0
    deleted: int = 0
    service: int = 0
    unknown: int = 0
    context: int = 0
    rejected: int = 0

    @property
    def whole(self) -> bool:
        """Whether everything that went in came out."""
        return self.records == self.messages + self.deleted + self.service + self.unknown + self.context + self.rejected


Item = Conversation | Message | Finding

new_place = maker(Place)  # the same as the classes, for readers of many records
new_message = maker(Message)
