"""Codes of problems and limits in words."""

from __future__ import annotations

from django import template

from andon.console.frame.templatetags.desk import language
from andon.console.measures.board.said import say_limit, say_problem

register = template.Library()


@register.simple_tag
def problem(code: str) -> str:
    """What was in the way of sending."""
    return say_problem(code, language())


@register.simple_tag
def limit_name(name: str) -> str:
    """What a limit counts."""
    return say_limit(name, language())
