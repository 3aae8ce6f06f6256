"""The patterns of a job advert's items without quick tests before them, for comparison: slow, and what the quick ones have to agree with."""

from __future__ import annotations

import re

from andon.detection.assess import job_items

_HEADED = r"(?:仕事内容|業務内容|職種|作業内容)\s*[:：】]\s*\S{2,20}|"
WORK = re.compile(_HEADED + "|".join(sorted(job_items._TASKS, key=len, reverse=True)))


def first_items(text: str) -> dict[str, tuple[int, int] | None]:
    """The first place of name, address, work, place and pay in `text`."""
    patterns = {"name": job_items._NAME, "address": job_items._ADDRESS, "work": WORK, "place": job_items._PLACE, "pay": job_items._PAY}
    return {item: match.span() if (match := pattern.search(text)) else None for item, pattern in patterns.items()}
