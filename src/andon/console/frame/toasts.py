"""Short notices that an HTMX answer sends along: shown by desk.js in the page's toast region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from django_htmx.http import trigger_client_event

if TYPE_CHECKING:
    from django.http import HttpResponse

Tone = Literal["done", "info", "warn", "wrong"]


def toast(response: HttpResponse, text: str, *, tone: Tone = "done", undo_url: str = "", key: str = "") -> HttpResponse:
    """Let `response` show `text`. With `undo_url` the toast has a button that POSTs there; `key` is shown beside it ("u")."""
    trigger_client_event(response, "toast", {"text": text, "tone": tone, "undo_url": undo_url, "key": key})
    return response
