"""The pages of cases: what they show, and what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.casework.actions.life import close, open_case
from andon.console.casework.actions.links import link
from andon.console.casework.actions.propose import propose
from andon.console.casework.models import Case, CaseLink, Membership
from andon.console.casework.panels import PANELS, Panel
from andon.console.casework.queries.story import story
from andon.console.casework.timeline import SOURCES, Moment
from andon.console.holds.models import Hold
from andon.console.intake.actions.settle import settle
from andon.console.review.models import Decision
from andon.console.staff.rights import Right

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def page(client: Client, name: str, *args: object, **query: str) -> str:
    """The text of a page that is there."""
    answer = client.get(reverse(f"casework:{name}", args=args), query)
    assert answer.status_code == 200, (name, answer.status_code)
    return str(answer.content.decode())


def test_the_list_shows_ones_own(case: Case, mori: Person, hara: Person, browse: Any) -> None:
    """With who leads it, and what one is in it; somebody else's list is empty."""
    mine, theirs = page(browse(mori), "cases"), page(browse(hara), "cases")
    assert "灯台" in mine
    assert case.code in mine
    assert "主任" in mine
    assert case.code not in theirs
    assert "灯台" not in theirs


def test_the_list_is_narrowed(case: Case, mori: Person, actor: Any, browse: Any) -> None:
    """By words of the title, by code, by a contact that belongs to a case, by kind and tab."""
    other = open_case(actor(mori), "岬", "general", ground="x")
    link(actor(mori), other.pk, "contact", "telegram:abcd")
    close(actor(mori), other.pk, note="終了")
    client = browse(mori)
    assert other.code not in page(client, "cases", q="岬", tab="open").split("最近の動き")[0]
    for words in ("岬", other.code, "telegram:abcd", "ABCD"):
        text = page(client, "cases", q=words, tab="ended").split("最近の動き")[0]
        assert other.code in text, words
        assert case.code not in text
    assert case.code not in page(client, "cases", kind="general").split("最近の動き")[0]


def test_a_case_is_opened_on_a_page(mori: Person, browse: Any) -> None:
    """And leads to its page."""
    answer = browse(mori).post(reverse("casework:new"), {"title": "灯台", "kind": "general", "ground": "試験"})
    case = Case.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("casework:case", args=[case.pk]))
    assert (case.title, case.kind, case.opened_by_id) == ("灯台", "general", mori.pk)


def test_a_form_says_what_is_missing(mori: Person, browse: Any) -> None:
    """And keeps what was typed."""
    answer = browse(mori).post(reverse("casework:new"), {"title": "灯台", "kind": "general", "ground": ""})
    assert answer.status_code == 422
    assert "灯台" in answer.content.decode()
    assert not Case.objects.exists()


def test_one_key_proposes_from_the_card(ando: Person, mori: Person, browse: Any, campaign: Callable[..., Any]) -> None:
    """The card has the key and its grounds; after it the card says so, and the campaign is on hold."""
    one, client = campaign(), browse(ando)
    card = client.get(reverse("review:card", args=[one.pk])).content.decode()
    assert 'data-key="i"' in card
    assert reverse("casework:propose", args=[one.pk]) in card
    answer = client.post(reverse("casework:propose", args=[one.pk]), {"ground": "way_in"}, headers=HTMX)
    assert answer.status_code == 200
    assert "提案中" in answer.content.decode()
    assert Hold.objects.get().target_key == str(one.pk)
    again = client.get(reverse("review:card", args=[one.pk])).content.decode()
    assert "事件として提案中" in again
    assert 'data-key="i"' not in again


def test_where_more_must_be_said_the_page_asks(aoi: Person, ando: Person, mori: Person, browse: Any, campaign: Callable[..., Any]) -> None:
    """A hotline chooses the unit; "other" wants a text."""
    one = campaign()
    address = reverse("casework:propose", args=[one.pk])
    for someone, ground in ((aoi, "way_in"), (ando, "other")):
        answer = browse(someone).post(address, {"ground": ground}, headers=HTMX)
        assert answer.headers["HX-Redirect"] == f"{address}?ground={ground}"
    assert not Case.objects.exists()
    answer = browse(aoi).post(address, {"ground": "way_in", "note": "", "unit": mori.unit_id})
    assert answer.status_code == 302
    assert Case.objects.get().unit_id == mori.unit_id


def test_a_card_names_the_cases_that_one_may_know_of(case: Case, mori: Person, hara: Person, ando: Person, actor: Any, browse: Any, campaign: Callable[..., Any]) -> None:
    """To a member it does; to others the card looks as if there were none."""
    one = campaign()
    link(actor(mori), case.pk, "campaign", str(one.pk))
    texts = {name: browse(who).get(reverse("review:card", args=[one.pk])).content.decode() for name, who in (("mori", mori), ("hara", hara), ("ando", ando))}
    assert "灯台" in texts["mori"]
    assert "灯台" not in texts["hara"] + texts["ando"]
    assert reverse("casework:case", args=[case.pk]) not in texts["hara"] + texts["ando"]


