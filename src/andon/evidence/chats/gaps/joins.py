"""Times in which the account of this export was no member: before it joined, and between leaving and coming back.

Apps show a member what was written since joining; some groups show newcomers older messages. So what was written while the account was away is
usually not here (strong), and its absence means no deletion. Needs the export to say whose it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.evidence.chats.gaps.gap import Edge, Finder, Gap, Strength, Talk, around, edge
from andon.evidence.chats.model import Event

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from andon.evidence.chats.model import Message

KIND = "joins"
_IN, _OUT = (Event.JOINED, Event.INVITED), (Event.LEFT, Event.REMOVED)


def _find(talks: Sequence[Talk]) -> Iterator[Gap]:
    for talk in talks:
        if own := _own_names(talk):
            yield from _away(talk, own)


def _own_names(talk: Talk) -> set[str]:
    """Keys and names of the account whose export this is."""
    account = talk.conversation.account
    own = {account} if account else set()
    for person in talk.conversation.participants:
        if person.is_owner or person.key == account:
            own |= {person.key, person.name} | {value for kind, value in person.handles if kind == "also_named"}
    return own - {""}


def _away(talk: Talk, own: set[str]) -> Iterator[Gap]:
    left: Edge | None = None
    # Whether anything stands before: a group that begins with our joining was not there for us before.
    other = talk.first_besides((Event.CREATED, Event.ENCRYPTION, Event.TITLE))
    for at, message in talk.events(*_IN, *_OUT):
        if message.event in _OUT and _concerns(message, own):
            left = edge(message)
        elif message.event in _IN and _concerns(message, own):
            if left is not None or other is None or other >= at:
                before = around(talk.messages, at)[1]
                yield Gap(KIND, talk.conversation.key, left, before, Strength.STRONG, "joins.back" if left else "joins", {"message": message.id})
            left = None
    if left is not None:
        yield Gap(KIND, talk.conversation.key, left, None, Strength.STRONG, "joins.left", {"message": left.id})


def _concerns(message: Message, own: set[str]) -> bool:
    members = message.facts.get("members")
    named = set(members) if isinstance(members, tuple) else {members} if isinstance(members, str) else set()
    if not named and message.event in (Event.JOINED, Event.LEFT):
        named = {message.author or "", message.author_name}
    return bool(named & own)


FINDER = Finder(KIND, _find)
