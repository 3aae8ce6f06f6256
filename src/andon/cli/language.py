"""Which language the command line speaks when nobody says."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from andon.wording.say import Language


def environment_language() -> Language:
    """ANDON_LANG when it is ja or en; else en where LANG is English; else ja."""
    chosen = os.environ.get("ANDON_LANG", "").strip().lower()
    if chosen == "ja":
        return "ja"
    if chosen == "en":
        return "en"
    return "en" if os.environ.get("LANG", "").lower().startswith("en") else "ja"
