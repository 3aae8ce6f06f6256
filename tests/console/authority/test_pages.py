"""The pages of plans: who sees them, what they offer, and that a posted field that is not the form's changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from authority_help import TEXTS, World, ask_renewal, make_person, nobody_objects
from django.urls import reverse
from django.utils import timezone

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.staff.ranks import Rank
from andon.console.staff.rights import Role
from andon.console.undercover.authority import hooks
from andon.console.undercover.authority.actions import running
from andon.console.undercover.authority.actions.errors import report
from andon.console.undercover.authority.codes import State
from andon.console.undercover.authority.models import ErrorRecord, Plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def sit(world: World, browse: Callable[[Person], Client]) -> Callable[..., Client]:
    """A client of somebody of the world, freshly signed in if wanted."""

    def at(name: str, *, fresh: bool = True) -> Client:
        with gate._door():
            world.people[name].set_password("correct horse battery staple")
            world.people[name].save()
        client = browse(world.people[name])
        if fresh:
            client.post(reverse("account_reauthenticate"), {"password": "correct horse battery staple"})
        return client

    return at


def posted(world: World, **more: Any) -> dict[str, Any]:
    """What the form of a plan posts."""
    today = timezone.localdate()
    assert world.post is not None
    return {
        **TEXTS, "unit": world.unit.pk, "offences": ["robbery"], "posts": [world.post.pk], "operators": "k-7 K-8", "targets": "telegram:boss",
        "accounts": "", "coordinator": world.people["sora"].pk, "custodian": world.people["rin"].pk, "staffing": "支援 4 名", "linked_reason": "",
        "starts_on": today.isoformat(), "ends_on": today.replace(year=today.year + 1).isoformat(), "documents_planned": 2, "review_every_days": 14, **more,
    }  # fmt: skip


def test_a_plan_is_drafted_and_written(world: World, sit: Callable[..., Client]) -> None:
    """By a member of the case; the post is offered because the case is linked to it."""
    from andon.console.casework.actions.links import link

    assert world.case is not None
    assert world.post is not None
    link(world.at("toru"), world.case.pk, "post", str(world.post.pk), ground="根拠")
    client = sit("toru")
    address = reverse("authority:new", args=[world.case.pk])
    assert "telegram" in client.get(address).content.decode()
    answer = client.post(address, posted(world))
    plan = Plan.objects.get()
    assert answer.headers["Location"] == reverse("authority:plan", args=[plan.pk])
    assert (plan.operators, plan.posts, plan.state) == (["K-7", "K-8"], [world.post.pk], "draft")
    assert client.get(reverse("authority:edit", args=[plan.pk])).status_code == 200
    client.post(reverse("authority:edit", args=[plan.pk]), posted(world, staffing="支援 9 名"))
    plan.refresh_from_db()
    assert plan.staffing == "支援 9 名"


def test_what_is_missing_is_said(world: World, sit: Callable[..., Client]) -> None:
    """Each condition of the next verb, and on submitting the first that is not true."""
    plan = world.draft(necessity="短い", now=timezone.now())
    page = sit("toru").get(reverse("authority:plan", args=[plan.pk])).content.decode()
    assert page.count("is-missing") >= 1
    answer = sit("toru").post(reverse("authority:do", args=[plan.pk, "submit"]))
    assert answer.status_code == 422
    assert "40 字以上" in answer.content.decode()


def test_the_chief_decides_freshly_signed_in(world: World, sit: Callable[..., Client]) -> None:
    """Without a fresh sign-in the page asks for one; with it the plan is granted."""
    plan = world.plan_in(State.SUBMITTED, now=timezone.now(), starts_at=timezone.now())
    address = reverse("authority:decide", args=[plan.pk, "approve"])
    assert "reauthenticate" in sit("mio", fresh=False).post(address, {}).headers["Location"]
    plan.refresh_from_db()
    assert plan.state == "submitted"
    assert sit("mio").post(address, {}).status_code == 302
    plan.refresh_from_db()
    assert plan.state == "approved"


def test_a_decision_is_no_other_verb(world: World, sit: Callable[..., Client]) -> None:
    """The address without the fresh sign-in does no decision, and there is no verb of the machine."""
    plan = world.plan_in(State.SUBMITTED, now=timezone.now())
    for verb in ("approve", "expire", "miss_review", "write", "nonsense"):
        assert sit("mio").post(reverse("authority:do", args=[plan.pk, verb])).status_code == 404, verb
        assert sit("mio").post(reverse("authority:decide", args=[plan.pk, verb])).status_code == (302 if verb == "approve" else 404), verb


def test_the_desk_shows_what_waits(world: World, sit: Callable[..., Client]) -> None:
    """The approver's own prefecture; somebody else's approver sees nothing of it."""
    plan = world.plan_in(State.SUBMITTED, now=timezone.now())
    assert plan.code in sit("mio").get(reverse("authority:desk")).content.decode()
    assert plan.code not in sit("goro").get(reverse("authority:desk")).content.decode()


@pytest.mark.parametrize("state", list(State))
def test_the_page_of_every_state(world: World, sit: Callable[..., Client], state: State, django_assert_max_num_queries: Any) -> None:
    """For applicant, coordinator and approver; it is in the trail; the number of questions to the database does not grow."""
    now = timezone.now()
    plan = world.plan_in(state, now=now, starts_at=now, ends_at=now + timezone.timedelta(days=30))
    if state == State.ACTIVE:
        ask_renewal(world, plan, now=now, days=30)
    for name in ("toru", "sora", "mio"):
        client = sit(name)
        with django_assert_max_num_queries(75):
            answer = client.get(reverse("authority:plan", args=[plan.pk]))
        sees = state != State.DRAFT or name == "toru"
        assert answer.status_code == (200 if sees else 404), name
        assert client.get(reverse("authority:plans") + "?tab=over").status_code == 200
    assert Entry.objects.filter(event="authority.opened", subject=f"plan:{plan.pk}").exists()


def test_who_is_not_of_the_case_finds_nothing(world: World, sit: Callable[..., Client]) -> None:
    """No page, no list, no edit, no act; as if it did not exist."""
    plan = world.plan_in(State.ACTIVE, now=timezone.now())
    for name in ("ken", "goro"):
        client = sit(name)
        assert plan.code not in client.get(reverse("authority:plans")).content.decode()
        for address in ("plan", "edit"):
            assert client.get(reverse(f"authority:{address}", args=[plan.pk])).status_code in (403, 404)
        assert client.post(reverse("authority:do", args=[plan.pk, "stop"]), {"stop-stop_ground": "safety"}).status_code == 404


@pytest.mark.rule("CVE-2026-42540", where="andon.console.undercover.authority.forms")
def test_protected_fields_are_no_fields(world: World, sit: Callable[..., Client]) -> None:
    """State, approver, applicant, prefecture and code posted with the form change nothing; the verb itself refuses them."""
    from andon.console.undercover.authority.actions.drafting import write

    plan = world.draft(now=timezone.now())
    forged = {"state": "active", "approver": world.people["toru"].pk, "applicant": world.people["ken"].pk, "prefecture": "大阪府", "code": "X"}
    sit("toru").post(reverse("authority:edit", args=[plan.pk]), posted(world) | forged | {f"{name}_id": value for name, value in forged.items()})
    after = Plan.objects.get(pk=plan.pk)
    assert (after.state, after.approver_id, after.applicant_id, after.prefecture) == ("draft", None, plan.applicant_id, "東京都")
    for name, value in forged.items():
        with pytest.raises(KeyError):
            write(world.at("toru"), plan.pk, {name: value})


def test_errors_are_reported_answered_and_closed(world: World, sit: Callable[..., Client]) -> None:
    """All four texts, then the coordinator; who is not of the case finds none."""
    plan = world.plan_in(State.ACTIVE, now=timezone.now())
    when = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    given = {"error_kind": "late_record", "happened_at": when, "error_text": "翌日に記録した"}
    assert sit("toru").post(reverse("authority:report_error", args=[plan.pk]), given).status_code == 302
    error = ErrorRecord.objects.get()
    address = reverse("authority:error", args=[error.pk])
    assert sit("ken").get(address).status_code == 404
    assert sit("toru").post(address, {"cause": "失念"}).status_code == 422
    assert sit("sora").post(reverse("authority:close_error", args=[error.pk])).status_code == 403
    whole = {"cause": "失念", "effect": "なし", "notified": "実施責任者に同日", "remedy": "記録の手順を見直した"}
    assert sit("toru").post(address, whole).status_code == 302
    assert sit("sora").post(reverse("authority:close_error", args=[error.pk])).status_code == 302
    assert "閉じた" in sit("toru").get(address).content.decode()
    assert "遅れた記録" in sit("toru").get(reverse("authority:errors") + "?tab=closed").content.decode()


def test_the_errors_of_others_are_not_listed(world: World, sit: Callable[..., Client]) -> None:
    """Nor counted."""
    plan = world.plan_in(State.ACTIVE, now=timezone.now())
    report(world.at("toru"), plan.pk, "other", "x")
    assert plan.code in sit("toru").get(reverse("authority:errors")).content.decode()
    assert plan.code not in sit("ken").get(reverse("authority:errors")).content.decode()


def test_the_table_is_shown(sit: Callable[..., Client]) -> None:
    """Every state and verb by name."""
    page = sit("toru").get(reverse("authority:table")).content.decode()
    assert "更新の承認" in page
    assert "U4" in page


def test_the_case_tells_of_its_plans(world: World, sit: Callable[..., Client]) -> None:
    """The panel and the line of time; a case with a plan that is not closed stays open."""
    from andon.console.casework.actions.life import close
    from andon.domain.errors import Refused

    plan = world.plan_in(State.ACTIVE, now=timezone.now())
    assert world.case is not None
    page = sit("toru").get(reverse("casework:case", args=[world.case.pk])).content.decode()
    assert page.count(plan.code) >= 3
    with pytest.raises(Refused) as refused:
        close(world.at("toru"), world.case.pk, note="終わり")
    assert refused.value.data["reason"] == "plans_open"


def test_an_officer_who_still_sees_a_case_whose_plans_are_over_is_pointed_out(world: World, sit: Callable[..., Client]) -> None:
    """To who leads the case, until the membership is ended; not while a plan goes on, and not to others."""
    from andon.console.casework.actions.members import add_member, end_member

    assert world.case is not None
    address, said = reverse("casework:case", args=[world.case.pk]), "実施担当官 1 名が今もこの事件を見られます"
    plan = world.plan_in(State.ACTIVE, now=timezone.now())
    officer = world.people["oki"] = make_person("oki", world.unit, Role.INVESTIGATOR, rank=Rank.SERGEANT)
    member = add_member(world.at("toru"), world.case.pk, officer.pk, "operator", ground="計画に加わる")
    assert said not in sit("toru").get(address).text
    with nobody_objects():
        running.end(world.at("sora"), plan.pk, "集合場所で 1 人を逮捕")
    assert said in sit("toru").get(address).text
    assert said not in sit("oki").get(address).text
    end_member(world.at("toru"), world.case.pk, member.pk, ground="計画が終わった")
    assert said not in sit("toru").get(address).text


def test_what_nobody_keeps_is_not_called_complete(world: World, sit: Callable[..., Client]) -> None:
    """Where no register of documents is installed the page says that people have to check, and does not tick it off."""
    plan = world.plan_in(State.ENDED, now=timezone.now())
    address = reverse("authority:plan", args=[plan.pk])
    assert "人が確かめてください" in sit("sora").get(address).text
    hooks.THINGS.append(lambda _: [])
    hooks.OPERATORS.append(lambda _: {})
    hooks.MAY["close"].append(lambda _plan, _now: None)
    assert "人が確かめてください" not in sit("sora").get(address).text
