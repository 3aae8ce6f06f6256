"""The search window over the wordings of all stored posts: kept by the process that stores, filled from the store, never written anywhere."""

from __future__ import annotations

import threading
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from andon.console.intake.models import Post
from andon.detection.campaigns.book import CAPACITY
from andon.detection.campaigns.near_index import NearIndex, codes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two posts (ids) of near-identical wording: the earlier, the later, how alike, and the length of the later one's normal form."""

    earlier: int
    later: int
    similarity: float
    length: int


class Window:
    """The last `capacity` different wordings, looked up by post id. Posts are taken in in the order of their ids."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity, self._index = capacity, NearIndex(capacity)
        self._ids = array("q")  # number in the index → post id
        self._last_sha256 = ""

    @property
    def last(self) -> int:
        """Id of the last post taken in, 0 for none."""
        return self._ids[-1] if self._ids else 0

    def is_true(self) -> bool:
        """Whether the last post taken in was really stored (its transaction may have failed)."""
        return not self._ids or Post.objects.filter(pk=self.last, sha256=self._last_sha256).exists()

    def catch_up(self) -> int:
        """Take in what other processes have stored since; how many posts that was."""
        first = self.last
        if not self._ids:  # of an old store only the end fits
            kept = Post.objects.order_by("-pk").values_list("pk", flat=True)[self._capacity : self._capacity + 1]
            first = next(iter(kept), 0)
        count = 0
        while stretch := list(Post.objects.filter(pk__gt=first).order_by("pk").values_list("pk", "text", "sha256")[:_AT_ONCE]):
            self._take(stretch)
            first, count = stretch[-1][0], count + len(stretch)
        return count

    def add(self, posts: Sequence[tuple[int, str, str]]) -> list[Likeness]:
        """Look up new posts (id, text, sha256; ids above all earlier ones), those of the same call included, and take them in."""
        return self._take(posts) if posts else []

    def _take(self, posts: Sequence[tuple[int, str, str]]) -> list[Likeness]:
        first = len(self._ids)
        column = codes_of([text for _, text, _ in posts])
        near = self._index.add(column)
        self._ids.extend(pk for pk, _, _ in posts)
        self._last_sha256 = posts[-1][2]
        lengths = (column.offsets[1:] - column.offsets[:-1]).tolist()
        return [
            Likeness(self._ids[partner], self._ids[post], similarity, lengths[post - first])
            for post, partner, similarity in zip(near.post.tolist(), near.partner.tolist(), near.similarity.tolist(), strict=True)
        ]


class _Held:
    """What this process holds, and for which installation. Read and written under `lock`."""

    lock = threading.Lock()
    window: Window | None = None
    home: object = None


def window() -> Window:
    """The window of this process: made (some 10 s for a million stored posts) or brought up to date."""
    with _Held.lock:
        if _Held.window is None or _Held.home != settings.HOME or not _Held.window.is_true():
            _Held.window, _Held.home = Window(), settings.HOME
        _Held.window.catch_up()
        return _Held.window