def test_a_proposal_is_taken_up_on_its_page(ando: Person, mori: Person, hara: Person, actor: Any, browse: Any, campaign: Callable[..., Any]) -> None:
    """Its page says who proposed it and why; a title makes it a case, and it is gone from the others' lists."""
    case = propose(actor(ando), campaign().pk, "other", note="来週とみられる")
    text = page(browse(mori), "case", case.pk)
    assert "来週とみられる" in text
    assert "安藤 五郎" in text
    assert case.code in page(browse(hara), "cases")
    answer = browse(mori).post(reverse("casework:take_up", args=[case.pk]), {"title": "灯台", "kind": "undercover"})
    assert answer.status_code == 302
    assert case.code not in page(browse(hara), "cases")
    assert browse(hara).get(reverse("casework:case", args=[case.pk])).status_code == 404


def test_who_comes_second_sees_no_more(ando: Person, mori: Person, hara: Person, actor: Any, browse: Any, campaign: Callable[..., Any]) -> None:
    """A proposal that a colleague took up a moment ago answers as if it were not there, title and all."""
    case = propose(actor(ando), campaign().pk, "way_in")
    late = browse(hara)
    assert late.get(reverse("casework:case", args=[case.pk])).status_code == 200
    browse(mori).post(reverse("casework:take_up", args=[case.pk]), {"title": "灯台", "kind": "undercover"})
    answer = late.post(reverse("casework:take_up", args=[case.pk]), {"title": "私の", "kind": "undercover"})
    assert answer.status_code == 404
    assert "灯台" not in answer.content.decode()


def test_declined_on_its_page(ando: Person, mori: Person, actor: Any, browse: Any, campaign: Callable[..., Any]) -> None:
    """With a reason, which stays on the page."""
    case = propose(actor(ando), campaign().pk, "way_in")
    client = browse(mori)
    assert client.post(reverse("casework:decline", args=[case.pk]), {"note": ""}).status_code == 422
    assert client.post(reverse("casework:decline", args=[case.pk]), {"note": "既に検挙"}).status_code == 302
    assert "既に検挙" in page(client, "case", case.pk)
    assert Hold.objects.get().lifted_at is not None


def test_members_and_links_on_their_pages(case: Case, mori: Person, hara: Person, browse: Any, campaign: Callable[..., Any]) -> None:
    """Let in, linked, taken off, taken out: each comes back to the case."""
    one, client, back = campaign("闇の募集文"), browse(mori), reverse("casework:case", args=[case.pk])
    answer = client.post(reverse("casework:add_member", args=[case.pk]), {"person": hara.pk, "role": "member", "ground": "応援", "until": ""})
    assert (answer.status_code, answer.headers.get("Location")) == (302, back)
    answer = client.post(reverse("casework:link", args=[case.pk]), {"kind": "campaign", "key": f"/review/{one.pk}", "ground": ""})
    assert answer.status_code == 302
    text = page(browse(hara), "case", case.pk)
    assert "闇の募集文" in text
    assert "原 二郎" in text
    made, member = CaseLink.objects.get(), Membership.objects.get(person=hara)
    client.post(reverse("casework:unlink", args=[case.pk, made.pk]), {"note": "誤り"})
    client.post(reverse("casework:end_member", args=[case.pk, member.pk]), {"note": "終了"})
    assert CaseLink.objects.get().removed_ground == "誤り"
    assert browse(hara).get(back).status_code == 404


def test_leaving_leads_to_the_list(case: Case, hara: Person, admitted: Callable[..., Membership], browse: Any) -> None:
    """Who leaves a case cannot come back to its page."""
    made = admitted(hara)
    answer = browse(hara).post(reverse("casework:end_member", args=[case.pk, made.pk]), {"note": "終了"})
    assert answer.headers["Location"] == reverse("casework:cases")


def test_buttons_are_for_who_may_press_them(case: Case, mori: Person, hara: Person, admitted: Callable[..., Membership], browse: Any) -> None:
    """A reader gets no form; asking for it anyhow is refused."""
    admitted(hara, "reader")
    address = reverse("casework:add_member", args=[case.pk])
    assert address in page(browse(mori), "case", case.pk)
    text = page(browse(hara), "case", case.pk)
    assert address not in text
    assert reverse("casework:close", args=[case.pk]) not in text
    assert browse(hara).get(address).status_code == 403
    assert browse(hara).post(reverse("casework:close", args=[case.pk]), {"note": "x"}).status_code == 422
    assert Case.objects.get().state == "open"


@pytest.mark.rule("A19", where="andon.console.casework.queries.parts")
def test_the_officer_is_not_named(case: Case, mori: Person, hara: Person, ito: Person, admitted: Callable[..., Membership], browse: Any) -> None:
    """On no page and in no export but to themselves: neither among the members, nor on the line of time, nor among the latest moves."""
    admitted(hara, "operator")
    admitted(ito, "coordinator")
    for client in (browse(mori), browse(ito)):
        texts = [page(client, "case", case.pk), page(client, "cases"), page(client, "timeline", case.pk), page(client, "export"), page(client, "feed")]
        assert not any("原 二郎" in text for text in texts)
        assert "封印" in texts[0]
    assert "原 二郎" in page(browse(hara), "case", case.pk)


