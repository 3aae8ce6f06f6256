"""The filters of the queue as links, each with its count, and the list of what is switched on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from andon.console.frame.templatetags.desk import language
from andon.console.review.visible import plain
from andon.wording.say import say

if TYPE_CHECKING:
    from andon.console.review.queries.counts import Counts
    from andon.console.review.queries.filters import QueueFilter

_WORDS = {"state": "review.state.", "level": "frame.level.", "kind": "kind."}
_MOST_VALUES = 24


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a filter: where it leads, and how many campaigns it brings. `key` names its count on the page."""

    code: str
    label: str
    count: int
    href: str
    current: bool
    key: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with its values; `chosen` is what it is set to, in words."""

    name: str
    values: list[Value]
    chosen: str


def facets(wanted: QueueFilter, counted: Counts) -> list[Facet]:
    """The filters that have counts."""
    return [_facet(name, wanted, counted.of(name)) for name in wanted.NAMED]


def _facet(name: str, wanted: QueueFilter, counted: dict[str, int]) -> Facet:
    current = str(getattr(wanted, name))
    codes = [code for code in counted if code][:_MOST_VALUES]
    if current and current not in codes:
        codes.append(current)
    values = []
    for code in codes:
        is_current = code == current
        change = {name: "" if is_current and name != "state" else code}
        values.append(Value(code, value_label(name, code), counted.get(code, 0), _address(wanted.address(**change)), is_current, key_of(name, code)))
    return Facet(name, values, value_label(name, current) if current else "")


def key_of(name: str, code: str) -> str:
    """An id for the place of a count; a source may be called anything."""
    return f"n-{name}-{code if code.isascii() and code.isalnum() else code.encode().hex()}"


def value_label(name: str, code: str) -> str:
    """A value in words."""
    return say(_WORDS[name] + code, language()) if name in _WORDS else plain(code, 40)


@dataclass(frozen=True, slots=True)
class On:
    """A filter that is switched on, and the address without it."""

    label: str
    value: str
    href: str


def switched_on(wanted: QueueFilter) -> list[On]:
    """What narrows the view, each with a way to take it off."""
    found = []
    for name, value in wanted.asked.items():
        label = say(f"review.filter.{name}", language())
        text = "" if value is True else value_label(name, str(value))
        off: dict[str, object] = {name: type(value)() if isinstance(value, bool | int | str) else None}
        found.append(On(label, text, _address(wanted.address(**off))))
    return found


def _address(query: str) -> str:
    return reverse("review:queue") + (f"?{query}" if query else "")
