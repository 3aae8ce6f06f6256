"""What all readers share: the file that is read with its neighbours, the tally of records, and the making of conversations."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from andon.domain.times import JAPAN
from andon.evidence.chats.model import Conversation, Finding, Kind, Message, Numbering, Participant, new_place
from andon.evidence.chats.times import ASSUMED_ZONE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from datetime import tzinfo
    from typing import Any

    from andon.evidence.chats.model import Fact, Item, Place
    from andon.evidence.custody.material import Material
    from andon.evidence.custody.members import Member

HEAD = 1 << 16  # bytes by which a file is recognised
_SERVICE, _UNKNOWN, _DELETED = Kind.SERVICE, Kind.UNKNOWN, Kind.DELETED  # looked up once: an enumeration's own look-up is slow


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
    name: str = field(init=False)  # path inside the exhibit
    chats: dict[str, Chat] = field(default_factory=dict)  # those that were begun in this file, by their keys
    common: dict[str, Fact] = field(default_factory=dict)  # facts of all chats of this file (`tell_all`)

    def __post_init__(self) -> None:
        """The path, which every place of the file names."""
        self.name = self.prefix + self.file.name

    def place(self, offset: int, raw: bytes) -> Place:
        """The place of a record that lies on `raw`."""
        return new_place(self.name, offset, len(raw), sha256(raw).hexdigest())

    def started(self, key: str, app: str, **more: Any) -> Chat:  # noqa: ANN401 - fields of Conversation
        """The chat of a key: a file that tells of one chat in several places goes on with the one that was begun."""
        known = self.chats.get(key)
        if known is None:
            known = self.chats[key] = started(key, app, **more)
            known.facts.update(self.common)
        else:
            known.facts.update(more.get("facts", {}))
        return known

    def tell_all(self, **facts: Fact) -> None:
        """Something that holds of every chat of this file, those that are not begun yet too."""
        self.common.update(facts)
        for chat in self.chats.values():
            chat.facts.update(facts)

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
        self._told: set[tuple[object, ...]] = set()  # what was said of people before: saying it again changes nothing
        self._named: dict[str, str] = {}
        self.met: dict[str, str] = {}  # for readers: of whom (by key) which name was told last, where that spares telling it again
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
        told = (key, name, handles, is_owner)
        if told in self._told:
            return key
        self._told.add(told)
        known = self._people.get(key)
        if known is None:
            self._people[key] = Participant(key, name, handles, is_owner)
        elif (name and name != known.name) or handles != known.handles or is_owner > known.is_owner:
            other = ((("also_named", name),) if known.name else ()) if name and name != known.name else ()
            more = tuple(one for one in (*handles, *other) if one not in known.handles)
            if more or not known.name or is_owner > known.is_owner:
                self._people[key] = Participant(key, known.name or name, known.handles + more, known.is_owner or is_owner)
        return key

    def by_name(self, name: str) -> str:
        """The key of somebody of whom the format gives only a name, who takes part."""
        key = self._named.get(name)
        if key is None:
            key = self._named[name] = self.seen(named(name), name)
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
    return kind is not _SERVICE and kind is not _UNKNOWN and kind is not _DELETED


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
