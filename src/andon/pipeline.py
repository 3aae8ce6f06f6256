"""The lines of andon as short functions: the file to read first.

Line 1: a public post comes in → columns of posts → screen (every post, fast) → assess (the few, with reasons) → campaign.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from andon.detection.assess.assess import assess_flagged
from andon.detection.campaigns.draw import draw_campaigns
from andon.detection.screen.screen import passing
from andon.domain.errors import RowError
from andon.domain.posts import Reject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from andon.detection.campaigns.book import CampaignBook
    from andon.detection.campaigns.draw import Drawn
    from andon.detection.records.batches import PostBatch
    from andon.detection.scoring.engine import Engine
    from andon.domain.assessments import Assessment
    from andon.domain.posts import Post


@dataclass(frozen=True, slots=True)
class Flagged:
    """A post that reached a level, with its assessment."""

    post: Post
    assessment: Assessment


@dataclass(frozen=True, slots=True)
class Screened:
    """One batch after the line: how many posts it held, the flagged ones, and the rows that could not be read."""

    batch: PostBatch
    posts: int
    flagged: tuple[Flagged, ...]
    rejects: tuple[Reject, ...]


def find_recruitment(batches: Iterable[PostBatch], engine: Engine, *, jobs: int = 1) -> Iterator[Screened]:
    """Line 1: screen every post of `batches`, assess the few that pass; in the order of the batches, at most `jobs` + 1 of them in memory."""
    with ThreadPoolExecutor(max_workers=jobs) as workers:
        waiting: deque[Future[Screened]] = deque()
        for batch in batches:
            waiting.append(workers.submit(_screen_batch, batch, engine))
            if len(waiting) > jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def find_campaigns(book: CampaignBook, *, least: int = 2) -> Drawn:
    """Line 1, its end: the flagged posts in the book, grouped by wording and contact as far as people have not parted them."""
    return draw_campaigns(book, least=least)


def _screen_batch(batch: PostBatch, engine: Engine) -> Screened:
    posts, rejects = [], list(batch.rejects)
    for index in passing(batch.data, batch.offsets, engine):
        try:
            posts.append(batch.post(index))
        except RowError as error:
            rejects.append(Reject(str(error.data.get("file", "")), int(str(error.data.get("row", 0))), str(error.data.get("reason", "json"))))
    assessments = assess_flagged([post.text for post in posts], engine)
    flagged = tuple(Flagged(post, one) for post, one in zip(posts, assessments, strict=True) if one is not None)
    return Screened(batch, len(batch.offsets) - 1, flagged, tuple(rejects))
