"""What the command line asks of removal requests."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from andon.console.measures.kinds.removal.actions.take_mail import take_mail


def take(content: bytes) -> dict[str, Any]:
    """Take a message in, and say what it was."""
    return asdict(take_mail(content))
