"""A trail of some entries, and somebody with the database's own tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection

from andon.console import gate
from andon.console.audit.append_only import is_closed, only_added_to
from andon.console.audit.chain import Who
from andon.console.audit.models import Entry
from andon.console.trail import checkpoints

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WHO = Who(7, "青井", "試験ホットライン", "screen")


@pytest.fixture
def trail(db: None) -> Callable[[int], None]:
    """Add some entries; before the first one the installation is set up."""

    def add(count: int) -> None:
        checkpoints.set_up()
        for number in range(count):
            gate.record(WHO, "review.decided", f"campaign:{number}", {"理由": "名前なし", "posts": number, "score": 0.5, "list": [1, None, True]})

    return add


@pytest.fixture
def tamper(db: None) -> Iterator[Callable[..., None]]:
    """Run SQL as somebody does who has the database file: triggers off, no gate, triggers on again. The triggers stay off with `locked=False`."""
    def run(*statements: str, locked: bool = True) -> None:
        with connection.cursor() as cursor, gate._door():
            if connection.vendor == "sqlite":
                for what in ("UPDATE", "DELETE"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS audit_entry_no_{what}")
            else:
                cursor.execute("DROP TRIGGER IF EXISTS audit_entry_kept ON audit_entry; DROP TRIGGER IF EXISTS audit_entry_not_emptied ON audit_entry")
            for statement in statements:
                cursor.execute(statement)
        if locked:
            only_added_to("audit_entry").code(None, Editor())

    yield run
    if not is_closed(connection, "audit_entry"):
        run()


class Editor:
    """Just what the migration's operation uses: SQLite's own editor cannot be opened inside a test's transaction."""

    connection = connection

    def execute(self, sql: str, params: None = None) -> None:
        """Run it."""
        assert params is None
        with connection.cursor() as cursor:
            cursor.execute(sql)


@pytest.fixture
def rebuild() -> Callable[[int], None]:
    """Make the chain anew from an entry on, as somebody does who knows how hashes are made (triggers are off already)."""

    def anew(first: int) -> None:
        from andon.console.audit.chain import hash_of

        before = Entry.objects.filter(number__lt=first).order_by("-number").values_list("hash", flat=True).first() or "0" * 64
        with gate._door():
            for entry in Entry.objects.filter(number__gte=first).order_by("number"):
                entry.before = before
                before = hash_of(entry)
                Entry.objects.filter(pk=entry.pk).update(before=entry.before, hash=before)

    return anew
