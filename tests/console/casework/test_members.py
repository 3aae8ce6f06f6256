"""Who is let into a case, by whom, as what; and out of it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.casework import visible
from andon.console.casework.actions.life import close, open_case, rename, reopen
from andon.console.casework.actions.members import add_member, end_member
from andon.console.casework.hooks import MAY_ADMIT, MAY_CLOSE, MAY_END
from andon.console.casework.models import Case, CaseEvent, CaseLink, Membership, Sample
from andon.console.staff.rights import Role
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db


def test_let_in(case: Case, hara: Person, admitted: Callable[..., Membership]) -> None:
    """A member sees the case from that moment on, and the trail says who was let in as what."""
    assert not visible.sees(hara, case.pk)
    made = admitted(hara)
    assert visible.sees(hara, case.pk)
    assert visible.roles_in(hara, case.pk) == {"member"}
    assert Entry.objects.get(event="casework.member_added").facts == {"membership": made.pk, "role": "member", "person": hara.pk}


def test_let_out(case: Case, mori: Person, hara: Person, actor: Any, admitted: Callable[..., Membership]) -> None:
    """Taken out, a person knows nothing of the case any more; that they were there stays written."""
    made = admitted(hara)
    end_member(actor(mori), case.pk, made.pk, ground="異動")
    assert not visible.sees(hara, case.pk)
    kept = Membership.objects.get(pk=made.pk)
    assert (kept.ended_by_id, kept.ended_ground, kept.ground) == (mori.pk, "異動", "応援")
    assert Entry.objects.filter(event="casework.member_ended", subject=f"case:{case.pk}").exists()


def test_one_leaves_by_oneself(case: Case, kubo: Person, mori: Person, actor: Any, admitted: Callable[..., Membership]) -> None:
    """Whatever their role; but nobody else's membership."""
    made, mine = admitted(kubo, "custodian"), Membership.objects.get(person=mori)
    with pytest.raises(Refused):
        end_member(actor(kubo), case.pk, mine.pk, ground="x")
    end_member(actor(kubo), case.pk, made.pk, ground="任務終了")
    assert not visible.sees(kubo, case.pk)


def test_a_time_runs_out(case: Case, hara: Person, admitted: Callable[..., Membership]) -> None:
    """A membership with an end opens nothing after it, and nothing before it begins."""
    now = timezone.now()
    made = admitted(hara, until_at=now + timedelta(days=3))
    assert visible.sees(hara, case.pk, now=now + timedelta(days=2))
    assert not visible.sees(hara, case.pk, now=now + timedelta(days=3, seconds=1))
    assert not visible.sees(hara, case.pk, now=made.from_at - timedelta(seconds=1))


def test_let_in_again_after_its_time(case: Case, hara: Person, mori: Person, actor: Any, admitted: Callable[..., Membership]) -> None:
    """The first membership is ended in writing before the second begins."""
    later = timezone.now() + timedelta(days=5)
    admitted(hara, until_at=timezone.now() + timedelta(days=3))
    add_member(actor(mori), case.pk, hara.pk, "reader", ground="継続", now=later)
    first, second = Membership.objects.filter(person=hara).order_by("pk")
    assert (first.ended_at, second.ended_at, second.role) == (later, None, "reader")


@pytest.mark.rule("A6", where="andon.console.casework.actions.members")
def test_nobody_has_two_roles(case: Case, kubo: Person, hara: Person, admitted: Callable[..., Membership]) -> None:
    """A person is in a case once at a time: coordinator, custodian, approver and operator are different people. The database itself says so, too."""
    admitted(hara, "coordinator")
    for role in ("custodian", "operator", "approver", "leader", "coordinator"):
        with pytest.raises((Conflict, Refused)):
            admitted(hara, role)
    with pytest.raises(DatabaseError), gate._door(), transaction.atomic():
        Membership.objects.create(case=case, person=hara, role="approver", ground="x", by=hara)
    assert Membership.objects.filter(person=hara).count() == 1


@pytest.mark.rule("A6", where="andon.console.casework.actions.members")
def test_an_inspector_works_on_no_case(case: Case, person: Callable[..., Person], admitted: Callable[..., Membership]) -> None:
    """Not even one who may work on cases besides."""
    both = person("both", Role.AUDITOR, Role.INVESTIGATOR)
    for role in Membership.Role.values:
        with pytest.raises(Refused) as caught:
            admitted(both, role)
        assert caught.value.data["reason"] == "case_inspector"
    assert not visible.sees(both, case.pk)


