"""Japanese substring search over stored posts, their contacts and campaigns."""

from __future__ import annotations

from andon.console.intake.search.finding import Found, find

__all__ = ["Found", "find"]
