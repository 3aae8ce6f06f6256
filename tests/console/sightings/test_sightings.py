"""What conversations and posts have in common: found, kept, joined with posts that come later, and told to nobody who may not know."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone
from sightings_help import PHONES, talk

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.casework.actions.members import add_member
from andon.console.casework.actions.samples import draw
from andon.console.evidence.conversations import hooks
from andon.console.evidence.sightings import on_cards, on_rows, queries, running
from andon.console.evidence.sightings.models import Alike, Sighting, Sweep
from andon.console.intake.models import Contact
from andon.domain.errors import AndonError, EvidenceError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from andon.console.casework.models import Case
    from andon.console.evidence.conversations.models import Reading
    from andon.console.intake.models import Campaign
    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db

ACCOUNTS = (
    "使っていない銀行口座、通帳とカードをセットで12万円で買い取ります。名義はそのままで大丈夫、札幌なら土曜に手渡しで即金。"
    "ネット口座も可、2つ目からは上乗せ。絶対にバレません。問い合わせはLINE MIHON-hako1"
)


def keys(reading: Reading, what: str) -> set[str]:
    """The keys seen in a reading."""
    return set(Sighting.objects.filter(conversation__reading=reading, what=what).values_list("key", flat=True))


def test_a_reading_is_looked_through(seller: Reading) -> None:
    """Contacts as in posts, wording that the model flags, counts in the trail, no text."""
    sweep = Sweep.objects.get(reading=seller)
    assert keys(seller, "contact") == {"line:mihon-hako2", "signal:0mihon_yoru31"}
    flagged = Sighting.objects.filter(conversation__reading=seller, what="wording").order_by("conversation", "position")
    assert {(one.conversation.title, one.position) for one in flagged} >= {("はこ", 0), ("案内", 1)}
    assert (sweep.contacts, sweep.wordings) == (2, flagged.count())
    assert sweep.messages == 36
    entry = Entry.objects.get(event="sightings.looked")
    assert set(entry.facts) == {"messages", "contacts", "wordings", "alike", "posts_to"}


def test_handles_of_participants_are_seen(watch: Reading) -> None:
    """A handle or a telephone number of somebody who takes part is a contact, too."""
    assert {"signal:0mihon_yoru31", "telephone:08000000031"} <= keys(watch, "handle")


def test_looking_again_changes_nothing(seller: Reading) -> None:
    """One sweep for each reading."""
    before = Sighting.objects.count()
    running.look(seller)
    assert (Sweep.objects.count(), Sighting.objects.count()) == (1, before)


def test_what_a_stop_left_out_is_seen_to(read_in: Callable[[Path], Reading], monkeypatch: pytest.MonkeyPatch) -> None:
    """A reading without a sweep is found by the steady work; then nothing is left."""
    monkeypatch.setattr(hooks, "AFTER_READING", [])
    reading = read_in(PHONES / "phone-c")
    assert not Sweep.objects.exists()
    assert running.look_after() == 1
    assert Sweep.objects.filter(reading=reading).exists()
    assert running.look_after() == 0


def test_a_book_that_cannot_be_read_keeps_no_other_waiting(read_in: Callable[[Path], Reading], monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told in the log by number and reason, once, and left alone."""
    monkeypatch.setattr(hooks, "AFTER_READING", [])
    monkeypatch.setattr(running, "_left_alone", set())
    broken, sound = read_in(PHONES / "phone-c"), read_in(PHONES / "phone-a")

    def look(reading: Reading) -> None:
        if reading.pk == broken.pk:
            raise EvidenceError(reason="book_damaged", path="x")
        real(reading)

    real = running.look
    monkeypatch.setattr(running, "look", look)
    assert [running.look_after() for _ in range(3)] == [1, 1, 0]
    assert [one.reading_id for one in Sweep.objects.all()] == [sound.pk]


def test_contacts_are_joined_with_posts_that_come_later(seller: Reading, case: Case, campaign: Callable[..., Campaign]) -> None:
    """Nothing in common at first; a post that comes later lights it up without another look at the phone."""
    assert queries.counts(case) == {"contacts": 0, "wordings": 0}
    campaign(contact="line:mihon-hako2")
    assert queries.counts(case)["contacts"] == 1
    [row] = queries.contacts(case, list(queries.contact_keys(case)))
    assert (row.key, row.messages, row.contact and row.contact.posts) == ("line:mihon-hako2", 1, 2)
    assert [(spot.conversation.title, spot.position) for spot in row.spots] == [("はこ", 0)]
    assert len(queries.contact_keys(case, only_shared=False)) == 2


