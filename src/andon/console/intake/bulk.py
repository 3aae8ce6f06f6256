"""Many rows at once, past the cost of a model instance each. Called by verbs only; the guard of the gate holds.

Measured on SQLite, with everything else that storing does: 1,880 posts a second instead of 660.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import orjson
from django.db import connection
from django.db.models import DateTimeField, Field, JSONField

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import Model

_NUMBERED = ("intake.post", "intake.contact", "intake.campaign")  # whose ids are given before they are written


def insert(model: type[Model], rows: Iterable[object]) -> None:
    """Insert objects that have every column of the model as an attribute (foreign keys by `…_id`)."""
    plan = _plan(model)
    insert_values(model, plan.attributes, plan.values(rows))


def insert_values(model: type[Model], attributes: Sequence[str], values: list[tuple[Any, ...]]) -> None:
    """Insert rows given as the values of these attributes, in columns without times and JSON; the others have the database's own."""
    if values:
        named = {field.attname: field.column for field in model._meta.concrete_fields}  # noqa: SLF001 - Django's documented API
        columns = ", ".join(connection.ops.quote_name(named[name]) for name in attributes)
        marks = ", ".join(["%s"] * len(attributes))
        _run(f"INSERT INTO {_table(model)} ({columns}) VALUES ({marks})", values)  # noqa: S608 - names of our own models


def update(model: type[Model], fields: Sequence[str], rows: Sequence[Any]) -> None:
    """Write these fields of objects into the rows of their ids."""
    if rows:
        plan = _plan(model, tuple(fields))
        values = [(*one, row.pk) for one, row in zip(plan.values(rows), rows, strict=True)]
        named = ", ".join(f"{connection.ops.quote_name(column)} = %s" for column in plan.columns)
        _run(f"UPDATE {_table(model)} SET {named} WHERE id = %s", values)  # noqa: S608 - names of our own models


def add(model: type[Model], attribute: str, values: list[tuple[int, int]]) -> None:
    """Add numbers to a column: (how much, id)."""
    if values:
        column = connection.ops.quote_name(attribute)
        _run(f"UPDATE {_table(model)} SET {column} = {column} + %s WHERE id = %s", values)  # noqa: S608 - names of our own models


def select(query: str, ids: Sequence[int | str], *before: int | str) -> list[tuple[Any, ...]]:
    """Rows of a query that names its ids by `{ids}`, other values `before` them; times come as the database gives them (`time_of`)."""
    with connection.cursor() as cursor:
        cursor.execute(query.format(ids=", ".join(["%s"] * len(ids))), [*before, *ids])
        return list(cursor.fetchall())


def time_of(value: datetime | str | None) -> datetime | None:
    """A time as `select` gives it, aware: SQLite's are in UTC and do not say so; of a minimum or maximum it is a text."""
    time = datetime.fromisoformat(value) if isinstance(value, str) else value
    return time.replace(tzinfo=UTC) if time is not None and time.tzinfo is None else time


@dataclass(frozen=True, slots=True)
class _Plan:
    """How objects become values: attributes and columns in order, and the places of JSON and of times among them."""

    attributes: tuple[str, ...]
    columns: tuple[str, ...]
    json: tuple[int, ...]
    times: tuple[int, ...]

    def values(self, rows: Iterable[object]) -> list[tuple[Any, ...]]:
        """What goes to the database: JSON as text; SQLite keeps times as text in UTC."""
        taken, is_sqlite = attrgetter(*self.attributes, "pk"), connection.vendor == "sqlite"  # with one name alone it would give no tuple
        made: list[tuple[Any, ...]] = []
        for row in rows:
            values = list(taken(row))[:-1]
            for place in self.json:
                values[place] = orjson.dumps(values[place]).decode()
            for place in self.times if is_sqlite else ():
                if values[place] is not None:
                    values[place] = str(values[place].astimezone(UTC).replace(tzinfo=None))
            made.append(tuple(values))
        return made


@lru_cache(maxsize=32)
def _plan(model: type[Model], only: tuple[str, ...] | None = None) -> _Plan:
    meta = model._meta  # noqa: SLF001 - Django's documented API
    fields: list[Field[Any, Any]] = [meta.get_field(name) for name in only] if only else list(meta.concrete_fields)  # type: ignore[misc]
    if not only and meta.label_lower not in _NUMBERED:
        fields = [field for field in fields if not field.primary_key]  # the database numbers these rows itself
    json = tuple(place for place, field in enumerate(fields) if isinstance(field, JSONField))
    times = tuple(place for place, field in enumerate(fields) if isinstance(field, DateTimeField))
    return _Plan(tuple(field.attname for field in fields), tuple(field.column for field in fields), json, times)


def _run(statement: str, values: list[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001 - Django's documented API
