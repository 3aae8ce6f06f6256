"""Dealing with a conflict: talk, dispute, agreement, order; and that nothing of the other side is told before, nor more than that after."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from authority_help import DAY, NOW, World, make_person, make_world
from decon_help import HOUR, granted, looks, meets, the_clash
from django.urls import reverse
from django.utils import timezone

from andon.console.audit.models import Entry
from andon.console.casework.timeline import moments
from andon.console.gate import Via
from andon.console.measures.common.models import Notice
from andon.console.staff.rights import Role
from andon.console.undercover.deconfliction import queries, sides
from andon.console.undercover.deconfliction.actions import deal
from andon.console.undercover.deconfliction.models import Clash, Opening, Step
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from andon.console.staff.models import Person
    from andon.console.undercover.authority.models import Plan

pytestmark = pytest.mark.django_db
DEAL = "andon.console.undercover.deconfliction.actions.deal"
SIDES = "andon.console.undercover.deconfliction.sides"
VALUE, COVER, TITLE = "kakushi_target_inv", "kakushi_cover_inv", "灯台守の件"


@pytest.fixture
def secret(osaka: World) -> Plan:
    """Osaka's plan, of a case with a title, a target and a cover account that nobody else is to learn."""
    from andon.console.casework.actions.life import open_case  # noqa: PLC0415 - of this fixture alone
    from andon.console.casework.models import Case  # noqa: PLC0415 - the same

    osaka.case = open_case(osaka.at("toru"), TITLE, Case.Kind.UNDERCOVER, ground="港の集まり", now=NOW - 30 * DAY)
    return granted(osaka, targets=[f"telegram:{VALUE}"], accounts=[f"telegram:{COVER}"], staffing="七人の体制で当たる")


@pytest.fixture
def clash(tokyo: World, secret: Plan) -> Clash:
    """Tokyo checks the same target."""
    assert secret.pk
    return the_clash(looks(tokyo, VALUE))


def told(text: str, plan: Plan) -> list[str]:
    """What of Osaka's stands in a text."""
    return [one for one in (TITLE, COVER, plan.code, plan.case.code, "港の集まり", "七人の体制", "K-7") if one in text]


OUTSIDERS = [
    "analyst_there", "analyst_here", "supervisor", "investigator_there", "investigator_here", "approver_elsewhere", "custodian", "auditor",
    "administrator", "everything", "nobody",
]  # fmt: skip


def outsider(name: str, tokyo: World, osaka: World) -> Person:
    """Somebody on neither side, by what they are."""
    made = {
        "analyst_there": (osaka.unit, [Role.ANALYST]), "analyst_here": (tokyo.unit, [Role.ANALYST]), "supervisor": (tokyo.unit, [Role.SUPERVISOR]),
        "investigator_there": (osaka.unit, [Role.INVESTIGATOR]), "investigator_here": (tokyo.unit, [Role.INVESTIGATOR]),
        "approver_elsewhere": (make_world("京都府").unit, [Role.APPROVER]), "custodian": (osaka.unit, [Role.CUSTODIAN]),
        "auditor": (osaka.unit, [Role.AUDITOR]), "administrator": (osaka.unit, [Role.ADMINISTRATOR]),
        "everything": (osaka.unit, [role for role in Role if role is not Role.AUDITOR]), "nobody": (osaka.unit, []),
    }  # fmt: skip
    unit, roles = made[name]
    return make_person(f"outsider-{name}", unit, *roles)


def pages(clash: Clash, plan: Plan) -> list[str]:
    """Every address of the app, with the conflict's and the plan's own numbers."""
    of_clash = [reverse(f"deconfliction:{name}", args=[clash.code]) for name in ("clash", "content")]
    acts = [reverse("deconfliction:act", args=[clash.code, what]) for what in ("talked", "dispute", "ask", "agree", "decline")]
    lists = [reverse(f"deconfliction:{name}") for name in ("clashes", "board", "live", "orders")]
    more = [reverse("deconfliction:check", args=[plan.case_id]), reverse("deconfliction:meetings", args=[plan.pk])]
    return [*of_clash, *acts, *lists, *more, reverse("deconfliction:order", args=[clash.code])]


