"""The boundary of a job of the worker: what goes wrong is told on its row, in one sentence, without the places where the desk keeps things."""

from __future__ import annotations

import errno
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from andon.domain.errors import AndonError, EvidenceError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

logger = logging.getLogger("andon.exhibits")
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Boundary:
    """A context manager: errors that have a sentence end here (`raises`: they go on); what nobody foresaw goes on to the worker.

    A worker that is being stopped is no failure: the next one goes on.
    """

    def __init__(self, tell: Callable[[dict[str, Any]], object], name: str, *, raises: bool = False) -> None:
        self._tell, self._name, self._raises = tell, name, raises

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        """Tell of it."""
        if not isinstance(error, Exception):
            return False
        problem = problem_of(error, self._name)
        self._tell(problem)
        logger.warning("%s %s", type(error).__name__, problem.get("reason", ""))
        return isinstance(error, AndonError | OSError) and not self._raises


def problem_of(error: Exception, name: str) -> dict[str, Any]:
    """What is kept of an error: code, reason and data, with a name in place of where things lie on the server."""
    if isinstance(error, OSError):
        return {"code": "exhibits.problem.room" if error.errno in _NO_ROOM else "exhibits.problem.disk", "data": {"name": name}}
    if not isinstance(error, AndonError):
        return {"code": "exhibits.problem.internal", "data": {"name": name}}
    data: dict[str, Any] = {key: value if isinstance(value, int | float | bool) else str(value) for key, value in error.data.items()}
    return {"code": error.code, "reason": str(error.data.get("reason", "")), "data": data | dict(_named(error, name))}


def _named(error: AndonError, name: str) -> Mapping[str, str]:
    """The last part of a path only: which file it was, not where the desk keeps it."""
    if not isinstance(error, EvidenceError) or "path" not in error.data:
        return {}
    return {"path": Path(str(error.data["path"])).name or name}
