"""Events in words, facts as one reads them."""

from __future__ import annotations

import orjson
from django import template

from andon.console.frame.templatetags.desk import language
from andon.wording.say import say

register = template.Library()


@register.simple_tag
def event_words(event: str) -> str:
    """What an event is called; its name where it has no words (one of a later version, say)."""
    words = say(f"event.{event}", language())
    return event if words == f"event.{event}" else words


@register.simple_tag
def fact(value: object) -> str:
    """A fact's value: a text as it is, everything else as JSON."""
    return value if isinstance(value, str) else orjson.dumps(value).decode()
