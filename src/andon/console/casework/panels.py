"""Parts of the case page that other apps draw: plans, identities, contacts, safety. Each puts a panel here (in its `apps.ready`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from andon.console.casework import visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.casework.models import Case
    from andon.console.staff.models import Person
    from andon.console.staff.rights import Right


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the case page: its heading is the sentence "panel.<code>", `context` fills `template` (nothing: it is left out for this reader).

    Who lacks `right` does not get it; an inspector who sampled the case does. Templates have `case` and `reads_only` (no forms) besides.
    """

    code: str
    template: str
    context: Callable[[Case, Person], dict[str, Any] | None]
    right: Right | None = None
    order: int = 50


PANELS: list[Panel] = []


def panels(case: Case, person: Person) -> list[tuple[Panel, dict[str, Any]]]:
    """Those that the person gets, in order, with what fills them."""
    inspects = visible.inspects(person, case.pk)
    mine = [panel for panel in PANELS if inspects or panel.right is None or person.may(panel.right)]
    filled = ((panel, panel.context(case, person)) for panel in sorted(mine, key=lambda panel: (panel.order, panel.code)))
    return [(panel, context | {"case": case, "reads_only": inspects}) for panel, context in filled if context is not None]
