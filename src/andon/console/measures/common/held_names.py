"""What the targets of holds are called, and where they are shown. Put into `holds.naming` when the apps are ready: holds themselves know no posts."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.urls import reverse

from andon.console.holds.naming import NAMERS, Named
from andon.console.holds.targets import TargetKind
from andon.console.intake.models import Campaign, Contact, Post

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHOWN = 60  # characters of a text
_MOST_NUMBER = 10**18


def register() -> None:
    """Let holds name posts, campaigns, contacts and accounts."""
    NAMERS.update({
        TargetKind.POST.value: posts, TargetKind.CAMPAIGN.value: campaigns, TargetKind.CONTACT.value: contacts, TargetKind.ACCOUNT.value: accounts,
    })  # fmt: skip


def posts(keys: Sequence[str]) -> dict[str, Named]:
    """A post by the beginning of its text; shown on its campaign's card."""
    rows = Post.objects.filter(pk__in=_numbers(keys)).values_list("pk", "text", "campaign")
    return {str(pk): Named(_cut(text), reverse("review:card", args=[campaign]), 1) for pk, text, campaign in rows}


def campaigns(keys: Sequence[str]) -> dict[str, Named]:
    """A campaign by its number and title. One that was joined with another is found by the one that holds its posts."""
    rows = Campaign.objects.filter(pk__in=_numbers(keys)).values_list("pk", "title", "posts", "merged_into", "merged_into__posts")
    return {
        str(pk): Named(f"{pk} {_cut(title)}".rstrip(), reverse("review:card", args=[into or pk]), count if into is None else into_count)
        for pk, title, count, into, into_count in rows
    }


def contacts(keys: Sequence[str]) -> dict[str, Named]:
    """A contact as posts write it."""
    counts = dict(Contact.objects.filter(key__in=keys).values_list("key", "posts"))
    return {key: Named(key, f"{reverse('review:queue')}?state=any&contact={quote(key)}", counts.get(key, 0)) for key in keys}


def accounts(keys: Sequence[str]) -> dict[str, Named]:
    """An account by source and name, found by search."""
    return {key: Named(key, f"{reverse('review:search')}?q={quote(key.partition(':')[2])}") for key in keys}


def _numbers(keys: Sequence[str]) -> list[int]:
    return [int(key) for key in keys if key.isascii() and key.isdecimal() and int(key) < _MOST_NUMBER]


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"
