"""What the targets of holds are called and where their pages are. Holds know no posts: the apps that do put a function for each kind here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from andon.console.holds.targets import Target, TargetKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Named:
    """How a target is shown: its text, the address of its page, how many stored posts it touches now (none: not counted)."""

    label: str
    url: str = ""
    posts: int | None = None


NAMERS: dict[str, Callable[[Sequence[str]], dict[str, Named]]] = {}  # kind → function of keys; keys that are nothing known are left out
MUST_BE_KNOWN = (TargetKind.POST, TargetKind.CAMPAIGN)  # contacts and accounts may be held before the first post of theirs comes in


def named(targets: Iterable[Target]) -> dict[Target, Named]:
    """A name for each; one that nobody knows is called by its key."""
    by_kind: dict[str, list[str]] = {}
    for target in targets:
        by_kind.setdefault(target.kind, []).append(target.key)
    found = {kind: NAMERS[kind](sorted(set(keys))) for kind, keys in by_kind.items() if kind in NAMERS}
    return {Target(kind, key): found.get(kind, {}).get(key, Named(key)) for kind, keys in by_kind.items() for key in keys}


def is_known(target: Target) -> bool:
    """Whether there is such a thing; kinds that nobody names are taken as they come."""
    return target.kind not in NAMERS or target.key in NAMERS[target.kind]([target.key])
