"""Substring search: what a person types against the normal forms of posts, and against contacts. Answers are exact; their length is bounded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q

from andon.console.intake.ids import parts
from andon.console.intake.models import Contact, Post, PostContact
from andon.console.intake.search.index import TABLE, token_of
from andon.language.bigrams import bigrams, search_form

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LIMIT = 50
MOST_TYPED = 200  # characters of a query that are looked at
_MOST_CONTACTS = 20
_SQLITE = f'SELECT rowid FROM "{TABLE}" WHERE pairs MATCH %s ORDER BY rowid DESC LIMIT %s'  # noqa: S608 - our own name
# One character stands in nearly every post or in few: the newest are looked through first, and only when they do not suffice the index is asked.
_POSTGRESQL_ONE = (
    f'SELECT post_id FROM (SELECT post_id, form FROM "{TABLE}" ORDER BY post_id DESC LIMIT 20000) newest '  # noqa: S608 - our own name
    "WHERE position(%s in form) > 0 ORDER BY post_id DESC LIMIT %s"
)
# Materialized: the planner would rather read all posts backwards, which takes seconds where hits are few.
_POSTGRESQL = (
    f'WITH hit AS MATERIALIZED (SELECT post_id, form FROM "{TABLE}" WHERE pairs @> %s) '  # noqa: S608 - our own name
    "SELECT post_id FROM hit WHERE position(%s in form) > 0 ORDER BY post_id DESC LIMIT %s"
)


@dataclass(frozen=True, slots=True)
class Found:
    """Posts (ids, newest first) whose text, address, handle or contact holds what was typed; their campaigns in the same order; the contacts.

    `form` is what was compared; empty when nothing of the query can be searched. `is_more`: there are more posts than these.
    """

    form: str
    posts: tuple[int, ...] = ()
    campaigns: tuple[int, ...] = ()
    contacts: tuple[Contact, ...] = ()
    is_more: bool = False


def find(query: str, *, limit: int = LIMIT) -> Found:
    """Search. One character finds what holds it, two and more are an exact substring of the normal form."""
    typed = query.strip()[:MOST_TYPED]
    form = search_form(typed)
    if not form:
        return Found("")
    contacts = _contacts(typed)
    posts = sorted({*_posts(form, limit + 1), *_posts_with(contacts, limit + 1)}, reverse=True)
    kept = posts[:limit]
    return Found(form, tuple(kept), tuple(_campaigns(kept)), tuple(contacts), len(posts) > limit)


def _posts(form: str, limit: int) -> list[int]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(_SQLITE, [_phrase(form), limit])
        else:
            if len(form) == 1:
                cursor.execute(_POSTGRESQL_ONE, [form, limit])
                newest = [int(pk) for (pk,) in cursor.fetchall()]
                if len(newest) == limit:
                    return newest
            cursor.execute(_POSTGRESQL, [bigrams(form)[:-1] or [form], form, limit])
        return [int(pk) for (pk,) in cursor.fetchall()]


def _phrase(form: str) -> str:
    """SQLite's query: the pairs one behind the other; of one character everything that begins with it."""
    if len(form) == 1:
        return f"{token_of(form)}*"
    return '"' + " ".join(token_of(pair) for pair in bigrams(form)[:-1]) + '"'


def _contacts(typed: str) -> list[Contact]:
    bare = typed.lstrip("@＠").strip()
    if not bare:
        return []
    return list(Contact.objects.filter(Q(key__icontains=bare) | Q(value__icontains=bare)).order_by("-posts", "key")[:_MOST_CONTACTS])


def _posts_with(contacts: Sequence[Contact], limit: int) -> Iterable[int]:
    if not contacts:
        return ()
    links = PostContact.objects.filter(contact__in=contacts)
    return links.order_by("-post").values_list("post", flat=True).distinct()[:limit]


def _campaigns(posts: Sequence[int]) -> list[int]:
    """Campaigns of the posts, in the order of the posts."""
    of = {pk: campaign for part in parts(posts) for pk, campaign in Post.objects.filter(pk__in=part).values_list("pk", "campaign")}
    return list(dict.fromkeys(of[pk] for pk in posts))
