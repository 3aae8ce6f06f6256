"""The screens of review: what they show, to whom, at what cost, and what a person can do on them."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.intake.models import Campaign, Judgement, Post, Suggestion
from andon.console.review.actions.decide import seen_token
from andon.console.review.actions.lease import hold
from andon.console.review.models import Decision, Lease

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.test import Client

    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def opened(answer: HttpResponse) -> int | None:
    """The campaign of the card in an answer."""
    found = re.search(r'data-campaign="(\d+)"', answer.content.decode())
    return int(found.group(1)) if found else None


def is_mine(answer: HttpResponse) -> bool:
    """Whether the card can be decided."""
    return " data-mine " in answer.content.decode()


def decide(client: Client, campaign: Campaign, choice: str = "recruitment:parcel", **more: Any) -> HttpResponse:
    """Press a button of the card as it is shown now."""
    campaign.refresh_from_db()
    sent = {"choice": choice, "seen": seen_token(campaign), **more}
    return client.post(reverse("review:decide", args=[campaign.pk]), sent, headers=HTMX)


# Who may look


def test_every_address_asks_for_its_right(kei: Person, nao: Person, browse: Callable[[Person], Client], campaign: Callable[..., Campaign]) -> None:
    """Auditors and administrators see no posts and decide nothing."""
    one = campaign().pk
    for someone in (kei, nao):
        client = browse(someone)
        for name, args in (("queue", []), ("more", []), ("live", []), ("search", []), ("palette", []), ("card", [one]), ("members", [one])):
            assert client.get(reverse(f"review:{name}", args=args)).status_code == 403, name
        for name, args in (("undo", []), ("decide", [one]), ("judge", [one]), ("keep", [one]), ("give_back", [one]), ("take", [one]), ("withdraw", [1])):
            assert client.post(reverse(f"review:{name}", args=args)).status_code == 403, name
    assert not Entry.objects.filter(event="review.card_opened").exists()


def test_readers_read_and_decide_nothing(person: Callable[..., Person], browse: Callable[[Person], Client], campaign: Callable[..., Campaign]) -> None:
    """An investigator sees the card without a way to decide it, and takes it from nobody; that they looked is kept."""
    from andon.console.staff.rights import Role

    one = campaign()
    client = browse(person("rin", Role.INVESTIGATOR))
    answer = client.get(reverse("review:card", args=[one.pk]))
    assert opened(answer) == one.pk
    assert not is_mine(answer)
    assert b'id="decide"' not in answer.content
    assert not Lease.objects.exists()
    assert Entry.objects.get(event="review.card_opened").facts["held"] is False
    assert decide(client, one).status_code == 403


def test_addresses_answer_to_their_method_only(aoi: Person, browse: Callable[[Person], Client], campaign: Callable[..., Campaign]) -> None:
    """Nothing is decided by following a link."""
    one, client = campaign().pk, browse(aoi)
    for name, args in (("undo", []), ("decide", [one]), ("judge", [one]), ("keep", [one]), ("give_back", [one]), ("withdraw", [1])):
        assert client.get(reverse(f"review:{name}", args=args)).status_code == 405, name
    assert client.get(reverse("review:card", args=[999_999])).status_code == 404


# The card


def test_the_first_free_card_is_in_hand(aoi: Person, jun: Person, browse: Callable[[Person], Client], actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign]) -> None:
    """The queue opens on the first card that nobody has, leases it, and keeps that it was opened, once."""
    first, second = campaign(priority=9), campaign(priority=8)
    hold(actor(jun), first.pk)
    client = browse(aoi)
    answer = client.get(reverse("review:queue"))
    assert (opened(answer), is_mine(answer)) == (second.pk, True)
    assert "Jun が確認中" in answer.content.decode()
    client.get(reverse("review:card", args=[second.pk]), headers=HTMX)
    client.get(reverse("review:card", args=[second.pk]))
    assert Entry.objects.filter(event="review.card_opened", person=aoi.pk).count() == 1


def test_somebody_elses_card(aoi: Person, jun: Person, sora: Person, browse: Callable[[Person], Client], actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign]) -> None:
    """It says who has it and until when; a supervisor can take it over, a colleague cannot."""
    one = campaign()
    lease = hold(actor(jun), one.pk).lease
    until = (lease.until + timedelta(hours=9)).strftime("%H:%M")
    answer = browse(aoi).get(reverse("review:card", args=[one.pk]))
    assert f"Jun が確認中です（{until} まで）" in answer.content.decode()
    assert not is_mine(answer)
    assert reverse("review:take", args=[one.pk]) not in answer.content.decode()
    boss = browse(sora)
    assert reverse("review:take", args=[one.pk]) in boss.get(reverse("review:card", args=[one.pk])).content.decode()
    assert is_mine(boss.post(reverse("review:take", args=[one.pk]), headers=HTMX))
    assert Lease.objects.get().person == sora
    assert browse(aoi).post(reverse("review:take", args=[one.pk])).status_code == 403


def test_a_card_says_why(aoi: Person, browse: Callable[[Person], Client], campaign: Callable[..., Campaign]) -> None:
    """Reasons are lit in the text and explained; contacts, missing and stated items, and the note on scores are there."""
    one = campaign("日給5万円 荷物を受け取るだけ 詳細はテレグラム @warui_hito1", contact="telegram:warui_hito1")
    page = browse(aoi).get(reverse("review:card", args=[one.pk])).content.decode()
    assert re.search(r'<mark class="hit hit--for[^"]*" data-reasons="[\d ]+" title="[^"]+">', page)
    assert "荷物の受け取り" in page
    assert "確率でも" in page
    assert "warui_hito1" in page
    assert "募集主の氏名・名称" in page
    assert "記載なし" in page


def test_english_says_the_same(person: Callable[..., Person], browse: Callable[[Person], Client], campaign: Callable[..., Campaign]) -> None:
    """In English the signal's own documentation explains it."""
    from andon.console.staff.rights import Role

    one = campaign("日給5万円 荷物を受け取るだけ 詳細はDM")
    page = browse(person("ann", Role.ANALYST, language="en")).get(reverse("review:card", args=[one.pk])).content.decode()
    assert "Why it counts:" in page
    assert "When it misleads:" in page
    assert "no probability" in page


