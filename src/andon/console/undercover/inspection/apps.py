"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class InspectionConfig(AppConfig):
    """The inspector's desk, the errors register and the yearly figures."""

    name = "andon.console.undercover.inspection"
    label = "inspection"
