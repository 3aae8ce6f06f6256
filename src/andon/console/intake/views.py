"""Pages of the intake: files come in here, and how far they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from urllib.parse import unquote

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from andon.console import gate
from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.frame.toasts import toast
from andon.console.intake import files, queries
from andon.console.intake.actions.run_upload import cancel as cancel_upload
from andon.console.intake.actions.run_upload import retry as retry_upload
from andon.console.intake.forms import ChoicesForm
from andon.console.intake.models import Upload
from andon.console.intake.tasks import scan_upload, submit
from andon.console.staff.rights import Right
from andon.domain.errors import AndonError, Refused
from andon.wording.say import say, say_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

PER_PAGE = 30
_PIECE = 1 << 20
_NOTED = 20  # files of one form whose problems are told


@page(Right.INTAKE_ADD)
@require_http_methods(["GET", "POST"])
def uploads(request: HttpRequest) -> HttpResponse:
    """All uploads, and where new files go in. A POST is the plain form (without script, several files at once)."""
    form = ChoicesForm(request.POST if request.method == "POST" else None)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        problems = _take_all(request, form)
        if not problems:
            return HttpResponseRedirect(reverse("intake:uploads"))
    wrong = bool(problems) or (request.method == "POST" and not form.is_valid())
    context = _list(request) | {"form": form, "problems": problems, "limit": files.limit_gib()}
    return render(request, "intake/uploads.html", context, status=422 if wrong else 200)


@page(Right.INTAKE_ADD)
@require_GET
def upload_list(request: HttpRequest) -> HttpResponse:
    """The list alone: asked for every second while something runs."""
    return render(request, "intake/_list.html", _list(request))


@page(Right.INTAKE_ADD)
@require_POST
def receive(request: HttpRequest) -> HttpResponse:
    """One file as the body of the request, its name in the header X-Name (percent-encoded): what the drop zone sends, written as it comes."""
    form = ChoicesForm(request.GET)
    if not form.is_valid():
        raise Refused(reason="upload_choices", name="; ".join(str(one[0]) for one in form.errors.values()))
    length = request.META.get("CONTENT_LENGTH") or ""
    name = unquote(request.headers.get("X-Name", ""))
    received = files.receive(name, _body(request), int(length) if length.isdigit() else None)
    upload, goes_on = submit(actor_of(request), received, **form.choices())
    sentence = say("intake.taken" if goes_on else "intake.known_file", language(), name=received.name)
    return JsonResponse({"id": upload.pk, "waits": goes_on, "sentence": sentence})


@page(Right.INTAKE_ADD)
@require_GET
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """One upload: what was read, what was found, what could not be read."""
    return render(request, "intake/upload.html", _one(pk))


@page(Right.INTAKE_ADD)
@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The moving part of the page of one upload."""
    return render(request, "intake/_upload.html", _one(pk))


@page(Right.INTAKE_ADD)
@require_GET
def rejects(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that could not be read, as JSON lines."""
    row = get_object_or_404(Upload, pk=pk)
    path = files.rejects_path(row)
    if not row.rejected or not path.is_file():
        raise Http404
    gate.saw(actor_of(request), "intake.rejects_downloaded", f"upload:{pk}", {"rows": row.rejected})
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=f"rejects-{pk}.jsonl", content_type="application/x-ndjson")
    return cast("HttpResponse", answer)  # streamed; every view here promises the plain kind


@page(Right.INTAKE_ADD)
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop it, or take a failed one away."""
    row = cancel_upload(actor_of(request), pk)
    return _after(request, say("intake.cancelled", language(), name=row.name))


@page(Right.INTAKE_ADD)
@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a failed one again."""
    row = retry_upload(actor_of(request), pk)
    scan_upload.enqueue(row.pk)
    return _after(request, say("intake.retried", language(), name=row.name))


def _list(request: HttpRequest) -> dict[str, object]:
    found = Paginator(queries.uploads(), PER_PAGE).get_page(request.GET.get("page"))
    return {"page_obj": found, "lines": queries.lines(found, language()), "is_active": queries.is_anything_active()}


def _one(pk: int) -> dict[str, object]:
    row = get_object_or_404(Upload.objects.select_related("by", "model"), pk=pk)
    return {"line": queries.lines([row], language())[0], "upload": row, "campaigns": queries.campaigns_of(row)}


def _after(request: HttpRequest, sentence: str) -> HttpResponse:
    """The list anew for HTMX, the page for a plain form."""
    if getattr(request, "htmx", False):
        return toast(render(request, "intake/_list.html", _list(request)), sentence)
    return HttpResponseRedirect(reverse("intake:uploads"))


def _body(request: HttpRequest) -> Iterator[bytes]:
    while piece := request.read(_PIECE):
        yield piece


def _take_all(request: HttpRequest, form: ChoicesForm) -> list[str]:
    """Take the files of a plain form; a sentence for each that could not be taken."""
    problems: list[str] = []
    given = request.FILES.getlist("files")
    for one in given:
        try:
            submit(actor_of(request), files.receive(one.name or "", one.chunks(), one.size), **form.choices())
        except AndonError as error:
            problems.append(say_error(error, language()))
    return problems[:_NOTED] if given else [say("intake.no_file", language())]
