"""Tables whose rows are ended once and otherwise never changed: triggers by which the database itself refuses anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.migrations.operations.special import RunPython

if TYPE_CHECKING:
    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_SQLITE_KEPT = "CREATE TRIGGER {table}_no_DELETE BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{table} is never deleted'); END"
_SQLITE_ENDED = """
CREATE TRIGGER {table}_only_ended BEFORE UPDATE ON {table} WHEN OLD.{end} IS NOT NULL OR {changed}
BEGIN SELECT RAISE(ABORT, '{table} is only ended'); END
"""
_POSTGRESQL_KEPT = """
CREATE OR REPLACE FUNCTION andon_never_deleted() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is never deleted', TG_TABLE_NAME; END $$;
CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION andon_never_deleted();
CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION andon_never_deleted();
"""
_POSTGRESQL_ENDED = """
CREATE OR REPLACE FUNCTION andon_only_ended() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
IF to_jsonb(OLD) ->> TG_ARGV[0] IS NOT NULL OR (to_jsonb(OLD) - TG_ARGV) IS DISTINCT FROM (to_jsonb(NEW) - TG_ARGV) THEN
RAISE EXCEPTION '% is only ended', TG_TABLE_NAME; END IF; RETURN NEW; END $$;
CREATE TRIGGER {table}_only_ended BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION andon_only_ended({columns});
"""


def never_deleted(table: str) -> RunPython:
    """The operation of a migration that closes `table` (a name from our own code) against deletion."""

    def close(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        kept = _SQLITE_KEPT if editor.connection.vendor == "sqlite" else _POSTGRESQL_KEPT
        editor.execute(kept.format(table=table), params=None)

    return RunPython(close, RunPython.noop)


def only_ended(table: str, *ends: str) -> RunPython:
    """The operation that lets the columns `ends` be written once (as long as the first of them is empty), and nothing else be changed."""

    def close(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor != "sqlite":
            editor.execute(_POSTGRESQL_ENDED.format(table=table, columns=", ".join(f"'{end}'" for end in ends)), params=None)
            return
        with editor.connection.cursor() as cursor:
            known = editor.connection.introspection.get_table_description(cursor, table)
        columns = sorted(column.name for column in known if column.name not in ends)
        changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns)
        editor.execute(_SQLITE_ENDED.format(table=table, end=ends[0], changed=changed), params=None)

    return RunPython(close, RunPython.noop)
