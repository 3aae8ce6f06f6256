"""Tables that are only added to: triggers by which the database itself refuses to change or delete a row, on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.migrations.operations.special import RunPython

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_SQLITE = """
CREATE TRIGGER {table}_no_{what} BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END
"""
_POSTGRESQL = """
CREATE OR REPLACE FUNCTION andon_only_added_to() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is only added to', TG_TABLE_NAME; END $$;
CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION andon_only_added_to();
CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION andon_only_added_to();
"""


def only_added_to(table: str) -> RunPython:
    """The operation of a migration that closes `table` (a name from our own code) against change and deletion."""

    def close(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor == "sqlite":
            for what in ("UPDATE", "DELETE"):
                editor.execute(_SQLITE.format(table=table, what=what), params=None)
        else:
            editor.execute(_POSTGRESQL.format(table=table), params=None)

    return RunPython(close, RunPython.noop)


def is_closed(connection: BaseDatabaseWrapper, table: str) -> bool:
    """Whether the triggers of `table` still stand, and are switched on."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            names = [f"{table}_no_UPDATE", f"{table}_no_DELETE"]
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s AND name IN (%s, %s)", [table, *names])
        else:
            names = [f"{table}_kept", f"{table}_not_emptied"]
            cursor.execute(
                "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname IN (%s, %s) AND tgenabled <> 'D'", [table, *names]
            )
        return bool(cursor.fetchone()[0] == len(names))
