"""Plain logs of messengers, `[date time] author: text`: Matrix accounts (`@user:server:`) or nicknames followed by a tab.

The form of published logs: a line of dashes may close a message. Lines that do not begin with a date go on with the message before, also when other
dates stand inside them. Times without zone; the zone is assumed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from andon.evidence.chats.dated_text import Dated, dated, read_order
from andon.evidence.chats.lines import Line, head_text
from andon.evidence.chats.model import Clock, Kind, new_message
from andon.evidence.chats.reading import Chat, Head, Part, Reader, named, started

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.evidence.chats.model import Item, Message

_HEADER = re.compile(
    r"\ufeff?\[(?P<date>(?P<a>\d{1,4})(?P<sep>[./-])(?P<b>\d{1,2})[./-](?P<c>\d{2,4})),? "
    r"(?P<time>\d{1,2}:\d{2}(?::\d{2})?)\] ?(?P<rest>(?:@[^\s:]+:[^\s:]+: ?|\S[^\t\n]{0,80}:\t)[\s\S]*)$"
)
_AUTHOR = re.compile(
    r"(?:(?P<matrix>@[^\s:]+:[^\s:]+(?::\d{2,5}(?=: ))?):(?:\t+| |\n)?|(?P<nick>(?!@[^\s:]+:)[^\t\n]{1,81}?):(?:\t+| |$))(?P<text>.*)$", re.DOTALL
)
_RULE = re.compile(r"\n-{20}[ \t]*\n*$")  # on a line of its own: a longer line of dashes is text


def _recognise(head: Head) -> float:
    lines = [line for line in head_text(head.data).splitlines() if line.strip()][:50]
    return 0.88 if lines and any(_HEADER.match(line) for line in lines[:3]) else 0.0


def _read(part: Part) -> Iterator[Item]:
    """One log: one conversation, as long as the log says nothing of rooms."""
    chosen, how = read_order(part, header=_HEADER).decided()
    chat = started(
        f"log:{part.name}", "log", title=part.name.rpartition("/")[2], facts={"date_order": f"{chosen}:{how}", "zone_assumed": part.zone_name}
    )
    yield chat.conversation()
    if how == "assumed":
        yield part.finding("date_order_undecided", order=chosen)
    for one in dated(part, chosen, header=_HEADER):
        if isinstance(one, Line):
            part.tally.context += 1
            if one.text.strip(" -"):
                yield part.finding("line_without_message", one.offset, one.raw)
            continue
        yield _message(part, chat, one)
        if one.damaged:
            yield part.finding("bad_bytes", one.line.offset, one.raw)
    yield chat.conversation()


def _message(part: Part, chat: Chat, one: Dated) -> Message:
    seq, found = chat.seq(), _AUTHOR.match(_RULE.sub("", one.whole))
    account = found["matrix"] if found else None
    name = account or (found["nick"] if found else "")
    author = chat.seen(f"matrix:{name}", name, (("matrix", name),)) if account else chat.seen(named(name), name) if name else None
    return new_message(
        id=str(seq), conversation=chat.key, seq=seq, kind=Kind.TEXT if found else Kind.UNKNOWN, place=part.place(one.line.offset, one.raw),
        sent_at=one.sent, clock=Clock.NAIVE if one.sent else Clock.NONE, zone=part.zone_name if one.sent else "", written_time=one.written,
        author=author, author_name=name, text=found["text"] if found else one.whole, raw_kind="message",
    )  # fmt: skip


READER = Reader("chat_log", "メッセンジャーの記録（テキスト）", "Messenger log (text)", _recognise, _read)
