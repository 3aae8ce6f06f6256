"""Pages of the APIs: values whose posts are the elements of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.domain.errors import RowError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from andon.detection.sources.source import Found, Place


class Items:
    """A page (`source.Page`) of `items`: `post(item, place, name)` makes what an item is, `text(item)` its text alone, or None."""

    skipped = 0

    def __init__(self, items: Sequence[Any], place: Place, post: Callable[[Any, Place, str], Found], text: Callable[[Any], str | None]) -> None:
        self._items, self._place, self._post, self._text = items, place, post, text

    def __len__(self) -> int:
        return len(self._items)

    def texts(self, numbers: Iterable[int]) -> list[str | None]:
        """Texts of the items with these numbers (from 0)."""
        items, text = self._items, self._text
        return [text(items[k]) for k in numbers]

    def post(self, k: int) -> Found:
        """What item `k` is; without an id of its own it is named after the row and its place in the page. Raises RowError."""
        return self._post(self._items[k], self._place, f"{self._place.name}.{k + 1}")

    def posts(self) -> Iterator[Found]:
        """All of them in order; a bad one does not stop the others."""
        for k in range(len(self)):
            try:
                yield self.post(k)
            except RowError as error:
                yield error
