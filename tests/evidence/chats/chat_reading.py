"""Reading a folder, and checking what was said of it against its bytes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from andon.evidence.chats.model import Counts, Finding, Message
from andon.evidence.chats.registry import read_material
from andon.evidence.custody.material import Material

if TYPE_CHECKING:
    from pathlib import Path

    from andon.evidence.chats.model import Item


def read_folder(folder: Path) -> list[Item | Counts]:
    """Everything that is said of a folder or a file."""
    with Material(folder) as material:
        return list(read_material(material))


def counts_of(items: list[Item | Counts]) -> Counts:
    """The counts of the only file."""
    (counts,) = (one for one in items if isinstance(one, Counts))
    return counts


def messages_of(items: list[Item | Counts]) -> list[Message]:
    """The messages, in the order of the file."""
    return [one for one in items if isinstance(one, Message)]


def places_are_true(items: list[Item | Counts], data: bytes) -> None:
    """Every place of a message or finding names bytes of the file that have the hash it says."""
    for item in items:
        if isinstance(item, (Message, Finding)) and not item.place.table:
            place = item.place
            assert hashlib.sha256(data[place.offset : place.offset + place.length]).hexdigest() == place.sha256, item
