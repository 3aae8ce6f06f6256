"""A table of which only some columns ever change: a trigger by which the database itself refuses anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.migrations.operations.special import RunPython

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_SQLITE = "CREATE TRIGGER {table}_only_moves BEFORE UPDATE ON {table} WHEN {changed} BEGIN SELECT RAISE(ABORT, '{table} only moves'); END"
_POSTGRESQL = """
CREATE OR REPLACE FUNCTION andon_only_moves() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
IF (to_jsonb(OLD) - TG_ARGV) IS DISTINCT FROM (to_jsonb(NEW) - TG_ARGV) THEN
RAISE EXCEPTION '% only moves', TG_TABLE_NAME; END IF; RETURN NEW; END $$;
CREATE TRIGGER {table}_only_moves BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION andon_only_moves({columns});
"""


def only_moves(table: str, *moving: str) -> RunPython:
    """The operation of a migration that lets only the columns `moving` of `table` change (names from our own code)."""

    def close(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor != "sqlite":
            editor.execute(_POSTGRESQL.format(table=table, columns=", ".join(f"'{one}'" for one in moving)), params=None)
            return
        with editor.connection.cursor() as cursor:
            known = editor.connection.introspection.get_table_description(cursor, table)
        columns = sorted(column.name for column in known if column.name not in moving)
        changed = " OR ".join(f'NEW."{column}" IS NOT OLD."{column}"' for column in columns)
        editor.execute(_SQLITE.format(table=table, changed=changed), params=None)

    return RunPython(close, RunPython.noop)
