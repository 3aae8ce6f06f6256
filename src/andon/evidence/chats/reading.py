"""What all readers share: the file that is read with its neighbours, the tally of records, and the making of conversations."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from andon.domain.times import JAPAN
from andon.evidence.chats.model import Conversation, Finding, Kind, Message, Numbering, Participant, Place
from andon.evidence.chats.times import ASSUMED_ZONE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from datetime import tzinfo
    from typing import Any

    from andon.evidence.chats.model import Fact, Item
    from andon.evidence.custody.material import Material
    from andon.evidence.custody.members import Member

HEAD = 1 << 16  # bytes by which a file is recognised


@dataclass(frozen=True, slots=True)
class Head:
    """What a file is recognised by: its name, its first bytes (`HEAD` at most), and the names of all files of the exhibit."""

    name: str
    data: bytes
    names: frozenset[str] = frozenset()
    tables: frozenset[str] = frozenset()  # of a SQLite database, lower case


@dataclass(slots=True)
class Tally:
    """How many records were cut out of the file, and how many of them are known to be no messages."""

    records: int = 0
    context: int = 0


@dataclass(slots=True)
class Part:
    """One file to be read, with the exhibit around it and the zone assumed for times that carry none."""

    file: Member
    material: Material
    zone: tzinfo = JAPAN
    zone_name: str = ASSUMED_ZONE
    tally: Tally = field(default_factory=Tally)
    prefix: str = ""  # of an archive inside the exhibit: its path and "!/"

    @property
    def name(self) -> str:
        """Path inside the exhibit."""
        return self.prefix + self.file.name

    def place(self, offset: int, raw: bytes) -> Place:
        """The place of a record that lies on `raw`."""
        return Place(self.name, offset, len(raw), hashlib.sha256(raw).hexdigest())

    def finding(self, code: str, offset: int = 0, raw: bytes = b"", *, rejects: bool = False, **facts: Fact) -> Finding:
        """Something odd at a place of this file."""
        return Finding(code, self.place(offset, raw), facts, rejects=rejects)


@dataclass(frozen=True, slots=True)
class Reader:
    """One export format. `recognise` says how well a head fits, 0 to 1; `read` yields what `model` describes and counts every record it cuts."""

    name: str
    ja: str
    en: str
    recognise: Callable[[Head], float]
    read: Callable[[Part], Iterator[Item]]


class Chat:
    """A conversation in the making: numbers its messages and collects who takes part."""

    def __init__(self, conversation: Conversation) -> None:
        """Begin with what is known before the first message."""
        self._made, self._people = conversation, {one.key: one for one in conversation.participants}
        self._next = 0
        self.facts: dict[str, Fact] = dict(conversation.facts)

    @property
    def key(self) -> str:
        """Key of the conversation."""
        return self._made.key

    def seq(self) -> int:
        """The next number in the order of the file."""
        self._next += 1
        return self._next - 1

    def seen(self, key: str, name: str = "", handles: tuple[tuple[str, str], ...] = (), *, is_owner: bool = False) -> str:
        """Somebody takes part: their key. A name, a handle and the ownership once learned stay; a changed name is kept as a handle ("also_named")."""
        known = self._people.get(key)
        if known is None:
            self._people[key] = Participant(key, name, handles, is_owner)
        elif (name and name != known.name) or handles != known.handles or is_owner > known.is_owner:
            other = ((("also_named", name),) if known.name else ()) if name and name != known.name else ()
            more = tuple(one for one in (*handles, *other) if one not in known.handles)
            if more or not known.name or is_owner > known.is_owner:
                self._people[key] = Participant(key, known.name or name, known.handles + more, known.is_owner or is_owner)
        return key

    def became(self, **changes: Any) -> None:  # noqa: ANN401 - fields of Conversation
        """More is known of the conversation."""
        self._made = replace(self._made, **changes)

    def conversation(self, **changes: Any) -> Conversation:  # noqa: ANN401 - fields of Conversation
        """The conversation as known by now."""
        return replace(self._made, participants=tuple(self._people.values()), facts=dict(self.facts), **changes)


def started(key: str, app: str, **more: Any) -> Chat:  # noqa: ANN401 - fields of Conversation
    """A chat in the making."""
    return Chat(Conversation(key, app, **more))


def named(name: str) -> str:
    """The key of somebody of whom the format gives only a name."""
    return f"name:{name}"


def is_message(kind: Kind) -> bool:
    """Whether people wrote or sent it."""
    return kind not in {Kind.SERVICE, Kind.UNKNOWN, Kind.DELETED}


def small_facts(values: Mapping[str, object], names: Collection[str]) -> dict[str, Fact]:
    """Those of `names` that `values` has, as facts: plain values as they are, lists of plain values as tuples of text."""
    facts: dict[str, Fact] = {}
    for name, value in values.items():  # most records have few of many names
        if name not in names:
            continue
        if isinstance(value, (str, int, float)) and value != "":
            facts[name] = value
        elif isinstance(value, list) and value:
            facts[name] = tuple("" if one is None else str(one) for one in value)
    return facts


__all__ = ["HEAD", "Chat", "Finding", "Head", "Message", "Numbering", "Part", "Reader", "Tally", "is_message", "named", "small_facts", "started"]