def test_a_settled_campaign_counts_as_well(seller: Reading, case: Case, campaign: Callable[..., Campaign]) -> None:
    """What was in the queue once is told with what became of it."""
    settled = campaign(contact="line:mihon-hako2", state="recruitment")
    [row] = queries.contacts(case, list(queries.contact_keys(case)))
    assert [one.campaign.pk for one in row.campaigns] == [settled.pk]
    assert row.campaigns[0].campaign.state == "recruitment"


def test_wording_that_posts_repeat(campaign: Callable[..., Campaign], read_in: Callable[[Path], Reading], case: Case) -> None:
    """Posts that were there before the phone: other amounts, places and contacts do not count."""
    posts = campaign(ACCOUNTS)
    campaign("まったく別の文面です。今日の天気は晴れ、散歩に行きました。")
    reading = read_in(PHONES / "phone-c")
    [row] = queries.worded(queries.wordings(case))
    assert row.sighting.conversation == talk(reading, "はこ")
    assert row.text.startswith("使っていない銀行口座")
    assert {one.post.campaign_id for one in row.alike} == {posts.pk}
    assert all(one.similarity >= 0.85 for one in row.alike)


def test_wording_of_posts_that_come_later(seller: Reading, case: Case, campaign: Callable[..., Campaign]) -> None:
    """The steady work compares with newer posts, once."""
    assert not queries.counts(case)["wordings"]
    campaign(ACCOUNTS)
    assert running.look_after() == 1
    assert queries.counts(case)["wordings"] == 1
    assert running.look_after() == 0
    campaign("今日は晴れ。散歩に行きました。", contact="x:nobody1")
    assert running.look_after() == 1
    assert Alike.objects.count() == 1


def test_badges_in_the_reader(seller: Reading, mori: Person, campaign: Callable[..., Campaign]) -> None:
    """On the message itself, with the way to the page; none where posts have nothing."""
    conversation = talk(seller, "はこ")
    assert on_rows.badges(conversation, range(14), mori) == {}
    campaign(ACCOUNTS, contact="line:mihon-hako2")
    running.look_after()
    found = on_rows.badges(conversation, range(14), mori)
    assert {position: sorted(badge.code for badge in badges) for position, badges in found.items()} == {0: ["contact_in_posts", "wording_in_posts"]}
    assert on_rows.badges(conversation, [3, 4], mori) == {}
    assert on_rows.badges(conversation, [], mori) == {}


def test_a_card_tells_members_of_the_case_only(
    seller: Reading, case: Case, campaign: Callable[..., Campaign], mori: Person, hara: Person, aoi: Person, sora: Person, kei: Person, nao: Person, actor: Any
) -> None:
    """Who may not know of the case gets nothing: no line, no number. Who is let in gets it at once."""
    card = campaign(contact="line:mihon-hako2")
    told = on_cards.card_part(card, mori)
    assert told is not None
    assert [(line["case"], line["values"]) for line in told["lines"]] == [(case, ["MIHON-hako2"])]
    for other in (hara, aoi, sora, kei, nao):
        assert on_cards.card_part(card, other) is None
    add_member(actor(mori), case.pk, hara.pk, "member", ground="応援")
    assert on_cards.card_part(card, hara) is not None
    draw(actor(kei), [case.pk], ground="点検", until_at=timezone.now() + timedelta(days=1))
    assert on_cards.card_part(card, kei) is not None
    assert on_cards.card_part(campaign(contact="line:another1"), mori) is None


def test_a_card_tells_of_wording(seller: Reading, case: Case, campaign: Callable[..., Campaign], mori: Person, hara: Person) -> None:
    """A campaign whose posts are worded like a message."""
    card = campaign(ACCOUNTS)
    running.look_after()
    told = on_cards.card_part(card, mori)
    assert told is not None
    assert [(line["case"], line["is_worded"]) for line in told["lines"]] == [(case, True)]
    assert on_cards.card_part(card, hara) is None


