"""The inspector's desk, the errors register and the yearly figures."""

from __future__ import annotations

INSPECTION: dict[str, tuple[str, str]] = {}
