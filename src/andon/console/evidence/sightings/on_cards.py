"""What a card of the queue says of conversations: to who may know of the case, and to nobody else. Not even a number is told to others."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef

from andon.console.casework import visible
from andon.console.evidence.conversations.models import Reading, State
from andon.console.evidence.exhibits.visible import exhibits
from andon.console.evidence.sightings.models import Sighting
from andon.console.evidence.sightings.queries import AS_CONTACT
from andon.console.intake.models import PostContact
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from andon.console.casework.models import Case
    from andon.console.intake.models import Campaign
    from andon.console.staff.models import Person

_MOST_CONTACTS, _MOST_CASES, _MOST_ROWS = 200, 6, 500


def card_part(campaign: Campaign, person: Person) -> dict[str, Any] | None:
    """The visible cases in whose conversations a contact of the campaign, or a wording like its posts', stands; nothing where there is none."""
    if not (person.may(Right.CASE_READ) or person.may(Right.INSPECT)):
        return None
    readings = _readings(person)
    found: defaultdict[int, dict[str, str]] = defaultdict(dict)
    worded: set[int] = set()
    for case_id, key, value in _contacts(campaign, readings):
        found[case_id].setdefault(key, value)
    for case_id in _wordings(campaign, readings):
        worded.add(case_id)
    wanted = sorted(found.keys() | worded)[:_MOST_CASES]
    if not wanted:
        return None
    cases = visible.cases(person).in_bulk(wanted)
    return {"lines": [_line(cases[pk], list(found[pk].values()), is_worded=pk in worded) for pk in wanted if pk in cases]}


def _line(case: Case, values: list[str], *, is_worded: bool) -> dict[str, Any]:
    return {"case": case, "values": values, "is_worded": is_worded}


def _readings(person: Person) -> QuerySet[Reading]:
    """Of each exhibit that the person sees, the latest reading that is done."""
    later = Reading.objects.filter(exhibit=OuterRef("exhibit"), state=State.DONE, number__gt=OuterRef("number"))
    return Reading.objects.filter(~Exists(later), state=State.DONE, exhibit__in=exhibits(person))


def _contacts(campaign: Campaign, readings: QuerySet[Reading]) -> Iterator[tuple[int, str, str]]:
    keys = list(PostContact.objects.filter(post__campaign=campaign).order_by().values_list("contact__key", flat=True).distinct()[:_MOST_CONTACTS])
    rows = Sighting.objects.filter(key__in=keys, what__in=AS_CONTACT, conversation__reading__in=readings) if keys else Sighting.objects.none()
    fields = ("conversation__reading__exhibit__case", "key", "value")
    yield from rows.order_by().values_list(*fields).distinct()[:_MOST_ROWS]


def _wordings(campaign: Campaign, readings: QuerySet[Reading]) -> Iterator[int]:
    rows = Sighting.objects.filter(alike__post__campaign=campaign, conversation__reading__in=readings)
    yield from rows.order_by().values_list("conversation__reading__exhibit__case", flat=True).distinct()[:_MOST_CASES]
