"""The first page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
def today(request: HttpRequest) -> HttpResponse:
    """Counts, trends, the oldest waiting, my work."""
    return render(request, "home/today.html")
