"""What a source is: one kind of export or stream, how to recognise it by its content, and how its values become posts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from andon.domain.errors import RowError
from andon.domain.posts import Post

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: name of the file (no folders) and row, counted from 1."""

    file: str
    row: int

    @property
    def name(self) -> str:
        """Identity for a post whose source gives none."""
        return f"{self.file}:{self.row}"


@dataclass(frozen=True, slots=True)
class Sample:
    """The beginning of a file: UTF-8 bytes, the first JSON values, the first row when the file is a table, and the ending (a hint only)."""

    head: bytes
    records: list[Any]
    header: list[str]
    suffix: str


@dataclass(frozen=True, slots=True)
class Skip:
    """A record that exists and is no post to read. `what`: "deleted" or "gone"; `id` names the post it speaks of."""

    what: str
    id: str = ""


Found = Post | Skip | RowError  # a RowError that is yielded (not raised) speaks of one item among several in the same value


@dataclass(frozen=True, slots=True)
class JsonShape:
    """Where the text stands when one JSON value is exactly one post, so that the compiled scanner can take it without parsing.

    `text` is a path of keys; `need` lists string values that must stand at other paths; a line that has a path of `veto`, or (with `html`) an
    ampersand in its text, or a text that begins with `not_first`, is parsed in full. A shape promises that `Source.posts` makes exactly one post
    with exactly this text of every value that fits.
    """

    text: tuple[str, ...]
    need: dict[tuple[str, ...], str] = field(default_factory=dict)
    veto: tuple[tuple[str, ...], ...] = ()
    html: bool = False
    not_first: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of export or stream.

    `sniff` says from 0 to 1 how well the beginning of a file fits. `posts` makes posts of one JSON value or table row (as a dict by column); it
    yields nothing for a value that is no post, `Skip` for what is known to be gone, and raises RowError for a value that should be a post and
    cannot be read. `lines` does the same for one UTF-8 line of a format that is neither JSON nor a table.
    """

    name: str
    en: str
    ja: str
    sniff: Callable[[Sample], float]
    posts: Callable[[Any, Place], Iterator[Found]]
    shapes: tuple[JsonShape, ...] = ()
    lines: Callable[[bytes, Place], Iterator[Found]] | None = None
