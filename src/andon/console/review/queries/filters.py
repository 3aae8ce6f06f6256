"""What of the queue a person wants to see: read from an address and written back to one, so that it can be kept, shared and reloaded."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q, QuerySet

from andon.console.intake.models import LEVEL_RANK, Campaign, Contact, Post, PostContact, Upload
from andon.console.intake.search import find
from andon.console.review.choices import KINDS
from andon.console.review.models import Decision
from andon.console.review.queries.covering import STANDS
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andon.console.staff.models import Person

_State = Campaign.State
STATES = (_State.OPEN.value, _State.ESCALATED.value, _State.RECRUITMENT.value, _State.NOT.value, "any")
MOST_FOUND = 500  # newest posts whose campaigns a search in the queue brings
_FOUND_SECONDS = 5
_LONGEST = 200
_FEW_POSTS = 20_000  # up to which their campaigns are listed first; beyond it nearly every campaign has one, and is asked by itself
_FEW_DECISIONS = 2_000
_LARGEST = 2**31


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """A view of the queue. Empty or zero: not asked for. `mine`: those whose decision is the person's own; `later`: settled, and posts came since."""

    state: str = _State.OPEN.value
    level: str = ""
    kind: str = ""
    source: str = ""
    contact: str = ""
    upload: int = 0
    since: date | None = None
    until: date | None = None
    posts: int = 0
    mine: bool = False
    later: bool = False
    q: str = ""

    NAMED: ClassVar[tuple[str, ...]] = ("state", "level", "kind", "source")  # those with a count for each value

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Self:
        """The filter of an address. What makes no sense is left out: an old or mistyped address still opens."""
        text = {name: str(given.get(name) or "").replace("\0", "").strip()[:_LONGEST] for name in (one.name for one in fields(cls))}
        wide = text["later"] == "1" or text["mine"] == "1"
        return cls(
            state=text["state"] if text["state"] in STATES else ("any" if wide else _State.OPEN.value),
            level=text["level"] if text["level"] in LEVEL_RANK else "", kind=text["kind"] if text["kind"] in KINDS else "",
            source=text["source"], contact=text["contact"], upload=_number(text["upload"]), since=_day(text["since"]), until=_day(text["until"]),
            posts=_number(text["posts"]), mine=text["mine"] == "1", later=text["later"] == "1", q=text["q"],
        )  # fmt: skip

    def address(self, **change: Any) -> str:  # noqa: ANN401 - any field of the filter
        """The part of an address behind "?" for this filter with some fields changed; nothing for what is not asked for."""
        wanted = replace(self, **change)
        usual = "any" if wanted.mine or wanted.later else _State.OPEN.value
        said: dict[str, str] = {}
        for one in fields(wanted):
            value = getattr(wanted, one.name)
            if value and not (one.name == "state" and value == usual):
                said[one.name] = "1" if value is True else value.isoformat() if isinstance(value, date) else str(value)
        return urlencode(said)

    @property
    def asked(self) -> dict[str, Any]:
        """The fields that narrow the view, but for the state: for the list of what is switched on."""
        return {one.name: value for one in fields(self) if one.name != "state" and (value := getattr(self, one.name))}

    @property
    def newest_only(self) -> int:
        """Of how many newest posts the campaigns are shown, where a search finds more posts than that; otherwise 0."""
        return MOST_FOUND if self.q and found_campaigns(self.q)[1] else 0

    def rows(self, person: Person, *, leave_out: tuple[str, ...] = ()) -> QuerySet[Campaign]:
        """The campaigns of this view, without an order. `leave_out`: fields that are not asked for this time."""
        rows = _in_states(self.state if self.state != "any" and "state" not in leave_out else "", of_few=self.mine)
        exact: dict[str, Any] = {"level": LEVEL_RANK.get(self.level), "kind": self.kind, "source": self.source}
        rows = rows.filter(**{name: value for name, value in exact.items() if value and name not in leave_out})
        return rows.filter(self._spread(), *self._among(person, in_order=not leave_out))

    def _spread(self) -> Q:
        """Size and days, in Japan."""
        asked = Q()
        if self.posts:
            asked &= Q(posts__gte=self.posts)
        if self.later:
            asked &= Q(later__gt=0)
        if self.since:
            asked &= Q(last_seen__gte=datetime.combine(self.since, time(), JAPAN))
        if self.until:
            asked &= Q(first_seen__lt=datetime.combine(self.until + timedelta(days=1), time(), JAPAN))
        return asked

    def _among(self, person: Person, *, in_order: bool) -> list[Q | Exists]:
        """What other tables say."""
        asked: list[Q | Exists] = []
        if self.contact:
            asked.append(self._with_contact(in_order=in_order))
        if self.upload:
            asked.append(self._of_upload())
        if self.mine:
            asked.append(_decided_by(person))
        if self.q:
            asked.append(Q(pk__in=found_campaigns(self.q)[0]))
        return asked


    def _with_contact(self, *, in_order: bool) -> Q | Exists:
        """One that stands nearly everywhere is asked of each campaign as they come, where they come in order: the first page is found at once."""
        contact = Contact.objects.filter(key=self.contact).values_list("pk", "posts").first() or (0, 0)
        if contact[1] <= _FEW_POSTS or not in_order:
            return Q(pk__in=PostContact.objects.filter(contact=contact[0]).values("post__campaign"))
        links = PostContact.objects.filter(post=OuterRef("pk"), contact=contact[0])
        return Exists(Post.objects.filter(Exists(links), campaign=OuterRef("pk")))

    def _of_upload(self) -> Q | Exists:
        if not Upload.objects.filter(pk=self.upload, stored__gt=_FEW_POSTS).exists():
            return Q(pk__in=Post.objects.filter(upload=self.upload).values("campaign"))
        return Exists(Post.objects.filter(campaign=OuterRef("pk"), upload=self.upload))


def _decided_by(person: Person) -> Q:
    """Few are named by their numbers: SQLite would go through the whole order to find them (28 ms of 50,000 campaigns, several times a page)."""
    theirs = Decision.objects.filter(STANDS, by=person.pk).order_by().values_list("campaign", flat=True)
    few = list(theirs[: _FEW_DECISIONS + 1])
    return Q(pk__in=few if len(few) <= _FEW_DECISIONS else theirs)


def found_campaigns(query: str) -> tuple[list[int], bool]:
    """The campaigns of the newest posts that a search finds, and whether there are more posts; asked once for the several questions of one page."""
    key = "review:found:" + hashlib.sha256(query.encode("utf-8", "replace")).hexdigest()

    def ask() -> tuple[list[int], bool]:
        found = find(query, limit=MOST_FOUND)
        return list(found.campaigns), found.is_more

    return cast("tuple[list[int], bool]", cache.get_or_set(key, ask, _FOUND_SECONDS))


def _in_states(state: str, *, of_few: bool) -> QuerySet[Campaign]:
    """The campaigns of one state, or all but merged ones.

    `of_few`: they are named by their numbers besides, so the state is asked for in a form that no index answers: SQLite would otherwise go through a
    whole state to find them (10 to 14 ms of 50,000 campaigns, four times a page; 0.2 to 0.5 by their numbers).
    """
    wanted = [state] if state else [one for one in _State.values if one != _State.MERGED]
    if of_few:
        return Campaign.objects.exclude(state__in=[one for one in _State.values if one not in wanted])
    return Campaign.objects.filter(state__in=wanted) if len(wanted) > 1 else Campaign.objects.filter(state=state)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and int(text) < _LARGEST else 0


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
