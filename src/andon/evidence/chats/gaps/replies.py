"""Answers to, and pins of, messages that are not here.

An answer that names its message by the app's own id proves that the message was there; named by author and time only it is strong, because two clocks
may differ by a moment. Whether it was deleted or lies outside of what was exported, the answer does not say. What it quotes is kept in `facts`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from andon.evidence.chats.gaps.gap import Finder, Gap, Strength, Talk, edge

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from andon.evidence.chats.model import Fact, Message, Reply

    Moment = tuple[str | None, datetime]

KIND = "replies"


@dataclass(slots=True)
class _Asked:
    """What the answers and pins of one conversation name: place of the answer, and either conversation and id, or author and time."""

    ids: list[tuple[int, str, str]] = field(default_factory=list)
    moments: list[tuple[int, Moment]] = field(default_factory=list)


def _find(talks: Sequence[Talk]) -> Iterator[Gap]:
    keys = {talk.conversation.key for talk in talks}
    asked = [_asked(talk, keys) for talk in talks]
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for one in asked:
        for _, where, name in one.ids:
            wanted[where].add(name)
    here = {talk.conversation.key: talk.ids_of(wanted[talk.conversation.key]) for talk in talks}
    for talk, one in zip(talks, asked, strict=True):
        yield from _missing(talk, one, here)


def _asked(talk: Talk, keys: set[str]) -> _Asked:
    """Of conversations that are not in this exhibit at all nothing can be said."""
    asked = _Asked()
    for place, message in talk.answers():
        reply = message.reply_to
        if reply is None:
            if (pinned := message.facts.get("message")) is not None:
                asked.ids.append((place, talk.conversation.key, str(pinned)))
        elif (where := _where(talk, reply)) in keys:
            if reply.id:
                asked.ids.append((place, where, reply.id))
            elif reply.at is not None:
                asked.moments.append((place, (reply.author, reply.at)))
    return asked


def _where(talk: Talk, reply: Reply) -> str:
    return talk.conversation.key if reply.conversation is None else reply.conversation


def _missing(talk: Talk, asked: _Asked, here: dict[str, set[str]]) -> Iterator[Gap]:
    """One gap for each thing that is missing, in the order of the answers."""
    met = talk.moments_of({moment for _, moment in asked.moments})
    places = [place for place, where, name in asked.ids if name not in here[where]]
    places += [place for place, moment in asked.moments if moment not in met]
    told: set[object] = set()
    for place in sorted(places):
        gap = _gap(talk, talk.messages[place])
        if (key := gap.facts.get("missing", (gap.facts.get("author"), gap.facts.get("at")))) not in told:
            told.add(key)
            yield gap


def _gap(talk: Talk, message: Message) -> Gap:
    reply = message.reply_to
    if reply is None:
        facts: dict[str, Fact] = {"answer": message.id, "missing": str(message.facts["message"]), "quoted": ""}
        return Gap(KIND, talk.conversation.key, None, edge(message), Strength.PROVEN, "replies.pin", facts)
    facts = {"answer": message.id, "quoted": reply.quoted}
    if reply.id:
        return Gap(KIND, _where(talk, reply), None, edge(message), Strength.PROVEN, "replies", facts | {"missing": reply.id})
    facts |= {"author": reply.author, "at": None if reply.at is None else reply.at.isoformat()}
    return Gap(KIND, _where(talk, reply), None, edge(message), Strength.STRONG, "replies.time", facts)


FINDER = Finder(KIND, _find)
