"""What the first page counts. Grouped queries on indexes of campaigns, decisions and uploads only; posts are never counted one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db.models import Count, Q, Sum
from django.utils import timezone

from andon.console.intake.models import Campaign, Upload
from andon.console.review.models import Decision
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from andon.console.staff.models import Person

DAYS = 14
OLDEST = 5
NEWEST = 1000  # so many new campaigns are counted; beyond it is "more than"
_FRESH, _SLOW = 5, 60  # seconds that counts and trends are kept
_TAKEN_BACK = Decision.Verdict.WITHDRAWN


@dataclass(frozen=True, slots=True)
class Counts:
    """What waits, by level (3 high, 2 medium, 1 low), and what people said today, by verdict."""

    waiting: dict[int, int]
    escalated: int
    settled: dict[str, int]

    @property
    def all_waiting(self) -> int:
        """Of every level."""
        return sum(self.waiting.values())

    @property
    def all_settled(self) -> int:
        """By every verdict."""
        return sum(self.settled.values())


@dataclass(frozen=True, slots=True)
class Day:
    """Posts that were stored and decisions that were made on one day in Japan."""

    day: date
    stored: int
    decided: int


@dataclass(frozen=True, slots=True)
class Work:
    """One person's decisions of today that still stand. `hours`: how long the cards of the `timed` ones were open."""

    decisions: int
    posts: int
    timed: int
    timed_posts: int
    median_seconds: float | None
    hours: float

    @property
    def posts_per_hour(self) -> float | None:
        """Posts covered in an hour of open cards; none when nothing was timed."""
        return self.timed_posts / self.hours if self.hours else None

    @property
    def minutes(self) -> float:
        """The same time in minutes."""
        return self.hours * 60


def midnight(now: datetime | None = None, *, days_ago: int = 0) -> datetime:
    """When today (or an earlier day) began in Japan, in UTC."""
    day = (now or timezone.now()).astimezone(JAPAN).date() - timedelta(days=days_ago)
    return datetime.combine(day, time.min, JAPAN).astimezone(UTC)


def counts() -> Counts:
    """What waits and what was settled today."""
    found: Counts | None = cache.get("home.counts")
    if found is None:
        levels = Campaign.objects.filter(state=Campaign.State.OPEN).values_list("level").annotate(count=Count("id")).order_by()
        standing = _standing().filter(at__gte=midnight())
        found = Counts(
            dict(levels), Campaign.objects.filter(state=Campaign.State.ESCALATED).count(),
            dict(standing.values_list("verdict").annotate(count=Count("id")).order_by()),
        )  # fmt: skip
        cache.set("home.counts", found, _FRESH)
    return found


def trend() -> list[Day]:
    """The last days, today last."""
    found: list[Day] | None = cache.get("home.trend")
    if found is None:
        bounds = [midnight(days_ago=days) for days in range(DAYS - 1, -2, -1)]
        spans = {f"d{k}": Q(at__gte=bounds[k], at__lt=bounds[k + 1]) for k in range(DAYS)}
        decided = _decided().filter(at__gte=bounds[0]).aggregate(**{name: Count("id", filter=span) for name, span in spans.items()})
        uploads = Upload.objects.filter(state=Upload.State.DONE, at__gte=bounds[0])
        stored = uploads.aggregate(**{name: Sum("stored", filter=span) for name, span in spans.items()})
        found = [Day(bounds[k].astimezone(JAPAN).date(), stored[f"d{k}"] or 0, decided[f"d{k}"]) for k in range(DAYS)]
        cache.set("home.trend", found, _SLOW)
    return found


def oldest_waiting() -> list[Campaign]:
    """The open campaigns whose first post is the oldest."""
    waiting = Campaign.objects.filter(state=Campaign.State.OPEN, first_seen__isnull=False)
    return list(waiting.order_by("first_seen").only("id", "title", "level", "kind", "posts", "first_seen", "state")[:OLDEST])


def new_since(moment: datetime) -> int:
    """Open campaigns that were made after `moment`, counted among the newest (`NEWEST` of them at most)."""
    newest: list[tuple[datetime, str]] | None = cache.get("home.newest")
    if newest is None:
        newest = list(Campaign.objects.order_by("-id").values_list("made_at", "state")[:NEWEST])
        cache.set("home.newest", newest, _FRESH)
    return sum(made_at > moment and state == Campaign.State.OPEN for made_at, state in newest)


def work_of(person: Person) -> Work:
    """What `person` decided today."""
    rows = list(_standing().filter(by=person, at__gte=midnight()).values_list("posts", "seconds"))
    timed = [(posts, seconds) for posts, seconds in rows if seconds]
    return Work(
        len(rows), sum(posts for posts, _ in rows), len(timed), sum(posts for posts, _ in timed),
        median(seconds for _, seconds in timed) if timed else None, sum(seconds for _, seconds in timed) / 3600,
    )  # fmt: skip


def running_uploads() -> list[Upload]:
    """Uploads that are waiting or being scanned, the oldest first."""
    return list(Upload.objects.filter(state__in=(Upload.State.WAITING, Upload.State.RUNNING)).order_by("at")[:OLDEST])


def _decided() -> QuerySet[Decision]:
    return Decision.objects.exclude(verdict=_TAKEN_BACK)


def _standing() -> QuerySet[Decision]:
    """Decisions that nobody took back."""
    return _decided().filter(withdrawn_by__isnull=True)
