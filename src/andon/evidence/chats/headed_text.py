"""Text histories whose messages begin with a line of a known form and go on until the next one; lines of other known forms (days) end them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from andon.evidence.chats.lines import MOST_TEXT, lines_of

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator

    from andon.evidence.chats.lines import Line
    from andon.evidence.chats.reading import Part



@dataclass(slots=True)
class Headed:
    """One message: what its first line was found to be, and the lines that follow it."""

    found: re.Match[str]
    line: Line
    raws: list[bytes] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    damaged: bool = False
    size: int = 0

    @property
    def raw(self) -> bytes:
        """All bytes of the message."""
        return self.line.raw + b"".join(self.raws) if self.raws else self.line.raw

    def whole(self, first: str) -> str:
        """The text: `first` out of the first line, and what follows, without empty lines at the end."""
        return "\n".join([first, *self.texts]).rstrip("\n") if self.texts else first.rstrip("\n")

    def add(self, line: Line) -> None:
        """A line that belongs to the text."""
        self.raws.append(line.raw)
        self.texts.append(line.text)
        self.damaged |= line.damaged
        self.size += len(line.raw)


def headed(part: Part, begins: Callable[[str], re.Match[str] | None], ends: Callable[[str], bool]) -> Iterator[Headed | Line]:
    """The messages of a file, and as they are the lines that belong to none: those before the first, and those that `ends` names. All are counted."""
    waiting: Headed | None = None
    for line in lines_of(part):
        found = begins(line.text)
        if waiting is not None:
            if found is None and waiting.size < MOST_TEXT and not ends(line.text):
                waiting.add(line)
                continue
            yield waiting
            waiting = None
        part.tally.records += 1
        if found is None:
            part.tally.context += 1
            yield line
        else:
            waiting = Headed(found, line, damaged=line.damaged)
    if waiting is not None:
        yield waiting
