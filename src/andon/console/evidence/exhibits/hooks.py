"""Where apps above have a say about exhibits. Each registers in its `apps.ready`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from andon.console.casework import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from andon.console.casework.models import Case
    from andon.console.evidence.exhibits.models import Exhibit
    from andon.console.staff.models import Person
    from andon.console.staff.rights import Right

# Called by the worker when the exhibit is in the store and the transaction that says so is through. A stop just then may leave it out: who registers
# looks at the worker's start for exhibits that it has not seen.
AFTER_TAKEN: list[Callable[[Exhibit], None]] = []


class Line(NamedTuple):
    """Something that is disclosed or withheld. `born` is what was said of it at the beginning, `now` what counts; None: undecided."""

    exhibit: Exhibit
    origin: str
    name: str
    sha256: str
    size: int
    at: datetime
    by: str
    made_by: str
    born: bool | None
    now: bool | None
    reason: str
    url: str = ""  # where it is read, for what has a page of its own
    is_withdrawn: bool = False  # a note that no longer holds; it stays on the list


# What apps above add to the disclosure list of a case (notes): asked with the case's exhibits that are taken in, gives lines of these.
DISCLOSED: list[Callable[[Case, Sequence[Exhibit]], Iterable[Line]]] = []


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of an exhibit's page: its heading is the sentence "panel.<code>", `context` fills `template` (nothing: it is left out for this reader).

    Who lacks `right` does not get it; an inspector who sampled the case does. Templates have `exhibit`, `case` and `reads_only` (no forms) besides.
    """

    code: str
    template: str
    context: Callable[[Exhibit, Person], dict[str, Any] | None]
    right: Right | None = None
    order: int = 50


PANELS: list[Panel] = []


def panels(exhibit: Exhibit, person: Person) -> list[tuple[Panel, dict[str, Any]]]:
    """Those that the person gets, in order, with what fills them."""
    inspects = visible.inspects(person, exhibit.case_id)
    mine = [panel for panel in PANELS if inspects or panel.right is None or person.may(panel.right)]
    filled = ((panel, panel.context(exhibit, person)) for panel in sorted(mine, key=lambda panel: (panel.order, panel.code)))
    more = {"exhibit": exhibit, "case": exhibit.case, "reads_only": inspects}
    return [(panel, context | more) for panel, context in filled if context is not None]
