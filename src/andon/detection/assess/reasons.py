"""From a reading to reasons: every point of the raw score is given to a signal, a stretch of wording, or the starting point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.detection.scoring.model import FLOOR
from andon.domain.assessments import Reason
from andon.language.yen import DAY, HOUR, LUMP, MONTH

if TYPE_CHECKING:
    from andon.detection.scoring.engine import Engine, Hit, Reading

_PAY_MEASURES = {"pay_lump_yen": LUMP, "pay_hour_yen": HOUR, "pay_day_yen": DAY, "pay_month_yen": MONTH}


class _Spans:
    """Where the signals of one post stand."""

    def __init__(self, reading: Reading, engine: Engine) -> None:
        self._reading, self._engine = reading, engine
        self._hits: dict[int, Hit] = {}
        for hit in reading.hits:
            for number in hit.signals:
                self._hits.setdefault(number, hit)

    def of(self, number: int) -> tuple[int, int] | None:
        """The first place of the original that signal `number` rests on; None when it rests on the post as a whole."""
        normal = self._reading.normal
        if (hit := self._hits.get(number)) is not None:
            return normal.span(hit.start, hit.end)
        signal = self._engine.signals[number]
        if signal.within is not None and signal.within.measure in _PAY_MEASURES:
            period = _PAY_MEASURES[signal.within.measure]
            of_period = [amount for amount in self._reading.amounts if amount.period == period]
            if of_period:
                largest = max(of_period, key=lambda amount: amount.yen)
                return normal.span(largest.start, largest.end)
        for name in signal.all_of:
            span = self.of(self._engine.number[name])
            if span is not None:
                return span
        return None


def _reason(code: str, weight: float, text: str, span: tuple[int, int] | None) -> Reason:
    start, end = span if span is not None else (0, len(text))
    return Reason(code, weight, start, end, text[start:end])


def signal_reasons(text: str, reading: Reading, engine: Engine) -> list[Reason]:
    """One reason for every signal that fires and has a weight."""
    spans, points, signals = _Spans(reading, engine), engine.points, engine.signals
    return [_reason(signals[number].name, points[number], text, spans.of(number)) for number in reading.signals if points[number]]


def wording_reasons(text: str, reading: Reading) -> list[Reason]:
    """Stretches of wording that the n-grams pull one way, in their order, and one reason for all the rest."""
    reasons, named = [], 0.0
    for stretch in reading.stretches:
        reasons.append(_reason("wording", stretch.worth, text, reading.normal.span(stretch.start, stretch.end)))
        named += stretch.worth
    rest = reading.wording - named
    if rest:
        reasons.append(_reason("wording_rest", rest, text, None))
    return reasons


def screen_reasons(text: str, reading: Reading, engine: Engine) -> list[Reason]:
    """All reasons of the screen's raw score; they add up to it (but for rounding in the last digits)."""
    if reading.raw == FLOOR:
        return [Reason("no_anchor", FLOOR, 0, 0, "")]
    reasons = [Reason("base", engine.model.bias, 0, 0, ""), *signal_reasons(text, reading, engine), *wording_reasons(text, reading)]
    if reading.contrast:
        reasons.append(_reason("contrast", reading.contrast, text, None))
    if reading.meaning:
        start, end = reading.meant
        reasons.append(_reason("meaning", reading.meaning, text, reading.normal.span(start, end) if end > start else None))
    return reasons
