"""What the things that belong to a case are called and where their pages are, for one reader. Apps that know a kind put a function here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from andon.console.casework.models import CaseLink
from andon.console.staff.models import Person

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Named:
    """How a thing is shown: its text, the address of its page, a line more. `lang`: of the text, where it is a post's."""

    label: str
    url: str = ""
    note: str = ""
    lang: str = ""
    at: datetime | None = None


Namer = Callable[[Sequence[str], Person], dict[str, Named]]
NAMERS: dict[str, Namer] = {}  # kind → function of keys and reader; keys that are nothing known are left out, and so is what the reader may not read
MUST_BE_KNOWN = (CaseLink.Kind.CAMPAIGN.value, CaseLink.Kind.POST.value, CaseLink.Kind.MEASURE.value)


def named(links: Iterable[CaseLink], person: Person) -> dict[tuple[str, str], Named]:
    """A name for each (kind, key) that the reader may read."""
    by_kind: dict[str, list[str]] = {}
    for link in links:
        by_kind.setdefault(link.kind, []).append(link.key)
    found = {kind: NAMERS[kind](sorted(set(keys)), person) for kind, keys in by_kind.items() if kind in NAMERS}
    return {(kind, key): name for kind, names in found.items() for key, name in names.items()}


def is_known(kind: str, key: str, person: Person) -> bool:
    """Whether there is such a thing, as far as the person may know; contacts may be linked before their first post comes in."""
    return kind not in MUST_BE_KNOWN or (kind in NAMERS and key in NAMERS[kind]([key], person))
