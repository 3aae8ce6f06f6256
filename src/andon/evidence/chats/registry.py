"""All readers, found by scanning `readers/`; which one fits a file is told by its content, and an exhibit is read file by file."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from andon.domain.errors import EvidenceError
from andon.domain.times import JAPAN
from andon.evidence.chats import readers as package
from andon.evidence.chats.model import Conversation, Counts, Finding, Kind, Message, Place
from andon.evidence.chats.reading import HEAD, Head, Part, is_message
from andon.evidence.chats.times import ASSUMED_ZONE
from andon.evidence.custody.database import BROKEN_DATABASE, SQLITE_MAGIC

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from andon.evidence.chats.model import Item
    from andon.evidence.chats.reading import Reader
    from andon.evidence.custody.material import Material
    from andon.evidence.custody.members import Member

_ARCHIVES = (".zip", ".ufdr", ".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz")
_TEXT = Kind.TEXT  # looked up once: an enumeration's own look-up is slow
_FLOOR = 0.3  # a fit below this is no recognition
_EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"  # SHA-256 of no bytes


@lru_cache(maxsize=1)
def all_readers() -> tuple[Reader, ...]:
    """Every reader in the order of names. A module without `READER` helps the others."""
    names = sorted(info.name for info in pkgutil.iter_modules(package.__path__))
    modules = (importlib.import_module(f"{package.__name__}.{name}") for name in names)
    return tuple(module.READER for module in modules if hasattr(module, "READER"))


def recognised(head: Head) -> Reader | None:
    """The reader that fits best, or None. Of equal fits the first name wins."""
    best = max(all_readers(), key=lambda reader: reader.recognise(head))
    return best if best.recognise(head) >= _FLOOR else None


def read_material(material: Material, *, zone: tzinfo = JAPAN, zone_name: str = ASSUMED_ZONE) -> Iterator[Item | Counts]:
    """Everything that was said, over all files of the exhibit that are chats; after each file its `Counts`.

    `zone`: assumed for times that carry none. A file that nobody recognises is passed over (see `unread`); archives inside the exhibit are read too.
    """
    yield from _read_all(material, _Zone(zone, zone_name), "")


@dataclass(frozen=True, slots=True)
class _Zone:
    zone: tzinfo
    name: str


def _read_all(material: Material, zone: _Zone, prefix: str) -> Iterator[Item | Counts]:
    names = frozenset(member.name for member in material.members)
    for member in material.members:
        if member.name.lower().endswith(_ARCHIVES) and not member.refusal and material.kind != "file":
            yield from _read_inside(material, member, zone, f"{prefix}{member.name}!/")
        else:
            yield from _read_member(material, member, names, zone, prefix)


def _read_inside(material: Material, member: Member, zone: _Zone, prefix: str) -> Iterator[Item | Counts]:
    """What an archive inside the exhibit holds."""
    try:
        inner = material.inside(member)
    except EvidenceError as error:
        yield _not_opened(prefix.removesuffix("!/"), error)
        return
    yield from _read_all(inner, zone, prefix)


def _not_opened(name: str, error: EvidenceError) -> Finding:
    return Finding("not_opened", Place(name, 0, 0, _EMPTY), {"reason": str(error.data.get("reason", ""))})


def unread(material: Material) -> list[Member]:
    """The files of the exhibit that no reader recognises (pictures, settings, formats that are not known)."""
    names = frozenset(member.name for member in material.members)
    return [member for member in material.members if recognised(_head(member, names)) is None]


def _head(member: Member, names: frozenset[str]) -> Head:
    """What a file is recognised by; of a database also the names of its tables."""
    data = member.head(HEAD)
    if not data.startswith(SQLITE_MAGIC):
        return Head(member.name, data, names)
    try:
        with member.sqlite() as database:
            tables = frozenset(str(row[0]).lower() for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'"))
    except (*BROKEN_DATABASE, EvidenceError):
        tables = frozenset()
    return Head(member.name, data, names, tables)


def _read_member(material: Material, member: Member, names: frozenset[str], zone: _Zone, prefix: str) -> Iterator[Item | Counts]:
    try:
        head = _head(member, names)
    except EvidenceError as error:
        yield _not_opened(prefix + member.name, error)
        return
    reader = recognised(head)
    if reader is not None:
        yield from read_part(reader, Part(member, material, zone.zone, zone.name, prefix=prefix))


def read_part(reader: Reader, part: Part) -> Iterator[Item | Counts]:
    """What `reader` makes of one file, and its `Counts` at the end; "counts_differ" when something that went in did not come out."""
    out = dict.fromkeys(("messages", "deleted", "service", "unknown", "rejected"), 0)
    texts = 0
    try:
        for item in reader.read(part):
            if type(item) is Message:
                if item.kind is _TEXT:
                    texts += 1
                else:
                    out[_column(item.kind)] += 1
            elif isinstance(item, Finding):
                out["rejected"] += item.rejects
            yield item
    except (*BROKEN_DATABASE, EvidenceError) as error:  # broken pages, or no database at all: what was read stands
        yield part.finding("unreadable_from_here", detail=str(error))
    out["messages"] += texts
    counts = Counts(part.name, reader.name, records=part.tally.records, context=part.tally.context, **out)
    if not counts.whole:
        yield part.finding("counts_differ", records=counts.records, out=sum(out.values()) + counts.context)
    yield counts


def _column(kind: Kind) -> str:
    if kind is Kind.DELETED:
        return "deleted"
    return "messages" if is_message(kind) else str(kind)


__all__ = ["Conversation", "all_readers", "read_material", "read_part", "recognised", "unread"]
