"""The usual message of a Telegram page, read with one pattern instead of a parser: most messages are a time, a name and a text.

What the pattern does not know in every tag goes to the parser; where it fits, the parser gives the same (held by a test). Nothing with a carriage
return, a null or a reference beyond the five that the exporter writes fits, because a parser of HTML changes those.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_W = r"[ \n\t]*+"
_TEXT = r"[^<&\r\x00]"
_REFERENCE = r"&(?:amp|lt|gt|quot|apos);"
_TAG = r"(?:<br ?/?>|<(?P<tag>a|strong|em|u|s|code)(?: [\w-]+=\"[^\"<>\r\x00]*\")*>(?:[^<&\r\x00]|&(?:amp|lt|gt|quot|apos);)*+</(?P=tag)>)"
_PICTURE = (
    rf'(?:<div class="pull_left userpic_wrap">{_W}<div class="userpic [\w ]+"(?: style="[^"<>&]*")?>{_W}'
    rf'<div class="initials"(?: style="[^"<>&]*")?(?: title="[^"<>]*")?>{_TEXT}*+</div>{_W}</div>{_W}</div>{_W})?'
)
_USUAL = re.compile(
    rf'<div class="message default clearfix(?P<joined> joined)?" id="message(?P<number>\d+)">{_W}{_PICTURE}<div class="body">{_W}'
    rf'<div class="pull_right date details" title="(?P<time>[^"<>&\r\x00]*)">{_TEXT}*+</div>{_W}'
    rf'(?:<div class="from_name">(?P<name>{_TEXT}*+)</div>{_W})?'
    rf'<div class="text">(?P<text>(?:{_TEXT}++|{_REFERENCE}|{_TAG})*+)</div>{_W}</div>{_W}</div>(?:{_W}</div>)*+{_W}(?:</body>{_W}</html>{_W})?$'
)
_BREAK, _MARKUP, _GIVEN = re.compile(r"<br ?/?>"), re.compile(r"<[^>]*>"), re.compile(_REFERENCE)
_CHARACTER = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}


class Usual(NamedTuple):
    """What a usual message says: whether it goes on with the sender before, its number, its time as written, its sender (None: not said), text."""

    is_joined: bool
    number: str
    time: str
    name: str | None
    text: str


def usual(piece: str) -> Usual | None:
    """The message of a piece, or None where a parser must look."""
    found = _USUAL.match(piece)
    if found is None:
        return None
    joined, number, time, name, text = found["joined"], found["number"], found["time"], found["name"], found["text"]
    if "<" in text:
        text = _MARKUP.sub("", _BREAK.sub("\n", text))
    if "&" in text:
        text = _GIVEN.sub(lambda one: _CHARACTER[one[0]], text)
    return Usual(joined is not None, number, time, None if name is None else name.strip(), text.strip())
