"""The signals page, and one signal with examples."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from andon.console import gate
from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.intake.engine import in_use
from andon.console.learning.actions.ask_count import ask
from andon.console.learning.models import SignalCount
from andon.console.learning.pictures import gauge
from andon.console.learning.queries import signals as queries
from andon.console.learning.signal_texts import fires, signal_texts
from andon.console.staff.rights import Right
from andon.detection.assess.reasons import signal_reasons
from andon.detection.signals.registry import by_name
from andon.detection.signals.signal import Side
from andon.statistics.intervals import share
from andon.wording.groups import GROUPS
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from andon.console.intake.models import Post
    from andon.console.learning.queries.signals import SignalRow
    from andon.detection.scoring.engine import Engine
    from andon.wording.say import Language

_LONG_DAYS = 56


@require_GET
@page(Right.MODEL_READ)
def signals(request: HttpRequest) -> HttpResponse:
    """All signals that fit the filter, by group; for HTMX the list alone."""
    query, group, side = (request.GET.get(name, "").strip()[:60] for name in ("q", "group", "side"))
    using = in_use()
    rows = queries.signal_rows(using.engine, language(), query=query, group=group, side=side)
    strongest = max((abs(point) for point in using.engine.points), default=1.0)
    about: dict[str, Any] = {
        "groups": [(label, [_shown(one) for one in some]) for label, some in groupby(rows, key=lambda one: one.text.group_label)], "shown": len(rows),
        "all": len(using.engine.points), "strongest": strongest, "query": query, "group": group, "side": side, "tab": "signals",
        "choices": [(name, pair[language() == "en"]) for name, pair in GROUPS.items()], "sides": [str(one) for one in Side],
        "count": SignalCount.objects.first(), "enough": queries.ENOUGH, "now": timezone.now(),
    }  # fmt: skip
    about["is_due"] = bool(about["count"] and about["count"].is_due(about["now"]))
    is_part = request.headers.get("HX-Request") and not request.headers.get("HX-History-Restore-Request")
    response = render(request, "learning/_signals.html" if is_part else "learning/signals.html", about)
    response["Vary"] = "HX-Request, Cookie"
    return response


def _shown(row: SignalRow) -> dict[str, Any]:
    """A row with what is said of its signal, and the bar of its share."""
    precision = row.precision
    picture = gauge(precision.as_dict(), 1.0, "for") if precision else ""
    return {"row": row, "text": _said(row.text.name, language()), "precision": precision, "picture": picture}


@lru_cache(maxsize=1_000)
def _said(name: str, in_language: Language) -> SafeString:
    """What is said of a signal in the list: it never changes, and rendering it is most of the page's work."""
    return render_to_string("learning/_signal_text.html", {"text": signal_texts(in_language)[name]})


@require_GET
@page(Right.MODEL_READ)
def signal(request: HttpRequest, name: str) -> HttpResponse:
    """One signal: what it looks for, what it weighs, how often it fires, and in which posts of this desk."""
    if name not in signal_texts(language()):
        raise Http404
    using, actor = in_use(), actor_of(request)
    row = queries.rows_of([name], using.engine, language(), days=_LONG_DAYS)[0]
    posts = queries.example_posts(row.figure) if actor.person.may(Right.QUEUE_READ) else []
    if posts:
        gate.saw(actor, "learning.signal_opened", f"signal:{name}", {"posts": [post.pk for post in posts]})
    settled = share(row.figure.recruitment, row.settled) if row.figure else None
    about: dict[str, Any] = {
        "row": row, "fires": fires(by_name()[name]), "settled": settled, "picture": gauge(settled.as_dict(), 1.0, "for") if settled else "",
        "examples": [(post, list(_lit(post, name, using.engine))) for post in posts], "enough": queries.ENOUGH, "count": SignalCount.objects.first(),
        "texts": signal_texts(language()), "first_day": queries.first_day(_LONG_DAYS), "strongest": max(map(abs, using.engine.points), default=1.0),
        "tab": "signals",
    }  # fmt: skip
    return render(request, "learning/signal.html", about)


def _lit(post: Post, name: str, engine: Engine) -> Iterator[tuple[str, bool]]:
    """The text in stretches, and whether the signal rests on each. Where it rests on the whole text, nothing is lit."""
    text, at = post.text, 0
    for start, end in sorted(_spans(text, name, engine)):
        if end > at:
            yield text[at : max(at, start)], False
            yield text[max(at, start) : end], True
            at = end
    yield text[at:], False


def _spans(text: str, name: str, engine: Engine) -> set[tuple[int, int]]:
    """The places of the original that the signal's words stand at; of a signal without words the place that its reason rests on."""
    reading, number = engine.read(text), engine.number[name]
    words = {reading.normal.span(hit.start, hit.end) for hit in reading.hits if number in hit.signals}
    return words or {(one.start, one.end) for one in signal_reasons(text, reading, engine) if one.signal == name and one.end - one.start < len(text)}


@require_POST
@page(Right.MODEL_READ)
def count(request: HttpRequest) -> HttpResponse:
    """Have the figures counted anew."""
    ask(actor_of(request))
    messages.success(request, say("learning.signals.asked", language()))
    return redirect("learning:signals")
