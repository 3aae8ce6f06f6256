"""A post's reasons in plain words: what the signal is called, why it counts, when it misleads, and where in the text it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from andon.console.review.lit import AGAINST, FOR, Mark
from andon.console.review.visible import plain
from andon.detection.signals.registry import by_name, modules
from andon.wording.say import say, say_reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andon.domain.assessments import Assessment, Reason
    from andon.wording.say import Language

_NOT_SHOWN = frozenset({"base", "no_anchor"})  # parts of the sum that say nothing of this post
_QUOTE = 40
_SMALL = 0.05  # weight below which a reason says nothing to a reader
_WHY = re.compile(r"Why it counts:\s*(.*?)(?=\n\s*When it misleads:|\Z)", re.DOTALL)
_MISLEADS = re.compile(r"When it misleads:\s*(.*)\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Why:
    """One reason for people. `number`: its place by weight, from 1; `quote`: the place in the text, empty when it rests on the whole of it.

    `why` is empty where a reason of the same name above it has said it already.
    """

    number: int
    code: str
    label: str
    side: str
    weight: float
    share: float
    quote: str
    why: tuple[str, ...]


def whys(assessment: Assessment, text: str, language: Language) -> list[Why]:
    """The reasons of a post, the strongest first; those too small to matter are left out."""
    told = [one for one in assessment.reasons if one.signal not in _NOT_SHOWN and abs(one.weight) >= _SMALL]
    told.sort(key=lambda one: -abs(one.weight))
    most = abs(told[0].weight) if told else 1.0
    found = [_why(number, one, text, most, language) for number, one in enumerate(told, 1)]
    first = {one.code: one.number for one in reversed(found)}
    return [one if first[one.code] == one.number else replace(one, why=()) for one in found]


def marks(assessment: Assessment, text: str) -> list[Mark]:
    """The places of the same reasons under the same numbers, for those that rest on a place of their own."""
    told = sorted((one for one in assessment.reasons if one.signal not in _NOT_SHOWN and abs(one.weight) >= _SMALL), key=lambda one: -abs(one.weight))
    return [Mark(one.start, one.end, number, one.weight) for number, one in enumerate(told, 1) if not _is_whole(one, text)]


def _is_whole(reason: Reason, text: str) -> bool:
    return reason.end <= reason.start or (reason.start == 0 and reason.end >= len(text))


def _why(number: int, reason: Reason, text: str, most: float, language: Language) -> Why:
    signal = by_name().get(reason.signal)
    label = say_reason(reason.signal, (signal.ja, signal.en) if signal else None, language)
    quote = "" if _is_whole(reason, text) else plain(text[reason.start : reason.end], _QUOTE)
    side = FOR if reason.weight > 0 else AGAINST
    return Why(number, reason.signal, label, side, reason.weight, abs(reason.weight) / most, quote, explanation(reason.signal, language))


@cache
def explanation(code: str, language: Language) -> tuple[str, ...]:
    """Why a signal counts and when it misleads, as paragraphs; of the score's own parts, what they are."""
    signal = by_name().get(code)
    if signal is None:
        return (say(f"review.why.{code}", language),)
    if language == "ja":
        return (signal.why_ja,)
    doc = modules()[code].__doc__ or ""
    found = [" ".join(match.group(1).split()) for pattern in (_WHY, _MISLEADS) if (match := pattern.search(doc))]
    heads = (say("review.why_head", "en"), say("review.misleads_head", "en"))
    return tuple(f"{head} {part}" for head, part in zip(heads, found, strict=False)) or (signal.en,)


def strongest(reasons: Sequence[Why], side: str) -> Why | None:
    """The strongest reason of one side."""
    return next((one for one in reasons if one.side == side), None)
