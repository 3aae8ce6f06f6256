"""Numbers missing where one counter serves all private chats and basic groups of an account (Telegram).

In one such chat holes are the rule: the numbers went to other chats. Only the union of all of them can show a hole, and only in the export of a whole
account; even then the chat that had the number may have been left out or deleted as a whole. So a hole is weak, and it names the conversations beside
it, not the one that it lies in. An export of a single chat (no account told) shows nothing.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from andon.evidence.chats.gaps.gap import Finder, Gap, Strength, Talk, edge
from andon.evidence.chats.model import Numbering

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from andon.evidence.chats.model import Fact

KIND = "numbers_account"


def _find(talks: Sequence[Talk]) -> Iterator[Gap]:
    accounts: dict[tuple[str, str], list[Talk]] = {}
    for talk in talks:
        if talk.conversation.numbering is Numbering.PER_ACCOUNT and talk.conversation.account:
            accounts.setdefault((talk.conversation.app, talk.conversation.account), []).append(talk)
    for own in accounts.values():
        yield from _holes(own)


def _holes(talks: list[Talk]) -> Iterator[Gap]:
    numbers = sorted((number, at, place) for at, talk in enumerate(talks) for number, place in talk.numbers())
    for (low, talk_before, place_before), (high, talk_after, place_after) in pairwise(numbers):
        count = high - low - 1
        if count > 0:
            before, after = talks[talk_before].messages[place_before], talks[talk_after].messages[place_after]
            beside = tuple(dict.fromkeys((before.conversation, after.conversation)))
            facts: dict[str, Fact] = {"count": count, "first": low + 1, "last": high - 1, "talks": len(talks), "conversations": beside}
            yield Gap(KIND, "", edge(before), edge(after), Strength.WEAK, "numbers_account", facts)


FINDER = Finder(KIND, _find)
