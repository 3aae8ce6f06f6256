"""The sample posts: enough of them, of every kind, readable to the last row, no two alike."""

from __future__ import annotations

import csv
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from andon.detection.records.batches import read_batches
from andon.detection.records.paths import expand_paths
from andon.domain.kinds import Kind

if TYPE_CHECKING:
    from andon.domain.posts import Post, Reject

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
LEAST = 20_000


@lru_cache(maxsize=1)
def everything() -> tuple[tuple[Post, ...], tuple[Reject, ...]]:
    posts: list[Post] = []
    rejects: list[Reject] = []
    for batch in read_batches(expand_paths([str(SAMPLES / "posts")])):
        posts += [batch.post(index) for index in range(len(batch.offsets) - 1)]
        rejects += batch.rejects
    return tuple(posts), tuple(rejects)


@lru_cache(maxsize=1)
def answers() -> tuple[dict[str, str], ...]:
    with (SAMPLES / "answers.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def test_enough_from_several_sources() -> None:
    """At least 20,000 posts are there, from four sources at least in seven files."""
    posts, _ = everything()
    assert len(posts) >= LEAST
    assert {post.source for post in posts} == {"x_api", "bluesky", "generic", "board_dat"}
    assert len({post.file for post in posts}) == 7


def test_every_row_is_readable() -> None:
    """No row of the samples is rejected."""
    assert everything()[1] == ()


def test_no_two_alike() -> None:
    """No text and no id stands twice: campaigns vary their wording, chatter is all different."""
    posts, _ = everything()
    assert max(Counter(post.text for post in posts).values()) == 1
    assert max(Counter((post.file, post.id) for post in posts).values()) == 1


def test_answers_name_posts_of_every_kind() -> None:
    """The answer key names posts that are there, and recruitment of every kind, some disguised, some in campaigns."""
    known = {(post.file, post.id) for post in everything()[0]}
    assert {(row["file"], row["id"]) for row in answers()} <= known
    recruit = [row for row in answers() if row["label"] == "recruit"]
    assert {row["kind"] for row in recruit} == {str(kind) for kind in Kind}
    assert sum(bool(row["disguise"]) for row in recruit) >= 20
    assert len({row["campaign"] for row in recruit if row["campaign"]}) == 10


def test_times_are_invented_ones() -> None:
    """Every post says when it was written, in the two months that the samples play in."""
    months = Counter((post.created_at.year, post.created_at.month) for post in everything()[0] if post.created_at)
    assert set(months) == {(2026, 10), (2026, 11)}
    assert months.total() == len(everything()[0])
