"""`{{ timedelta|minutes }}`; the demo's people for its sign-in page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings

from andon.console.demo_people import PASSWORD, PEOPLE

if TYPE_CHECKING:
    from datetime import timedelta

register = template.Library()


@register.filter
def minutes(span: timedelta) -> int:
    """A span in whole minutes."""
    return int(span.total_seconds() // 60)


@register.simple_tag
def demo_sign_ins() -> dict[str, Any]:
    """The invented people and their password: on a demo desk only."""
    return {"people": PEOPLE, "password": PASSWORD} if settings.DEMO else {}
