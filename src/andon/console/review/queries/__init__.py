"""What the review screens read; no function here writes."""

from __future__ import annotations

from andon.console.review.queries.covering import Covered, covered, standing, standing_of

__all__ = ["Covered", "covered", "standing", "standing_of"]
