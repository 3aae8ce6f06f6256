"""A new installation has the tables that the migrations make, whichever way they were made."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.core.management.commands.migrate import Command as Migrate
from django.db import connection, connections

from andon.console import gate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.db.backends.base.base import BaseDatabaseWrapper


@pytest.fixture
def other(tmp_path: Path, django_db_blocker: pytest.FixtureRequest) -> Iterator[BaseDatabaseWrapper]:
    """A database beside the tests' own, made step by step through the migrations."""
    if connection.vendor != "sqlite":
        pytest.skip("the step-by-step schema is made on SQLite")
    settings = {**connection.settings_dict, "NAME": str(tmp_path / "steps.sqlite3"), "TEST": {}}
    connections.databases["steps"] = settings
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        made = connections["steps"]
        gate.watch(made)
        call_command(Migrate(), database="steps", verbosity=0, interactive=False)
        yield made
        made.close()
    del connections["steps"]
    del connections.databases["steps"]


def schema(database: BaseDatabaseWrapper) -> Counter[str]:
    """All tables, indexes and triggers in a spelling in which the order of a table's columns and constraints says nothing."""
    with database.cursor() as cursor:
        cursor.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master")
        return Counter(
            f"{kind} {name} {table} {_sorted(kind, sql)}" for kind, name, table, sql in cursor.fetchall() if not name.startswith("sqlite_")
        )


def _sorted(kind: str, sql: str) -> str:
    if kind != "table":
        return " ".join(sql.split())
    head, _, body = sql.partition("(")
    pieces = re.split(r",(?![^(]*\))", body.rstrip().removesuffix(")"))
    return head + "|".join(sorted(" ".join(piece.split()) for piece in pieces))


def rows(database: BaseDatabaseWrapper) -> dict[str, int]:
    """How many rows each table has."""
    with database.cursor() as cursor:
        counts = {}
        for name in database.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{name}"')  # noqa: S608 - the database's own name
            counts[name] = cursor.fetchone()[0]
    return counts


@pytest.mark.django_db
def test_both_ways_make_the_same_tables(other: BaseDatabaseWrapper) -> None:
    """Column for column, index for index, trigger for trigger; and the same rows in them."""
    quick, steps = schema(connection), schema(other)
    assert sorted(quick - steps) == []
    assert sorted(steps - quick) == []
    assert rows(connection) == rows(other)


@pytest.mark.django_db
def test_nothing_is_left_to_migrate() -> None:
    """Every migration counts as applied, and the models say nothing that the migrations do not."""
    call_command("migrate", check_unapplied=True, verbosity=0)
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)
