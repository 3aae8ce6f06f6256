"""Verb: the model that andon ships is put to use where an installation has none, or where an upgrade of andon brought another one."""

from __future__ import annotations

from django.utils import timezone

from andon.console.gate import Done, Via, unattended
from andon.console.intake.models import ModelVersion


@unattended("intake.model_registered", Via.WORKER)
def register_shipped(sha256: str) -> Done[ModelVersion]:
    """The shipped model, as the one in use from now on."""
    version, is_new = ModelVersion.objects.get_or_create(sha256=sha256)
    ModelVersion.objects.filter(pk=version.pk).update(file="", in_use_since=timezone.now())
    version.refresh_from_db()
    return Done(version, f"model:{version.pk}", {"sha256": sha256, "new": is_new})
