"""The few posts that pass: score, level, kinds, reasons with spans, contacts, pay, and what a job advert would have to state."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from andon.detection.assess.job_items import find_job_items
from andon.detection.assess.reasons import screen_reasons
from andon.detection.assess.second_look import facts
from andon.domain.assessments import Assessment, FoundContact, Level, Pay, Reason
from andon.domain.kinds import Kind
from andon.language.contacts import find_contacts
from andon.language.yen import DAY, HOUR, MONTH

if TYPE_CHECKING:
    from andon.detection.assess.job_items import JobItem, Span
    from andon.detection.scoring.engine import Engine, Reading
    from andon.language.contacts import Contact

_PERIODS = {HOUR: "hour", DAY: "day", MONTH: "month"}
_SECOND_KIND_SHARE = 0.6
_MOST_KINDS = 3


def second_look(text: str, reading: Reading, engine: Engine, items: dict[JobItem, Span | None]) -> list[Reason]:
    """The corrections for one post; none for a post below the gate, whose place in the ranking cannot matter."""
    if reading.raw < engine.model.gate:
        return []
    reasons = []
    for name, amount in facts(reading, engine.signals, items).items():
        weight = engine.look.get(name, 0.0) * amount
        if weight:
            reasons.append(Reason(f"look:{name}", weight, 0, len(text), text))
    return reasons


def corrected(text: str, engine: Engine) -> float:
    """The raw score of the whole line for one text: the screen's, and the second look's corrections."""
    reading = engine.read(text)
    if reading.raw < engine.model.gate:
        return reading.raw
    items = find_job_items(text, find_contacts(text))
    return reading.raw + sum(reason.weight for reason in second_look(text, reading, engine, items))


def _kinds(reading: Reading, engine: Engine) -> tuple[Kind, ...]:
    """Kinds that the signals point to, strongest first; vague when none does."""
    votes: defaultdict[Kind, float] = defaultdict(float)
    for number in reading.signals:
        for kind in engine.signals[number].kinds:
            votes[kind] += (max(int(engine.model.weights[number]) / 1000.0, 0.0) + 0.2) / len(engine.signals[number].kinds)
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
    corrections: list[Reason]
    raw: float
    score: float
    level: Level | None


def _judge(text: str, engine: Engine) -> _Judged:
    reading = engine.read(text)
    contacts = find_contacts(text)
    items = find_job_items(text, contacts)
    corrections = second_look(text, reading, engine, items)
    raw = reading.raw + sum(reason.weight for reason in corrections)
    score = float(engine.model.calibration.scores(np.array([raw]))[0])
    level = engine.model.level(score)
    return _Judged(reading, contacts, items, corrections, raw, score, Level(level) if level else None)


def assess(text: str, engine: Engine) -> Assessment:
    """Assess one post. The screen's raw score is recomputed to the same number; the second look's corrections come on top of it."""
    return _explain(text, _judge(text, engine), engine)


def assess_flagged(text: str, engine: Engine) -> Assessment | None:
    """Assess one post, or None when it reaches no level: then nothing is explained, which is most of the work."""
    judged = _judge(text, engine)
    return _explain(text, judged, engine) if judged.level is not None else None


def _explain(text: str, judged: _Judged, engine: Engine) -> Assessment:
    reading = judged.reading
    largest = max(reading.amounts, key=lambda amount: amount.yen, default=None)
    reasons = [*screen_reasons(text, reading, engine), *judged.corrections]
    return Assessment(
        score=judged.score,
        raw=judged.raw,
        level=judged.level,
        kinds=_kinds(reading, engine),
        reasons=tuple(sorted(reasons, key=lambda reason: -abs(reason.weight))),
        contacts=tuple(FoundContact(one.type, one.value, one.start, one.end) for one in judged.contacts),
        pay=Pay(largest.yen, _PERIODS.get(largest.period, "lump")) if largest else None,
        missing_items=tuple(str(item) for item, span in judged.items.items() if span is None),
        stated={str(item): span for item, span in judged.items.items() if span is not None},
        normal_form=reading.normal.text,
    )
