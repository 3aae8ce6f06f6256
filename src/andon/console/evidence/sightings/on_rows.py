"""Marks in the reader: this message holds a contact, or repeats a wording, that stands in posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from andon.console.casework import visible
from andon.console.evidence.conversations.hooks import Badge
from andon.console.evidence.sightings.models import Sighting
from andon.console.evidence.sightings.queries import in_posts
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from andon.console.evidence.conversations.models import Conversation
    from andon.console.staff.models import Person


def badges(conversation: Conversation, positions: Sequence[int], person: Person) -> Mapping[int, Sequence[Badge]]:
    """For who reads posts (and for the inspector of the case): one badge for each contact or wording of these messages that posts have."""
    case = conversation.reading.exhibit.case
    if not positions or not visible.opens(person, case, Right.QUEUE_READ):
        return {}
    rows = Sighting.objects.filter(conversation=conversation, position__gte=min(positions), position__lte=max(positions))
    page, wanted = reverse("sightings:case", args=[case.pk]), set(positions)
    found: dict[int, list[Badge]] = {}
    for one in in_posts(rows).order_by("position", "what", "pk"):
        if one.position in wanted and one.position is not None:
            code = "wording_in_posts" if one.what == Sighting.What.WORDING else "contact_in_posts"
            found.setdefault(one.position, []).append(Badge(code, f"{page}?at={one.pk}", {"value": one.value}))
    return found

