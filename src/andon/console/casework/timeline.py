"""One line of time for a case: every app that knows of something puts a source here (in its `apps.ready`), and the case page draws them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from andon.console.casework.models import Case
from andon.console.staff.models import Person

if TYPE_CHECKING:
    from datetime import datetime

Tone = Literal["quiet", "for", "against", "contact", "warn", "done", "escalate"]
LANES = ("post", "decision", "measure", "hold", "contact", "authority", "outcome", "case")  # drawn in this order; others follow


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened, or (with `until`) went on, as one reader may know it.

    `code` is its lane (`LANES`), named by the sentence "moment.<code>"; `label` is text in the reader's language (the frame's `language()`);
    `data` may hold "lang" (of the label, where it is not the page's), "who" (shown behind it), "note" (a second line), "is_open" (goes on).
    """

    at: datetime
    code: str
    label: str
    url: str | None = None
    tone: Tone = "quiet"
    data: dict[str, Any] = field(default_factory=dict)
    until: datetime | None = None


Source = Callable[[Case, Person], Iterable[Moment]]
SOURCES: list[Source] = []  # a source itself leaves out what the reader may not know


def moments(case: Case, person: Person) -> list[Moment]:
    """Everything that the person may know happened in a case that they see, in order."""
    return sorted((moment for source in SOURCES for moment in source(case, person)), key=lambda moment: moment.at)
