"""Times in which messages were set to erase themselves.

That the timer was set is stated by the app. That messages are missing is not: whether any was written and erased, nothing here shows (weak). It
ends where another timer, or none, was set; a timer that was never switched off is open at its end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.evidence.chats.gaps.gap import Edge, Finder, Gap, Strength, Talk, edge
from andon.evidence.chats.model import Event

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from andon.evidence.chats.model import Fact

KIND = "timers"


def _find(talks: Sequence[Talk]) -> Iterator[Gap]:
    for talk in talks:
        set_by = [message for _, message in talk.events(Event.TIMER)]
        for at, message in enumerate(set_by):
            seconds = message.facts.get("seconds")
            if seconds == 0:
                continue
            end = edge(set_by[at + 1]) if at + 1 < len(set_by) else None
            yield _gap(talk, edge(message), end, seconds)
        if not set_by:
            yield from _without_event(talk)


def _without_event(talk: Talk) -> Iterator[Gap]:
    """No line says when the timer was set: the messages that carry one, or the state at the time of export, tell that it was."""
    first, last, timers = None, None, set[int | None]()
    for message in talk.carrying():
        first, last = first or edge(message), message
        timers.add(message.expires_in)
    if first is not None and last is not None:
        yield _gap(talk, first, edge(last), timers.pop() if len(timers) == 1 else None)
    elif stated := talk.conversation.facts.get("timer_seconds"):
        yield _gap(talk, None, None, stated)


def _gap(talk: Talk, start: Edge | None, end: Edge | None, seconds: Fact) -> Gap:
    code = "timers" if isinstance(seconds, int) else "timers.unstated"
    facts: dict[str, Fact] = {"seconds": seconds} if isinstance(seconds, int) else {}
    return Gap(KIND, talk.conversation.key, start, end, Strength.WEAK, code, facts)


FINDER = Finder(KIND, _find)
