"""A letter in each of its forms: as it would go out now, or as it went. To look at, and to take along (which the trail keeps)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from andon.console.doors import actor_of, page
from andon.console.gate import saw
from andon.console.measures.common import files
from andon.console.measures.kinds.removal.documents import mail
from andon.console.measures.kinds.removal.documents.blocks import Points, Record, Text, blocks
from andon.console.measures.kinds.removal.documents.dsa import dsa
from andon.console.measures.kinds.removal.documents.formats import FORMATS
from andon.console.measures.kinds.removal.documents.table import csv_file
from andon.console.measures.kinds.removal.documents.xarf import xarf
from andon.console.measures.kinds.removal.models import Letter, Mail
from andon.console.measures.kinds.removal.packet import build, items_of
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from andon.console.staff.models import Person
    from andon.wording.say import Language

_MOST_SHOWN = 20_000  # characters of a file that a preview shows
_KINDS = {Text: "text", Points: "points", Record: "record"}


@page(Right.MEASURE_READ)
@require_GET
def document(request: HttpRequest, removal_id: int, letter_id: int, form: str) -> HttpResponse:
    """The file."""
    actor = actor_of(request)
    letter, packet = _packet(removal_id, letter_id, actor.person)
    if form not in FORMATS:
        raise Http404
    one = FORMATS[form]
    content = one.make(packet)
    facts = {"letter": letter.pk, "form": form, "posts": len(packet["posts"]), "frozen": letter.packet is not None}
    saw(actor, "removal.document_taken", f"removal:{removal_id}", facts)
    response = HttpResponse(content, content_type=one.media_type)
    response["Content-Disposition"] = f'attachment; filename="{one.name(packet)}"'
    return response


@page(Right.MEASURE_READ)
@require_GET
def preview(request: HttpRequest, removal_id: int, letter_id: int, form: str) -> HttpResponse:
    """The same on the page: the letter as it is laid out, the others as text."""
    _, packet = _packet(removal_id, letter_id, actor_of(request).person)
    if form in ("pdf", "docx"):
        languages = cast("list[Language]", packet["languages"])
        parts = [(one, [(_KINDS[type(block)], block) for block in blocks(packet, one)]) for one in languages]
        return render(request, "removal/_letter.html", {"parts": parts})
    if form not in FORMATS:
        raise Http404
    shown = _text(form, packet)
    return render(request, "removal/_file.html", {"text": shown[:_MOST_SHOWN], "cut": len(shown) > _MOST_SHOWN})


@page(Right.MEASURE_READ)
@require_GET
def mail_file(request: HttpRequest, removal_id: int, sha256: str) -> HttpResponse:
    """A message that came back, as it came: to be taken along, never shown as a page."""
    kept = Mail.objects.filter(sha256=sha256, letter__request=removal_id).first()
    if kept is None:
        raise Http404
    saw(actor_of(request), "removal.mail_read", f"removal:{removal_id}", {"sha256": kept.sha256})
    response = HttpResponse(files.read(kept.sha256), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="andon-R{removal_id}-{kept.sha256[:8]}.eml"'
    return response


def _text(form: str, packet: Mapping[str, Any]) -> str:
    if form == "mail":
        return f"{mail.subject(packet)}\n\n{mail.text(packet)}"
    if form == "csv":
        return csv_file(packet).decode().removeprefix("\ufeff")
    reports = xarf(packet) if form == "xarf" else dsa(packet)
    return "\n".join(json.dumps(one, ensure_ascii=False, indent=1) for one in reports)


def _packet(removal_id: int, letter_id: int, person: Person) -> tuple[Letter, Mapping[str, Any]]:
    """A letter and its packet: the frozen one, else the one that this person would approve now."""
    found = Letter.objects.select_related("request__provider", "request__unit").filter(pk=letter_id, request=removal_id)
    letter = found.first()
    if letter is None:
        raise Http404
    return letter, letter.packet if letter.packet is not None else build(letter, items_of(letter), person)