def test_pages_say_nothing_to_others(
    seller: Reading, case: Case, campaign: Callable[..., Campaign], browse: Callable[[Person], Client], mori: Person, hara: Person, aoi: Person
) -> None:
    """The card's page and the case's, as three people get them."""
    card = campaign(ACCOUNTS, contact="line:mihon-hako2")
    running.look_after()
    page, listed = reverse("review:card", args=[card.pk]), reverse("sightings:case", args=[case.pk])
    mine = browse(mori).get(page).content.decode()
    assert case.title in mine
    assert listed in mine
    for other in (hara, aoi):
        seen = browse(other).get(page)
        assert seen.status_code == 200
        assert case.title not in seen.content.decode()
        assert "in-conversations" not in seen.content.decode()
        assert browse(other).get(listed).status_code == 404
    assert browse(mori).get(listed).status_code == 200


def test_the_page_of_a_case(seller: Reading, case: Case, campaign: Callable[..., Campaign], browse: Callable[[Person], Client], mori: Person) -> None:
    """Contacts, wordings, everything, and one sighting; a sighting of nowhere is no page."""
    card = campaign(ACCOUNTS, contact="line:mihon-hako2")
    running.look_after()
    client, listed = browse(mori), reverse("sightings:case", args=[case.pk])
    contacts = client.get(listed).content.decode()
    assert "MIHON-hako2" in contacts
    assert "0mihon_yoru31" not in contacts
    assert reverse("review:card", args=[card.pk]) in contacts
    assert "同じ人物であることを示すものではありません" in contacts
    assert "0mihon_yoru31" in client.get(listed, {"all": "1"}).content.decode()
    wordings = client.get(listed, {"show": "wordings"}).content.decode()
    assert "使っていない銀行口座" in wordings
    one = Sighting.objects.get(key="signal:0mihon_yoru31", what="contact")
    assert "0mihon_yoru31" in client.get(listed, {"at": one.pk}).content.decode()
    for odd in ("0", "x", "9" * 30):
        assert client.get(listed, {"at": odd}).status_code == 404
    assert Entry.objects.filter(event="sightings.opened", subject=f"case:{case.pk}").exists()


def test_the_panel_of_a_case(seller: Reading, case: Case, campaign: Callable[..., Campaign], browse: Callable[[Person], Client], mori: Person) -> None:
    """How much there is, on the page of the case."""
    campaign(contact="line:mihon-hako2")
    page = browse(mori).get(reverse("casework:case", args=[case.pk])).content.decode()
    assert "連絡先 1 件・文面 0 件が投稿にもあります" in page


def test_of_readings_only_the_latest_counts(seller: Reading, case: Case, campaign: Callable[..., Campaign], mori: Person, actor: Any) -> None:
    """Read again, everything is told once."""
    from andon.console.evidence.conversations.running import read_now

    read_now(actor(mori), seller.exhibit)
    card = campaign(contact="line:mihon-hako2")
    [row] = queries.contacts(case, list(queries.contact_keys(case)))
    assert row.messages == 1
    told = on_cards.card_part(card, mori)
    assert told is not None
    assert len(told["lines"]) == 1


def test_a_contact_without_posts_is_nothing_in_common(seller: Reading, case: Case) -> None:
    """A row whose posts are gone counts for nothing."""
    with gate._door():
        Contact.objects.create(key="line:mihon-hako2", type="line", value="MIHON-hako2", posts=0)
    assert queries.counts(case)["contacts"] == 0


def test_the_database_refuses_what_no_verb_writes(seller: Reading) -> None:
    """Sightings are written by verbs only."""
    with pytest.raises(AndonError):
        Sighting.objects.all().delete()


def test_a_card_asks_few_questions(seller: Reading, campaign: Callable[..., Campaign], mori: Person, aoi: Person, django_assert_max_num_queries: Any) -> None:
    """None for who knows of no case; a handful for who does."""
    card = campaign(contact="line:mihon-hako2")
    mori.may("cases.read")
    with django_assert_max_num_queries(0):
        on_cards.card_part(card, aoi)
    with django_assert_max_num_queries(4):
        on_cards.card_part(card, mori)
