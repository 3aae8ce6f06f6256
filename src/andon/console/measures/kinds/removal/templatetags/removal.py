"""States, lines of the timeline and names, as the pages of removal requests show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html

from andon.console.frame.templatetags.desk import icon, language
from andon.wording.say import SENTENCES, say

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from andon.console.measures.common.models import Provider
    from andon.console.measures.kinds.removal.models import Event

register = template.Library()
_TONES = {
    "removed": "done", "gone": "done", "sent": "", "acknowledged": "", "asked": "", "refused": "warn", "no_answer": "warn", "bounced": "warn",
    "reopened": "warn", "back": "warn", "partly": "", "approved": "", "drafted": "", "overdue": "warn",
}  # fmt: skip
_ICONS = {
    "drafted": "edit", "approved": "check", "sent": "speech", "acknowledged": "speech", "removed": "check", "partly": "split", "refused": "cross",
    "no_answer": "clock", "gone_before": "eye-off", "bounced": "warn", "reopened": "refresh", "cancelled": "cross", "waiting": "clock",
    "asked": "speech", "gone": "check", "back": "refresh", "dropped": "minus",
}  # fmt: skip
_PLACES = {"posts": 0, "asked": 0, "gone": 0, "gone_before": 0, "to_ask": 0, "status": "", "problem": ""}


@register.simple_tag
def removal_state(code: str, group: str = "state") -> SafeString:
    """The badge of a state of a request (`group` state), of one of its posts (item), or of a letter (letter_state)."""
    tone = _TONES.get(code, "")
    drawing = icon(_ICONS[code]) if code in _ICONS else ""
    return format_html('<span class="badge{}">{}{}</span>', f" badge--{tone}" if tone else "", drawing, say(f"removal.{group}.{code}", language()))


@register.simple_tag
def removal_event(event: Event) -> str:
    """A line of the timeline."""
    facts = _PLACES | event.facts
    if facts["problem"]:
        facts["problem"] = removal_problem(str(facts["problem"]))
    return say(f"removal.event.{event.code}", language(), **facts)


@register.simple_tag
def removal_problem(code: str) -> str:
    """What is in the way, in words; a code that has none as it is."""
    known = f"removal.problem.{code}"
    if known in SENTENCES:
        return say(known, language())
    elsewhere = f"outgoing.problem.{code}"
    if elsewhere in SENTENCES:
        return say(elsewhere, language())
    start = f"removal.problem.{code.partition('_')[0]}"
    return f"{say(start, language())} ({code.partition('_')[2]})" if start in SENTENCES else code


@register.filter
def provider_name(provider: Provider | None) -> str:
    """A provider's name in the language of the page."""
    if provider is None:
        return say("removal.every", language())
    return provider.name_en or provider.name if language() == "en" else provider.name


@register.filter
def hours(value: float | None) -> str:
    """Hours, or a dash."""
    return "—" if value is None else say("removal.hours", language(), hours=value)


@register.filter
def percent(value: float | None) -> str:
    """A share as a percentage, or a dash."""
    return "—" if value is None else f"{100 * value:.1f}%"
