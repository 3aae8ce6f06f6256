"""A cell of a list, whatever it holds; and of what kind a subject of the trail is."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from andon.console.frame.templatetags.desk import jst, language, number
from andon.wording.say import SENTENCES, say

if TYPE_CHECKING:
    from andon.console.undercover.inspection.lists.listing import Cell

register = template.Library()


@register.simple_tag
def cell(value: Cell) -> SafeString:
    """A time, a number, a text, or texts below each other; nothing is a dash."""
    if isinstance(value, datetime):
        return format_html('<span class="nowrap">{}</span>', jst(value))
    if isinstance(value, int):
        return SafeString(number(value))
    if isinstance(value, list) and value:
        return format_html_join("", '<span class="lines">{}</span>', ((line,) for line in value))
    return format_html("{}", value) if value else SafeString("—")


@register.simple_tag
def kind_of(subject: str) -> str:
    """What sort of thing a subject ("case:12") is, without saying which."""
    code = f"inspection.kind.{subject.partition(':')[0]}"
    return say(code, language()) if code in SENTENCES else "—"
