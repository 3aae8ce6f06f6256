"""How this app's figures are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from andon.console.frame.templatetags.desk import language
from andon.wording.say import SENTENCES, say

if TYPE_CHECKING:
    from andon.console.learning.signal_texts import SignalText

register = template.Library()
_LEAST = 0.005
_FINE = 0.1  # below this a share is written with two decimals


@register.filter
def percent(value: float | None) -> str:
    """A share as 12.3%, a small one as 0.26%."""
    if value is None:
        return "—"
    return f"{value:.0%}" if value in (0.0, 1.0) else f"{value:.2%}" if value < _FINE else f"{value:.1%}"


@register.filter
def signed(value: float) -> str:
    """A weight with its sign."""
    return f"{value:+.2f}" if abs(value) >= _LEAST else "0"


@register.filter
def size(value: float) -> float:
    """A weight without its sign, for a bar."""
    return abs(value)


@register.filter
def tone(value: float) -> str:
    """The tone of a weight's bar."""
    return "for" if value > 0 else "against" if value < 0 else "quiet"


@register.filter
def kind_name(kind: str) -> str:
    """A kind of recruitment by name, a reason of the desk by its words, any other kind of benign rows as the corpus calls it."""
    code = f"review.not.{kind.removeprefix('desk_')}" if kind.startswith("desk_") else f"kind.{kind}"
    return say(code, language()) if code in SENTENCES else kind


@register.filter
def at(texts: dict[str, SignalText], name: str) -> str:
    """The label of a signal."""
    return texts[name].label if name in texts else name
