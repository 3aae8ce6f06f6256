"""The engine of the model in use: loaded once per process, loaded anew when a person has put another model to use."""

from __future__ import annotations

import hashlib
import threading
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from andon.console.intake.actions.register_shipped import register_shipped
from andon.console.intake.models import ModelVersion
from andon.detection.scoring.engine import Engine
from andon.detection.scoring.model import DEFAULT_PATH, load_model
from andon.detection.signals.registry import all_signals
from andon.domain.errors import ModelError

LOOK_AGAIN = 2.0  # seconds for which nobody asks the database which model is in use
FOLDER = "models"
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class InUse:
    """The model that scores new posts now, and its engine."""

    version: ModelVersion
    engine: Engine


class _Held:
    """What this process holds. Read and written under `_lock`."""

    current: InUse | None = None
    home: object = None  # of the installation it belongs to
    looked_at = 0.0


def in_use() -> InUse:
    """The engine of the model in use. Registers the one that andon ships where there is none yet, or where an upgrade of andon has replaced it.

    Raises ModelError when the model's file is gone, altered, or made for other signals.
    """
    with _lock:
        held, now = _Held.current, time.monotonic()
        if held is None or _Held.home != settings.HOME or now - _Held.looked_at > LOOK_AGAIN:
            version = _version_in_use()
            engine = held.engine if held is not None and held.version.sha256 == version.sha256 else engine_of(version)
            _Held.current = held = InUse(version, engine)
            _Held.home, _Held.looked_at = settings.HOME, now
        return held


def look_again() -> None:
    """Have the next `in_use` ask the database: another model was put to use."""
    with _lock:
        _Held.home = None


def engine_of(version: ModelVersion) -> Engine:
    """The engine of any registered model (not kept). Raises ModelError as `in_use` does."""
    path = model_path(version)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(path=str(path), reason=error.strerror or "unreadable") from error
    if hashlib.sha256(content).hexdigest() != version.sha256:
        raise ModelError(path=str(path), reason="sha256")
    signals = all_signals()
    return Engine(signals, load_model(path, signals=tuple(signal.name for signal in signals)))


def model_path(version: ModelVersion) -> Path:
    """Where the file of a registered model lies."""
    return Path(settings.HOME) / FOLDER / version.file if version.file else DEFAULT_PATH


def _version_in_use() -> ModelVersion:
    version = ModelVersion.objects.filter(in_use_since__isnull=False).order_by("-in_use_since", "-id").first()
    if version is None or (not version.file and version.sha256 != _shipped_sha256()):
        return register_shipped(_shipped_sha256())
    return version


@lru_cache(maxsize=1)
def _shipped_sha256() -> str:
    return hashlib.sha256(DEFAULT_PATH.read_bytes()).hexdigest()
