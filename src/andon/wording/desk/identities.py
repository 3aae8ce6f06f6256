"""The register of fictitious identities and their documents, as received."""

from __future__ import annotations

IDENTITIES: dict[str, tuple[str, str]] = {}
