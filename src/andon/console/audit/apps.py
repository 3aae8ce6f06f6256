"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The trail that is only added to."""

    name = "andon.console.audit"
    label = "audit"
