"""What casework itself puts on the line of time: posts by day, decisions, holds, and what became of the case and its members."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.urls import reverse

from andon.console.casework import visible
from andon.console.casework.models import CaseLink, Membership
from andon.console.casework.timeline import SOURCES, Moment
from andon.console.frame.templatetags.desk import language
from andon.console.holds.models import Hold
from andon.console.holds.queries import may_read_reason
from andon.console.intake.models import Campaign, Post
from andon.console.review.models import Decision
from andon.console.review.queries.covering import line
from andon.console.staff.rights import Right
from andon.domain.times import JAPAN
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.console.casework.models import Case
    from andon.console.casework.timeline import Tone
    from andon.console.staff.models import Person

_EXCERPT = 80
_MOST_DAYS = 400  # of one campaign: a line of time is drawn of days, not of posts
_TONES: dict[str, Tone] = {"recruitment": "for", "not": "against", "escalated": "escalate"}


def _said(code: str, **data: object) -> str:
    return say(code, language(), **data)


def _keys(case: Case, kind: str) -> list[int]:
    keys = case.links.filter(kind=kind, removed_at=None).values_list("key", flat=True)
    return [int(key) for key in keys if key.isdecimal()]


def posts(case: Case, person: Person) -> Iterator[Moment]:
    """Posts of linked campaigns, one moment a day, and posts that were linked themselves."""
    if not visible.opens(person, case, Right.QUEUE_READ):
        return
    opens = person.may(Right.QUEUE_READ)
    for campaign in Campaign.objects.filter(pk__in=_keys(case, CaseLink.Kind.CAMPAIGN)).only("days"):
        url = reverse("review:card", args=[campaign.pk]) if opens else None
        for day, count in sorted(campaign.days.items())[-_MOST_DAYS:]:
            at = datetime.combine(date.fromisoformat(day), time(), JAPAN)
            yield Moment(at, "post", _said("moment.posts", count=count, number=campaign.pk), url, "for", {"whole_day": True, "count": count})
    linked = Post.objects.filter(pk__in=_keys(case, CaseLink.Kind.POST))
    for post in linked.only("text", "created_at", "stored_at", "campaign_id", "source", "author"):
        url = reverse("review:card", args=[post.campaign_id]) if opens else None
        text = " ".join(post.text.split())[:_EXCERPT]
        yield Moment(post.created_at or post.stored_at, "post", text, url, "for", {"lang": "ja", "who": f"{post.source} {post.author}"})


def decisions(case: Case, person: Person) -> Iterator[Moment]:
    """Decisions on linked campaigns, withdrawals too."""
    if not visible.opens(person, case, Right.QUEUE_READ):
        return
    numbers = {joined for number in _keys(case, CaseLink.Kind.CAMPAIGN) for joined in line(number)}
    for one in Decision.objects.filter(campaign__in=numbers).select_related("by"):
        url = reverse("review:card", args=[one.campaign_id]) if person.may(Right.QUEUE_READ) else None
        what = _said(f"frame.state.{one.verdict}")
        code = f"kind.{one.kind}" if one.kind else f"review.{one.verdict}.{one.reason}" if one.reason else ""
        label = _said("moment.decision_made", what=_said("moment.with", what=what, more=_said(code)) if code else what, number=one.campaign_id)
        yield Moment(one.at, "decision", label, url, _TONES.get(one.verdict, "quiet"), {"who": one.by.name})


def holds(case: Case, person: Person) -> Iterator[Moment]:
    """Holds on linked campaigns and those linked themselves, from placing to lifting. To other units: whom to ask, never why."""
    targets = [str(number) for number in _keys(case, CaseLink.Kind.CAMPAIGN)]
    on_campaigns = Hold.objects.filter(target_kind="campaign", target_key__in=targets)
    for hold in (on_campaigns | Hold.objects.filter(pk__in=_keys(case, CaseLink.Kind.HOLD))).select_related("unit", "ask"):
        mine = may_read_reason(person, hold)
        url = reverse("holds:hold", args=[hold.pk]) if mine and person.may(Right.HOLD_PLACE) else None
        data = {"who": hold.ask.name, "is_open": hold.lifted_at is None} | ({"note": hold.note} if mine and hold.note else {})
        yield Moment(hold.placed_at, "hold", _said("moment.hold_placed", unit=hold.unit.name), url, "warn", data, hold.lifted_at)
        if hold.lifted_at is not None:
            yield Moment(hold.lifted_at, "hold", _said("moment.hold_lifted", unit=hold.unit.name), url)


def events(case: Case, _person: Person) -> Iterator[Moment]:
    """What became of the case."""
    for event in case.events.select_related("by"):
        data = {"who": event.by.name} | ({"note": event.note} if event.note else {})
        tone: Tone = "done" if event.what in ("taken_up", "opened", "reopened") else "quiet"
        yield Moment(event.at, "case", _said(f"moment.case.{event.what}"), None, tone, data)


def members(case: Case, person: Person) -> Iterator[Moment]:
    """Who was let in and out. Operation officers without their name (A19)."""
    for one in case.memberships.select_related("person", "by", "ended_by"):
        role = _said(f"case.role.{one.role}")
        named = one.role != Membership.Role.OPERATOR or one.person_id == person.pk
        what = _said("moment.with", what=one.person.name, more=role) if named else role
        by = {"who": one.by.name} if named else {}
        note = {"note": one.ground} if named and one.ground != case.code else {}
        yield Moment(one.at, "case", _said("moment.member_added", what=what), None, "quiet", by | note)
        if one.ended_at is not None:
            who = {"who": one.ended_by.name} if named and one.ended_by is not None else {}
            yield Moment(one.ended_at, "case", _said("moment.member_ended", what=what), None, "quiet", who)


def register() -> None:
    """Put them on the line of every case."""
    SOURCES.extend([posts, decisions, holds, events, members])
