"""The model page, a fit's progress and comparison, and the acts on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from andon.console import gate
from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.intake.engine import in_use
from andon.console.intake.models import ModelVersion
from andon.console.learning import compared
from andon.console.learning.actions.fit import fit as ask_fit
from andon.console.learning.actions.promote import promote as put_to_use
from andon.console.learning.actions.promote import roll_back as go_back
from andon.console.learning.forms import PromoteForm, RollBackForm
from andon.console.learning.markdown import render as markdown
from andon.console.learning.models import Fitting
from andon.console.learning.pictures import calibration
from andon.console.learning.queries import model as queries
from andon.console.learning.queries.promotions import version_before
from andon.console.learning.queries.today import LEVELS
from andon.console.staff.rights import Right
from andon.domain.errors import AndonError, Conflict, LabelError, ModelError, Refused
from andon.wording.say import say, say_error

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from andon.console.learning.models import Promotion


@require_GET
@page(Right.MODEL_READ)
def model(request: HttpRequest) -> HttpResponse:
    """What is in use, how good it is, the fits, and what was in use before."""
    using, past = in_use(), queries.promotions()
    measured = queries.known(using)
    about: dict[str, Any] = {
        "using": using.version, "promotion": queries.put_to_use_by(using.version, past), "promotions": past, "before": version_before(),
        "known": measured, "recall": compared.known_lines(measured.levels, "recall"), "alarms": compared.known_lines(measured.levels, "false_alarms"),
        "facts": using.engine.model.facts, "learnable": queries.learnable(using), "fittings": queries.fittings(), "open": _open(), "tab": "model",
        "card": markdown(queries.card_of(using.version, language()), lowest=3),
    }  # fmt: skip
    if measured.bins:
        about["plot"] = calibration([("done", measured.bins)], say("learning.calibration", language()))
    return render(request, "learning/model.html", about)


def _open() -> Fitting | None:
    """The fit that is under way; none for one that a lost worker left."""
    fitting = queries.open_fitting()
    return fitting if fitting and fitting.is_open(timezone.now()) else None


@require_GET
@page(Right.MODEL_READ)
def progress(request: HttpRequest, fitting_id: int) -> HttpResponse:
    """How far a fit is; when it has ended, the page comes anew."""
    fitting = get_object_or_404(Fitting.objects.defer("comparison"), pk=fitting_id)
    response = render(request, "learning/_progress.html", {"open": fitting})
    if not fitting.is_open(timezone.now()):
        response["HX-Refresh"] = "true"
    return response


@require_GET
@page(Right.MODEL_READ)
def fitting(request: HttpRequest, fitting_id: int) -> HttpResponse:
    """The candidate beside the model that was in use."""
    one = get_object_or_404(Fitting.objects.select_related("by", "candidate", "against"), pk=fitting_id)
    using = in_use().version
    about: dict[str, Any] = {"fitting": one, "using": using, "is_open": one.is_open(timezone.now()), "problem": _problem(one), "tab": "model"}
    if one.state == Fitting.State.DONE:
        about |= _comparison(one.comparison)
        about |= {"is_used": one.candidate_id == using.pk, "is_stale": using.pk not in {one.against_id, one.candidate_id}}
        person = actor_of(request).person
        if person.may(Right.QUEUE_READ):
            today = one.comparison["today"]
            about |= {"ways": [(way, compared.moves(today, way)) for way in ("up", "down")]}
            gate.saw(actor_of(request), "learning.comparison_opened", f"fitting:{one.pk}", {"campaigns": sum(len(some) for _, some in about["ways"])})
    return render(request, "learning/fitting.html", about)


def _problem(one: Fitting) -> str:
    """Why a fit gave nothing, in one sentence."""
    if one.problem is None:
        return ""
    code, data = str(one.problem["code"]), dict(one.problem["data"])
    if code.startswith("learning."):
        return say(code, language(), **data)
    error = AndonError(**data)
    error.code = code
    return say_error(error, language())


def _comparison(comparison: dict[str, Any]) -> dict[str, Any]:
    label = say("learning.calibration", language())
    parts = []
    for name in ("golden", "time"):
        part = comparison.get(name)
        if part:
            parts.append({
                "name": name, "part": part, "recall": compared.level_lines(part, "recall"), "alarms": compared.level_lines(part, "false_alarms"),
                "strict": compared.strict_lines(part), "kinds": compared.kind_lines(part), "plot": compared.calibration_picture(part, label),
                "sides": [part["sides"][side] for side in compared.SIDES],
            })  # fmt: skip
    today = comparison["today"]
    return {"parts": parts, "today": today, "matrix": compared.matrix(today), "queue_levels": LEVELS, **compared.changed(today)}


@require_POST
@page(Right.LEARN)
def fit(request: HttpRequest) -> HttpResponse:
    """Ask for a fit."""
    try:
        ask_fit(actor_of(request))
    except (LabelError, Conflict) as error:
        messages.error(request, say_error(error, language()))
    return redirect("learning:model")


@require_POST
@page(Right.PROMOTE, grave=True)
def promote(request: HttpRequest, version_id: int) -> HttpResponse:
    """Put a candidate to use."""
    version = get_object_or_404(ModelVersion, pk=version_id)
    form = PromoteForm(request.POST)
    if not form.is_valid():
        raise Refused(reason="promotion_note", name=f"model:{version_id}")
    return _acted(request, lambda: put_to_use(actor_of(request), version.pk, note=form.cleaned_data["note"], in_use_id=form.cleaned_data["in_use"]))


@require_POST
@page(Right.PROMOTE, grave=True)
def roll_back(request: HttpRequest) -> HttpResponse:
    """Go back to the model before."""
    form = RollBackForm(request.POST)
    if not form.is_valid():
        raise Refused(reason="no_earlier", name="model")
    return _acted(request, lambda: go_back(actor_of(request), note=form.cleaned_data["note"], in_use_id=form.cleaned_data["in_use"]))


def _acted(request: HttpRequest, act: Callable[[], Promotion]) -> HttpResponse:
    """Do it, say so, show the page. A model that cannot be used is said in a sentence; the gate's own refusals go their way."""
    try:
        promotion = act()
    except ModelError as error:
        messages.error(request, say_error(error, language()))
    else:
        code = "learning.rolled_back" if promotion.is_rollback else "learning.promoted"
        messages.success(request, say(code, language(), model=promotion.version.sha256[:12]))
    return redirect("learning:model")