# The line of time


def test_the_line_tells_the_story(case: Case, mori: Person, actor: Any, browse: Any, campaign: Callable[..., Any], version: Any) -> None:
    """Posts by day, the decision, the hold, and what became of the case, each on its lane and in the list."""
    one = campaign(days={"2026-11-18": 3, "2026-11-20": 1})
    with gate._door():
        Decision.objects.create(campaign=one, verdict="recruitment", kind="parcel", by=mori, model=version, score=0.9, level=3, posts=2, members_sha256="0" * 64)
        settle(one.pk, "recruitment", timezone.now())
    link(actor(mori), case.pk, "campaign", str(one.pk))
    drawn = story(case, mori)
    assert drawn.counts == {"post": 2, "decision": 1, "case": 2}
    xs = [mark.x for lane in drawn.lanes for mark in lane.marks]
    assert all(0 <= x <= 100 for x in xs)
    text = page(browse(mori), "case", case.pk)
    assert "投稿 3件（キャンペーン" in text
    assert "2026-11-18" in text
    assert "森 一郎" in page(browse(mori), "timeline", case.pk)


def test_the_list_of_one_lane(case: Case, mori: Person, actor: Any, browse: Any, campaign: Callable[..., Any]) -> None:
    """The list below is narrowed to one lane; the drawing keeps all."""
    link(actor(mori), case.pk, "campaign", str(campaign().pk))
    text = page(browse(mori), "case", case.pk, lane="post")
    assert "事件を立てた" not in text.split('class="story"')[1].split("</ol></li></ol>")[0]
    assert [lane.code for lane in story(case, mori, "post").lanes] == ["post", "case"]


def test_a_hold_is_a_bar(case: Case, mori: Person, ando: Person, actor: Any, campaign: Callable[..., Any]) -> None:
    """From its placing until now, or until it was lifted; why stands there for its own unit alone."""
    proposed = propose(actor(ando), campaign().pk, "way_in")
    lanes = {lane.code: lane.marks for lane in story(proposed, mori).lanes}
    assert lanes["hold"][0].moment.data["is_open"] is True


def test_other_apps_are_on_the_line_and_the_page(case: Case, mori: Person, kubo: Person, admitted: Callable[..., Membership], browse: Any) -> None:
    """Sources and panels that others register are drawn; a panel with a right only for who has it, one without content for nobody."""
    admitted(kubo, "custodian")
    source = lambda of, _person: [Moment(timezone.now(), "outcome", f"結果は{of.code}", None, "done")]  # noqa: E731 - as an app writes it
    mine = Panel("members", "casework/_found.html", lambda of, _person: {"cases": [of]}, Right.CASE_WORK)
    none = Panel("links", "casework/_found.html", lambda _of, _person: None)
    SOURCES.append(source)
    PANELS.extend([mine, none])
    text, theirs = page(browse(mori), "case", case.pk), page(browse(kubo), "case", case.pk)
    assert f"結果は{case.code}" in text
    assert 'id="panel-members"' in text
    assert 'id="panel-links"' not in text
    assert 'id="panel-members"' not in theirs


# Reading is an event


def test_reading_is_kept(case: Case, mori: Person, hara: Person, browse: Any) -> None:
    """Opening, listing, searching and exporting are in the trail; so is trying a case that is not one's own."""
    client = browse(mori)
    page(client, "case", case.pk)
    page(client, "cases", q="灯台")
    page(client, "find", q="灯台")
    page(client, "export")
    page(client, "timeline", case.pk)
    browse(hara).get(reverse("casework:case", args=[case.pk]))
    kept = set(Entry.objects.filter(event__startswith="casework.").values_list("event", "subject", "person"))
    mine = {("casework.opened", f"case:{case.pk}"), ("casework.listed", ""), ("casework.searched", ""), ("casework.exported", ""), ("casework.exported_one", f"case:{case.pk}")}
    assert {(event, subject, mori.pk) for event, subject in mine} <= kept
    assert ("casework.missed", f"case:{case.pk}", hara.pk) in kept


def test_queries_are_bounded(mori: Person, hara: Person, actor: Any, browse: Any, campaign: Callable[..., Any], django_assert_max_num_queries: Any) -> None:
    """However many cases, members and links there are, a page asks the database the same few things."""
    made = [open_case(actor(mori), f"事件{number}", "general", ground="x") for number in range(30)]
    for number in range(12):
        link(actor(mori), made[0].pk, "campaign", str(campaign(f"文面{number}").pk))
        link(actor(mori), made[0].pk, "contact", f"telegram:abcd{number}")
    client = browse(mori)
    page(client, "cases")
    with django_assert_max_num_queries(22):
        page(client, "cases")
    with django_assert_max_num_queries(40 + 12):  # joined campaigns are asked of each linked campaign
        page(client, "case", made[0].pk)