@pytest.mark.rule("O1", where=SIDES)
@pytest.mark.parametrize("name", OUTSIDERS)
def test_a_stranger_learns_nothing(name: str, tokyo: World, osaka: World, clash: Clash, secret: Plan, browse: Any) -> None:
    """Every address by GET and POST: nothing of either side, not that there is a conflict, and the same answer as for one that does not exist."""
    someone = outsider(name, tokyo, osaka)
    client: Client = browse(someone)
    before = (Step.objects.count(), Opening.objects.count(), Notice.objects.count())
    for path in pages(clash, secret):
        for method in (client.get, client.post):
            answer = method(path, {"text": "教えてください", "talked_to": "だれか", "goes_on": "yes"})
            text = answer.content.decode()
            assert not told(text, secret), (path, answer.status_code)
            assert VALUE not in text
            assert osaka.people["sora"].name not in text
            other = method(path.replace(clash.code, "0" * len(clash.code)), {"text": "教えてください"})
            if clash.code in path:
                assert answer.status_code in (403, 404, 405, 409, 302)
                assert answer.status_code == other.status_code
                assert len(text.replace(clash.code, "")) == len(other.content.decode().replace("0" * len(clash.code), "")), path
            else:
                assert clash.code not in text
    assert (Step.objects.count(), Opening.objects.count(), Notice.objects.count()) == before
    assert not sides.clashes(someone).exists()
    assert queries.waiting(someone) == 0
    with pytest.raises((Conflict, Refused)):
        deal.talked(tokyo.at("toru").__class__(someone, Via.SCREEN, fresh=True), clash.code, "だれか", "確かめた", goes_on=True)


@pytest.mark.rule("O1", where=SIDES)
def test_who_checks_learns_an_office_and_a_name(tokyo: World, osaka: World, clash: Clash, secret: Plan, browse: Any) -> None:
    """On every page that they can open, in the notice, on the case page and its line of time: nothing else of the other side."""
    assert tokyo.case is not None
    client: Client = browse(tokyo.people["toru"])
    paths = [
        reverse("deconfliction:clash", args=[clash.code]),
        reverse("deconfliction:clashes"),
        reverse("deconfliction:check", args=[tokyo.case.pk]),
    ]
    for path in [*paths, reverse("casework:case", args=[tokyo.case.pk]), reverse("deconfliction:board"), reverse("board:notices")]:
        answer = client.get(path)
        assert answer.status_code == 200
        assert not told(answer.content.decode(), secret), path
    assert osaka.people["sora"].name in client.get(paths[0]).content.decode()
    assert client.get(reverse("deconfliction:content", args=[clash.code])).status_code == 404
    assert client.get(reverse("casework:case", args=[secret.case_id])).status_code == 404
    said = " ".join(f"{one.label} {one.data}" for one in moments(tokyo.case, tokyo.people["toru"]) if one.code == "deconfliction")
    assert not told(said, secret)


@pytest.mark.rule("O1", where=SIDES)
def test_the_other_side_learns_as_little(tokyo: World, osaka: World, clash: Clash, secret: Plan, browse: Any) -> None:
    """Not which of its values it was, nor what the checking case is."""
    client: Client = browse(osaka.people["sora"])
    assert tokyo.case is not None
    for path in (
        reverse("deconfliction:clash", args=[clash.code]),
        reverse("deconfliction:clashes"),
        reverse("casework:case", args=[secret.case_id]),
    ):
        text = client.get(path).content.decode()
        assert tokyo.case.code not in text
        assert tokyo.case.title not in text
        assert "募集投稿の連絡先として" not in text
    text = client.get(reverse("deconfliction:clash", args=[clash.code])).content.decode()
    assert VALUE not in text
    assert tokyo.people["toru"].name in text


