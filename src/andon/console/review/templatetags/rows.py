"""`{% load rows %}`: what stands on a page dozens of times (rows, choices, reasons), made in Python: as templates they were half of a page's time."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from andon.console.frame.templatetags.desk import ago, bar, icon, kind, language, level, state
from andon.console.review.lit import FOR
from andon.console.review.visible import plain
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andon.console.intake.models import Campaign
    from andon.console.review.models import Lease
    from andon.console.review.why import Why
    from andon.console.staff.models import Person
    from andon.wording.say import Language

register = template.Library()
_NOTHING = SafeString("")
_SHOWN = 8  # reasons that are shown at once
_DIGITS = 9


def card_address(campaign_id: int) -> str:
    """The address of a card, without asking the resolver for every row."""
    return f"{_before_number()}{campaign_id}"


@cache
def _before_number() -> str:
    return reverse("review:card", args=[0])[:-1]


# Rows of the list


@register.simple_tag
def row(one: Campaign, lease: Lease | None, me: Person, query: str, open_card: int | str, view: str) -> SafeString:
    """The inside of a row: title and facts as one link, and below it size, age, and in whose hand it is. A view of all states shows the state."""
    address = card_address(one.pk) + query
    return format_html(
        '<a class="row-card__link" href="{}" hx-get="{}" hx-target="#card" hx-swap="outerHTML" hx-indicator="#card-waiting"'
        ' hx-sync="#card:replace"{}>'
        '<span class="row-card__title lines-2" lang="ja">{}</span><span class="row-card__facts">{}{}{}{}{}</span></a>'
        '<span class="row-card__end"><span class="cut">{} · {} · {}</span><span class="row-card__mark" id="m-{}">{}</span></span>',
        address, address, SafeString(' aria-current="true"') if one.pk == open_card else "", plain(one.title) or "—",
        level(one.level), kind(one.kind),
        _badge("warn", "review.row.later", later=one.later) if one.later else "",
        _badge("against", "review.row.near_benign") if one.near_benign else "",
        state(one.state) if view == "any" else "",
        _say("review.row.posts", posts=one.posts), _say("review.row.accounts", accounts=one.accounts),
        ago(one.last_seen), one.pk, mark(lease, "", me),
    )  # fmt: skip


@register.simple_tag
def mark(lease: Lease | None, settled: str, me: Person) -> SafeString:
    """What is happening to a card: settled meanwhile, in my hand, in somebody else's."""
    if settled:
        return state(settled)
    if lease is None:
        return _NOTHING
    if lease.person_id == me.pk:
        return format_html('<span class="row-card__mine">{}</span>', _say("review.row.mine"))
    return format_html('{}<span class="cut">{}</span>', icon("lock"), _say("review.row.held", name=lease.person.name))


def _say(code: str, **data: object) -> str:
    return say(code, language(), **data)


def _badge(tone: str, code: str, **data: object) -> SafeString:
    return format_html('<span class="badge badge--{}">{}</span>', tone, _say(code, **data))


# Choices of a decision


@register.simple_tag
def choice_buttons(verdict: str, words: str, codes: Sequence[str], before: int = 0, suggested: bool = False) -> SafeString:  # noqa: FBT001, FBT002
    """Buttons for the codes of a verdict, numbered on from `before`; the first one is marked as the machine's when `suggested`."""
    return _choices(verdict, words, tuple(codes), before, suggested, language())


@lru_cache(maxsize=512)
def _choices(verdict: str, words: str, codes: tuple[str, ...], before: int, suggested: bool, spoken: Language) -> SafeString:  # noqa: FBT001
    hint = format_html('<span class="badge">{}</span>', say("review.decide.suggested", spoken)) if suggested else _NOTHING
    return format_html_join(
        "", '<button class="choice" name="choice" value="{}:{}"><kbd>{}</kbd><span>{}</span>{}</button>',
        ((verdict, code, number if number <= _DIGITS else "", say(f"{words}.{code}", spoken), hint if number == 1 else "")
         for number, code in enumerate(codes, before + 1)),
    )  # fmt: skip


# Reasons


@register.simple_tag
def reason_list(reasons: Sequence[Why]) -> SafeString:
    """The reasons with their bars; each opens to what it means. Those behind the first eight are folded away."""
    first = format_html('<ol class="whys">{}</ol>', _reasons(reasons[:_SHOWN]))
    rest = reasons[_SHOWN:]
    if not rest:
        return first
    return format_html(
        '{}<details class="more"><summary>{}</summary><ol class="whys" start="{}">{}</ol></details>',
        first, _say("review.reasons_more", count=len(rest)), _SHOWN + 1, _reasons(rest),
    )  # fmt: skip


def _reasons(reasons: Sequence[Why]) -> SafeString:
    return format_html_join("", "<li>{}</li>", ((_reason(one),) for one in reasons))


def _reason(one: Why) -> SafeString:
    where = format_html('<q lang="ja">{}</q>', one.quote) if one.quote else format_html('<span class="quiet">{}</span>', _say("review.reason.whole"))
    inner = format_html(
        '<span class="why__sign" aria-hidden="true">{}</span><span class="why__label">{}<span class="sr"> ({})</span> {}</span>{}',
        "＋" if one.side == FOR else "−", one.label, _say(f"review.reason.{one.side}"), where, bar(one.share, 1, "", one.side),
    )  # fmt: skip
    if not one.why:
        return format_html('<div class="why why--{}" data-reason="{}"><div class="why__row">{}</div></div>', one.side, one.number, inner)
    told = format_html_join("", '<p class="why__text">{}</p>', ((text,) for text in one.why))
    return format_html('<details class="why why--{}" data-reason="{}"><summary>{}</summary>{}</details>', one.side, one.number, inner, told)
