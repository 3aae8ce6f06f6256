"""The demo's case of three phones: everything that it is meant to show is there, once, and nothing in it is still to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from sightings_help import PHONES

from andon.console import demo_phones
from andon.console.casework.models import Case
from andon.console.evidence.conversations.models import Comparison, Conversation, Note, Reading
from andon.console.evidence.exhibits.models import CustodyLine, Exhibit
from andon.console.evidence.sightings.models import Sweep
from andon.console.staff.rights import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.staff.models import Person, Unit

pytestmark = pytest.mark.django_db


def test_the_case_of_three_phones(mori: Person, person: Callable[..., Person], police: Unit, actor: Any) -> None:
    """Taken in, read, looked through, marked, put together, handed on, sealed; said again it changes nothing."""
    lead, others = actor(mori), [actor(person("sora", Role.SUPERVISOR, unit=police)), actor(person("rin", Role.CUSTODIAN, unit=police))]
    demo_phones.bring_phones(PHONES, lead, *others)
    case = Case.objects.get(title=demo_phones.TITLE)
    assert [one.kind for one in Exhibit.objects.filter(case=case, state="taken").order_by("pk")] == ["folder", "zip", "folder"]
    assert Reading.objects.filter(state="done").count() == Sweep.objects.count() == 3
    assert all(reading.is_whole for reading in Reading.objects.all())
    assert Conversation.objects.count() == 11
    assert Note.objects.count() == len(demo_phones._NOTES)
    merged = Comparison.objects.get()
    assert (merged.state, merged.length) == ("done", 44)
    assert {"taken_in", "transferred", "sealed"} & set(CustodyLine.objects.values_list("event", flat=True)) >= {"transferred", "sealed"}
    assert max(one.last_at for one in Conversation.objects.all() if one.last_at) < timezone.now()
    before = CustodyLine.objects.count()
    demo_phones.bring_phones(PHONES, lead, *others)
    assert CustodyLine.objects.count() == before


def test_without_the_samples_nothing_is_made(mori: Person, actor: Any) -> None:
    """A folder that is not there is no error."""
    demo_phones.bring_phones(PHONES / "nowhere", actor(mori), actor(mori), actor(mori))
    assert not Case.objects.filter(title=demo_phones.TITLE).exists()
