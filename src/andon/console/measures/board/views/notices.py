"""Notices: the page, the bell, and the digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from andon.console.doors import actor_of, page
from andon.console.frame.templatetags.desk import language
from andon.console.measures.board.actions.digests import set_digest
from andon.console.measures.board.forms import numbers
from andon.console.measures.board.models import Digest
from andon.console.measures.board.said import say_notice
from andon.console.measures.common.actions.notices import read as read_notices
from andon.console.measures.common.models import Notice
from andon.console.measures.common.notices import unread
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_PAGE = 50


@page(Right.OWN_SETTINGS)
def notices(request: HttpRequest) -> HttpResponse:
    """My notices, latest first."""
    person = actor_of(request).person
    mine = Notice.objects.filter(person=person.pk)
    found = Paginator(mine, _PAGE).get_page(request.GET.get("page"))
    rows = [{"notice": one, "sentence": say_notice(one, language())} for one in found]
    digest = Digest.objects.filter(person=person.pk).first()
    return render(request, "board/notices.html", {
        "rows": rows, "found": found, "unread": unread(person.pk), "every": digest.every if digest else Digest.Every.NEVER,
        "choices": Digest.Every.values, "has_mail": bool(person.email),
    })  # fmt: skip


@page(Right.OWN_SETTINGS)
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark some of my notices as read, or all."""
    ids = numbers(request.POST, "notice")
    read_notices(actor_of(request), ids or None)
    return redirect("board:notices")


@page(Right.OWN_SETTINGS)
@require_POST
def follow(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark one as read and go where it points."""
    actor = actor_of(request)
    notice = get_object_or_404(Notice, pk=notice_id, person=actor.person.pk)
    if notice.read_at is None:
        read_notices(actor, [notice.pk])
    return redirect(notice.url if notice.url.startswith("/") and not notice.url.startswith("//") else "board:notices")


@page(Right.OWN_SETTINGS)
@require_POST
def digest(request: HttpRequest) -> HttpResponse:
    """How often by mail."""
    every = request.POST.get("every", "")
    if every in Digest.Every.values:
        set_digest(actor_of(request), every)
    return redirect("board:notices")