@pytest.mark.rule("O1", where=DEAL)
def test_trail_and_notices_hold_no_content(tokyo: World, osaka: World, clash: Clash, secret: Plan) -> None:
    """Nor the hash of a value, by which a reader of the trail could tell that two cases have it."""
    deal.ask(tokyo.at("toru"), clash.code, "公判のため知りたい")
    deal.agree(osaka.at("sora"), clash.code)
    entries = " ".join(f"{one.event} {one.subject} {one.facts}" for one in Entry.objects.filter(event__startswith="deconfliction."))
    notices = " ".join(f"{one.code} {one.url} {one.data}" for one in Notice.objects.all())
    hashes = list(clash.sides.exclude(watch=None).values_list("watch__digest", flat=True))
    for text in (entries, notices):
        assert not told(text, secret)
        assert VALUE not in text
        assert not any(one in text for one in (*hashes, clash.pair))
    assert f"case:{secret.case_id}'" not in entries.replace(f"case:{tokyo.case.pk if tokyo.case else 0}", "")


@pytest.mark.rule("O1", where=DEAL)
def test_agreement_opens_exactly_one_thing(tokyo: World, osaka: World, clash: Clash, secret: Plan, browse: Any) -> None:
    """The case's number, title, plan and the value, to the other side alone; no page of the case, no other conflict, not the other way round."""
    more = the_clash(looks(tokyo, COVER))
    deal.ask(tokyo.at("toru"), clash.code, "同じ相手か確かめたい")
    deal.agree(osaka.at("sora"), clash.code)
    client: Client = browse(tokyo.people["toru"])
    text = client.get(reverse("deconfliction:content", args=[clash.code])).content.decode()
    assert {TITLE, secret.code, secret.case.code} <= set(told(text, secret))
    assert VALUE in text
    assert COVER not in text
    assert "七人の体制" not in text
    assert Entry.objects.filter(event="deconfliction.content_read", subject=f"clash:{clash.code}").exists()
    assert client.get(reverse("deconfliction:content", args=[more.code])).status_code == 404
    for path in ("casework:case", "deconfliction:check"):
        assert client.get(reverse(path, args=[secret.case_id])).status_code == 404
    assert client.get(reverse("authority:plan", args=[secret.pk])).status_code == 404
    assert browse(osaka.people["sora"]).get(reverse("deconfliction:content", args=[clash.code])).status_code == 404
    assert browse(tokyo.people["ken"]).get(reverse("deconfliction:content", args=[clash.code])).status_code == 404
    with pytest.raises(Conflict):
        deal.agree(osaka.at("sora"), clash.code)


@pytest.mark.rule("A5", where=DEAL)
def test_an_order_is_the_chiefs_of_whose_content_it_is(tokyo: World, osaka: World, clash: Clash, browse: Any) -> None:
    """After somebody asked, in person, freshly signed in, with a reason; not the chief of who asks, nor anybody else."""
    with pytest.raises(Conflict):  # nobody asked yet
        deal.order(osaka.at("mio"), clash.code, "犯行が差し迫っている")
    deal.ask(tokyo.at("toru"), clash.code, "同じ相手か確かめたい")
    deal.decline(osaka.at("sora"), clash.code, "今は開けない")
    for world, who in ((tokyo, "mio"), (tokyo, "goro"), (osaka, "sora"), (osaka, "toru"), (osaka, "kei"), (tokyo, "toru")):
        if who == "goro":
            continue  # of Osaka, too
        with pytest.raises((Conflict, Refused)):
            deal.order(world.at(who), clash.code, "犯行が差し迫っている")
    with pytest.raises(Refused):
        deal.order(osaka.at("mio", fresh=False), clash.code, "犯行が差し迫っている")
    with pytest.raises(Refused):
        deal.order(osaka.at("mio"), clash.code, " ")
    page = browse(osaka.people["mio"]).get(reverse("deconfliction:orders")).content.decode()
    assert "同じ相手か確かめたい" in page
    assert VALUE not in page
    made = deal.order(osaka.at("mio"), clash.code, "犯行が差し迫っている")
    assert (made.how, made.side.number) == ("order", 2)
    assert Entry.objects.filter(event="deconfliction.ordered", subject=f"clash:{clash.code}").exists()
    assert not queries.waits_for_order(osaka.people["mio"]).exists()
    assert browse(tokyo.people["toru"]).get(reverse("deconfliction:content", args=[clash.code])).status_code == 200
    assert Clash.objects.get(pk=clash.pk).state == "dealt"