HOSTILE = [
    "<script>alert(1)</script> 日給5万円 荷物を受け取るだけ", '"><img src=x onerror=alert(1)> 日給5万円', "\u202e逆さ\u202c 日\u200b給\u200b5万円",
    "{{ 7|add:7 }} {% csrf_token %} 日給5万円", "日給5万円 " + "あ" * 10_000, "\u200b" * 5_000 + "日給5万円", "日給5万円\x1b[31m赤\x00", "Z̴̢̛͈͇" * 200 + "日給5万円",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_only_text(text: str, aoi: Person, browse: Callable[[Person], Client], campaign: Callable[..., Campaign]) -> None:
    """Nothing of a post becomes markup, turns the page's writing round or swells it, in the card, the list, the posts and the search."""
    stored = text.replace("\x00", "")  # PostgreSQL keeps no NUL
    parts = [{"text": stored}, {"slot": "words", "text": stored[:50], "values": [{"text": stored[:50], "posts": 2}]}]
    one = campaign(stored, posts=2, template=parts, title=stored[:120])
    with gate._door():
        Post.objects.filter(campaign=one).update(author=stored[:200], author_name=stored[:200], url=f"javascript:{stored[:50]}")
    client = browse(aoi)
    pages = [client.get(reverse("review:card", args=[one.pk])), client.get(reverse("review:members", args=[one.pk])), client.get(reverse("review:search"), {"q": "日給"})]
    for answer in pages:
        page = answer.content.decode()
        assert answer.status_code == 200
        for markup in ("<script>alert", "<img src=x", "onerror=alert(1)>", 'href="javascript:'):
            assert markup not in page
        assert not re.search("[\u202a-\u202e\u200b\x1b]", page)
        assert len(page) < 250_000


def test_half_surrogates_do_not_break_a_card(aoi: Person, rf: Any) -> None:
    """A text that cannot be written as UTF-8 is shown all the same."""
    from django.template import Context, Template

    from andon.console.review.visible import pieces

    made = Template("{% load review %}{% unhidden parts %}").render(Context({"parts": pieces("日\ud800給")}))
    assert "U+D800" in made
    made.encode()


def test_unsafe_addresses_are_no_links(aoi: Person, browse: Callable[[Person], Client], campaign: Callable[..., Campaign]) -> None:
    """A post's address is a link when a browser may open it, without telling where one came from."""
    one = campaign(posts=1)
    page = browse(aoi).get(reverse("review:card", args=[one.pk])).content.decode()
    assert re.search(r'<a href="https://social\.example/\d+" rel="noreferrer noopener" target="_blank"', page)


def test_another_models_score_is_shown_beside(aoi: Person, browse: Callable[[Person], Client], campaign: Callable[..., Campaign]) -> None:
    """The stored score came from a model that is in use no longer: both are told."""
    page = browse(aoi).get(reverse("review:card", args=[campaign().pk])).content.decode()
    assert "取り込み時のモデル 000000000000" in page


def test_later_arrivals_are_shown(aoi: Person, browse: Callable[[Person], Client], campaign: Callable[..., Campaign], settled: Callable[..., Decision]) -> None:
    """Posts that came after the decision are marked, and the card says that it covers them."""
    one = campaign(posts=3)
    settled(aoi, one)
    with gate._door():
        Campaign.objects.filter(pk=one.pk).update(later=1)
        Post.objects.filter(pk=one.example_id).update(joined_at=timezone.now() + timedelta(minutes=1))
    client = browse(aoi)
    assert "1 件の投稿が加わりました" in client.get(reverse("review:card", args=[one.pk])).content.decode()
    assert client.get(reverse("review:members", args=[one.pk])).content.decode().count("判断後") == 1


def test_a_merged_campaign_leads_on(aoi: Person, browse: Callable[[Person], Client], campaign: Callable[..., Campaign]) -> None:
    """The old address opens the campaign that it was joined with, and says so."""
    old, new = campaign(), campaign()
    with gate._door():
        Campaign.objects.filter(pk=old.pk).update(state="merged", merged_into=new)
    answer = browse(aoi).get(reverse("review:card", args=[old.pk]), {"state": "any"}, follow=True)
    assert opened(answer) == new.pk
    assert f"キャンペーン {old.pk} はこのキャンペーンに統合されました" in answer.content.decode()
    assert answer.request["QUERY_STRING"] == f"state=any&joined={old.pk}"


def test_earlier_decisions_on_the_same_contact(aoi: Person, jun: Person, browse: Callable[[Person], Client], campaign: Callable[..., Campaign], settled: Callable[..., Decision]) -> None:
    """What was decided where the contact stood before is told: who, when, what."""
    one, other = campaign(contact="telegram:abcd"), campaign("別の文面", contact="telegram:abcd")
    settled(jun, other, "not", "joke")
    page = browse(aoi).get(reverse("review:card", args=[one.pk])).content.decode()
    assert "2 キャンペーン" in page
    assert "冗談・ネットの言い回し" in page
    assert "Jun が" in page


def test_a_settled_card_shows_its_record(aoi: Person, sora: Person, browse: Callable[[Person], Client], campaign: Callable[..., Campaign], settled: Callable[..., Decision]) -> None:
    """Who decided, and for who may a way to take it back."""
    one = campaign()
    made = settled(aoi, one, "not", "warning", note="新聞の記事")
    for someone, may in ((aoi, True), (sora, True)):
        page = browse(someone).get(reverse("review:card", args=[one.pk])).content.decode()
        assert "新聞の記事" in page
        assert (reverse("review:withdraw", args=[made.pk]) in page) is may


def test_loading_ahead_takes_nothing(aoi: Person, browse: Callable[[Person], Client], campaign: Callable[..., Campaign]) -> None:
    """A browser that loads a page ahead of a click takes no card in hand."""
    browse(aoi).get(reverse("review:card", args=[campaign().pk]), headers={"Sec-Purpose": "prefetch;prerender"})
    assert not Lease.objects.exists()


# Deciding


def test_one_answer_decides_and_brings_the_next(aoi: Person, browse: Callable[[Person], Client], campaign: Callable[..., Campaign]) -> None:
    """The next card comes with the answer, in hand, with its address and a toast that undoes."""
    first, second = campaign(priority=2), campaign(priority=1)
    client = browse(aoi)
    client.get(reverse("review:queue"))
    answer = decide(client, first, note="確か")
    assert answer.status_code == 200
    assert (opened(answer), is_mine(answer)) == (second.pk, True)
    assert answer.headers["HX-Replace-Url"] == reverse("review:card", args=[second.pk])
    assert "<html" not in answer.content.decode()
    made = Decision.objects.get()
    assert (made.campaign, made.kind, made.note, made.by) == (first, "parcel", "確か", aoi)
    told = json.loads(answer.headers["HX-Trigger"])["toast"]
    assert told["undo_url"].startswith(reverse("review:withdraw", args=[made.pk]))
    assert list(Lease.objects.values_list("campaign", flat=True)) == [second.pk]


def test_the_last_card_leaves_calm(aoi: Person, browse: Callable[[Person], Client], campaign: Callable[..., Campaign]) -> None:
    """After the last card the page says that nothing is left and what would fill the list."""
    one, client = campaign(), browse(aoi)
    client.get(reverse("review:queue"))
    page = decide(client, one).content.decode()
    assert "確認するカードはありません" in page
    assert "新しい投稿を取り込むと" in page


def test_without_scripts(aoi: Person, browse: Callable[[Person], Client], campaign: Callable[..., Campaign]) -> None:
    """The form works by itself: decide, and go to the next card's page."""
    first, second = campaign(priority=2), campaign(priority=1)
    client = browse(aoi)
    client.get(reverse("review:queue"))
    answer = client.post(reverse("review:decide", args=[first.pk]) + "?level=high", {"choice": "not:joke", "seen": seen_token(first)}, follow=True)
    assert opened(answer) == second.pk
    assert answer.request["QUERY_STRING"] == "level=high"


def test_a_conflict_loses_nothing(aoi: Person, browse: Callable[[Person], Client], campaign: Callable[..., Campaign]) -> None:
    """Posts came meanwhile: 409, one sentence, the card as it is now, the note as typed; the same answer again is then recorded."""
    one, client = campaign(), browse(aoi)
    client.get(reverse("review:queue"))
    old = seen_token(one)
    with gate._door():
        Campaign.objects.filter(pk=one.pk).update(changed_at=timezone.now() + timedelta(seconds=9))
    answer = client.post(reverse("review:decide", args=[one.pk]), {"choice": "not:other", "seen": old, "note": "書きかけの <メモ>"}, headers=HTMX)
    assert answer.status_code == 409
    assert answer.headers["X-Card"] == "1"
    page = answer.content.decode()
    assert "表示した後に投稿の増減があった" in page
    assert 'value="書きかけの &lt;メモ&gt;"' in page
    assert opened(answer) == one.pk
    one.refresh_from_db()
    assert f'name="seen" value="{seen_token(one)}"' in page
    assert decide(client, one, "not:other", note="書きかけの <メモ>").status_code == 200


def test_a_lost_lease_is_a_conflict(aoi: Person, jun: Person, browse: Callable[[Person], Client], campaign: Callable[..., Campaign]) -> None:
    """Aoi's time ran out and Jun took the card: Aoi's answer is not recorded and shows who has it."""
    one = campaign()
    late, quick = browse(aoi), browse(jun)
    late.get(reverse("review:queue"))
    with gate._door():
        Lease.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert is_mine(quick.get(reverse("review:card", args=[one.pk])))
    answer = decide(late, one, note="メモ")
    assert answer.status_code == 409
    assert "Jun が確認中" in answer.content.decode()
    assert 'data-copy="メモ"' in answer.content.decode(), "what was typed is not lost"
    assert not Decision.objects.exists()
    assert decide(quick, one).status_code == 200
    assert Decision.objects.get().by == jun


@pytest.mark.parametrize("choice", ["", "recruitment", "recruitment:none", "withdrawn:", "not:other", "merged:x"])
def test_a_wrong_choice_is_told(choice: str, aoi: Person, browse: Callable[[Person], Client], campaign: Callable[..., Campaign]) -> None:
    """422, one sentence, the card and its note."""
    one, client = campaign(), browse(aoi)
    client.get(reverse("review:queue"))
    answer = decide(client, one, choice, note="" if choice == "not:other" else "x")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert is_mine(answer)


def test_undo_brings_the_card_back(aoi: Person, browse: Callable[[Person], Client], campaign: Callable[..., Campaign]) -> None:
    """The undo key withdraws one's last decision and opens its card again, in hand, the other one given back."""
    first, second = campaign(priority=2), campaign(priority=1)
    client = browse(aoi)
    client.get(reverse("review:queue"))
    decide(client, first)
    answer = client.post(reverse("review:undo"), {"left": second.pk}, headers=HTMX)
    assert (opened(answer), is_mine(answer)) == (first.pk, True)
    assert (answer.headers["HX-Retarget"], answer.headers["HX-Reswap"]) == ("#card", "outerHTML")
    first.refresh_from_db()
    assert first.state == "open"
    assert list(Lease.objects.values_list("campaign", flat=True)) == [first.pk]
    assert client.post(reverse("review:undo"), headers=HTMX).status_code == 204, "nothing is left to undo"


def test_undo_reaches_only_what_was_just_done(aoi: Person, browse: Callable[[Person], Client], campaign: Callable[..., Campaign], settled: Callable[..., Decision]) -> None:
    """A key pressed by mistake in the afternoon takes back nothing of the morning."""
    settled(aoi, campaign(), now=timezone.now() - timedelta(minutes=20))
    assert browse(aoi).post(reverse("review:undo"), headers=HTMX).status_code == 204
    assert Decision.objects.count() == 1


def test_taking_back_somebody_elses(aoi: Person, jun: Person, sora: Person, browse: Callable[[Person], Client], campaign: Callable[..., Campaign], settled: Callable[..., Decision]) -> None:
    """A colleague is told that they may not; a supervisor gives a reason."""
    made = settled(aoi, campaign())
    address = reverse("review:withdraw", args=[made.pk])
    assert browse(jun).post(address, {"note": "x"}, headers=HTMX).status_code == 422
    assert browse(sora).post(address, {"note": ""}, headers=HTMX).status_code == 422
    assert browse(sora).post(address, {"note": "引用"}, headers=HTMX).status_code == 200
    assert Decision.objects.latest("pk").note == "引用"


# In hand


def test_heartbeat_and_good_bye(aoi: Person, jun: Person, browse: Callable[[Person], Client], campaign: Callable[..., Campaign]) -> None:
    """The heartbeat answers while the card is in hand; the good-bye of the page gives it back; afterwards the heartbeat says so."""
    one, client = campaign(), browse(aoi)
    client.get(reverse("review:card", args=[one.pk]))
    keep, good_bye = reverse("review:keep", args=[one.pk]), reverse("review:give_back", args=[one.pk])
    answer = client.post(keep)
    assert answer.status_code == 204
    assert browse(jun).post(keep).status_code == 409
    assert client.post(good_bye, {"until": answer.headers["X-Until"]}).status_code == 204
    assert not Lease.objects.exists()
    assert Entry.objects.filter(event="review.released").count() == 1
    assert client.post(keep).status_code == 409
    assert client.post(good_bye).status_code == 204
    assert Entry.objects.filter(event="review.released").count() == 1, "where nothing was held nothing is kept"


def test_reloading_keeps_the_card(aoi: Person, browse: Callable[[Person], Client], campaign: Callable[..., Campaign]) -> None:
    """The old page's good-bye arrives after the new page has opened the card: it stays in hand."""
    one, client = campaign(), browse(aoi)
    first = client.get(reverse("review:card", args=[one.pk])).content.decode()
    until = re.search(r'data-until="([^"]+)"', first)
    assert until
    client.get(reverse("review:card", args=[one.pk]))
    client.post(reverse("review:give_back", args=[one.pk]), {"until": until.group(1)})
    assert Lease.objects.filter(person=aoi).exists()


# Suggestions


@pytest.fixture
def pair(campaign: Callable[..., Campaign]) -> tuple[Campaign, Campaign]:
    """Two campaigns of one post each that may be the same."""
    a, b = campaign(priority=9, posts=1), campaign("よく似た文面です 荷物を受け取るだけ", priority=8, posts=1)
    with gate._door():
        Suggestion.objects.create(a=a, b=b, post_a=a.example, post_b=b.example, ground="wording", standing="suggested", strength=0.8)
    return a, b


def test_suggestions_are_shown_from_both_sides(pair: tuple[Campaign, Campaign], aoi: Person, browse: Callable[[Person], Client]) -> None:
    """Each card shows the other, with ground and strength, and the posts to judge in its own order."""
    for one, other in (pair, pair[::-1]):
        page = browse(aoi).get(reverse("review:card", args=[one.pk])).content.decode()
        assert "文面の一致 80%" in page
        assert f'name="here" value="{one.example_id}"' in page
        assert f'name="there" value="{other.example_id}"' in page


def test_judging_needs_the_card_in_hand(pair: tuple[Campaign, Campaign], aoi: Person, jun: Person, browse: Callable[[Person], Client]) -> None:
    """Who does not have the card in hand is told so, and nothing is recorded."""
    a, b = pair
    browse(aoi).get(reverse("review:card", args=[a.pk]))
    answer = browse(jun).post(reverse("review:judge", args=[a.pk]), {"here": a.example_id, "there": b.example_id, "word": "same"}, headers=HTMX)
    assert answer.status_code == 409
    assert not Judgement.objects.exists()
    assert browse(jun).post(reverse("review:judge", args=[a.pk]), {"word": "same"}, headers=HTMX).status_code == 404


# Cost


def test_queries_are_bounded(aoi: Person, browse: Callable[[Person], Client], campaign: Callable[..., Campaign], settled: Callable[..., Decision], django_assert_max_num_queries: Any) -> None:
    """However many cards, contacts, decisions and suggestions there are, a page asks the database the same few things."""
    made = [campaign(f"文面その{number} 荷物を受け取るだけ", priority=100 - number, contact=f"telegram:abc{number % 3}") for number in range(40)]
    for one in made[20:]:
        settled(aoi, one)
    with gate._door():
        for other in made[1:8]:
            Suggestion.objects.create(a=made[0], b=other, post_a=made[0].example, post_b=other.example, ground="contact", standing="suggested", strength=1.0)
    client = browse(aoi)
    client.get(reverse("review:queue"))
    cache.clear()
    with django_assert_max_num_queries(45):
        client.get(reverse("review:queue"))
    with django_assert_max_num_queries(32):
        client.get(reverse("review:card", args=[made[0].pk]), headers=HTMX)
    with django_assert_max_num_queries(60):
        assert decide(client, made[0]).status_code == 200
    with django_assert_max_num_queries(14):
        client.get(reverse("review:live"), {"shown": ",".join(str(one.pk) for one in made)})


# The list, live


def test_live_says_what_changed(aoi: Person, jun: Person, browse: Callable[[Person], Client], actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign], settled: Callable[..., Decision]) -> None:
    """Counts, who has which row, what was settled, and that a new card stands above."""
    held, gone = campaign(priority=3), campaign(priority=2)
    client = browse(aoi)
    client.get(reverse("review:queue"))
    hold(actor(jun), gone.pk)
    settled(jun, gone, "not", "joke")
    campaign(priority=9)
    cache.clear()
    page = client.get(reverse("review:live"), {"shown": f"{held.pk},{gone.pk},x"}, headers=HTMX).content.decode()
    assert re.search(rf'data-for="m-{gone.pk}" class="is-gone">.*?該当しない', page, re.DOTALL)
    assert re.search(rf'data-for="m-{held.pk}">.*?確認中', page, re.DOTALL)
    assert "上位に新しいカードがあります" in page
    assert re.search(r'data-for="n-state-not">1<', page)


