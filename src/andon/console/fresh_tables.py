"""The tables of a new installation, made at once from the models instead of step by step through the migrations.

Django draws all models anew at every step of a migration; with a hundred tables that is minutes of a first start and of every test run (20 s of
processor time where this takes one). What is there in the end is the same, to the letter of the schema: `tests/console/test_fresh_tables.py` holds
the two ways together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import RunPython

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.migrations.migration import Migration
    from django.db.migrations.state import StateApps


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database has no table yet."""
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


def make(connection: BaseDatabaseWrapper, *, verbosity: int = 0) -> None:
    """All tables of all apps, then what our own migrations do besides (triggers, the table of the search); every migration counts as applied.

    What libraries' migrations do to rows is left out: there are none yet.
    """
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    emit_pre_migrate_signal(verbosity, interactive=False, db=connection.alias, apps=apps, plan=plan)
    executor.recorder.ensure_schema()
    with connection.schema_editor(atomic=True) as editor:
        for model in apps.get_models():
            if model._meta.can_migrate(connection):  # noqa: SLF001 - Django's own name for it: managed, no proxy, not replaced
                editor.create_model(model)
    for migration, _ in plan:
        if migration.__module__.startswith("andon."):
            _by_hand(connection, migration)
        executor.recorder.record_applied(migration.app_label, migration.name)
    emit_post_migrate_signal(verbosity, interactive=False, db=connection.alias, apps=apps, plan=plan)


def _by_hand(connection: BaseDatabaseWrapper, migration: Migration) -> None:
    with connection.schema_editor(atomic=migration.atomic) as editor:
        for operation in migration.operations:
            if isinstance(operation, RunPython):
                operation.code(cast("StateApps", apps), editor)
