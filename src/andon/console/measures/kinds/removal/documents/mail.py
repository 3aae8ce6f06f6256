"""The letter as an e-mail: what is asked and the addresses in the text, all the rest in the documents that go with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from andon.console.measures.kinds.removal.documents.blocks import Points, Record, Text, blocks, title
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from andon.wording.say import Language

_LINE = "-" * 40


def subject(packet: Mapping[str, Any]) -> str:
    """One line, in the language that the provider reads best."""
    language: Language = packet["languages"][0]
    return say("removal.letter.subject", language, number=packet["number"], title=title(packet, language), posts=len(packet["posts"]))


def text(packet: Mapping[str, Any]) -> str:
    """The text of the mail, in both languages."""
    languages = cast("list[Language]", packet["languages"])
    parts = ["\n".join(_lines(packet, language)) for language in languages]
    hints = [say("removal.letter.text_below", language) for language in languages[1:]]  # in the language of whoever does not read the first
    return "".join(f"{hint}\n\n" for hint in hints) + f"\n\n{_LINE}\n\n".join(parts) + "\n"


def _lines(packet: Mapping[str, Any], language: Language) -> Iterator[str]:
    found = blocks(packet, language)
    for block in found:
        if isinstance(block, Text) and block.style == "head":
            if block.text == say("removal.letter.posts", language, posts=len(packet["posts"])):
                yield from ("", f"■ {say('removal.letter.mail_posts', language)}")
            else:
                yield from ("", f"■ {block.text}")
        elif isinstance(block, Text) and block.style == "title":
            yield from ("", block.text, "")
        elif isinstance(block, Text):
            yield block.text
        elif isinstance(block, Points):
            yield from (f"・{point}" for point in block.points)
        elif isinstance(block, Record):
            yield f"{block.number}. {block.address}"
    yield say("removal.letter.mail_attached", language)