def test_more_rows(aoi: Person, browse: Callable[[Person], Client], campaign: Callable[..., Campaign]) -> None:
    """The list goes on where it ended."""
    made = [campaign(priority=number, posts=1) for number in range(1, 34)]
    client = browse(aoi)
    page = client.get(reverse("review:queue"), {"level": "high"}).content.decode()
    assert page.count('class="row-card ') + page.count('class="row-card"') == 30
    further = re.search(r'hx-get="([^"]+after=[^"]+)"', page)
    assert further
    rest = client.get(further.group(1).replace("&amp;", "&")).content.decode()
    assert all(f'id="c-{one.pk}"' in rest for one in made[:3])
    assert "level=high" in rest
    assert 'id="more"' not in rest


def test_the_same_joins_and_undo_parts(pair: tuple[Campaign, Campaign], aoi: Person, browse: Callable[[Person], Client]) -> None:
    """“Same” is recorded, the two become one card in hand, and the toast takes it back."""
    a, b = pair
    client = browse(aoi)
    client.get(reverse("review:card", args=[a.pk]))
    answer = client.post(reverse("review:judge", args=[a.pk]), {"here": a.example_id, "there": b.example_id, "word": "same", "note": "メモ"}, headers=HTMX)
    assert answer.status_code == 200
    assert Judgement.objects.get().same is True
    one = Campaign.objects.get(pk=opened(answer))
    assert (is_mine(answer), one.posts) == (True, 2)
    assert 'value="メモ"' in answer.content.decode(), "what was typed stays"
    back = json.loads(answer.headers["HX-Trigger"])["toast"]["undo_url"]
    answer = client.post(back, headers=HTMX)
    assert answer.status_code == 200
    assert Judgement.objects.latest("pk").same is None
    assert {post.campaign_id for post in Post.objects.filter(pk__in=(a.example_id, b.example_id))} != {one.pk}


