"""Texts of grounds: too thin, or the same words again. Inspectors criticise formulaic wording (A2); a copied text is pointed out, not refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from andon.console.undercover.authority.content import TEXTS
from andon.console.undercover.authority.models import Plan
from andon.console.undercover.authority.rules import rules
from andon.language.bigrams import bigrams, search_form

if TYPE_CHECKING:
    from collections.abc import Iterable

_VARIETY = 12  # different characters of a text that says something: "ああああ…" has one


@dataclass(frozen=True, slots=True)
class Copied:
    """A text of a plan whose wording stands in another plan."""

    field: str
    plan_id: int
    share: float  # of its pairs of characters, that stand there too

    @property
    def percent(self) -> int:
        """The share, for a sentence."""
        return int(self.share * 100)


def form(text: str) -> str:
    """What of a text is compared: width, case and spacing do not count."""
    return "".join(search_form(text).split())


def thin(texts: Iterable[str]) -> bool:
    """Whether one of the texts says too little, or two of them are the same."""
    forms = [form(text) for text in texts]
    return any(is_thin(one) for one in forms) or len(set(forms)) < len(forms)


def is_thin(normal: str) -> bool:
    """Whether a text (as `form` gives it) says too little."""
    return len(normal) < rules().least_text or len(set(normal)) < _VARIETY


def copied(plan: Plan) -> list[Copied]:
    """The plan's texts whose words mostly stand in some other plan: the one that they come closest to for each."""
    own = {name: set(bigrams(form(getattr(plan, name)))) for name in TEXTS}
    best: dict[str, Copied] = {}
    for other_id, *texts in Plan.objects.exclude(pk=plan.pk).values_list("pk", *TEXTS).iterator():
        there = {pair for text in texts for pair in bigrams(form(text))}
        for name, pairs in own.items():
            share = len(pairs & there) / len(pairs) if pairs else 0.0
            if share >= rules().copied_share and (name not in best or share > best[name].share):
                best[name] = Copied(name, other_id, share)
    return [best[name] for name in TEXTS if name in best]
