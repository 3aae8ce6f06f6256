"""Which models were in use, one after the other."""

from __future__ import annotations

from django.db.models import F

from andon.console.intake.models import ModelVersion
from andon.console.learning.models import Promotion


def version_before() -> ModelVersion | None:
    """The model that going back would put to use: the one before the one in use, as far as it was not gone back from itself.

    An upgrade of andon puts its shipped model to use without a promotion; then the one before is the one promoted last.
    """
    way: list[int] = []
    last = 0
    for version, before, is_rollback in Promotion.objects.order_by("pk").values_list("version_id", "before_id", "is_rollback"):
        if is_rollback:
            way = way[:-1]
        elif before is not None:
            way.append(before)
        last = version
    current = ModelVersion.objects.filter(in_use_since__isnull=False).order_by(F("in_use_since").desc(), "-pk").values_list("pk", flat=True).first()
    if last and last != current:
        way.append(last)
    while way and way[-1] == current:
        way.pop()
    return ModelVersion.objects.filter(pk=way[-1]).first() if way else None
