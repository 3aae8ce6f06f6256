"""The bell in the frame of every page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from andon.console.measures.common.notices import unread
from andon.console.staff.models import Person

if TYPE_CHECKING:
    from django.http import HttpRequest


def bell(request: HttpRequest) -> dict[str, Any]:
    """Where notices are, and how many are unread: counted where a page shows it, not for parts of a page."""
    person = getattr(request, "user", None)
    if not isinstance(person, Person):
        return {}
    return {"bell_url": reverse("board:notices"), "bell": SimpleLazyObject(lambda: unread(person.pk))}
