"""What a list of the inspector's desk is: columns, and rows of dates, codes and counts. Nothing that a case says stands in one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from andon.console.frame.templatetags.desk import language
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from andon.console.casework.models import Case

Cell = str | int | datetime | list[str] | None


@dataclass(frozen=True, slots=True)
class Row:
    """One line. Cells in the order of the columns; `tone` marks what wants a look; `error_id` opens an error's own page."""

    case: Case | None
    cells: tuple[Cell, ...]
    tone: str = ""
    error_id: int | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: named by the sentences "inspection.list.<code>" and "inspection.note.<code>"; the case stands first, then `columns`."""

    code: str
    columns: tuple[str, ...]
    rows: Callable[[datetime], list[Row]] = field(repr=False)
    wants: Callable[[Iterable[Row]], int] = len  # type: ignore[assignment]  # how many want a look: all, or those with a tone


def said(code: str, **data: object) -> str:
    """A sentence in the reader's language."""
    return say(code, language(), **data)


def toned(rows: Iterable[Row]) -> int:
    """How many rows want a look."""
    return sum(bool(row.tone) for row in rows)
