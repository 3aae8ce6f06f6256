"""The few posts that pass: score, level, kinds, reasons with spans, contacts, pay, and what a job advert would have to state."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from andon.detection.assess.job_items import find_job_items
from andon.detection.assess.reasons import screen_reasons
from andon.domain.assessments import Assessment, FoundContact, Level, Pay
from andon.domain.kinds import Kind
from andon.language.contacts import find_contacts
from andon.language.yen import DAY, HOUR, MONTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andon.detection.assess.job_items import JobItem, Span
    from andon.detection.scoring.engine import Engine, Reading
    from andon.language.contacts import Contact

_PERIODS = {HOUR: "hour", DAY: "day", MONTH: "month"}
_SECOND_KIND_SHARE = 0.6
_MOST_KINDS = 3


def _kinds(reading: Reading, engine: Engine) -> tuple[Kind, ...]:
    """Kinds that the signals point to, strongest first; vague when none does."""
    votes: defaultdict[Kind, float] = defaultdict(float)
    for number in reading.signals:
        kinds = engine.signals[number].kinds
        for kind in kinds:
            votes[kind] += (max(engine.points[number], 0.0) + 0.2) / len(kinds)
    if Kind.VAGUE in votes and len(votes) > 1:
        votes[Kind.VAGUE] *= 0.5  # what is paid says less about the kind than what is asked
    if not votes:
        return (Kind.VAGUE,)
    ranked = sorted(votes, key=lambda kind: -votes[kind])
    return tuple(kind for kind in ranked[:_MOST_KINDS] if votes[kind] >= _SECOND_KIND_SHARE * votes[ranked[0]])


@dataclass(frozen=True, slots=True)
class _Judged:
    """A post with its score, before anything is explained."""

    reading: Reading
    contacts: tuple[Contact, ...]
    items: dict[JobItem, Span | None]
    score: float
    level: Level | None


def _judge(text: str, reading: Reading, engine: Engine) -> _Judged:
    contacts = find_contacts(text)
    items = find_job_items(text, contacts)
    score = float(engine.model.calibration.scores(np.array([reading.raw]))[0])
    level = engine.model.level(score)
    return _Judged(reading, contacts, items, score, Level(level) if level else None)


def assess(text: str, engine: Engine) -> Assessment:
    """Assess one post. The screen's raw score is recomputed to the same number."""
    return _explain(text, _judge(text, engine.read(text), engine), engine)


def assess_flagged(texts: Sequence[str], engine: Engine) -> list[Assessment | None]:
    """Assess posts; None for one that reaches no level: then nothing is explained, which is most of the work."""
    judged = [_judge(text, reading, engine) for text, reading in zip(texts, engine.read_many(texts), strict=True)]
    return [_explain(text, one, engine) if one.level is not None else None for text, one in zip(texts, judged, strict=True)]


def _explain(text: str, judged: _Judged, engine: Engine) -> Assessment:
    reading = judged.reading
    largest = max(reading.amounts, key=lambda amount: amount.yen, default=None)
    reasons = screen_reasons(text, reading, engine)
    return Assessment(
        score=judged.score,
        raw=reading.raw,
        level=judged.level,
        kinds=_kinds(reading, engine),
        reasons=tuple(sorted(reasons, key=lambda reason: -abs(reason.weight))),
        contacts=tuple(FoundContact(one.type, one.value, one.start, one.end) for one in judged.contacts),
        pay=Pay(largest.yen, _PERIODS.get(largest.period, "lump")) if largest else None,
        missing_items=tuple(str(item) for item, span in judged.items.items() if span is None),
        stated={str(item): span for item, span in judged.items.items() if span is not None},
        normal_form=reading.normal.text,
    )
