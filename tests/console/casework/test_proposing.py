"""A campaign is proposed for an investigation, taken up or declined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from andon.console.audit.models import Entry
from andon.console.casework import visible
from andon.console.casework.actions.life import decline, take_up
from andon.console.casework.actions.propose import propose
from andon.console.casework.models import Case, CaseEvent, CaseLink, Membership
from andon.console.holds import queries, targets
from andon.console.holds.actions.place import Terms, place
from andon.console.holds.models import Hold
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
GROUND = "still_recruiting"


def test_a_proposal_holds_the_campaign(ando: Person, mori: Person, actor: Any, campaign: Callable[..., Any]) -> None:
    """From the moment of proposing nobody warns its accounts or has its posts removed; the unit's investigators see the proposal."""
    one = campaign()
    case = propose(actor(ando), one.pk, GROUND)
    held = queries.standing([targets.campaign(one.pk)])[targets.campaign(one.pk)]
    assert (case.state, case.kind, case.unit_id, case.opened_by_id) == ("proposed", "undercover", ando.unit_id, ando.pk)
    assert held.ask == ando.name
    assert sorted(case.links.values_list("kind", "key")) == [("campaign", str(one.pk)), ("hold", str(held.hold_id))]
    assert visible.sees(mori, case.pk)


def test_a_proposal_is_in_the_trail(ando: Person, mori: Person, actor: Any, campaign: Callable[..., Any]) -> None:
    """With its ground and the hold, never with a text of the post."""
    case = propose(actor(ando), campaign("秘密の文面").pk, "other", note="急ぎ")
    entry = Entry.objects.get(event="casework.proposed")
    assert (entry.subject, entry.facts["ground"], entry.facts["unit"]) == (f"case:{case.pk}", "other", ando.unit_id)
    assert "秘密" not in str(entry.facts)


def test_a_hold_that_stands_already_is_used(ando: Person, mori: Person, actor: Any, campaign: Callable[..., Any]) -> None:
    """The unit holds a campaign once."""
    one = campaign()
    case = propose(actor(ando), one.pk, GROUND)
    decline(actor(mori), case.pk, note="重複")
    terms = Hold.objects.get()
    held = place(actor(ando), targets.campaign(one.pk), Terms("evidence", terms.until, terms.review_at))
    again = propose(actor(ando), one.pk, GROUND)
    assert CaseLink.objects.get(case=again, kind="hold").key == str(held.pk)
    assert Hold.objects.filter(lifted_at=None).count() == 1


def test_twice_is_once(ando: Person, mori: Person, actor: Any, campaign: Callable[..., Any]) -> None:
    """A campaign that waits to be taken up is not proposed to the same unit again."""
    one = campaign()
    propose(actor(ando), one.pk, GROUND)
    with pytest.raises(Conflict):
        propose(actor(mori), one.pk, GROUND)
    assert Case.objects.count() == 1


def test_the_joined_campaign_is_meant(ando: Person, mori: Person, actor: Any, campaign: Callable[..., Any]) -> None:
    """Of a campaign that was joined with another, the one that holds the posts is proposed and held."""
    other = campaign("別の文面")
    signpost = campaign("もとの文面", state="merged", merged_into=other)
    case = propose(actor(ando), signpost.pk, GROUND)
    assert CaseLink.objects.get(case=case, kind="campaign").key == str(other.pk)


@pytest.mark.parametrize(("ground", "note"), [("", ""), ("nothing", "x"), ("other", "  ")])
def test_a_proposal_has_a_ground(ando: Person, mori: Person, actor: Any, campaign: Callable[..., Any], ground: str, note: str) -> None:
    """One of the list; "other" with a text. Nothing is held otherwise."""
    with pytest.raises(Refused):
        propose(actor(ando), campaign().pk, ground, note=note)
    assert not Hold.objects.exists()


@pytest.mark.rule("U1", where="andon.console.casework.actions.propose")
def test_what_is_no_recruitment_is_not_proposed(ando: Person, mori: Person, actor: Any, campaign: Callable[..., Any]) -> None:
    """A campaign that was said not to be recruitment is no ground for an investigation."""
    with pytest.raises(Refused) as caught:
        propose(actor(ando), campaign(state="not").pk, GROUND)
    assert caught.value.data["reason"] == "case_not_recruitment"
    assert not Case.objects.exists()


