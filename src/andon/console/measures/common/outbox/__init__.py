"""What goes out: put by verbs, taken by the worker one by one, sent at most once, and never forgotten."""

from __future__ import annotations

from andon.console.measures.common.outbox.putting import cancel, put
from andon.console.measures.common.outbox.running import run_due

__all__ = ["cancel", "put", "run_due"]
