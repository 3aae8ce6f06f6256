"""All signals, found by scanning this package: adding one is adding one file."""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache
from typing import TYPE_CHECKING

from andon.detection import signals as package

if TYPE_CHECKING:
    from types import ModuleType

    from andon.detection.signals.signal import Signal

_NOT_SIGNALS = {"registry", "signal"}


def modules() -> dict[str, ModuleType]:
    """The modules of all signals by the signal's name, in the order of names."""
    names = sorted(info.name for info in pkgutil.iter_modules(package.__path__) if info.name not in _NOT_SIGNALS)
    return {name: importlib.import_module(f"{package.__name__}.{name}") for name in names}


@lru_cache(maxsize=1)
def all_signals() -> tuple[Signal, ...]:
    """Every signal; combinations come last, since they look at the others."""
    found: list[Signal] = [module.SIGNAL for module in modules().values()]
    return tuple(sorted(found, key=lambda signal: (bool(signal.all_of or signal.none_of), signal.name)))


@lru_cache(maxsize=1)
def by_name() -> dict[str, Signal]:
    """Every signal by its name."""
    return {signal.name: signal for signal in all_signals()}
