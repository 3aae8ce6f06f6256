"""Ranks of police officers (Police Act, article 62), the lowest first. Their names are said by `wording` (rank.*)."""

from __future__ import annotations

from django.db import models


class Rank(models.TextChoices):
    """A rank; who is no police officer has none."""

    OFFICER = "officer"  # 巡査
    SERGEANT = "sergeant"  # 巡査部長
    ASSISTANT_INSPECTOR = "assistant_inspector"  # 警部補
    INSPECTOR = "inspector"  # 警部
    SUPERINTENDENT = "superintendent"  # 警視
    SENIOR_SUPERINTENDENT = "senior_superintendent"  # 警視正
    CHIEF_SUPERINTENDENT = "chief_superintendent"  # 警視長
    SUPERINTENDENT_SUPERVISOR = "superintendent_supervisor"  # 警視監
    SUPERINTENDENT_GENERAL = "superintendent_general"  # 警視総監


_ORDER = {rank: place for place, rank in enumerate(Rank.values)}


def at_least(rank: str, least: Rank) -> bool:
    """Whether `rank` is `least` or above; none, and what is no rank, is below all."""
    return _ORDER.get(rank, -1) >= _ORDER[least.value]
