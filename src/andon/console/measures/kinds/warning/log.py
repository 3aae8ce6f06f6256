"""The log of a warning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from andon.console.measures.kinds.warning.models import WarningEvent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andon.console.measures.kinds.warning.models import WarningReply
    from andon.console.staff.models import Person


def note(warning: WarningReply, code: str, *, by: Person | None = None, data: Mapping[str, Any] | None = None) -> None:
    """Add a line; called inside a verb. `data` holds codes and numbers, no text of posts."""
    WarningEvent.objects.create(warning=warning, code=code, by=by, data=dict(data or {}))
