"""The first page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from andon.console.doors import page
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@page(Right.OWN_SETTINGS)
def today(request: HttpRequest) -> HttpResponse:
    """Counts, trends, the oldest waiting, my work."""
    return render(request, "home/today.html")