def test_somebody_must_be_able_to_take_it_up(aoi: Person, mori: Person, actor: Any, campaign: Callable[..., Any]) -> None:
    """A hotline without investigators names the unit that is to look at it."""
    one = campaign()
    with pytest.raises(Refused):
        propose(actor(aoi), one.pk, GROUND)
    case = propose(actor(aoi), one.pk, GROUND, unit_id=mori.unit_id)
    assert visible.sees(mori, case.pk)
    assert Hold.objects.get().unit_id == aoi.unit_id


@pytest.mark.parametrize("someone", ["kei", "nao", "kubo"])
def test_who_may_not_propose(request: pytest.FixtureRequest, someone: str, mori: Person, actor: Any, campaign: Callable[..., Any]) -> None:
    """Auditors, administrators and custodians propose nothing, and the refusal is kept."""
    with pytest.raises(Refused):
        propose(actor(request.getfixturevalue(someone)), campaign().pk, GROUND)
    assert Entry.objects.filter(event="gate.refused", subject="casework.proposed").exists()


def test_taken_up_it_is_its_leaders(ando: Person, mori: Person, hara: Person, actor: Any, campaign: Callable[..., Any]) -> None:
    """Whoever takes it up leads it, and from then on the rest of the unit knows of it no more."""
    case = propose(actor(ando), campaign().pk, GROUND)
    taken = take_up(actor(mori), case.pk, "灯台", "undercover")
    assert (taken.state, taken.title, taken.taken_by_id) == ("open", "灯台", mori.pk)
    assert list(Membership.objects.values_list("person", "role")) == [(mori.pk, "leader")]
    assert not visible.sees(hara, case.pk)
    assert list(CaseEvent.objects.values_list("what", flat=True)) == ["proposed", "taken_up"]


def test_two_take_it_up_at_once(ando: Person, mori: Person, hara: Person, actor: Any, campaign: Callable[..., Any]) -> None:
    """Who comes second is told nothing but that there is nothing for them."""
    case = propose(actor(ando), campaign().pk, GROUND)
    take_up(actor(mori), case.pk, "灯台", "undercover")
    with pytest.raises(Refused) as caught:
        take_up(actor(hara), case.pk, "私の事件", "undercover")
    assert caught.value.data["reason"] == "case_unknown"


def test_declined_it_lets_go(ando: Person, mori: Person, actor: Any, campaign: Callable[..., Any]) -> None:
    """The hold that it had placed is lifted with the reason."""
    one = campaign()
    case = propose(actor(ando), one.pk, GROUND)
    assert decline(actor(mori), case.pk, note="既に検挙済み") == []
    assert not queries.standing([targets.campaign(one.pk)])
    assert Case.objects.get().state == "declined"
    with pytest.raises(Conflict):
        decline(actor(mori), case.pk, note="もう一度")


def test_declined_it_leaves_others_holds(ando: Person, mori: Person, actor: Any, campaign: Callable[..., Any]) -> None:
    """A hold that stood before the proposal has its own reason, and stands on."""
    one = campaign()
    first = propose(actor(ando), one.pk, GROUND)
    decline(actor(mori), first.pk, note="不要")
    old = Hold.objects.get()
    held = place(actor(ando), targets.campaign(one.pk), Terms("evidence", old.until, old.review_at))
    second = propose(actor(ando), one.pk, GROUND)
    assert decline(actor(mori), second.pk, note="不要") == [held.pk]
    assert queries.standing([targets.campaign(one.pk)])


def test_another_units_proposal(ando: Person, mori: Person, sora: Person, actor: Any, campaign: Callable[..., Any]) -> None:
    """A supervisor of another unit may work on cases, but knows nothing of this one."""
    case = propose(actor(ando), campaign().pk, GROUND)
    assert not visible.sees(sora, case.pk)
    for act in (lambda: take_up(actor(sora), case.pk, "灯台", "general"), lambda: decline(actor(sora), case.pk, note="x")):
        with pytest.raises(Refused):
            act()
    assert Case.objects.get().state == "proposed"
