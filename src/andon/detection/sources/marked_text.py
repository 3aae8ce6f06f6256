r"""Plain text of the two markups in which people write posts: MFM (Misskey) and Markdown (Reddit), as people see it.

Marks of emphasis, functions such as `$[blur …]`, spoilers and links vanish and their words stay in place, so that a word with marks inside it
(闇**バ**イト) reads as it looks. One pass over the tokens with a stack: the time grows with the length, however deep the nesting. A mark without its
partner is shown by the networks and stays. Readings of ruby follow on a line of their own, adjacent ones joined, lest they part words.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import numpy as np

from andon.detection.sources.markup_kernels import find_markdown
from andon.domain.posts import Link

if TYPE_CHECKING:
    from andon.detection.sources.source import Bytes, Offsets

_ADDRESS = r"https?://(?:[^\s()<>\[\]]|\([^\s()<>\[\]]*\))+"
# Each begins with the bytes that a token can begin with: most places are ruled out by them at once.
_MFM = re.compile(
    rf"""
    (?=[`<\\\]$?\[h*~_>])(?:
    (?P<code> ```[^\n`]*\n(?:.|\n)*?```(?!`) | `[^`\n]+` | <plain>[^<]*(?:<(?!/?plain>)[^<]*)*+</plain> | \\\((?:(?!\\[()]).)+\\\) )
  | \](?:\(<?(?P<target>{_ADDRESS})>?\))?
  | (?P<function> \$\[(?P<name>[A-Za-z0-9_]+)(?:\.[A-Za-z0-9_,.=-]*)?[ \u3000\t\n] )
  | (?P<open> \??\[ )
  | <(?P<auto>{_ADDRESS})>
  | (?P<address> {_ADDRESS} )
  | (?P<toggle> \*\* | ~~ )
  | (?P<slant> (?<![A-Za-z0-9])(?: \*[A-Za-z0-9\ \t]+\* | __[A-Za-z0-9\ \t]+__ | _[A-Za-z0-9\ \t]+_ )(?![A-Za-z0-9]) )
  | (?P<drop> </?(?:small|center|[bis])> | ^>[ ]? )
    )""",
    re.VERBOSE | re.MULTILINE,
)
_MARKDOWN = re.compile(
    rf"""
    (?=[`<\\\]!\[h*~_>\#^ ])(?:
    (?P<code> ^```[^\n`]*\n(?:.|\n)*?^``` | ``[^\n]+?`` | `[^`\n]+` )
  | \](?:\([ ]?<?(?P<target>(?:{_ADDRESS}|/[^\s()]*|\w+\|[^\s()]+))>?(?:[ ]+"[^"\n]*")?[ ]?\))?
  | \\(?P<escaped> [\\`*_{{}}\[\]()\#+.!|~^<>-] )
  | (?P<open> !?\[ )
  | <(?P<auto>{_ADDRESS})>
  | (?P<address> {_ADDRESS} )
  | (?P<toggle> \*\*\* | \*\* | ~~ | (?<=\S)\* | \*(?=\S) | (?<![^\W_])_{{1,2}}(?=\S) | (?<=\S)_{{1,2}}(?![^\W_]) | >! | !< )
  | (?P<drop> ^[ ]{{0,3}}\#{{1,6}}[ ]+ | ^(?:[ ]{{0,3}}>(?!!)[ ]?)+ | \^(?=\S) )
    )""",
    re.VERBOSE | re.MULTILINE,
)
# A text of MFM without any of these bytes is as it was written; so is one of Markdown without these and these pairs.
MFM_MARKS = rb"[*~<>`_\\"
_MFM_MARKS = re.compile(f"[{re.escape(MFM_MARKS.decode())}]")
_MARKDOWN_MARKS = re.compile(r"[*~<>`_\\^#&]")
_MARKDOWN_PAIRS = ("](", " \n", "\t\n")
_LOOKED_AT = np.isin(np.arange(256), np.frombuffer(b"*~<>`_\\^#&]\n", np.uint8))
_CLOSER = {">!": "!<"}  # all other marks close as they open
_HARD_BREAK = re.compile(r"[ \t]+(?=\n)")
_CODE_ENDS = re.compile(r"\A(?:```[^\n`]*\n|``|`|<plain>|\\\()|(?:\n?```|``|`|</plain>|\\\))\Z")


class _Reader:
    """Takes the tokens of one text and keeps what is seen in `out`; openers are erased there when their partner comes."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.links: list[Link] = []
        self.readings: list[str] = []
        self._read_to = -1  # length of `out` behind the last ruby
        self._open: list[tuple[int, str]] = []  # place in `out`; name of the function, or "" of a bracket
        self._toggles: dict[str, int] = {}

    def run(self, text: str, tokens: re.Pattern[str]) -> None:
        """Read the whole text."""
        at = 0
        for found in tokens.finditer(text):
            if found.start() > at:
                self.out.append(text[at : found.start()])
            self._token(found)
            at = found.end()
        self.out.append(text[at:])

    def _token(self, found: re.Match[str]) -> None:
        kind, out = found.lastgroup or "", self.out
        groups = found.groupdict()
        if kind == "toggle":
            self._toggle(found[0])
        elif kind == "code":
            out.append(_CODE_ENDS.sub("", found[0]))
        elif kind in ("function", "name"):
            self._open.append((len(out), groups["name"]))
            out.append(found[0])
        elif kind == "open":
            self._open.append((len(out), ""))
            out.append(found[0])
        elif kind == "slant":
            out.append(found[0].strip("*_"))
        elif kind in ("auto", "address", "escaped"):
            out.append(groups[kind])
        elif kind != "drop":
            self._close(found[0], groups["target"])

    def _toggle(self, mark: str) -> None:
        before = self._toggles.pop(mark, None)
        if before is not None:
            self.out[before] = ""
        elif mark != "!<":
            self._toggles[_CLOSER.get(mark, mark)] = len(self.out)
            self.out.append(mark)
        else:
            self.out.append(mark)

    def _close(self, token: str, target: str | None) -> None:
        if not self._open:
            self.out.append(token)
            return
        at, name = self._open.pop()
        if name:
            self.out[at] = ""
            if name == "ruby":
                self._ruby(at)
            self.out.append(token[1:])
        elif target:
            self.out[at] = ""
            self.links.append(Link("".join(self.out[at:]), target))
        else:
            self.out.append(token)

    def _ruby(self, at: int) -> None:
        """Leave the base in its place; the reading is the last word."""
        base, _, reading = "".join(self.out[at:]).strip().rpartition(" ")
        joined = self._read_to >= 0 and not "".join(self.out[self._read_to : at])
        if joined and self.readings:
            self.readings[-1] += reading
        else:
            self.readings.append(reading)
        del self.out[at:]
        self.out.append(base or reading)
        self._read_to = len(self.out)

    def result(self) -> tuple[str, tuple[Link, ...]]:
        """Text and links."""
        return "\n".join(filter(None, ("".join(self.out), " ".join(self.readings)))), tuple(self.links)


def mfm_text(text: str) -> tuple[str, tuple[Link, ...]]:
    """Text of a note in MFM and its labelled links; nothing is refused. Custom emoji (`:name:`), mentions and tags stay as written."""
    if not _MFM_MARKS.search(text):
        return text, ()
    reader = _Reader()
    reader.run(text, _MFM)
    return reader.result()


def markdown_text(text: str) -> tuple[str, tuple[Link, ...]]:
    """Text of a post in Reddit's Markdown and its labelled links; nothing is refused. Entities that the writer typed (&#x200B;) are undone."""
    if not _MARKDOWN_MARKS.search(text) and not any(pair in text for pair in _MARKDOWN_PAIRS):
        return text, ()
    text = _HARD_BREAK.sub("", text)
    reader = _Reader()
    reader.run(text, _MARKDOWN)
    plain, links = reader.result()
    return html.unescape(plain) if "&" in plain else plain, links


def markdown_texts(data: Bytes, offsets: Offsets) -> tuple[Bytes, Offsets, Offsets]:
    """A column of texts as it is, and the numbers of those that `markdown_text` may change."""
    found = np.empty(len(offsets), np.int64)
    return data, offsets, found[: find_markdown(data, offsets, _LOOKED_AT, found)]
