"""What andon says of one post: score, level, kinds, reasons with spans, contacts, pay, missing items."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from andon.domain.kinds import Kind


class Level(StrEnum):
    """How much a post looks like recruitment; the limits are set by measured precision and stand in the model card."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: the code of a signal or fact, its weight (raw score, positive speaks for recruitment), and the half-open code-point span of the
    original text that it rests on (the whole text where it rests on no single place)."""  # noqa: D205, D209

    signal: str
    weight: float
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class FoundContact:
    """A contact written in the post, with its span in the original text."""

    type: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pay:
    """The largest amount named and what it is paid for: hour, day, month or lump."""

    amount_yen: int
    per: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """The answer for one post.

    `score` is calibrated on the project's own texts (0 to 1); `raw` is the sum of all reasons' weights; `level` is None below the lowest level;
    `stated` maps each of the six job-advert items that the post states to its span, `missing_items` names the others.
    """

    score: float
    raw: float
    level: Level | None
    kinds: tuple[Kind, ...]
    reasons: tuple[Reason, ...]
    contacts: tuple[FoundContact, ...]
    pay: Pay | None
    missing_items: tuple[str, ...]
    stated: dict[str, tuple[int, int]]
    normal_form: str
