"""The index behind the search: on SQLite a full-text table of character pairs, on PostgreSQL an array of them with the form beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from andon.language.bigrams import bigrams

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.apps.registry import Apps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "intake_search"
# Contentless: the table holds where each pair stands and nothing else. Pairs are written as hexadecimal digits, which every tokenizer leaves alone.
# Four digits are one character: with their own index a query of one character takes 0.2 ms instead of 92 (100,000 posts, the character の).
_SQLITE = f"CREATE VIRTUAL TABLE \"{TABLE}\" USING fts5(pairs, content='', detail=full, tokenize='ascii', prefix='4')"
_POSTGRESQL = (
    f'CREATE TABLE "{TABLE}" (post_id bigint PRIMARY KEY REFERENCES intake_post, form text NOT NULL, pairs text[] NOT NULL)',
    f'CREATE INDEX intake_search_pairs ON "{TABLE}" USING gin (pairs)',
)



def search_tokens(form: str) -> str:
    """The pairs of a form as words for SQLite's table, in order."""
    digits = form.encode("utf-16-be", "surrogatepass").hex()  # four for each character: all pairs at once
    return " ".join([digits[place : place + 8] for place in range(0, len(digits), 4)])


def token_of(pair: str) -> str:
    """One or two characters as one word; a prefix of four digits is the first character."""
    return pair.encode("utf-16-be", "surrogatepass").hex()


def make_table(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """For the migration."""
    for statement in (_SQLITE,) if editor.connection.vendor == "sqlite" else _POSTGRESQL:
        editor.execute(statement)


def index_posts(rows: Sequence[tuple[int, str, str]]) -> None:
    """Add posts (id, form, tokens). Called by the verb that stores them."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(f'INSERT INTO "{TABLE}" (rowid, pairs) VALUES (%s, %s)', [(pk, tokens) for pk, _, tokens in rows])  # noqa: S608 - our name
        else:
            made = [(pk, form, sorted({*bigrams(form), *form})) for pk, form, _ in rows]
            cursor.executemany(f'INSERT INTO "{TABLE}" (post_id, form, pairs) VALUES (%s, %s, %s)', made)  # noqa: S608 - our name