def test_different_takes_the_suggestion_off(pair: tuple[Campaign, Campaign], aoi: Person, browse: Callable[[Person], Client]) -> None:
    """“Different” is recorded; the card stays in hand without the suggestion."""
    a, b = pair
    client = browse(aoi)
    client.get(reverse("review:card", args=[a.pk]))
    answer = client.post(reverse("review:judge", args=[a.pk]), {"here": a.example_id, "there": b.example_id, "word": "different"}, headers=HTMX)
    assert (opened(answer), is_mine(answer)) == (a.pk, True)
    assert Judgement.objects.get().same is False
    assert "同じかもしれないキャンペーン" not in answer.content.decode()


def test_whoever_comes_second_gets_the_card_behind(
    aoi: Person, jun: Person, browse: Callable[[Person], Client], actor: Callable[..., gate.Actor], campaign: Callable[..., Campaign], monkeypatch: Any
) -> None:
    """Between looking and taking somebody else was quicker: the next card comes instead, without a word, and nothing claims the lost one."""
    from andon.console.review.queries import queue
    from andon.console.review.views import opening

    first, second = campaign(priority=2), campaign(priority=1)

    def too_late(*args: Any, **more: Any) -> list[int]:
        found = queue.next_cards(*args, **more)
        hold(actor(jun), first.pk)
        return found

    monkeypatch.setattr(opening, "next_cards", too_late)
    answer = browse(aoi).get(reverse("review:queue"))
    assert (opened(answer), is_mine(answer)) == (second.pk, True)
    assert not Entry.objects.filter(person=aoi.pk, subject=f"campaign:{first.pk}").exists()
