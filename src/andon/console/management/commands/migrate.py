"""`migrate`: an empty database gets its tables at once; any other one goes through the migrations, as Django does it."""

from __future__ import annotations

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

from andon.console import fresh_tables


class Command(Migrate):
    """Django's command, quicker where nothing is there yet."""

    def handle(self, *args: Any, **options: Any) -> str | None:  # noqa: ANN401 - Django's form
        """All migrations and an empty database: make the tables. Anything else is Django's."""
        connection = connections[options["database"]]
        asked_for_part = options["app_label"] or options["migration_name"]
        only_told = options["fake"] or options["fake_initial"] or options["plan"] or options["check_unapplied"] or options["prune"]
        if asked_for_part or only_told or not fresh_tables.is_empty(connection):
            return super().handle(*args, **options)
        fresh_tables.make(connection, verbosity=options["verbosity"])
        return None
