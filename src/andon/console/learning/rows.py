"""From decisions to training rows: pure functions of decisions and texts.

A campaign gives one row per wording, of one family. Of near copies (0.95 alike, every number as one 0) only one row is made, over all campaigns of
the same label; the newest decision comes first, so that the last word on a wording holds. A row weighs `Plan.chosen_weight` times as much as a row
of the project's own texts of its sort, and sets neither calibration nor levels (see `Labelled.chosen`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from andon.detection.campaigns.near_index import NEAR_COPY, NearIndex, codes_of
from andon.detection.learning.labelled import Labelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from andon.detection.campaigns.near_index import Codes

MOST_WORDINGS = 20  # rows of one campaign: a large one must not outweigh all others
HELD_BACK_SHARE, HELD_BACK_MOST = 0.2, 1_000  # the latest decisions, which measure a fit and do not teach it
BENIGN_KIND = "desk"  # with the reason behind it; none of the kinds that count as ordinary posts: these were all flagged


@dataclass(frozen=True, slots=True)
class Standing:
    """A decision that stands: recruitment of a kind, or not and why (`kind`), of a campaign."""

    decision: int
    campaign: int
    recruit: bool
    kind: str
    at: datetime

    @property
    def family(self) -> str:
        """Rows of one campaign never part in a split."""
        return f"desk/{self.campaign}"


class Wordings:
    """The wordings that rows were made of, so that each counts once."""

    def __init__(self, capacity: int) -> None:
        self._exact: set[bytes] = set()
        self._near = {label: NearIndex(max(capacity, 1_000)) for label in (True, False)}

    def new_ones(self, texts: Sequence[str], *, recruit: bool) -> list[str]:
        """The texts whose wording stands in no row yet: not the very same one in any, nor a near copy in one of the same label. They are taken in."""
        codes = codes_of(texts)
        index = self._near[recruit]
        first = index.posts
        near = index.add(codes)
        copies = {int(post) - first for post, alike in zip(near.post, near.similarity, strict=True) if alike >= NEAR_COPY}
        found = []
        for place, text in enumerate(texts):
            key = hash_at(codes, place)
            if place not in copies and key not in self._exact:
                found.append(text)
            self._exact.add(key)
        return found


def hash_at(codes: Codes, place: int) -> bytes:
    """SHA-256 of one masked normal form."""
    return hashlib.sha256(codes.codes[codes.offsets[place] : codes.offsets[place + 1]].tobytes()).digest()


def wording_sha256(text: str) -> str:
    """One name for all texts of the same masked normal form."""
    return hash_at(codes_of([text]), 0).hex()


def rows_of(standing: Standing, texts: Iterable[str], taken: Wordings) -> list[Labelled]:
    """The training rows of one decision on a campaign whose posts say `texts`: one per wording that is in no row yet."""
    different = list(dict.fromkeys(text for text in texts if text.strip()))
    kind = standing.kind if standing.recruit else f"{BENIGN_KIND}_{standing.kind}" if standing.kind else BENIGN_KIND
    new = taken.new_ones(different, recruit=standing.recruit)[:MOST_WORDINGS] if different else []
    return [Labelled(text, standing.recruit, kind, standing.family, chosen=True) for text in new]


def held_back(standings: Sequence[Standing]) -> set[int]:
    """The decisions that measure: the latest fifth by time, at most a thousand."""
    latest = sorted(standings, key=lambda one: (one.at, one.decision), reverse=True)
    return {one.decision for one in latest[: min(round(len(latest) * HELD_BACK_SHARE), HELD_BACK_MOST)]}
