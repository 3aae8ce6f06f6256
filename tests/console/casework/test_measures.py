"""Measures on the line of time of a case: those of one's own unit, and by name where one is linked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from andon.console import gate
from andon.console.casework.actions.links import link
from andon.console.casework.actions.members import add_member
from andon.console.casework.actions.samples import draw
from andon.console.casework.naming import named
from andon.console.measures.board import on_cases
from andon.console.measures.common.models import Provider
from andon.console.measures.kinds.referral.models import Referral
from andon.console.measures.kinds.removal.models import Request
from andon.domain.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.casework.models import Case
    from andon.console.intake.models import Campaign
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def linked(case: Case, mori: Person, actor: Any, campaign: Callable[..., Campaign]) -> Campaign:
    """A campaign of the case."""
    one = campaign()
    link(actor(mori), case.pk, "campaign", str(one.pk))
    return one


@pytest.fixture
def removal(linked: Campaign, mori: Person) -> Request:
    """A request that mori's unit has sent."""
    with gate._door():
        provider = Provider.objects.create(code="x-example", name="エックス例", country="JP", channel="form", answer_days=7)
        return Request.objects.create(campaign=linked, provider=provider, unit=mori.unit, drafted_by=mori, first_sent_at=NOW, asked=3, gone=1, state="sent")


def test_what_went_out_is_on_the_line(case: Case, mori: Person, linked: Campaign, removal: Request, aoi: Person) -> None:
    """A request that was sent and a referral that was given; a draft is not."""
    with gate._door():
        for state, unit in (("sent", aoi.unit), ("draft", mori.unit)):
            Referral.objects.create(campaign=linked, unit=mori.unit, to_unit=unit, reason="x", posts=1, by=mori, state=state)
    told = list(on_cases.moments(case, mori))
    assert [(one.code, one.label) for one in told] == [("measure", "エックス例に削除を依頼"), ("measure", f"{aoi.unit.name}へ引き継いだ")]
    assert told[0].data["note"] == "3件のうち 1件が消えている"


def test_other_units_measures_are_theirs(case: Case, removal: Request, mori: Person, sora: Person, actor: Any) -> None:
    """A member from another unit does not learn of them through the case, neither on the line nor by name."""
    add_member(actor(mori), case.pk, sora.pk, "member", ground="応援")
    made = link(actor(mori), case.pk, "measure", f"removal:{removal.pk}")
    assert list(on_cases.moments(case, sora)) == []
    assert named([made], sora) == {}
    assert named([made], mori)[("measure", made.key)].label == "削除依頼 エックス例"
    with pytest.raises(Conflict):
        link(actor(sora), case.pk, "measure", f"removal:{removal.pk}")


def test_no_measures_for_who_reads_none(case: Case, removal: Request, kubo: Person, mori: Person, actor: Any) -> None:
    """A custodian gets none."""
    add_member(actor(mori), case.pk, kubo.pk, "custodian", ground="保管")
    assert list(on_cases.moments(case, kubo)) == []


@pytest.mark.rule("O5", where="andon.console.measures.board.on_cases")
def test_an_inspector_reads_all_of_his_sample(case: Case, removal: Request, kei: Person, actor: Any) -> None:
    """Whatever unit they are of; before the sample nothing."""
    assert list(on_cases.moments(case, kei)) == []
    draw(actor(kei), [case.pk], ground="監察", until_at=NOW + timedelta(days=3))
    told = list(on_cases.moments(case, kei))
    assert [one.label for one in told] == ["エックス例に削除を依頼"]
    assert told[0].url is None


@pytest.mark.parametrize("key", ["removal:99", "removal:", "removal:x", "warning:1", "secret:1", "1"])
def test_only_measures_that_are_there_are_linked(case: Case, mori: Person, actor: Any, key: str) -> None:
    """By their kind and number."""
    with pytest.raises(Conflict):
        link(actor(mori), case.pk, "measure", key)
