"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Cases: who works on what, what belongs to it, and who may know of it."""

    name = "andon.console.casework"
    label = "casework"