def test_a_talk_deals_with_it(tokyo: World, osaka: World, clash: Clash) -> None:
    """With whom, and what came of it; the other side is told. Standing back leaves it open."""
    deal.talked(tokyo.at("toru"), clash.code, "そら", "相手方が続けるので待つ", goes_on=False)
    assert Clash.objects.get(pk=clash.pk).state == "open"
    deal.talked(tokyo.at("toru"), clash.code, "そら", "双方とも別の人物と確かめた", goes_on=True)
    assert Clash.objects.get(pk=clash.pk).state == "dealt"
    assert Notice.objects.filter(person=osaka.people["sora"], code="deconfliction_talked").exists()
    assert Entry.objects.filter(event="deconfliction.talked").count() == 2
    for name, text in (("", "話した"), ("そら", " ")):
        with pytest.raises(Refused):
            deal.talked(tokyo.at("toru"), clash.code, name, text, goes_on=True)


def test_a_talk_that_was_not_is_disputed(tokyo: World, osaka: World, clash: Clash) -> None:
    """Then it is open again, and no further record of one side deals with it."""
    with pytest.raises(Conflict):
        deal.dispute(osaka.at("sora"), clash.code, "話していない")
    deal.talked(tokyo.at("toru"), clash.code, "そら", "問題なし", goes_on=True)
    with pytest.raises(Conflict):
        deal.dispute(tokyo.at("toru"), clash.code, "やはり違う")
    deal.dispute(osaka.at("sora"), clash.code, "話していない")
    assert Clash.objects.get(pk=clash.pk).state == "open"
    with pytest.raises(Refused) as refused:
        deal.talked(tokyo.at("toru"), clash.code, "そら", "問題なし", goes_on=True)
    assert refused.value.data["reason"] == "deconfliction_disputed"
    deal.agree(tokyo.at("toru"), clash.code)
    assert Clash.objects.get(pk=clash.pk).state == "dealt"


def test_asking_and_declining(tokyo: World, osaka: World, clash: Clash) -> None:
    """Nobody declines what nobody asked; the words go across."""
    with pytest.raises(Conflict):
        deal.decline(osaka.at("sora"), clash.code, "開けない")
    deal.ask(tokyo.at("toru"), clash.code, "確かめたい")
    deal.decline(osaka.at("sora"), clash.code, "開けない")
    assert Notice.objects.filter(person=tokyo.people["toru"], code="deconfliction_declined").exists()
    assert Entry.objects.filter(event__in=("deconfliction.asked", "deconfliction.declined")).count() == 2


# The board


@pytest.mark.rule("O1", where="andon.console.undercover.deconfliction.queries")
def test_the_board_is_blind_for_others(tokyo: World, osaka: World, secret: Plan, browse: Any) -> None:
    """Area, hours and whom to call; not the place, the plan, the officer or the case. One's own case sees its own."""
    now = timezone.now()
    meets(osaka, secret, "新宿区", now + HOUR, now=now)
    for path in ("deconfliction:board", "deconfliction:live"):
        text = browse(tokyo.people["toru"]).get(reverse(path)).content.decode()
        assert "新宿区" in text
        assert osaka.people["sora"].name in text
        assert not told(text, secret)
        assert "駅の西口" not in text
        assert f"/{secret.pk}/" not in text
        own = browse(osaka.people["toru"]).get(reverse(path)).content.decode()
        assert "駅の西口" in own
        assert secret.code in own
    assert Entry.objects.filter(event="deconfliction.board_opened").count() == 2  # one reading each, though it refreshed itself


