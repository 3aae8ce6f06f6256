"""Plans of fictitious-identity investigations and the authority to carry them out."""

from __future__ import annotations

AUTHORITY: dict[str, tuple[str, str]] = {}
