"""A decision is one record about one card as it stood, by who has it in hand."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.intake.engine import in_use
from andon.console.intake.models import Campaign
from andon.console.review import hooks
from andon.console.review.actions.decide import Said, decide, seen_token
from andon.console.review.actions.lease import LENGTH, hold, take_over
from andon.console.review.models import Decision, Lease
from andon.console.review.queries.covering import members, members_sha256
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def said(campaign: Campaign, verdict: str = "recruitment", code: str = "parcel", note: str = "") -> Said:
    """What a person says who sees the card as it is."""
    campaign.refresh_from_db()
    return Said(verdict, code, seen_token(campaign), note)


def test_the_record_says_everything(aoi: Person, actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign]) -> None:
    """Who, when, what, on which posts, by which model, and for how long the card was open; the campaign is settled and the card is free."""
    one = campaign(posts=3)
    hold(actor(aoi), one.pk, now=NOW)
    made = decide(actor(aoi), one.pk, said(one, note=" 荷受け "), now=NOW + timedelta(seconds=12))
    stored = Decision.objects.get()
    assert stored == made
    assert (stored.verdict, stored.kind, stored.reason, stored.note, stored.by, stored.at) == ("recruitment", "parcel", "", "荷受け", aoi, NOW + timedelta(seconds=12))
    assert (stored.posts, stored.members_sha256, stored.seconds) == (3, members_sha256(members(one.pk)), 12.0)
    assert stored.model == in_use().version
    one.refresh_from_db()
    assert (one.state, one.settled_at, one.later) == ("recruitment", NOW + timedelta(seconds=12), 0)
    assert not Lease.objects.exists()


def test_the_entry_names_posts_by_hash_only(aoi: Person, campaign: Callable[..., Campaign], settled: Callable[..., Decision]) -> None:
    """The trail keeps numbers, codes and hashes of a decision, neither a post's text nor the note."""
    one = campaign("秘密の文面")
    made = settled(aoi, one, "not", "joke", note="独り言")
    entry = Entry.objects.get(event="review.decided")
    assert (entry.subject, entry.facts["decision"], entry.facts["verdict"], entry.facts["code"]) == (f"campaign:{one.pk}", made.pk, "not", "joke")
    assert entry.facts["members_sha256"] == made.members_sha256
    assert not any(words in str(entry.facts) for words in ("秘密", "独り言"))


def test_the_score_is_that_of_the_model_in_use(aoi: Person, campaign: Callable[..., Campaign], settled: Callable[..., Decision]) -> None:
    """Where another model scored the posts, the record holds what the model in use says, so that the two belong together."""
    one = campaign("今日の夕飯はカレーでした", score=0.99, level=3)
    made = settled(aoi, one)
    assert made.model == in_use().version
    assert made.score == pytest.approx(in_use().engine.scores([one.example.text])[0])
    assert made.score < in_use().engine.model.levels["low"]
    assert made.level == 0


@pytest.mark.parametrize(("verdict", "code"), [("recruitment", ""), ("recruitment", "joke"), ("not", "parcel"), ("withdrawn", ""), ("", ""), ("maybe", "joke")])
def test_a_choice_that_makes_no_sense_is_refused(verdict: str, code: str, aoi: Person, actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign]) -> None:
    """Verdict and code must go together; the card stays in hand."""
    one = campaign()
    hold(actor(aoi), one.pk)
    with pytest.raises(Refused, match="choice"):
        decide(actor(aoi), one.pk, said(one, verdict, code))
    assert not Decision.objects.exists()
    assert Lease.objects.exists()


@pytest.mark.parametrize("verdict", ["not", "escalated"])
def test_other_needs_a_note(verdict: str, aoi: Person, campaign: Callable[..., Campaign], settled: Callable[..., Decision]) -> None:
    """“Other” says nothing by itself."""
    with pytest.raises(Refused, match="note_needed"):
        settled(aoi, campaign(), verdict, "other", note="  ")
    assert settled(aoi, campaign(), verdict, "other", note="理由").reason == "other"


def test_without_the_card_in_hand(aoi: Person, jun: Person, actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign]) -> None:
    """Nobody decides a card that they never took, or that is in somebody else's hand."""
    one = campaign()
    with pytest.raises(Conflict, match="no_lease"):
        decide(actor(aoi), one.pk, said(one))
    hold(actor(jun), one.pk)
    with pytest.raises(Conflict, match="no_lease"):
        decide(actor(aoi), one.pk, said(one))
    assert not Decision.objects.exists()


def test_after_the_lease_ran_out(aoi: Person, actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign]) -> None:
    """A decision that comes too late is not recorded, even when nobody else took the card."""
    one = campaign()
    hold(actor(aoi), one.pk, now=NOW)
    with pytest.raises(Conflict, match="no_lease"):
        decide(actor(aoi), one.pk, said(one), now=NOW + LENGTH)
    decide(actor(aoi), one.pk, said(one), now=NOW + LENGTH - timedelta(milliseconds=1))


def test_the_same_answer_twice(aoi: Person, actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign]) -> None:
    """A double click records one decision."""
    one = campaign()
    hold(actor(aoi), one.pk)
    answer = said(one)
    decide(actor(aoi), one.pk, answer)
    with pytest.raises(Conflict):
        decide(actor(aoi), one.pk, answer)
    assert Decision.objects.count() == 1


