"""Breakers hold across processes and days, and count nothing that they refuse."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from andon.console import gate
from andon.console.measures.common import limits
from andon.console.measures.common.actions.switches import close_breaker, set_limit
from andon.console.measures.common.models import DayCount, Limit
from andon.domain.errors import Conflict, LimitReached
from andon.wording.say import say_error

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
NOW = timezone.now().replace(hour=3, minute=30, second=5, microsecond=0)  # noon in Japan


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> str:
    """A limit of ten a day, four a minute."""
    monkeypatch.setitem(limits._known, "letters", (10, 4))
    return "letters"


def spend(name: str, n: int = 1, now: datetime = NOW) -> None:
    """Inside a verb."""
    with gate._door():
        limits.spend(name, n, now=now)


def test_a_minute(letters: str) -> None:
    """Four, then no more until the next minute; what was refused is not counted against the day."""
    spend(letters, 4)
    with pytest.raises(LimitReached, match="minute"):
        spend(letters)
    assert limits.left(letters, now=NOW) == 6
    spend(letters, 1, NOW + timedelta(minutes=1))
    assert limits.left(letters, now=NOW) == 5


def test_a_day(letters: str) -> None:
    """The last one that fits trips the breaker; it stays open the next day."""
    for minute in range(5):
        spend(letters, 2, NOW + timedelta(minutes=minute))
    assert Limit.objects.get(name=letters).tripped_at is not None
    for later in (timedelta(minutes=9), timedelta(days=1), timedelta(days=30)):
        with pytest.raises(LimitReached, match="day"):
            spend(letters, 1, NOW + later)
        assert limits.left(letters, now=NOW + later) == 0


def test_too_much_at_once(letters: str) -> None:
    """More than is left is refused whole, and does not trip: a smaller one may go."""
    spend(letters, 8)
    with pytest.raises(LimitReached, match="day"):
        spend(letters, 3, NOW + timedelta(minutes=1))
    assert limits.left(letters, now=NOW) == 2
    spend(letters, 2, NOW + timedelta(minutes=1))


def test_closed_by_a_person(letters: str, sora: Person, actor: Callable[..., gate.Actor]) -> None:
    """As much again for that day, no more; the day after begins anew."""
    spend(letters, 10)
    close_breaker(actor(sora), letters, now=NOW)
    assert limits.left(letters, now=NOW) == 10
    with pytest.raises(Conflict):
        close_breaker(actor(sora), letters, now=NOW)
    spend(letters, 10, NOW + timedelta(minutes=1))
    close_breaker(actor(sora), letters, now=NOW + timedelta(days=1))
    assert limits.left(letters, now=NOW + timedelta(days=1)) == 10, "nothing was spent on that day: nothing is added to it"
    assert DayCount.objects.get(day=timezone.localdate(NOW)).extra == 10


def test_the_day_is_japans(letters: str) -> None:
    """It ends at midnight there."""
    spend(letters, 9, NOW.replace(hour=14, minute=59))
    spend(letters, 9, NOW.replace(hour=15, minute=0))


def test_the_sentence_says_which(letters: str) -> None:
    """And what to do."""
    spend(letters, 10)
    with pytest.raises(LimitReached) as caught:
        spend(letters)
    assert "権限のある人が解除" in say_error(caught.value, "ja")
    assert "letters" in say_error(caught.value, "en")


def test_set_by_a_person(letters: str, sora: Person, actor: Callable[..., gate.Actor]) -> None:
    """What a person sets wins over what the app knows."""
    set_limit(actor(sora), letters, per_day=2, per_minute=1)
    spend(letters)
    with pytest.raises(LimitReached, match="minute"):
        spend(letters)
