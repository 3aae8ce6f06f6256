"""What the page of a case lists: exhibits with their readings and conversations, what was made of them, which conversations may be one group."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from andon.console.evidence.conversations import listed_papers, visible
from andon.console.evidence.conversations.jobs import problem_words
from andon.console.evidence.conversations.models import ComparedView, Comparison, Conversation, Note, Participant, Reading, State
from andon.console.evidence.exhibits.models import Exhibit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from andon.console.casework.models import Case

MOST_LISTED = 200  # conversations of one exhibit on the page of the case
_MOST_PEOPLE = 40  # of a conversation that is compared with others by who takes part
_ALIKE = 0.5  # share of the smaller one's people that two conversations have in common
_AT_LEAST = 2
_NUMBERED = ("private_supergroup", "public_supergroup", "private_channel", "public_channel")  # the server numbers these, for all phones alike


@dataclass(slots=True)
class Listed:
    """An exhibit with its latest reading that is done, and one that is under way or failed after it."""

    exhibit: Exhibit
    done: Reading | None = None
    under_way: Reading | None = None
    failed: Reading | None = None
    problem: str = ""
    conversations: list[Conversation] = field(default_factory=list)
    more: int = 0


def by_exhibit(case: Case) -> list[Listed]:
    """All exhibits of a (visible) case that are taken in."""
    listed = {one.pk: Listed(one) for one in Exhibit.objects.filter(case=case, state=Exhibit.State.TAKEN).order_by("code")}
    for reading in Reading.objects.filter(exhibit__in=listed).order_by("number"):
        row = listed[reading.exhibit_id]
        if reading.state == State.DONE:
            row.done, row.failed, row.under_way = reading, None, None
        elif reading.state == State.FAILED:
            row.failed, row.under_way, row.problem = reading, None, problem_words(reading.problem)
        else:
            row.under_way = reading
    readings = {row.done.pk: row for row in listed.values() if row.done is not None}
    for one in Conversation.objects.filter(reading__in=readings).order_by("-length", "number"):
        row = readings[one.reading_id]
        if len(row.conversations) < MOST_LISTED:
            row.conversations.append(one)
        else:
            row.more += 1
    return list(listed.values())


def made_of(case: Case) -> dict[str, Any]:
    """What was made of the case's conversations, and how many notes there are."""
    comparisons = Comparison.objects.filter(case=case).select_related("by").prefetch_related("views__conversation__reading__exhibit")
    notes = Note.objects.filter(exhibit__case=case).count()
    return {"comparisons": comparisons[:20], "transcripts": listed_papers.of_case(case, 20), "notes": notes, "suggested": suggested(case)}


@dataclass(frozen=True, slots=True)
class Suggested:
    """Conversations of several exhibits that may be one group: a lead, never a finding. `why` is "key", "title" or "people"."""

    conversations: tuple[Conversation, ...]
    why: str


def suggested(case: Case) -> list[Suggested]:
    """The same key, or the same title, or mostly the same handles, in different exhibits; not what was compared already."""
    every = list(visible.current(case).order_by("-length")[:1000])
    found: list[Suggested] = []
    told = set(_compared(case))
    for why, groups in (("key", _by(every, _key)), ("title", _by(every, _title)), ("people", _by_people(every))):
        for group in groups:
            ids = frozenset(one.pk for one in group)
            if not any(ids <= known for known in told):
                told.add(ids)
                found.append(Suggested(tuple(group), why))
    return found[:10]


def _compared(case: Case) -> Iterable[frozenset[int]]:
    """Which conversations stand together in a comparison that did not fail."""
    together: dict[int, set[int]] = defaultdict(set)
    views = ComparedView.objects.filter(comparison__case=case).exclude(comparison__state=State.FAILED)
    for comparison, conversation in views.values_list("comparison", "conversation"):
        together[comparison].add(conversation)
    return map(frozenset, together.values())


def _key(one: Conversation) -> tuple[str, ...] | None:
    return ("key", one.app, one.key) if one.app == "telegram" and one.kind in _NUMBERED else None


def _title(one: Conversation) -> tuple[str, ...] | None:
    return ("title", one.app, one.title.strip().lower()) if one.title.strip() else None


def _by(every: Sequence[Conversation], of: Any) -> Iterable[list[Conversation]]:  # noqa: ANN401 - a function to a key or None
    groups: dict[tuple[str, ...], list[Conversation]] = defaultdict(list)
    for one in every:
        if (key := of(one)) is not None and all(other.reading_id != one.reading_id for other in groups[key]):
            groups[key].append(one)
    return [group[:4] for group in groups.values() if len(group) >= _AT_LEAST]


def _by_people(every: Sequence[Conversation]) -> list[list[Conversation]]:
    """Pairs of groups (three people or more) of one app in different exhibits that share most of their participants' names or keys."""
    names: dict[int, set[str]] = defaultdict(set)
    some = [one for one in every if 2 < one.people <= _MOST_PEOPLE][:200]  # noqa: PLR2004 - two people are no group
    for pk, key, name in Participant.objects.filter(conversation__in=some).values_list("conversation", "key", "name"):
        names[pk].add(name.strip().lower() or key)
    found = []
    for at, one in enumerate(some):
        group = [one]
        for other in some[at + 1 :]:
            least = min(len(names[one.pk]), len(names[other.pk]))
            apart = all(other.reading_id != each.reading_id for each in group)
            if apart and other.app == one.app and least and len(names[one.pk] & names[other.pk]) / least > _ALIKE:
                group.append(other)
        if len(group) >= _AT_LEAST:
            found.append(group[:4])
    return found
