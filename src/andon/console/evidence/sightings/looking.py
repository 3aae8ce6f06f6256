"""Contacts and flagged wording among the messages of a conversation, stretch by stretch: contacts as in posts, wording by the engine over columns."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from andon.console.intake.models import LEVEL_RANK
from andon.detection.campaigns.near_index import codes_of
from andon.detection.campaigns.ties import contact_key
from andon.detection.scoring.engine import packed
from andon.language.contacts import find_contacts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from andon.detection.scoring.engine import Engine
    from andon.evidence.books.model import BookText

LEAST_LEVEL = "medium"  # as uploads keep posts where nobody chooses otherwise
_LEAST_LETTERS = 8  # a shorter message repeats no advert
# Without one of these nothing can be a contact: a run of letters and digits (of any width, circled too), an at-sign, a digit of a telephone number.
_MAY_HOLD = re.compile("[0-9A-Za-z@０-９Ａ-Ｚａ-ｚ＠①-⓿🄀-🅩𝐀-𝟿〇零]")


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen in one message: "contact" or "wording", where, and its key."""

    what: str
    position: int
    key: str
    type: str = ""
    value: str = ""
    level: int = 0
    score: float = 0.0


def look_through(rows: Sequence[BookText], engine: Engine) -> Iterator[Seen]:
    """What these messages hold. Texts are screened as one column; the older texts of edited ones count too, for contacts."""
    for row in rows:
        found = dict[str, tuple[str, str]]()
        for text in (row.text, *row.older):
            found |= contacts_of(text)
        yield from (Seen("contact", row.position, key, type_, value) for key, (type_, value) in found.items())
    yield from _flagged(rows, engine)


def contacts_of(text: str) -> dict[str, tuple[str, str]]:
    """Contacts of a text that can tie anything: key → type and value, extracted as from posts."""
    if not _MAY_HOLD.search(text):
        return {}
    return {key: (one.type, one.value) for one in find_contacts(text) if (key := contact_key(one.type, one.value))}


def _flagged(rows: Sequence[BookText], engine: Engine) -> Iterator[Seen]:
    long = [row for row in rows if len(row.text) >= _LEAST_LETTERS]
    if not long:
        return
    scores = engine.model.calibration.scores(engine.raw_scores(*packed([row.text for row in long])))
    for index in np.flatnonzero(scores >= engine.model.levels[LEAST_LEVEL]).tolist():
        row, score = long[index], float(scores[index])
        level = engine.model.level(score)
        yield Seen("wording", row.position, wording_key(row.text), level=LEVEL_RANK[str(level)] if level else 0, score=round(score, 6))


def wording_key(text: str) -> str:
    """One key for texts that differ in handles, addresses, numbers, width and disguise only."""
    return hashlib.sha256(codes_of([text]).codes.tobytes()).hexdigest()
