"""Answers to, and pins of, messages that are not here.

An answer that names its message by the app's own id proves that the message was there; named by author and time only it is strong, because two clocks
may differ by a moment. Whether it was deleted or lies outside of what was exported, the answer does not say. What it quotes is kept in `facts`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.evidence.chats.gaps.gap import Finder, Gap, Strength, Talk, edge
from andon.evidence.chats.model import Event

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from andon.evidence.chats.model import Fact, Message, Reply

KIND = "replies"


def _find(talks: Sequence[Talk]) -> Iterator[Gap]:
    ids = {talk.conversation.key: {message.id for message in talk.messages} for talk in talks}
    for talk in talks:
        times: set[tuple[str | None, object]] | None = None
        told: set[object] = set()
        for message in talk.messages:
            reply = message.reply_to
            if reply is not None and not reply.id and reply.at is not None and times is None:
                times = {(one.author, one.sent_at) for one in talk.messages}
            gap = _of_reply(talk, message, reply, ids, times or set()) if reply is not None else _of_pin(talk, message, ids)
            if gap is not None and (key := gap.facts.get("missing", (gap.facts.get("author"), gap.facts.get("at")))) not in told:
                told.add(key)
                yield gap


def _of_reply(talk: Talk, message: Message, reply: Reply, ids: dict[str, set[str]], times: set[tuple[str | None, object]]) -> Gap | None:
    where = talk.conversation.key if reply.conversation is None else reply.conversation
    if where not in ids:  # a conversation that is not in this exhibit at all
        return None
    facts: dict[str, Fact] = {"answer": message.id, "quoted": reply.quoted}
    if reply.id:
        if reply.id in ids[where]:
            return None
        return Gap(KIND, where, None, edge(message), Strength.PROVEN, "replies", facts | {"missing": reply.id})
    if reply.at is None or (reply.author, reply.at) in times:
        return None
    facts |= {"author": reply.author, "at": reply.at.isoformat()}
    return Gap(KIND, where, None, edge(message), Strength.STRONG, "replies.time", facts)


def _of_pin(talk: Talk, message: Message, ids: dict[str, set[str]]) -> Gap | None:
    pinned = message.facts.get("message") if message.event is Event.PINNED else None
    if pinned is None or str(pinned) in ids[talk.conversation.key]:
        return None
    facts = {"answer": message.id, "missing": str(pinned), "quoted": ""}
    return Gap(KIND, talk.conversation.key, None, edge(message), Strength.PROVEN, "replies.pin", facts)


FINDER = Finder(KIND, _find)
