"""Nobody gets at cases by way of an account that is not theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from andon.console.audit.models import Entry
from andon.console.people.actions.factors import reset_factors
from andon.console.people.actions.passwords import reset_password
from andon.console.people.actions.people import change_person
from andon.console.staff.models import Person
from andon.console.staff.rights import Right, Role
from andon.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.casework.models import Case

pytestmark = pytest.mark.django_db


@pytest.mark.rule("A19", where="andon.console.people.actions.targets")
@pytest.mark.parametrize("role", [Role.APPROVER, Role.CUSTODIAN, Role.INVESTIGATOR, Role.SUPERVISOR, Role.AUDITOR])
def test_an_administrator_adopts_no_more_powerful_account(role: Role, nao: Person, person: Callable[..., Person], actor: Any) -> None:
    """One administrator cannot give somebody who may read cases both a new password and new factors, in either order: a second one must."""
    other = person("sumi", Role.ADMINISTRATOR)
    for number, (first, second) in enumerate(((reset_password, reset_factors), (reset_factors, reset_password))):
        victim = person(f"victim{number}", role)
        first(actor(nao), victim.pk)
        before = Person.objects.values_list("password", flat=True).get(pk=victim.pk)
        with pytest.raises(Refused) as caught:
            second(actor(nao), victim.pk)
        assert caught.value.data["reason"] == "adopting"
        assert Person.objects.values_list("password", flat=True).get(pk=victim.pk) == before
        second(actor(other), victim.pk)


def test_an_analyst_is_helped_by_one(nao: Person, aoi: Person, actor: Any) -> None:
    """Who may read no case gets both from one administrator."""
    reset_password(actor(nao), aoi.pk)
    reset_factors(actor(nao), aoi.pk)
    assert Entry.objects.filter(event="staff.factors_reset").exists()


def test_an_administrator_gives_himself_no_role(nao: Person, actor: Any, browse: Any) -> None:
    """Neither by the verb nor by fields that the form of his own page does not name."""
    with pytest.raises(Refused):
        change_person(actor(nao), nao.pk, nao.name, nao.unit, [Role.ADMINISTRATOR, Role.APPROVER])
    browse(nao).post(reverse("staff:me"), {"language": "ja", "appearance": "auto", "roles": ["approver"], "is_active": "1", "unit": "1", "username": "boss"})
    again = Person.objects.get(pk=nao.pk)
    assert (again.roles, again.username) == (["administrator"], "nao")


def test_administrators_and_auditors_open_no_case(case: Case, nao: Person, kei: Person, browse: Any) -> None:
    """Changing people and reading the trail opens neither a case nor the list of cases."""
    assert not any(one.may(Right.CASE_READ) or one.may(Right.CASE_WORK) for one in (nao, kei))
    for someone in (nao, kei):
        for path in (reverse("casework:cases"), reverse("casework:case", args=[case.pk]), reverse("casework:export")):
            assert browse(someone).get(path).status_code == 403