@pytest.mark.parametrize(("someone", "role"), [("ando", "reader"), ("kubo", "leader"), ("kubo", "member"), ("hara", "approver"), ("hara", "custodian"), ("hara", "king")])
def test_rights_fit_the_role(request: pytest.FixtureRequest, someone: str, role: str, admitted: Callable[..., Membership]) -> None:
    """A role gives nobody a right that they have not."""
    with pytest.raises(Refused):
        admitted(request.getfixturevalue(someone), role)


def test_who_lets_in(case: Case, mori: Person, hara: Person, ito: Person, kubo: Person, actor: Any, admitted: Callable[..., Membership]) -> None:
    """A leader and the coordinator; no other member, nobody from outside, and nobody themselves."""
    admitted(hara)
    for someone, wanted in ((hara, kubo), (ito, kubo), (ito, ito)):
        with pytest.raises(Refused):
            add_member(actor(someone), case.pk, wanted.pk, "reader", ground="x")
    admitted(ito, "coordinator")
    add_member(actor(ito), case.pk, kubo.pk, "custodian", ground="保管")
    assert visible.sees(kubo, case.pk)


def test_a_ground_is_said(case: Case, hara: Person, mori: Person, actor: Any) -> None:
    """Nobody is let in or out without one."""
    with pytest.raises(Refused):
        add_member(actor(mori), case.pk, hara.pk, "member", ground="   ")
    made = add_member(actor(mori), case.pk, hara.pk, "member", ground="応援")
    with pytest.raises(Refused):
        end_member(actor(mori), case.pk, made.pk, ground="")
    assert visible.sees(hara, case.pk)


def test_a_case_is_never_without_a_leader(case: Case, mori: Person, hara: Person, actor: Any, admitted: Callable[..., Membership]) -> None:
    """The last leader stays, has no end beforehand, and can go when another leads."""
    mine = Membership.objects.get(person=mori)
    with pytest.raises(Refused) as caught:
        end_member(actor(mori), case.pk, mine.pk, ground="異動")
    assert caught.value.data["reason"] == "case_last_leader"
    with pytest.raises(Refused):
        admitted(hara, "leader", until_at=timezone.now() + timedelta(days=9))
    admitted(hara, "leader")
    end_member(actor(mori), case.pk, mine.pk, ground="異動")
    assert not visible.sees(mori, case.pk)


def test_another_cases_membership(case: Case, mori: Person, hara: Person, actor: Any, admitted: Callable[..., Membership]) -> None:
    """A number of another case ends nothing, whoever leads both."""
    other = open_case(actor(mori), "別件", "general", ground="試験")
    made = admitted(hara)
    with pytest.raises(Conflict):
        end_member(actor(mori), other.pk, made.pk, ground="x")
    assert visible.sees(hara, case.pk)


def test_switched_off_is_out(case: Case, hara: Person, admitted: Callable[..., Membership]) -> None:
    """Who has left the unit sees nothing, though nobody ended the membership."""
    admitted(hara)
    hara.is_active = False
    assert not visible.cases(hara).exists()


def test_a_lost_right_is_a_closed_door(case: Case, hara: Person, admitted: Callable[..., Membership]) -> None:
    """Membership opens a case only to who may read cases at all."""
    admitted(hara)
    hara.roles = ["analyst"]
    assert not visible.cases(hara).exists()
    assert visible.roles_in(hara, case.pk) == frozenset()


@pytest.mark.rule("A19", where="andon.console.casework.actions.members")
def test_the_trail_does_not_name_the_officer(case: Case, hara: Person, mori: Person, actor: Any, admitted: Callable[..., Membership]) -> None:
    """Who the operation officer is stands neither in the entry of letting in nor in that of letting out."""
    made = admitted(hara, "operator")
    end_member(actor(mori), case.pk, made.pk, ground="終了")
    for entry in Entry.objects.filter(event__startswith="casework.member_"):
        assert entry.facts == {"membership": made.pk, "role": "operator"}


