"""The few posts that pass: score, level, kinds, reasons with spans, contacts, pay, and what a job advert would have to state."""

from __future__ import annotations

from collections import defaultdict
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

    from andon.detection.scoring.engine import Engine, Reading

_PERIODS = {HOUR: "hour", DAY: "day", MONTH: "month"}
_SECOND_KIND_SHARE = 0.6
_MOST_KINDS = 3
_FIRST_NAMED = 1e-6  # what a kind loses for every other that the same signal names before it: enough to settle a tie, and nothing else


def _kinds(reading: Reading, engine: Engine) -> tuple[Kind, ...]:
    """Kinds that the signals point to, strongest first; vague when none does."""
    votes: defaultdict[Kind, float] = defaultdict(float)
    for number in reading.signals:
        kinds = engine.signals[number].kinds
        for place, kind in enumerate(kinds):
            votes[kind] += (max(engine.points[number], 0.0) + 0.2) / len(kinds) * (1.0 - _FIRST_NAMED * place)
    if Kind.VAGUE in votes and len(votes) > 1:
        votes[Kind.VAGUE] *= 0.5  # what is paid says less about the kind than what is asked
    if not votes:
        return (Kind.VAGUE,)
    ranked = sorted(votes, key=lambda kind: -votes[kind])
    return tuple(kind for kind in ranked[:_MOST_KINDS] if votes[kind] >= _SECOND_KIND_SHARE * votes[ranked[0]])


def assess(text: str, engine: Engine) -> Assessment:
    """Assess one post. The screen's raw score is recomputed to the same number."""
    reading = engine.read(text)
    return _explain(text, reading, _scores([reading], engine)[0], engine)


def assess_flagged(texts: Sequence[str], engine: Engine) -> list[Assessment | None]:
    """Assess posts; None for one that reaches no level: then nothing is looked for nor explained, which is most of the work."""
    readings = engine.read_many(texts)
    return [
        _explain(text, reading, score, engine) if engine.model.level(score) else None
        for text, reading, score in zip(texts, readings, _scores(readings, engine), strict=True)
    ]


def _scores(readings: Sequence[Reading], engine: Engine) -> list[float]:
    scores: list[float] = engine.model.calibration.scores(np.array([reading.raw for reading in readings], np.float64)).tolist()
    return scores


def _explain(text: str, reading: Reading, score: float, engine: Engine) -> Assessment:
    level = engine.model.level(score)
    contacts = find_contacts(text)
    items = find_job_items(text, contacts)
    largest = max(reading.amounts, key=lambda amount: amount.yen, default=None)
    reasons = screen_reasons(text, reading, engine)
    return Assessment(
        score=score,
        raw=reading.raw,
        level=Level(level) if level else None,
        kinds=_kinds(reading, engine),
        reasons=tuple(sorted(reasons, key=lambda reason: -abs(reason.weight))),
        contacts=tuple(FoundContact(one.type, one.value, one.start, one.end) for one in contacts),
        pay=Pay(largest.yen, _PERIODS.get(largest.period, "lump")) if largest else None,
        missing_items=tuple(str(item) for item, span in items.items() if span is None),
        stated={str(item): span for item, span in items.items() if span is not None},
        normal_form=reading.normal.text,
    )
