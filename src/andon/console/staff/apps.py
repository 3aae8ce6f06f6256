"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """People, units, rights, sign-in."""

    name = "andon.console.staff"
    label = "staff"
