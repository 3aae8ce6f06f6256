"""Built into every template: `{% say "code" name=value %}`, times in Japan, numbers, badges, small charts."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from andon.console.frame import charts
from andon.domain.times import JAPAN
from andon.wording.say import SENTENCES
from andon.wording.say import say as say_plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.core.paginator import Page

    from andon.wording.say import Language

register = template.Library()
LEVELS = {3: "high", 2: "medium", 1: "low"}
STATE_ICONS = {
    "open": "dot", "recruitment": "flag", "not": "cross", "escalated": "up", "merged": "merge", "withdrawn": "undo",
    "waiting": "clock", "running": "dot", "done": "check", "failed": "warn", "cancelled": "cross",
}  # fmt: skip
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def language() -> Language:
    """The language of this answer."""
    return "en" if (get_language() or "ja").startswith("en") else "ja"


def _text(code: str, **data: object) -> str:
    return say_plain(code, language(), **data)


@register.simple_tag
def say(code: str, **data: object) -> SafeString:
    """The sentence of `code` in the page's language; what is filled in is escaped."""
    return mark_safe(_text(code, **{name: _shown(value) for name, value in data.items()}))  # noqa: S308 - our sentences; data escaped


def _shown(value: object) -> object:
    """Numbers keep their type, so that a sentence may write {count:,}."""
    return value if isinstance(value, int | float) else conditional_escape(value if isinstance(value, SafeString) else str(value))


@register.simple_tag
def page_lang() -> str:
    """"ja" or "en", for lang attributes; works where no request is at hand (the page of error 500)."""
    return language()


@register.simple_tag
def words(element_id: str, *codes: str) -> SafeString:
    """Sentences for a script of ours, as JSON in the page: `words("review-words")` of desk.js reads them, and fills their places."""
    return _words(element_id, codes, language())


@cache
def _words(element_id: str, codes: tuple[str, ...], spoken: Language) -> SafeString:
    return json_script({code: SENTENCES.get(code, (code, code))[spoken == "en"] for code in codes}, element_id)


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file. As `static`, which computes it anew every time; it does not change while a process lives."""
    return _asset(path)


@cache
def _asset(path: str) -> str:
    return static(path)


# Times


@register.filter
def jst(value: datetime | None, form: str = "%Y-%m-%d %H:%M") -> str:
    """A stored time as people in Japan read it; nothing for none."""
    return value.astimezone(JAPAN).strftime(form) if value else ""


@register.simple_tag
def ago(value: datetime | None) -> SafeString:
    """How long since `value` (or until it), with the exact time behind it; desk.js keeps it up to date."""
    if value is None:
        return SafeString("—")
    exact = jst(value)
    return format_html('<time datetime="{}" title="{}" data-ago>{}</time>', value.isoformat(), exact, _since(value) or exact[:10])


def _since(value: datetime) -> str:
    """In minutes, hours or days; nothing beyond thirty days, where the date says more."""
    seconds = (timezone.now() - value).total_seconds()
    way, span = ("ago", seconds) if seconds >= 0 else ("in", -seconds)
    if span < _MINUTE:
        return _text("frame.ago.now")
    for unit, size, limit in (("minutes", _MINUTE, _HOUR), ("hours", _HOUR, _DAY), ("days", _DAY, 30 * _DAY)):
        if span < limit:
            return _text(f"frame.{way}.{unit}", count=int(span // size))
    return ""


# Numbers


@register.filter
def number(value: float | None) -> str:
    """1234567 as 1,234,567; a dash for none."""
    return "—" if value is None else f"{value:,}"


@register.simple_tag
def share(part: int, whole: int) -> SafeString:
    """A percentage that says of how many: 15% (3 of 20). Nothing is divided by zero."""
    if not whole:
        return SafeString(_text("frame.share.none"))
    return format_html('<span class="share">{}</span>', _text("frame.share", percent=f"{part / whole:.0%}", part=part, whole=whole))


@register.simple_tag
def sparkline(values: Sequence[float], label: str = "", kind: str = "line") -> SafeString:
    """A small chart of a series, drawn here; `label` says what it counts, to who cannot see it. `kind`: line or bars."""
    return charts.sparkline(list(values), _summary(list(values), label), bars=kind == "bars")


def _summary(values: list[float], label: str) -> str:
    if not values:
        return label
    return f"{label} " + _text("frame.sparkline.summary", low=min(values), high=max(values), last=values[-1])


@register.simple_tag
def bar(value: float, of: float, label: str = "", tone: str = "") -> SafeString:
    """A bar for a part of a whole; `tone`: for, against, quiet."""
    return charts.bar(value, of, label, tone)


# Badges: a sign and a word, never a colour alone


# They are the same for all: made once for each language.


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawing of the sprite (icons.svg); with a label when no text beside it says what it means."""
    return _icon(name, str(label))


@lru_cache(maxsize=512)
def _icon(name: str, label: str) -> SafeString:
    href = f"{_asset('frame/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, href)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', href)


@register.simple_tag
def level(value: int | str) -> SafeString:
    """The level of a post or campaign (3, 2, 1 or high, medium, low)."""
    return _level(LEVELS.get(value, "low") if isinstance(value, int) else str(value), language())


@cache
def _level(name: str, spoken: Language) -> SafeString:
    label, text = say_plain("frame.level.label", spoken), say_plain(f"frame.level.{name}", spoken)
    return format_html(
        '<span class="level level--{}"><span class="level__bars" aria-hidden="true"></span><span class="sr">{} </span>{}</span>', name, label, text
    )


@register.simple_tag
def kind(code: str) -> SafeString:
    """What is asked of people."""
    return _kind(code, language()) if code else SafeString("")


@lru_cache(maxsize=256)
def _kind(code: str, spoken: Language) -> SafeString:
    return format_html('<span class="kind">{}</span>', say_plain(f"kind.{code}", spoken))


@register.simple_tag
def state(code: str) -> SafeString:
    """How a campaign, an upload or a decision stands."""
    return _state(code, language())


@lru_cache(maxsize=256)
def _state(code: str, spoken: Language) -> SafeString:
    drawing = icon(STATE_ICONS.get(code, "dot"))
    return format_html('<span class="state state--{}">{}{}</span>', code, drawing, say_plain(f"frame.state.{code}", spoken))


@register.inclusion_tag("frame/pages.html", takes_context=True)
def pages(context: dict[str, Any], page: Page[Any], name: str = "page") -> dict[str, Any]:
    """Previous and next of a Django page, keeping the other parts of the address."""
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query[name] = str(number)
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "count": page.paginator.num_pages,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }
