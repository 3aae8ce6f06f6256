"""All kinds of gaps, found by scanning this folder."""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache
from typing import TYPE_CHECKING

from andon.evidence.chats import gaps as package

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andon.evidence.chats.gaps.gap import Finder, Gap, Talk


@lru_cache(maxsize=1)
def all_finders() -> tuple[Finder, ...]:
    """Every finder in the order of names. A module without `FINDER` helps the others."""
    names = sorted(info.name for info in pkgutil.iter_modules(package.__path__))
    modules = (importlib.import_module(f"{package.__name__}.{name}") for name in names if name != "registry")
    return tuple(module.FINDER for module in modules if hasattr(module, "FINDER"))


def find_gaps(talks: Sequence[Talk]) -> list[Gap]:
    """Every gap of the conversations of one exhibit, by kind, then in the order of the file."""
    return [gap for finder in all_finders() for gap in finder.find(talks)]
