"""The compiled lexicon, kept beside the compiled kernels so that only the first run after a change pays for compiling it (some seconds)."""

from __future__ import annotations

import contextlib
import hashlib
import os
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from andon.detection.scoring import lexicon as compiler
from andon.detection.scoring.lexicon import Lexicon, compile_lexicon
from andon.language import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andon.detection.signals.signal import Signal

_FOLDER = Path(__file__).with_name("__pycache__")


def _digest(signals: Sequence[Signal]) -> str:
    """Changes with any signal, with the folding table, and with the compiler itself."""
    digest = hashlib.sha256(repr(tuple(signals)).encode())
    for source in (Path(compiler.__file__), Path(fold.__file__), Path(fold.__file__).with_name("kernels.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:24]


def cached_lexicon(signals: Sequence[Signal]) -> Lexicon:
    """The lexicon of `signals`, read from the cache or compiled and, where the place can be written, cached.

    Raises `SignalError` as `compile_lexicon` does. A cache file that cannot be read is made again.
    """
    place = _FOLDER / f"lexicon-{_digest(signals)}.npz"
    try:
        with np.load(place, allow_pickle=False) as stored:
            return Lexicon(**{name: stored[name] for name in Lexicon._fields})
    except (OSError, KeyError, ValueError, zipfile.BadZipFile):
        found = compile_lexicon(signals)
    # A read-only installation works as well, only slower to start.
    with contextlib.suppress(OSError):
        _FOLDER.mkdir(exist_ok=True)
        beside = place.with_name(f"{place.stem}.{os.getpid()}.npz")
        np.savez(beside, **found._asdict())
        beside.replace(place)
    return found
