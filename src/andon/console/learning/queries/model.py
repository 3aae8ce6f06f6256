"""What the model page shows: the model in use, what was measured of it, the fits, and the models that were in use before."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import Count

from andon.console.intake.engine import model_path
from andon.console.learning.models import BenignWording, Fitting, Promotion
from andon.console.review.models import Decision
from andon.console.review.queries.covering import STANDS
from andon.detection.learning.card import model_card
from andon.detection.scoring.model import load_model
from andon.statistics.intervals import share

if TYPE_CHECKING:
    from pathlib import Path

    from andon.console.intake.engine import InUse
    from andon.console.intake.models import ModelVersion
    from andon.detection.scoring.model import Model
    from andon.wording.say import Language

FITTINGS, PROMOTIONS = 8, 20
LEVELS = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Known:
    """What was measured of a model: by level recall and false alarms with counts; bins where it was compared. `source`: golden or card."""

    source: str
    recruit: int
    benign: int
    levels: dict[str, dict[str, Any]]
    bins: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Learnable:
    """Standing decisions by label, how many were made after the last that taught the model in use, and the standing benign wordings."""

    recruitment: int
    benign: int
    new: int
    bank: int


def known(using: InUse) -> Known:
    """The golden set's figures of the model in use from the latest comparison it took part in; else those that its card has."""
    done = Fitting.objects.filter(state=Fitting.State.DONE).only("comparison", "against", "candidate")
    for fitting in done.filter(candidate=using.version)[:1] or done.filter(against=using.version)[:1]:
        golden = fitting.comparison.get("golden")
        if golden:
            side = golden["sides"]["after" if fitting.candidate_id == using.version.pk else "before"]
            return Known("golden", golden["recruit"], golden["benign"], side["levels"], side["calibration"]["bins"])
    return _of_card(using.engine.model)


def _of_card(model: Model) -> Known:
    """Shares by level as the card has them, of rows held out of the fit, with the counts that they come from."""
    facts = model.facts
    recruit, ordinary = int(facts["recruit"]), int(facts["ordinary"])
    alike = int(facts["benign"]) - ordinary

    def counted(part: float | None, total: int) -> dict[str, Any]:
        return share(round((part or 0.0) * total), total).as_dict()

    levels = {}
    for level, measured in facts["held_out_levels"].items():
        wrong = round((measured["look_alikes"] or 0) * alike) + round((measured["ordinary"] or 0) * ordinary)
        levels[level] = {"recall": counted(measured["recall"], recruit), "false_alarms": share(wrong, alike + ordinary).as_dict()}
    return Known("card", recruit, alike + ordinary, levels, [])


def learnable(using: InUse) -> Learnable:
    """How much there is to learn from."""
    counted = Decision.objects.filter(STANDS).order_by().values_list("verdict").annotate(count=Count("pk"))
    verdicts = Counter(dict(counted))
    until = (using.engine.model.facts.get("desk") or {}).get("until")
    fresh = Decision.objects.filter(STANDS, verdict__in=(Decision.Verdict.RECRUITMENT, Decision.Verdict.NOT))
    new = (fresh.filter(at__gt=datetime.fromisoformat(until)) if until else fresh).count()
    bank = BenignWording.objects.filter(left_at=None).count()
    return Learnable(verdicts[Decision.Verdict.RECRUITMENT], verdicts[Decision.Verdict.NOT], new, bank)


def fittings() -> list[Fitting]:
    """The latest fits."""
    return list(Fitting.objects.select_related("by", "candidate").defer("comparison")[:FITTINGS])


def open_fitting() -> Fitting | None:
    """The fit that waits or runs."""
    states = (Fitting.State.WAITING, Fitting.State.RUNNING)
    return Fitting.objects.filter(state__in=states).select_related("by").defer("comparison").first()


def promotions() -> list[Promotion]:
    """Which models were put to use, the last first."""
    return list(Promotion.objects.select_related("version", "before", "by").order_by("-pk")[:PROMOTIONS])


def put_to_use_by(version: ModelVersion, past: list[Promotion]) -> Promotion | None:
    """The promotion by which the version is in use; None for the shipped one that nobody ever replaced."""
    return past[0] if past and past[0].version_id == version.pk else None


def card_of(version: ModelVersion, language: Language) -> str:
    """The card in this language, or as it was kept where the file is gone."""
    path = model_path(version)
    return _card(path, version.sha256, language) if path.is_file() else version.card


@lru_cache(maxsize=16)
def _card(path: Path, _sha256: str, language: Language) -> str:
    return model_card(load_model(path), language)

