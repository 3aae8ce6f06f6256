"""What every page needs to know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """Whether this is the demo, and what the person chose for the looks."""
    user = getattr(request, "user", None)
    return {"is_demo": settings.DEMO, "appearance": getattr(user, "appearance", "auto")}
