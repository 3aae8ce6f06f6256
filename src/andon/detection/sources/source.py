"""What a source is: one kind of export or stream, how to recognise it by its content, and how its values become posts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from andon.domain.errors import RowError
from andon.domain.posts import Post

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import numpy as np
    import numpy.typing as npt

    Bytes = npt.NDArray[np.uint8]
    Offsets = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: name of the file (no folders) and row, counted from 1.

    `outer` holds the strings and numbers of the object around the value (the chat around a message), when the value was taken out of one.
    """

    file: str
    row: int
    outer: Mapping[str, Any] = field(default_factory=dict)

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
    """A record that exists and is no post to read. `what`: "deleted", "gone" or "service" (a notice); `id` names the post it speaks of."""

    what: str
    id: str = ""


Found = Post | Skip | RowError  # a RowError that is yielded (not raised) speaks of one item among several in the same value


@dataclass(frozen=True, slots=True)
class JsonShape:
    """Where the text stands when one JSON value is exactly one post, so that the compiled scanner can take it without parsing.

    `text` is a path of keys; `need` lists string values that must stand at other paths; a line that has a path of `veto` (and not null there), or
    a text that begins with `not_first`, is parsed in full. With `html` the three entities that X writes are undone in the text, as `plain_signs`
    does. A shape promises that `Source.posts` makes exactly one post with exactly this text (as `Source.plain` makes it, where there is one) of
    every value that fits.

    With `items` the value is a page: every element of the array at that path is an object, and one that fits the shape is exactly the item of that
    number of `Source.page` and has exactly this text; all paths but those of `around` and `beside` begin in the element. A page that has a path of
    `around` (and not null there) is left to `Source.page` altogether, one that has a path of `beside` is opened for `Page.skipped`; of every other
    the promise is that `Page.skipped` is 0.
    """

    text: tuple[str, ...]
    need: dict[tuple[str, ...], str] = field(default_factory=dict)
    veto: tuple[tuple[str, ...], ...] = ()
    html: bool = False
    not_first: str = ""
    items: tuple[str, ...] = ()
    around: tuple[tuple[str, ...], ...] = ()
    beside: tuple[tuple[str, ...], ...] = ()


class Page(Protocol):
    """One value that holds several posts, opened, so that the record of an item is made only when somebody asks for it.

    `Source.posts` yields for the value what `post` gives of every item in order, and then `skipped` times `Skip`.
    """

    @property
    def skipped(self) -> int:
        """How many records beside the items are no posts or are gone."""

    def __len__(self) -> int:
        """Number of items."""

    def texts(self, numbers: Iterable[int]) -> list[str | None]:
        """Texts of the items with these numbers (from 0) of which `post` makes a post with exactly this text; None for any other. Never raises."""

    def post(self, k: int) -> Found:
        """What item `k` is. Raises RowError when it cannot be read."""


@dataclass(frozen=True, slots=True)
class TableShape:
    """How a source reads tables: `find(field, header)` names the column that stands for a field of a post ("text", "id" …), or None.

    It promises that `Source.posts` makes of a row exactly one post, whose text is exactly that of the column for "text"; so full records are made
    only of the rows that are asked for. A row without text is rejected or, with `textless`, skipped and counted. Of a `private` table
    (with names of people who reported) a rejected row is recorded without its content. A table that lacks a column of `needs` is refused.
    """

    find: Callable[[str, Sequence[str]], str | None]
    textless: bool = False
    private: bool = False
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of export or stream.

    `sniff` says from 0 to 1 how well the beginning of a file fits. `posts` makes posts of one JSON value or table row (as a dict by column); it
    yields nothing for a value that is no post, `Skip` for what is known to be gone, and raises RowError for a value that should be a post and
    cannot be read. `lines` does the same for one UTF-8 line of a format that is neither JSON nor a table.

    `text` is for speed: the text of a value of which `posts` makes exactly one post with exactly this text, None for any other value. It never
    raises. The full record is then made only when somebody asks for it.

    `page` opens a value that holds several posts, and gives None for any other. It never raises.

    `plain` makes what people see of the text that a shape found (markup taken off); a text without any of the ASCII bytes `plain_if` is as
    it was written and is left alone. Without `plain_if` all texts are given to `plain`. `plain_column` does the same for a column of texts, compiled:
    it gives the column and the numbers of the texts that it left as they were, for `plain`.

    `table` opens CSV files and workbooks to the source; without it they go to others. (Parquet files are always read as the generic table.)

    `document` reads a whole web page or feed (UTF-8). Item by item it gives exactly one thing, `Skip` for an item that is no post, so that the
    number of the thing is the row; it raises RowError only when nothing at all can be read.

    `inside` names keys whose arrays hold the values when the file is one large object ({"name": …, "messages": [ … ]}): their elements become the
    rows, with `Place.outer`, and the file is never in memory as a whole.
    """

    name: str
    en: str
    ja: str
    sniff: Callable[[Sample], float]
    posts: Callable[[Any, Place], Iterator[Found]]
    shapes: tuple[JsonShape, ...] = ()
    lines: Callable[[bytes, Place], Iterator[Found]] | None = None
    text: Callable[[Any], str | None] | None = None
    page: Callable[[Any, Place], Page | None] | None = None
    plain: Callable[[str], str] | None = None
    plain_if: bytes = b""
    plain_column: Callable[[Bytes, Offsets], tuple[Bytes, Offsets, Offsets]] | None = None
    table: TableShape | None = None
    document: Callable[[bytes, Place], Iterator[Found]] | None = None
    inside: tuple[str, ...] = ()
