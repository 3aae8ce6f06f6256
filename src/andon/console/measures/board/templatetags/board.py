"""Codes of problems, limits, kinds of measures and what waits, in words."""

from __future__ import annotations

from django import template

from andon.console.frame.templatetags.desk import language
from andon.console.measures.board.said import say_first, say_limit, say_problem

register = template.Library()


@register.simple_tag
def problem(code: str) -> str:
    """What was in the way of sending."""
    return say_problem(code, language())


@register.simple_tag
def limit_name(name: str) -> str:
    """What a limit counts."""
    return say_limit(name, language())


@register.simple_tag
def measure(code: str) -> str:
    """The name of a kind of measure."""
    return say_first((f"kind_of_measure.{code}", f"{code}.title"), code, language())


@register.simple_tag
def waits(code: str) -> str:
    """What a sort of waiting things is called."""
    return say_first((f"waiting.{code}", code), code, language())
