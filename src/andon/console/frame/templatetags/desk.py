"""Built into every template: `{% say "code" name=value %}`, times in Japan, numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from andon.domain.times import JAPAN
from andon.wording.say import say as say_plain

if TYPE_CHECKING:
    from datetime import datetime

    from andon.wording.say import Language

register = template.Library()


def language() -> Language:
    """The language of this answer."""
    return "en" if (get_language() or "ja").startswith("en") else "ja"


@register.simple_tag
def say(code: str, **data: object) -> SafeString:
    """The sentence of `code` in the page's language; what is filled in is escaped."""
    return mark_safe(say_plain(code, language(), **{name: _shown(value) for name, value in data.items()}))  # noqa: S308 - our sentences; data escaped


def _shown(value: object) -> object:
    """Numbers keep their type, so that a sentence may write {count:,}."""
    return value if isinstance(value, int | float) else conditional_escape(value if isinstance(value, SafeString) else str(value))


@register.filter
def jst(value: datetime | None, form: str = "%Y-%m-%d %H:%M") -> str:
    """A stored time as people in Japan read it; nothing for none."""
    return value.astimezone(JAPAN).strftime(form) if value else ""
