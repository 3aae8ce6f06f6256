"""Ids for rows of a batch before they are written, so that rows can name each other and be written together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Max

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TypeVar

    from django.db.models import Model

    T = TypeVar("T")

AT_ONCE = 900  # ids in one statement
_LOCK = 0x696E74616B65  # PostgreSQL: one writer of posts and campaigns at a time, so that ids are seen in the order in which they were given


def one_writer() -> None:
    """Wait until no other process stores posts or groups campaigns; held to the end of the transaction. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def next_ids(model: type[Model], count: int) -> list[int]:
    """So many unused ids of `model`, ascending. To be called inside the transaction that uses them, after `one_writer`."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            query = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            cursor.execute(query, [connection.ops.quote_name(model._meta.db_table), count])  # noqa: SLF001 - Django's documented API
            return sorted(int(one) for (one,) in cursor.fetchall())
    last = model._default_manager.aggregate(last=Max("pk"))["last"] or 0  # noqa: SLF001 - Django's documented API
    return list(range(last + 1, last + 1 + count))


def parts(many: Sequence[T], size: int = AT_ONCE) -> Iterator[Sequence[T]]:
    """`many` in stretches that fit into one statement."""
    for start in range(0, len(many), size):
        yield many[start : start + size]
