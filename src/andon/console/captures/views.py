"""Pages of captures: what is kept, one capture, its file, and whether all of it is as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from andon.console import gate
from andon.console.captures import on_cards, queries, showing, store, verifying
from andon.console.captures.actions.capture import capture_many
from andon.console.captures.actions.order_page import order_page
from andon.console.captures.models import Archive, Capture, Order, Stamp
from andon.console.captures.queries import Scope
from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.frame.toasts import toast
from andon.console.intake.models import Campaign
from andon.console.outside.errors import Unreachable
from andon.console.staff.rights import Right
from andon.wording.say import say, say_error

if TYPE_CHECKING:
    from pathlib import Path

    from django.http import HttpRequest

_FAILED = 20  # pages that could not be fetched, named on the list


@require_GET
@page(Right.MEASURE_READ)
def listing(request: HttpRequest) -> HttpResponse:
    """What is kept of a campaign, of a post, or of all, latest first."""
    return _listing(request, Scope.of(request.GET))


def _listing(request: HttpRequest, scope: Scope, *, url: str = "", problem: str = "") -> HttpResponse:
    before = Scope.of({"post": request.GET.get("before", "")}).post
    found = queries.latest(scope, before)
    gate.saw(actor_of(request), "captures.read", "", scope.facts() | {"captures": len(found.captures)} | ({"before": before} if before else {}))
    orders = scope.orders()
    failed = list(orders.filter(state=Order.State.FAILED).order_by("-pk")[: _FAILED + 1])
    about: dict[str, Any] = {
        "scope": scope, "found": found, "before": before, "waiting": orders.filter(state=Order.State.WAITING).count(),
        "failed": [(one, reason_words(one.problem, one.url)) for one in failed[:_FAILED]], "more_failed": len(failed) > _FAILED,
        "may_capture": Right.CAPTURE in request.user.rights, "url": url, "problem": problem,  # type: ignore[union-attr]  # `page` lets only people in
    }  # fmt: skip
    return render(request, "captures/list.html", about, status=422 if problem else 200)


def reason_words(code: str, url: str) -> str:
    """Why a page could not be captured, in words."""
    if code in ("refused", "internal"):
        return say(f"captures.{code}", language())
    return say_error(Unreachable(reason=code, host=url.split("/")[2] if url.count("/") > 1 else url), language())


@require_GET
@page(Right.MEASURE_READ)
def one(request: HttpRequest, capture_id: int) -> HttpResponse:
    """One capture: its facts, and what was kept."""
    capture = get_object_or_404(Capture.objects.select_related("post", "by__unit", "archive"), pk=capture_id)
    gate.saw(actor_of(request), "captures.opened", f"capture:{capture.pk}", {"sha256": capture.sha256})
    is_picture = capture.kind == Capture.Kind.SCREENSHOT
    content = showing.content_of(capture)
    about = {
        "capture": capture, "stamps": list(capture.archive.stamps.order_by("pk")), "is_readable": content is not None, "is_picture": is_picture,
        "text": "" if content is None or is_picture else showing.text_of(content),
        "beside": list(Capture.objects.filter(archive=capture.archive).exclude(pk=capture.pk).order_by("pk")[:5]),
    }  # fmt: skip
    return render(request, "captures/one.html", about)


@require_GET
@page(Right.MEASURE_READ)
def picture(request: HttpRequest, capture_id: int) -> HttpResponse:
    """The screenshot, out of its archive."""
    capture = get_object_or_404(Capture.objects.select_related("archive"), pk=capture_id, kind=Capture.Kind.SCREENSHOT)
    content = showing.content_of(capture)
    if content is None:
        raise Http404
    gate.saw(actor_of(request), "captures.opened", f"capture:{capture.pk}", {"sha256": capture.sha256})
    return HttpResponse(content, content_type="image/png")


@require_GET
@page(Right.MEASURE_READ)
def download(request: HttpRequest, key: str) -> HttpResponse:
    """An archive, as it lies in the store."""
    archive = get_object_or_404(Archive, key=key)
    return _file(request, f"archive:{archive.key}", archive.key, store.ARCHIVE, "application/warc")


@require_GET
@page(Right.MEASURE_READ)
def stamp(request: HttpRequest, stamp_id: int) -> HttpResponse:
    """What an authority said, as it came."""
    row = get_object_or_404(Stamp.objects.select_related("archive"), pk=stamp_id)
    return _file(request, f"archive:{row.archive.key}", row.key, store.STAMP, "application/timestamp-reply")


def _file(request: HttpRequest, subject: str, key: str, ending: str, media_type: str) -> HttpResponse:
    try:
        path: Path = store.path_of(key, ending)
    except FileNotFoundError as error:
        raise Http404 from error
    gate.saw(actor_of(request), "captures.downloaded", subject, {"file": key})
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=f"{key[:16]}{ending}", content_type=media_type)
    return cast("HttpResponse", answer)  # streamed; every view here promises the plain kind


@require_POST
@page(Right.MEASURE_READ)
def verify(request: HttpRequest) -> HttpResponse:
    """Whether these captures are as they were when they were kept."""
    scope = Scope.of(request.POST)
    archives = queries.archives(scope)
    checked = verifying.verify(archives[: queries.MOST_VERIFIED])
    facts = scope.facts() | {"archives": checked.archives, "captures": checked.captures, "findings": len(checked.findings)}
    gate.saw(actor_of(request), "captures.verified", "", facts)
    about = {"checked": checked, "scope": scope, "is_part": len(archives) > queries.MOST_VERIFIED}
    return render(request, "captures/_verified.html" if getattr(request, "htmx", False) else "captures/verified.html", about)


@require_POST
@page(Right.CAPTURE)
def capture(request: HttpRequest) -> HttpResponse:
    """Capture the posts of a campaign, a post, or the page at an address."""
    scope, url = Scope.of(request.POST), request.POST.get("url", "").strip()
    if url:
        try:
            order_page(actor_of(request), url)
        except Unreachable as error:
            return _listing(request, Scope(), url=url[:1000], problem=say_error(error, language()))
        messages.success(request, say("captures.ordered_one", language()))
        return redirect("captures:list")
    posts = scope.posts()
    if not posts:
        return _listing(request, Scope(), problem=say("refused.capture_what", language()))
    made = capture_many(actor_of(request), posts)
    sentence = say("captures.made", language(), kept=made.kept, known=made.known, ordered=made.ordered)
    if getattr(request, "htmx", False) and scope.campaign:
        return toast(_card(request, scope.campaign), sentence)
    messages.success(request, sentence)
    return redirect(f"{reverse('captures:list')}?{scope.query}")


def _card(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The part of the campaign's card anew."""
    campaign, person = get_object_or_404(Campaign, pk=campaign_id), actor_of(request).person
    return render(request, on_cards.TEMPLATE, {"campaign": campaign, "part": on_cards.card_part(campaign, person)})
