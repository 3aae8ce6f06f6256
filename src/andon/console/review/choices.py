"""What a person may choose when deciding: kinds of recruitment, reasons why it is none, reasons to hand it up. The words stand in `wording`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.console.review.models import Decision
from andon.domain.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

Verdict = Decision.Verdict

# Why it is not recruitment, in the order of the chooser: the number keys follow it.
NOT_REASONS = ("lawful_advert", "warning", "joke", "quotation", "sale", "talk", "other")
ESCALATE_REASONS = ("danger", "urgent", "unclear", "known_case", "other")
NEEDS_NOTE = "other"  # says nothing by itself

KINDS = tuple(str(kind) for kind in Kind)
_ALLOWED = {Verdict.RECRUITMENT: KINDS, Verdict.NOT: NOT_REASONS, Verdict.ESCALATED: ESCALATE_REASONS}


def allowed(verdict: str) -> tuple[str, ...]:
    """The codes that go with a verdict; none for what nobody can choose."""
    return _ALLOWED.get(Verdict(verdict), ()) if verdict in Verdict.values else ()


def kinds_in_order(machine: Mapping[str, int]) -> tuple[list[str], list[str]]:
    """Kinds for the chooser: those that the machine found, the most common first, and all others."""
    found = [kind for kind, _ in sorted(machine.items(), key=lambda item: -item[1]) if kind in KINDS]
    return found, [kind for kind in KINDS if kind not in found]
