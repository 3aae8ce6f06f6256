"""What is known of a signal beside its weight: what it looks for, why it counts, when it misleads, taken from where the signal is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from andon.detection.scoring.lexicon import expand
from andon.detection.signals.registry import all_signals, modules
from andon.wording.groups import GROUPS

if TYPE_CHECKING:
    from andon.detection.signals.signal import Signal
    from andon.wording.say import Language

_PARTS = re.compile(r"\n+(?:Why it counts|When it misleads):")
_SHOWN = 24


@dataclass(frozen=True, slots=True)
class SignalText:
    """A signal in one language. Japanese has why and when it misleads in one text (`why`); English in three."""

    name: str
    label: str
    other: str  # the label in the other language
    group: str
    group_label: str
    side: str
    what: str
    why: str
    misleads: str
    kinds: tuple[str, ...]

    def has(self, query: str) -> bool:
        """Whether all words of the query stand somewhere in it."""
        text = f"{self.name} {self.label} {self.other} {self.group_label} {self.what} {self.why} {self.misleads}".casefold()
        return all(word in text for word in query.casefold().split())


@lru_cache(maxsize=2)
def signal_texts(language: Language) -> dict[str, SignalText]:
    """All signals by name, in the order of their groups."""
    found = modules()
    order = {group: number for number, group in enumerate(GROUPS)}
    signals = sorted(all_signals(), key=lambda one: (order.get(one.group, len(order)), one.name))
    return {one.name: _text(one, found[one.name].__doc__ or "", language) for one in signals}


def _text(signal: Signal, doc: str, language: Language) -> SignalText:
    what, why, misleads = (part[:1].upper() + part[1:] for part in (" ".join(part.split()) for part in _PARTS.split(doc.strip())))
    group = GROUPS.get(signal.group, (signal.group, signal.group))
    kinds = tuple(str(kind) for kind in signal.kinds)
    if language == "ja":
        return SignalText(signal.name, signal.ja, signal.en, signal.group, group[0], str(signal.side), "", signal.why_ja, "", kinds)
    return SignalText(signal.name, signal.en, signal.ja, signal.group, group[1], str(signal.side), what, why, misleads, kinds)


@dataclass(frozen=True, slots=True)
class Fires:
    """What a signal fires on: words (`more` of them are not shown), a range of a measure, or other signals."""

    words: tuple[str, ...] = ()
    more: int = 0
    guards: tuple[str, ...] = ()
    measure: str = ""
    low: int = 0
    high: int | None = None
    all_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()


def fires(signal: Signal) -> Fires:
    """What the signal looks for."""
    if signal.within is not None:
        high = signal.within.high
        open_end = high == type(signal.within)(signal.within.measure, 0).high
        return Fires(measure=str(signal.within.measure), low=signal.within.low, high=None if open_end else high)
    if signal.all_of or signal.none_of:
        return Fires(all_of=signal.all_of, none_of=signal.none_of)
    words = tuple(dict.fromkeys(expand(term)[0] for term in signal.terms))  # of a term with alternatives the first spelling stands for all
    guards = tuple(dict.fromkeys(expand(term)[0] for term in signal.guards))
    return Fires(words=words[:_SHOWN], more=max(0, len(words) - _SHOWN), guards=guards[:_SHOWN])