def test_others_object(case: Case, hara: Person, mori: Person, actor: Any, admitted: Callable[..., Membership]) -> None:
    """Apps above may refuse to let somebody in or out, or to close; then nothing is done."""

    def objects(*_: object) -> None:
        raise Refused(reason="case_role")

    MAY_ADMIT.append(objects)
    with pytest.raises(Refused):
        admitted(hara)
    MAY_ADMIT.remove(objects)
    made = admitted(hara)
    for hooks, act in ((MAY_END, lambda: end_member(actor(mori), case.pk, made.pk, ground="x")), (MAY_CLOSE, lambda: close(actor(mori), case.pk, note="x"))):
        hooks.append(objects)
        with pytest.raises(Refused):
            act()
    assert visible.sees(hara, case.pk)
    assert Case.objects.get().state == "open"


# The life of a case


def test_closed_and_opened_again(case: Case, mori: Person, hara: Person, actor: Any, admitted: Callable[..., Membership]) -> None:
    """By a leader, with a reason; closed, nobody is let in and nothing is linked."""
    with pytest.raises(Refused):
        close(actor(mori), case.pk, note=" ")
    close(actor(mori), case.pk, note="検挙")
    with pytest.raises(Conflict):
        admitted(hara)
    with pytest.raises(Conflict):
        close(actor(mori), case.pk, note="二度")
    reopen(actor(mori), case.pk, note="新事実")
    with pytest.raises(Conflict):
        reopen(actor(mori), case.pk, note="二度")
    assert list(CaseEvent.objects.values_list("what", "note")) == [("opened", "試験"), ("closed", "検挙"), ("reopened", "新事実")]


def test_who_does_not_lead_changes_nothing(case: Case, hara: Person, ito: Person, actor: Any, admitted: Callable[..., Membership]) -> None:
    """A member neither closes nor renames; who is outside does not even learn that there is a case."""
    admitted(hara)
    reasons = []
    for someone in (hara, ito):
        for act in (lambda one: close(one, case.pk, note="x"), lambda one: rename(one, case.pk, "別名")):
            with pytest.raises(Refused) as caught:
                act(actor(someone))  # type: ignore[no-untyped-call]  # a lambda of the loop
            reasons.append(caught.value.data["reason"])
    assert reasons == ["case_leading", "case_leading", "case_unknown", "case_unknown"]


def test_a_case_has_a_title(mori: Person, actor: Any) -> None:
    """And a kind of the list, and a ground."""
    for title, kind, ground in (("", "general", "x"), ("灯台", "secret", "x"), ("灯台", "general", "")):
        with pytest.raises(Refused):
            open_case(actor(mori), title, kind, ground=ground)
    assert not Case.objects.exists()


def test_codes_tell_nothing(mori: Person, actor: Any) -> None:
    """Codes do not count upwards, and none comes twice."""
    codes = [open_case(actor(mori), f"事件{number}", "general", ground="x").code for number in range(8)]
    assert len(set(codes)) == 8
    assert len({code[3:5] for code in codes}) > 1
    assert all(re.fullmatch(r"\d\d-[2-9A-HJKMNP-Z]{5}", code) for code in codes)


# What the database itself refuses


def test_nothing_is_deleted(case: Case, mori: Person) -> None:
    """Not even past the verbs: a case, a membership, a link, a sample and an event stay."""
    with gate._door():
        CaseLink.objects.create(case=case, kind="contact", key="telegram:abcd", by=mori)
        Sample.objects.create(case=case, inspector=mori, ground="x", until_at=timezone.now())
    kinds: list[Any] = [CaseEvent, CaseLink, Membership, Sample, Case]
    for model in kinds:
        with pytest.raises(DatabaseError), gate._door(), transaction.atomic():
            model.objects.all()._raw_delete("default")
        assert model.objects.exists()


@pytest.mark.parametrize("change", [{"role": "approver"}, {"ground": "別の理由"}, {"from_at": timezone.now()}, {"until_at": timezone.now()}])
def test_a_membership_is_only_ended(case: Case, change: dict[str, Any]) -> None:
    """Role, ground and times stay as they were written."""
    with pytest.raises(DatabaseError), gate._door(), transaction.atomic():
        Membership.objects.filter(case=case).update(**change)


def test_an_end_is_final(case: Case, mori: Person, hara: Person, actor: Any, admitted: Callable[..., Membership]) -> None:
    """Nobody opens a membership again by taking its end away, or moves the end."""
    made = admitted(hara)
    end_member(actor(mori), case.pk, made.pk, ground="異動")
    for change in ({"ended_at": None}, {"ended_at": timezone.now() + timedelta(days=9)}, {"ended_ground": "別の理由"}):
        with pytest.raises(DatabaseError), gate._door(), transaction.atomic():
            Membership.objects.filter(pk=made.pk).update(**change)
