"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Posts, assessments and campaigns as stored."""

    name = "andon.console.intake"
    label = "intake"
