"""The codes of cases: short enough to say, and telling nothing of how many there are."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from andon.console.casework.models import Case
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from datetime import datetime

_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is read as another


def new_code(now: datetime) -> str:
    """A code that no case has: the year in Japan and five signs drawn by chance."""
    while True:
        code = f"{now.astimezone(JAPAN):%y}-{''.join(secrets.choice(_SIGNS) for _ in range(5))}"
        if not Case.objects.filter(code=code).exists():
            return code
