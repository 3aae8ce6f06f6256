"""Search, and the palette."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.shortcuts import render
from django.views.decorators.http import require_GET

from andon.console.doors import actor_of, page
from andon.console.gate import saw
from andon.console.review.hooks import PALETTE
from andon.console.review.queries.hits import look_up
from andon.console.review.queries.hits import search as search_for
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from andon.console.gate import Actor
    from andon.console.review.queries.hits import Hits

_LONGEST = 200
_PALETTE = 6
_SAME_SEARCH = 60  # seconds for which the same search of the same person is one event


@page(Right.QUEUE_READ)
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """What holds the words: posts, contacts, campaigns. For HTMX the results alone."""
    query = _query(request)
    hits = search_for(query) if query else None
    if hits is not None:
        _keep(actor_of(request), query, "page", hits)
    template = "review/_hits.html" if getattr(request, "htmx", False) else "review/search.html"
    response = render(request, template, {"q": query, "hits": hits})
    if getattr(request, "htmx", False):
        response.headers["HX-Replace-Url"] = f"{request.path}?{request.GET.urlencode()}"
    return response


@page(Right.QUEUE_READ)
@require_GET
def palette(request: HttpRequest) -> HttpResponse:
    """Items for the palette: what holds the words."""
    query = _query(request)
    hits = look_up(query, limit=_PALETTE) if query else None
    if hits is not None:
        _keep(actor_of(request), query, "palette", hits)
    others = [hit for source in PALETTE for hit in source(actor_of(request).person, query)] if query else []
    return render(request, "review/_palette.html", {"q": query, "hits": hits, "others": others})


def _query(request: HttpRequest) -> str:
    return request.GET.get("q", "").replace("\0", "").strip()[:_LONGEST]


def _keep(actor: Actor, query: str, where: str, hits: Hits) -> None:
    """Keep in the trail what was searched and how much was found; the same words again within a minute are the same search."""
    key = hashlib.sha256(f"{actor.person.pk} {query}".encode("utf-8", "replace")).hexdigest()
    if cache.add(f"review:searched:{key}", 1, _SAME_SEARCH):
        found = hits.found
        facts = {"q": query, "where": where, "posts": len(found.posts), "contacts": len(found.contacts), "campaigns": len(found.campaigns)}
        saw(actor, "review.searched", "", facts)