def test_the_board_shows_what_meets(tokyo: World, osaka: World, secret: Plan, browse: Any) -> None:
    """Two at overlapping hours in one area."""
    now = timezone.now()
    meets(osaka, secret, "新宿区", now + HOUR, now=now)
    meets(tokyo, granted(tokyo), "新宿区", now + 2 * HOUR, now=now)
    assert "時間が重なっています" in browse(tokyo.people["toru"]).get(reverse("deconfliction:live")).content.decode()


# Pages


def test_a_check_on_the_page(tokyo: World, secret: Plan, browse: Any) -> None:
    """The form, the answer in a sentence, the list; what is wrong is said on the form."""
    assert tokyo.case is not None
    assert secret.pk
    client: Client = browse(tokyo.people["toru"])
    path = reverse("deconfliction:check", args=[tokyo.case.pk])
    given = {"ground": "投稿の連絡先として出てきたため", "service": "telegram", "handle": VALUE, "case": "999", "by": "1"}
    assert client.post(path, given | {"handle": "a_inv b_inv"}).status_code == 422
    assert client.post(path, given | {"ground": "短い"}).status_code == 422
    assert client.post(path, given).headers["Location"] == path
    text = client.get(path).content.decode()
    assert "競合が 1 件あります" in text
    assert VALUE in text  # what this case itself has checked
    code = Clash.objects.get().code
    assert client.post(reverse("deconfliction:act", args=[code, "talked"]), {"talked_to": "そら", "goes_on": "yes", "text": ""}).status_code == 422
    answer = client.post(reverse("deconfliction:act", args=[code, "talked"]), {"talked_to": "そら", "goes_on": "yes", "text": "確かめた"})
    assert answer.headers["Location"] == reverse("deconfliction:clash", args=[code])
    assert "処理済み" in client.get(reverse("deconfliction:clash", args=[code])).content.decode()


def test_a_meeting_on_the_page(tokyo: World, browse: Any) -> None:
    """Planned and cancelled."""
    now = timezone.now()
    plan = granted(tokyo, now=now, starts_at=now, ends_at=now + 30 * DAY)
    client: Client = browse(tokyo.people["toru"])
    path, start = reverse("deconfliction:meetings", args=[plan.pk]), timezone.localtime(now + 3 * HOUR)
    given = {
        "starts_at": start.strftime("%Y-%m-%dT%H:%M"), "ends_at": (start + HOUR).strftime("%Y-%m-%dT%H:%M"), "prefecture": "東京都",
        "municipality": "新宿区", "place": "西口", "officers": ["K-7"],
    }  # fmt: skip
    assert client.post(path, given | {"municipality": "どこか"}).status_code == 422
    assert client.post(path, given).status_code == 302
    meeting = plan.meetings.get()
    assert "西口" in client.get(path).content.decode()
    assert client.post(reverse("deconfliction:cancel", args=[plan.pk, meeting.pk])).status_code == 302
    assert "西口" not in client.get(path).content.decode()


@pytest.mark.parametrize("many", [1, 12])
def test_pages_ask_few_questions(many: int, tokyo: World, osaka: World, browse: Any, django_assert_max_num_queries: Callable[..., Any]) -> None:
    """However many conflicts and meetings there are."""
    now = timezone.now()
    plan = granted(osaka, targets=[f"telegram:name{number}_inv" for number in range(many)], accounts=["telegram:own_inv"])
    for number in range(many):
        looks(tokyo, f"name{number}_inv", now=now)
        meets(osaka, plan, "新宿区", now + timedelta(hours=number + 1), 1, now=now)
    client: Client = browse(tokyo.people["toru"])
    assert tokyo.case is not None
    bounds = {
        reverse("deconfliction:clashes"): 24, reverse("deconfliction:live"): 20, reverse("deconfliction:board"): 22,
        reverse("deconfliction:check", args=[tokyo.case.pk]): 32, reverse("deconfliction:clash", args=[Clash.objects.order_by("pk")[0].code]): 32,
    }  # fmt: skip
    for path, most in bounds.items():
        with django_assert_max_num_queries(most):
            assert client.get(path).status_code == 200