def test_of_two_analysts_one_decides(aoi: Person, jun: Person, actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign]) -> None:
    """Aoi opens, her time runs out, Jun opens and decides, then Aoi's answer arrives: one decision, Jun's."""
    one = campaign()
    hold(actor(aoi), one.pk, now=NOW)
    answer = said(one, "not", "joke")
    late = NOW + LENGTH + timedelta(seconds=1)
    hold(actor(jun), one.pk, now=late)
    with pytest.raises(Conflict, match="no_lease"):
        decide(actor(aoi), one.pk, answer, now=late + timedelta(seconds=1))
    decide(actor(jun), one.pk, said(one), now=late + timedelta(seconds=2))
    with pytest.raises(Conflict):
        decide(actor(aoi), one.pk, answer, now=late + timedelta(seconds=3))
    assert [(made.by, made.verdict) for made in Decision.objects.all()] == [(jun, "recruitment")]


def test_who_was_taken_over_decides_nothing(aoi: Person, sora: Person, actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign]) -> None:
    """A card that a supervisor took out of one's hand is the supervisor's."""
    one = campaign()
    hold(actor(aoi), one.pk)
    take_over(actor(sora), one.pk)
    with pytest.raises(Conflict, match="no_lease"):
        decide(actor(aoi), one.pk, said(one))
    assert decide(actor(sora), one.pk, said(one)).by == sora


def test_a_card_that_changed_since_it_was_shown(aoi: Person, actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign]) -> None:
    """Posts that came meanwhile were not seen: the decision is not recorded."""
    one = campaign(posts=2)
    hold(actor(aoi), one.pk)
    answer = said(one)
    with gate._door():
        Campaign.objects.filter(pk=one.pk).update(posts=3, changed_at=NOW + timedelta(seconds=1))
    with pytest.raises(Conflict, match="changed"):
        decide(actor(aoi), one.pk, answer)
    assert Lease.objects.filter(person=aoi).exists(), "what raises is undone: the card stays in hand"
    assert decide(actor(aoi), one.pk, said(one)).posts == 2


def test_settled_and_merged_cards(aoi: Person, jun: Person, sora: Person, actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign]) -> None:
    """What was settled is taken back first; what was joined with another is decided there."""
    one, other = campaign(), campaign()
    hold(actor(jun), one.pk)
    hold(actor(aoi), other.pk)
    with gate._door():
        Campaign.objects.filter(pk=one.pk).update(state="recruitment")
        Campaign.objects.filter(pk=other.pk).update(state="merged", merged_into=one)
    with pytest.raises(Conflict, match="settled"):
        decide(actor(jun), one.pk, said(one, "not", "joke"))
    with pytest.raises(Conflict, match="settled"):
        hold(actor(sora), one.pk)
    with pytest.raises(Conflict, match="merged"):
        decide(actor(aoi), other.pk, said(other))


def test_what_was_handed_up_is_for_supervisors(aoi: Person, jun: Person, sora: Person, campaign: Callable[..., Campaign], settled: Callable[..., Decision]) -> None:
    """An escalated card is decided by a supervisor; both records stay."""
    one = campaign()
    settled(aoi, one, "escalated", "unclear")
    assert one.state == "escalated"
    with pytest.raises(Conflict, match="settled"):
        settled(jun, one)
    settled(sora, one, "not", "warning")
    assert one.state == "not"
    assert Decision.objects.count() == 2


def test_who_may_not_is_refused(kei: Person, nao: Person, actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign]) -> None:
    """Auditors and administrators decide nothing; the attempt is kept."""
    one = campaign()
    for someone in (kei, nao):
        with pytest.raises(Refused):
            decide(actor(someone), one.pk, said(one))
    assert Entry.objects.filter(event="gate.refused", subject="review.decided").count() == 2


def test_a_decision_is_never_changed(aoi: Person, campaign: Callable[..., Campaign], settled: Callable[..., Decision]) -> None:
    """The database itself refuses, even with the gate's door open."""
    settled(aoi, campaign())
    for change in (lambda: Decision.objects.update(verdict="not"), lambda: Decision.objects.all().delete()):
        with pytest.raises(DatabaseError, match="only added to"), transaction.atomic(), gate._door():
            change()


def test_others_hear_of_it_in_the_same_transaction(aoi: Person, campaign: Callable[..., Campaign], settled: Callable[..., Decision], monkeypatch: Any) -> None:
    """A hook that fails undoes the decision; one that works sees the campaign settled."""
    heard: list[tuple[str, str]] = []

    def hear(decision: Decision) -> None:
        heard.append((decision.verdict, Campaign.objects.get(pk=decision.campaign_id).state))
        if len(heard) > 1:
            raise ValueError("broken")

    hooks.AFTER_DECISION.append(hear)
    try:
        settled(aoi, campaign())
        with pytest.raises(ValueError, match="broken"):
            settled(aoi, campaign())
    finally:
        hooks.AFTER_DECISION.remove(hear)
    assert heard == [("recruitment", "recruitment")] * 2
    assert Decision.objects.count() == 1
