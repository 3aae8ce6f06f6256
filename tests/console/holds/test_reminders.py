"""Units hear of holds that ask for a decision, once for each reason, and weekly as long as nobody decides."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from andon.console.audit.models import Entry
from andon.console.holds import targets
from andon.console.holds.actions.end import lift
from andon.console.measures.common.held_reminders import remind_of_holds
from andon.console.measures.common.models import Notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.gate import Actor
    from andon.console.holds.models import Hold
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def test_review_expiry_and_every_week(aoi: Person, rei: Person, kei: Person, held: Callable[..., Hold]) -> None:
    """The unit's people who place holds are told; the other unit and the auditor are not."""
    held(aoi, targets.contact("telegram:abc"), days=7)  # to be reviewed after three days
    told = [remind_of_holds(NOW + after) for after in (2 * DAY, 3 * DAY, 3 * DAY + HOUR, 6 * DAY, 7 * DAY, 8 * DAY, 14 * DAY, 15 * DAY, 21 * DAY)]
    assert told == [0, 1, 0, 0, 1, 0, 1, 0, 1]
    assert set(Notice.objects.values_list("code", flat=True)) == {"hold_review", "hold_expired"}
    assert set(Notice.objects.values_list("person", flat=True)) == {aoi.pk}
    assert rei.pk != kei.pk
    assert Entry.objects.filter(event="holds.reminded").count() == 4


def test_a_lifted_hold_asks_nobody(aoi: Person, sora: Person, held: Callable[..., Hold], actor: Callable[..., Actor]) -> None:
    """And nothing is written when there is nothing to tell."""
    hold = held(aoi, targets.contact("telegram:abc"))
    lift(actor(sora), hold.pk, note="済んだ", now=NOW)
    assert remind_of_holds(NOW + 60 * DAY) == 0
    assert not Notice.objects.exists()
    assert not Entry.objects.filter(event="holds.reminded").exists()
