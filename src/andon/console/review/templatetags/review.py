"""`{% load review %}`: texts with their lit places, without a character of white space that the post does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html, format_html_join

from andon.console.frame.templatetags.desk import language
from andon.console.review.visible import plain
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.utils.safestring import SafeString

    from andon.console.review.lit import Stretch
    from andon.console.review.queries.card import TemplatePart
    from andon.console.review.visible import Piece

register = template.Library()
_SIDES = {"for": "hit--for", "against": "hit--against", "": ""}


@register.simple_tag
def unhidden(pieces: Iterable[Piece]) -> SafeString:
    """A text; what cannot be seen in it stands as its code."""
    return format_html_join("", "{}", ((_piece(one),) for one in pieces))


def _piece(piece: Piece) -> SafeString | str:
    if not piece.unseen:
        return piece.text
    return format_html('<span class="unseen" title="{}">{}</span>', say("review.unseen", language(), char=piece.unseen), piece.sign)


@register.simple_tag
def lit(stretches: Iterable[Stretch], labels: Mapping[int, str] | None = None) -> SafeString:
    """A post's text with the places lit that its reasons rest on; `labels` name the reasons by number."""
    return format_html_join("", "{}", ((_stretch(one, labels or {}),) for one in stretches))


def _stretch(stretch: Stretch, labels: Mapping[int, str]) -> SafeString:
    inner = unhidden(stretch.pieces)
    if not stretch.reasons and not stretch.is_contact:
        return inner
    contact = ("is-contact" if stretch.side else "hit--contact") if stretch.is_contact else ""
    classes = " ".join(filter(None, ("hit", _SIDES[stretch.side], contact)))
    if not stretch.reasons:
        return format_html('<mark class="{}">{}</mark>', classes, inner)
    title = " / ".join(labels[number] for number in stretch.reasons if number in labels)
    numbers = " ".join(map(str, stretch.reasons))
    return format_html('<mark class="{}" data-reasons="{}" title="{}">{}</mark>', classes, numbers, title, inner)


@register.simple_tag
def found(stretches: Iterable[Stretch]) -> SafeString:
    """A stretch of a post with the words lit that a search found."""
    return format_html_join("", "{}", ((_found(one),) for one in stretches))


def _found(stretch: Stretch) -> SafeString:
    inner = unhidden(stretch.pieces)
    return format_html('<mark class="hit hit--found">{}</mark>', inner) if stretch.reasons else inner


@register.simple_tag
def wording(parts: Iterable[TemplatePart]) -> SafeString:
    """A template: common text, and slots with what varies there."""
    return format_html_join("", "{}", ((_part(one),) for one in parts))


def _part(part: TemplatePart) -> SafeString:
    inner = unhidden(part.pieces)
    if part.slot is None:
        return inner
    kind = say(f"slot.{part.slot.slot}", language())
    return format_html('<span class="slot"><span class="slot__kind">{} {}</span>{}</span>', part.slot.number, kind, inner)


@register.filter
def line(text: str) -> str:
    """A stored title as one line; what cannot be seen, or turns the direction of writing, is left out."""
    return plain(text) or "—"


@register.filter
def openable(url: str) -> bool:
    """Whether an address of a post may be a link: one of the web, with nothing hidden in it. javascript: and the like are shown, never opened."""
    return url.startswith(("https://", "http://")) and plain(url) == url


@register.filter
def labels(reasons: Iterable[object]) -> dict[int, str]:
    """The reasons' names by number."""
    return {one.number: one.label for one in reasons}  # type: ignore[attr-defined]  # Why; a template's filter takes what it is given


@register.filter
def percent(value: float | None) -> int:
    """A share in whole percent, rounded down: 0.996 is not the same as alike."""
    return int((value or 0) * 100)


@register.filter
def short(value: str, length: int = 12) -> str:
    """The beginning of a hash."""
    return value[:length]


@register.filter
def reading_order(value: float) -> str:
    """A score for people, as a value from 0 to 100 that orders reading: no percent sign, which would make it look like a probability."""
    return f"{value * 100:.0f}"
