"""What others want done when a decision was added (a withdrawal is one too): functions of the decision, called inside the same transaction.

And what others have to say on a card, and in the palette.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from andon.console.intake.models import Campaign
    from andon.console.review.models import Decision
    from andon.console.staff.models import Person


@dataclass(frozen=True, slots=True)
class CardPart:
    """A part below the notices of a card: `context` fills `template` as `part` (nothing: it is left out for this reader)."""

    template: str
    context: Callable[[Campaign, Person], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class PaletteHit:
    """A page that the palette offers. The text is shown as Japanese."""

    url: str
    text: str
    note: str


AFTER_DECISION: list[Callable[[Decision], None]] = []
CARD_PARTS: list[CardPart] = []
PALETTE: list[Callable[[Person, str], Iterable[PaletteHit]]] = []
