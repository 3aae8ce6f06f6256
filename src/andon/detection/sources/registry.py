"""All sources, found by scanning this package: adding one is adding one file."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from functools import lru_cache
from typing import TYPE_CHECKING

from andon.detection import sources as package
from andon.domain.errors import SourceError

if TYPE_CHECKING:
    from andon.detection.sources.source import Sample, Source

_FLOOR = 0.01  # a score below this is no recognition


@lru_cache(maxsize=1)
def all_sources() -> tuple[Source, ...]:
    """Every source in the order of names. A module without `SOURCE` helps the others."""
    names = sorted(info.name for info in pkgutil.iter_modules(package.__path__))
    modules = (importlib.import_module(f"{package.__name__}.{name}") for name in names)
    return tuple(module.SOURCE for module in modules if hasattr(module, "SOURCE"))


def source_named(name: str) -> Source:
    """The source of that name. Raises SourceError (reason "unknown_source", with the nearest name) when there is none."""
    known = {source.name: source for source in all_sources()}
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.0)
    raise SourceError(reason="unknown_source", name=name, nearest=near[0] if near else "", known=sorted(known))


def sniff_source(sample: Sample, *, tables: bool = False) -> Source | None:
    """The source that fits the beginning of a file best, or None when none does; with `tables` only sources that read tables are asked."""
    best = max((source for source in all_sources() if source.table or not tables), key=lambda source: source.sniff(sample))
    return best if best.sniff(sample) >= _FLOOR else None
