"""Names of what casework itself can look up: campaigns, posts, contacts and holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from andon.console.casework.naming import NAMERS, Named
from andon.console.frame.templatetags.desk import language
from andon.console.holds.models import Hold
from andon.console.holds.queries import may_read_reason
from andon.console.intake.models import Campaign, Contact, Post
from andon.console.staff.rights import Right
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from andon.console.staff.models import Person

_EXCERPT = 80
_DIGITS = 18  # of the largest number of a row
_MAY_READ_POSTS = (Right.QUEUE_READ, Right.INSPECT)  # an inspector reads what belongs to the cases of his sample


def _reads(person: Person) -> bool:
    return any(person.may(right) for right in _MAY_READ_POSTS)


def _numbers(keys: Sequence[str]) -> list[int]:
    return [int(key) for key in keys if key.isascii() and key.isdecimal() and len(key) <= _DIGITS]


def campaigns(keys: Sequence[str], person: Person) -> dict[str, Named]:
    """Campaigns by the beginning of their text."""
    if not _reads(person):
        return {}
    rows = Campaign.objects.filter(pk__in=_numbers(keys)).only("title", "posts", "first_seen")
    opens = person.may(Right.QUEUE_READ)
    return {
        str(row.pk): Named(row.title, _card(row.pk) if opens else "", say("casework.posts", language(), count=row.posts), "ja", row.first_seen)
        for row in rows
    }


def _card(campaign_id: int) -> str:
    return reverse("review:card", args=[campaign_id])


def posts(keys: Sequence[str], person: Person) -> dict[str, Named]:
    """Posts by their beginning, leading to their campaign."""
    if not _reads(person):
        return {}
    rows = Post.objects.filter(pk__in=_numbers(keys)).only("text", "source", "author", "created_at", "campaign_id")
    opens = person.may(Right.QUEUE_READ)
    found = {}
    for row in rows:
        text, url = " ".join(row.text.split())[:_EXCERPT], _card(row.campaign_id) if opens else ""
        found[str(row.pk)] = Named(text, url, f"{row.source} {row.author}", "ja", row.created_at)
    return found


def contacts(keys: Sequence[str], person: Person) -> dict[str, Named]:
    """Contacts by their value; one that no stored post holds by its key."""
    if not _reads(person):
        return {}
    stored = {row.key: row for row in Contact.objects.filter(key__in=keys)}
    counts = {key: say("casework.posts", language(), count=row.posts) for key, row in stored.items()}
    return {key: Named(stored[key].value if key in stored else key.partition(":")[2] or key, "", counts.get(key, "")) for key in keys}


def holds(keys: Sequence[str], person: Person) -> dict[str, Named]:
    """Holds by their unit; why is for that unit alone."""
    found = {}
    for hold in Hold.objects.filter(pk__in=_numbers(keys)).select_related("unit", "ask"):
        url = reverse("holds:hold", args=[hold.pk]) if may_read_reason(person, hold) and person.may(Right.HOLD_PLACE) else ""
        code = "casework.hold_lifted" if hold.lifted_at else "casework.hold"
        found[str(hold.pk)] = Named(say(code, language(), unit=hold.unit.name, name=hold.ask.name), url, at=hold.placed_at)
    return found


def register() -> None:
    """Put them where `naming` looks. Measures and plans name themselves."""
    NAMERS.update({"campaign": campaigns, "post": posts, "contact": contacts, "hold": holds})
