"""A reading of conversations as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.domain.times import JAPAN
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from andon.evidence.chats.gaps.gap import Edge, Gap
    from andon.evidence.chats.model import Finding
    from andon.evidence.chats.summary import Seen, Summary
    from andon.wording.say import Language

_MOST = 50  # conversations that are listed


def lines_of(summary: Summary, unread: int, lang: Language) -> Iterator[str]:
    """Files with their counts, conversations, findings."""
    for one in summary.counts:
        names = ("file", "format", "records", "messages", "deleted", "service", "unknown", "context", "rejected")
        yield say("chat.counts", lang, **{name: getattr(one, name) for name in names})
    for key, seen in list(summary.chats.items())[:_MOST]:
        yield from _conversation(key, seen, lang)
    if len(summary.chats) > _MOST:
        yield say("chat.more", lang, count=len(summary.chats) - _MOST)
    for code, (count, first) in summary.findings.items():
        yield _finding(code, count, first, lang)
    if unread:
        yield say("chat.unread", lang, count=unread)


def gap_lines(gaps: Sequence[Gap], lang: Language) -> Iterator[str]:
    """Each gap: how surely it holds, where it lies, and what is missing. Without any, what that does not mean."""
    if not gaps:
        yield say("chat.no_gaps", lang)
    for gap in gaps:
        strength = say(f"gap.strength.{gap.strength}", lang)
        yield say(
            "chat.gap", lang, strength=strength, conversation=gap.conversation, after=_edge(gap.after), before=_edge(gap.before),
            text=say(f"gap.{gap.code}", lang, **gap.facts),
        )  # fmt: skip


def _edge(edge: Edge | None) -> str:
    return "…" if edge is None else f"{edge.id} ({_time(edge.at)})"


def _conversation(key: str, seen: Seen, lang: Language) -> Iterator[str]:
    chat = seen.conversation
    title = (chat.title if chat else "") or say("chat.untitled", lang)
    people = len(chat.participants) if chat else 0
    yield say("chat.conversation", lang, title=title, key=key, messages=seen.messages, people=people, first=_time(seen.first), last=_time(seen.last))
    if seen.naive:
        yield say("chat.naive", lang, zone=seen.zone, count=seen.naive)
    if chat and isinstance(decided := chat.facts.get("date_order"), str):
        order, _, how = decided.partition(":")
        yield say("chat.date_order", lang, order=say(f"chat.order.{order}", lang), how=say(f"chat.how.{how}", lang))


def _time(value: datetime | None) -> str:
    return "—" if value is None else value.astimezone(JAPAN).strftime("%Y-%m-%d %H:%M")


def _finding(code: str, count: int, first: Finding, lang: Language) -> str:
    text = say(f"finding.{code}", lang, **{"file": first.place.file, "offset": first.place.offset, **first.facts})
    return say("chat.finding", lang, count=count, text=text, file=first.place.file, offset=first.place.offset)
