"""From a reading to reasons: every point of the raw score is given to a signal, a stretch of wording, or the starting point."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from andon.detection.scoring.model import FLOOR
from andon.domain.assessments import Reason
from andon.language.yen import DAY, HOUR, LUMP, MONTH

if TYPE_CHECKING:
    from andon.detection.scoring.engine import Engine, Reading
    from andon.detection.signals.signal import Signal

_LEAST = 0.25  # a stretch of wording that moves the raw score less is counted with the rest
_PAY_MEASURES = {"pay_lump_yen": LUMP, "pay_hour_yen": HOUR, "pay_day_yen": DAY, "pay_month_yen": MONTH}


def _signal_span(number: int, signal: Signal, reading: Reading, engine: Engine) -> tuple[int, int] | None:
    """The first place of the original that `signal` rests on; None when it rests on the post as a whole."""
    for hit in reading.hits:
        if number in hit.signals:
            return reading.normal.span(hit.start, hit.end)
    if signal.within is not None and signal.within.measure in _PAY_MEASURES:
        period = _PAY_MEASURES[signal.within.measure]
        of_period = [amount for amount in reading.amounts if amount.period == period]
        if of_period:
            largest = max(of_period, key=lambda amount: amount.yen)
            return reading.normal.span(largest.start, largest.end)
    for name in signal.all_of:
        inner = engine.number[name]
        span = _signal_span(inner, engine.signals[inner], reading, engine)
        if span is not None:
            return span
    return None


def _reason(code: str, weight: float, text: str, span: tuple[int, int] | None) -> Reason:
    start, end = span if span is not None else (0, len(text))
    return Reason(code, weight, start, end, text[start:end])


def signal_reasons(text: str, reading: Reading, engine: Engine) -> list[Reason]:
    """One reason for every signal that fires and has a weight."""
    weights = engine.model.weights
    return [
        _reason(engine.signals[number].name, int(weights[number]) / 1000.0, text, _signal_span(number, engine.signals[number], reading, engine))
        for number in reading.signals
        if weights[number]
    ]


def wording_reasons(text: str, reading: Reading, engine: Engine) -> list[Reason]:
    """Stretches of wording that the n-grams pull one way, largest first, and one reason for all the rest."""
    shares, total = engine.wording(reading.normal)
    reasons, named = [], 0.0
    for _, places in itertools.groupby(range(len(shares)), key=lambda place: shares[place] > 0):
        stretch = list(places)
        weight = sum(shares[stretch[0] : stretch[-1] + 1])
        if abs(weight) >= _LEAST:
            reasons.append(_reason("wording", weight, text, reading.normal.span(stretch[0], stretch[-1] + 1)))
            named += weight
    rest = total - named
    if rest:
        reasons.append(_reason("wording_rest", rest, text, None))
    return reasons


def screen_reasons(text: str, reading: Reading, engine: Engine) -> list[Reason]:
    """All reasons of the screen's raw score; they add up to it (but for rounding in the last digits)."""
    if reading.raw == FLOOR:
        return [Reason("no_anchor", FLOOR, 0, 0, "")]
    return [Reason("base", engine.model.bias, 0, 0, ""), *signal_reasons(text, reading, engine), *wording_reasons(text, reading, engine)]
