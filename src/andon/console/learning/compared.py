"""A comparison as the page shows it: figures side by side with their bars, in the order of the levels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from andon.console.intake.models import Campaign
from andon.console.learning.pictures import calibration, gauge, top_of
from andon.console.learning.queries.today import LEVELS as QUEUE_LEVELS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.safestring import SafeString

LEVELS = ("high", "medium", "low")
SIDES = {"before": "quiet", "after": "done"}
MOST_KINDS = 40


@dataclass(frozen=True, slots=True)
class Bar:
    """One share of one model: the numbers, and the bar."""

    side: str
    share: Mapping[str, Any]
    picture: SafeString


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of both models; `top` is where the bars end."""

    code: str
    level: str
    bars: list[Bar]
    top: float
    gained: int | None = None
    lost: int | None = None


def level_lines(part: Mapping[str, Any], figure: str) -> list[Line]:
    """Recall or false alarms at each level; false alarms are drawn on a scale of their own, since they are few."""
    sides = part["sides"]
    shares = {level: {side: sides[side]["levels"][level][figure] for side in SIDES} for level in LEVELS}
    top = 1.0 if figure == "recall" else top_of([one for both in shares.values() for one in both.values()])
    label = "recruit" if figure == "recall" else "benign"
    return [Line(f"learning.{figure}", level, _bars(shares[level], top, figure), top, **part["changes"][level][label]) for level in LEVELS]


def known_lines(levels: Mapping[str, Any], figure: str) -> list[Line]:
    """The same of one model."""
    top = 1.0 if figure == "recall" else top_of([levels[level][figure] for level in LEVELS])
    tone = "done" if figure == "recall" else "warn"
    shares = {level: levels[level][figure] for level in LEVELS}
    return [Line(f"learning.{figure}", level, [Bar("after", one, gauge(one, top, tone))], top) for level, one in shares.items()]


def _bars(shares: Mapping[str, Any], top: float, figure: str) -> list[Bar]:
    tones = SIDES if figure == "recall" else SIDES | {"after": "warn"}
    return [Bar(side, shares[side], gauge(shares[side], top, tones[side])) for side in SIDES]


def strict_lines(part: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Recall at few false alarms, and average precision, of both."""
    sides = part["sides"]
    rates = []
    for rate, after in sides["after"]["recall_at"].items():
        rates.append({"rate": round(1 / float(rate)), "sides": [sides["before"]["recall_at"][rate], after], "enough": after["enough"]})
    return sorted(rates, key=lambda one: int(one["rate"]))


def kind_lines(part: Mapping[str, Any]) -> list[dict[str, Any]]:
    """By label and kind: how many of how many each model flags at level medium and above, those that differ most first."""
    sides = part["sides"]
    after = {(one["label"], one["kind"]): one["flagged"]["medium"] for one in sides["after"]["kinds"]}
    lines = []
    for one in sides["before"]["kinds"]:
        was, will = one["flagged"]["medium"], after[one["label"], one["kind"]]
        change = will["hits"] - was["hits"]
        lines.append({"label": one["label"], "kind": one["kind"], "rows": one["rows"], "was": was, "will": will, "change": change})
    lines.sort(key=lambda line: (line["label"] == "benign", -abs(line["change"]), -line["rows"]))
    return lines[:MOST_KINDS]


def calibration_picture(part: Mapping[str, Any], label: str) -> SafeString:
    """Both models' calibration."""
    return calibration([(SIDES[side], part["sides"][side]["calibration"]["bins"]) for side in SIDES], label)


@dataclass(frozen=True, slots=True)
class Move:
    """A campaign that would move: its scores and levels by both models."""

    campaign: Campaign
    was: float
    level_was: str
    will: float
    level_will: str


def moves(today: Mapping[str, Any], way: str) -> list[Move]:
    """The campaigns that move most (`up` or `down`), as far as they are still there."""
    stored = Campaign.objects.only("pk", "title", "state").in_bulk([move[0] for move in today[way]])
    return [Move(stored[pk], was, level_was, will, level_will) for pk, was, level_was, will, level_will in today[way] if pk in stored]


def matrix(today: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows by level now, columns by level then; `kind` says whether a cell stays, rises or falls."""
    rows = []
    for r, was in enumerate(QUEUE_LEVELS):
        ways = ["up"] * r + ["stays"] + ["down"] * (len(QUEUE_LEVELS) - r - 1)
        counts = [today["matrix"][was][will] for will in QUEUE_LEVELS]
        rows.append({"level": was, "cells": [{"count": count, "way": way} for count, way in zip(counts, ways, strict=True)]})
    return rows


def changed(today: Mapping[str, Any]) -> dict[str, int]:
    """How many open campaigns rise and fall by a level or more."""
    cells = [cell for row in matrix(today) for cell in row["cells"]]
    return {name: sum(cell["count"] for cell in cells if cell["way"] == way) for name, way in (("rises", "up"), ("falls", "down"))}
