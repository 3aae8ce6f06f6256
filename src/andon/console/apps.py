"""Django's entry for the desk as a whole: puts the guard of the gate on every connection."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate


class DeskConfig(AppConfig):
    """The desk."""

    name = "andon.console"
    label = "desk"

    def ready(self) -> None:
        """Install the guard."""
        from andon.console import gate  # noqa: PLC0415 - it needs the models, which are loaded before this is called

        connection_created.connect(gate.watch, dispatch_uid="andon.gate")
        pre_migrate.connect(gate.migrating, dispatch_uid="andon.gate")
        post_migrate.connect(gate.migrated, dispatch_uid="andon.gate")
