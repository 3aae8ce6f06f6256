"""The fit itself: rows of the base corpus and of decisions in, a model file, its card and its comparison with the model in use out.

One way, for the button and for `andon learn`: the candidate is fitted on the base corpus and on the decisions up to a moment; the latest fifth of
the decisions (at most a thousand) is held back and measures it, beside the golden set. What is put to use later is this very model: nothing is
fitted again after it was measured. The decisions held back teach the next fit.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.conf import settings

from andon.console.intake.engine import FOLDER, InUse, in_use
from andon.console.learning.corpus import find_corpus
from andon.console.learning.queries.decisions import desk_rows
from andon.console.learning.queries.today import changes_today
from andon.detection.learning.card import model_card
from andon.detection.learning.compare import compare
from andon.detection.learning.train import train
from andon.detection.scoring.engine import Engine
from andon.detection.signals.registry import all_signals

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from andon.console.intake.models import ModelVersion
    from andon.console.learning.queries.decisions import DeskRows
    from andon.detection.learning.labelled import Labelled
    from andon.detection.scoring.model import Model

# Steps by code, with the share of the whole at which each begins (as measured: reading 2 %, fitting 90 %, measuring the rest).
READING, FITTING, MEASURING, QUEUE = "reading", "fitting", "measuring", "queue"
_FITTED_FROM, _FITTED_TO, _QUEUE_FROM = 0.03, 0.9, 0.96
STAGES = {"reading": "fitting", "weights": "weights", "held-out folds": "folds", "look-alikes": "alikes", "meaning": "meaning", "limits": "limits"}


@dataclass(frozen=True, slots=True)
class Fitted:
    """What a fit gives: the file below the models folder with its SHA-256, the card, rows by origin, and the comparison with the model `against`."""

    sha256: str
    file: str
    card: str
    rows: dict[str, int]
    comparison: dict[str, Any]
    against: ModelVersion


def fit_candidate(corpus: str, progress: Callable[[str, float], None]) -> Fitted:
    """Read, fit, measure, write the file. Raises LabelError for rows that cannot be used, OSError when the file cannot be written."""
    progress(READING, 0.0)
    place = find_corpus(corpus)
    base, golden, desk = place.base(), place.golden(), desk_rows()

    def within(stage: str, share: float) -> None:
        progress(STAGES.get(stage, FITTING), _FITTED_FROM + share * (_FITTED_TO - _FITTED_FROM))

    signals = all_signals()
    model = train([*base, *desk.teach], signals, progress=within)
    model = replace(model, facts=model.facts | {"desk": _facts(desk)})
    progress(MEASURING, _FITTED_TO)
    using, engine = in_use(), Engine(signals, model)
    comparison: dict[str, Any] = {"golden": compare(golden, using.engine, engine) if golden else None}
    comparison["time"] = compare(desk.measure, using.engine, engine) | _seen(desk, using) if desk.measure else None
    progress(QUEUE, _QUEUE_FROM)
    comparison["today"] = changes_today(using.engine, engine)
    file, sha256 = _save(model)
    return Fitted(sha256, file, model_card(model, "ja"), _counts(base, golden, desk), comparison, using.version)


def _facts(desk: DeskRows) -> dict[str, Any]:
    return {"decisions": desk.teaching, "held_back": desk.measuring, "until": desk.until.isoformat() if desk.until else None}


def _seen(desk: DeskRows, using: InUse) -> dict[str, Any]:
    """Whether decisions that measure may have taught the model in use: then it has an advantage, and the page says so."""
    until = (using.engine.model.facts.get("desk") or {}).get("until")
    start = desk.measured_from.isoformat() if desk.measured_from else None
    return {"decisions": desk.measuring, "from": start, "before_saw": bool(until and start and until >= start)}


def _counts(base: Sequence[Labelled], golden: Sequence[Labelled], desk: DeskRows) -> dict[str, int]:
    def both(name: str, rows: Sequence[Labelled]) -> dict[str, int]:
        recruit = sum(row.recruit for row in rows)
        return {f"{name}_recruit": recruit, f"{name}_benign": len(rows) - recruit}

    decisions = {"decisions": desk.teaching, "held_back": desk.measuring}
    return both("base", base) | both("desk", desk.teach) | both("measure", desk.measure) | both("golden", golden) | decisions


def _save(model: Model) -> tuple[str, str]:
    """Write the model below the models folder, named by its content; its name and SHA-256."""
    folder: Path = settings.HOME / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = folder / ".new.npz"
    model.save(beside)
    sha256 = hashlib.sha256(beside.read_bytes()).hexdigest()
    beside.replace(folder / f"{sha256}.npz")
    return f"{sha256}.npz", sha256
