"""The board's pages: what waits, the plan that counts, the batch, the outbox, limits, notices."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from andon.console import gate
from andon.console.measures.board.models import Batch
from andon.console.measures.common import channels, limits
from andon.console.measures.common.actions.switches import set_limit
from andon.console.measures.common.kinds import Line, Waiting
from andon.console.measures.common.models import ChannelSwitch, Limit, Notice, Outgoing
from andon.console.measures.common.notices import tell
from andon.console.measures.common.outbox import put, run_due
from andon.console.staff.models import Unit
from andon.console.staff.rights import Role

from .conftest import LATER, NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from andon.console.intake.models import Campaign
    from andon.console.staff.models import Person

    from .conftest import Letters

pytestmark = pytest.mark.django_db
Browse = "Callable[[Person], Client]"


@pytest.fixture
def letter(letters: Letters, aoi: Person) -> Callable[..., Outgoing]:
    """Something in the outbox."""

    def make(key: str = "k", **more: Any) -> Outgoing:
        with gate._door():
            return put(key=key, kind="letter", subject_id=1, payload={}, by=more.pop("by", aoi), now=NOW, **({"channel": "post"} | more))

    return make


def body(client: Client, name: str, *args: Any, query: str = "") -> str:
    """The page."""
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_the_board_is_empty(letters: Letters, aoi: Person, browse: Callable[[Person], Client]) -> None:
    """And says so."""
    assert "待っているものはありません" in body(browse(aoi), "board:board")


def test_what_is_overdue_comes_first(letters: Letters, aoi: Person, browse: Callable[[Person], Client]) -> None:
    """Sorts with something late stand before the others, with their number."""
    letters.lists = [Waiting("referral_approve", "あとで", "/a/"), Waiting("referral_answer", "すぐに", "/b/", NOW - timedelta(days=1), overdue=True)]
    page = body(browse(aoi), "board:board")
    assert page.index("すぐに") < page.index("あとで")
    assert "期限超過 1 件" in page


def test_what_went_wrong_waits_for_who_approved(letters: Letters, letter: Callable[..., Outgoing], aoi: Person, jun: Person, sora: Person, browse: Callable[[Person], Client]) -> None:
    """And for who sets the rules; not for others."""
    one = letter()
    with gate._door():
        Outgoing.objects.filter(pk=one.pk).update(state="unsure")
    assert "送れたか分からないもの" in body(browse(aoi), "board:board")
    assert "送れたか分からないもの" in body(browse(sora), "board:board")
    assert "送れたか分からないもの" not in body(browse(jun), "board:board")
    assert "人ごとの状況" in body(browse(sora), "board:board")


def test_campaigns_without_measures(letters: Letters, settled: Callable[..., Campaign], campaign: Callable[..., Campaign], aoi: Person, browse: Callable[[Person], Client]) -> None:
    """Those that were decided, until a batch was made for them."""
    one, _ = settled(text="判断済みの文面です"), campaign("まだの文面です")
    client = browse(aoi)
    page = body(client, "board:board")
    assert "判断済みの文面です" in page
    assert "まだの文面です" not in page
    client.post(reverse("board:go"), {"token": "t", "campaign": str(one.pk), "kind": "letter", "do": "send"})
    assert "判断済みの文面です" not in body(client, "board:board")


def test_the_plan_counts(letters: Letters, settled: Callable[..., Campaign], campaign: Callable[..., Campaign], aoi: Person, browse: Callable[[Person], Client]) -> None:
    """What goes where, what is held and whom to ask, what was handled, what is gone, and which campaigns are left out. Nothing is made by looking."""
    letters.lines = [Line("X", posts=200, ready=180, held=11, already=7, gone=2, whom_to_ask=("県警 田中",))]
    one, other = settled(), campaign()
    page = body(browse(aoi), "board:plan", query=f"?campaign={one.pk}&campaign={other.pk}&campaign=x")
    for told in (">180<", ">200<", ">11<", ">7<", ">2<", "県警 田中", "1 件は対象外"):
        assert told in page, told
    assert "autofocus" in page, "Enter is enough"
    assert not Batch.objects.exists()


def test_more_than_the_day_allows(letters: Letters, settled: Callable[..., Campaign], aoi: Person, sora: Person, actor: Callable[..., gate.Actor], browse: Callable[[Person], Client]) -> None:
    """The plan says so before anybody presses."""
    set_limit(actor(sora), "letter", per_day=1, per_minute=1)
    page = body(browse(aoi), "board:plan", query=f"?campaign={settled().pk}")
    assert "本日の残り（1 件）を超えます" in page


def test_nothing_to_plan(letters: Letters, campaign: Callable[..., Campaign], aoi: Person, browse: Callable[[Person], Client]) -> None:
    """Undecided campaigns, and none at all."""
    for query in (f"?campaign={campaign().pk}", "", "?campaign=999999999999999999999"):
        assert "対象のキャンペーンがありません" in body(browse(aoi), "board:plan", query=query)


def test_from_the_plan_to_sent(letters: Letters, settled: Callable[..., Campaign], aoi: Person, browse: Callable[[Person], Client]) -> None:
    """A press on the plan's button ends on the batch, which says what was made and can be taken back until it goes."""
    one, client = settled(), browse(aoi)
    answer = client.post(reverse("board:go"), {"token": "t", "campaign": str(one.pk), "kind": "letter", "do": "send"})
    batch = Batch.objects.get()
    assert answer.headers["Location"] == reverse("board:batch", args=[batch.pk])
    page = body(client, "board:batch", batch.pk)
    assert "起案 1 件・承認 1 件" in page
    assert reverse("board:undo", args=[batch.pk]) in page
    run_due(now=LATER)
    assert letters.received == [f"letter:{one.pk}0"]
    assert reverse("board:undo", args=[batch.pk]) not in body(client, "board:batch", batch.pk)


def test_undo_on_the_page(letters: Letters, settled: Callable[..., Campaign], aoi: Person, browse: Callable[[Person], Client]) -> None:
    """One press takes all of it back."""
    client = browse(aoi)
    client.post(reverse("board:go"), {"token": "t", "campaign": str(settled().pk), "kind": "letter", "do": "send"})
    batch = Batch.objects.get()
    answer = client.post(reverse("board:undo", args=[batch.pk]), follow=True)
    assert "1 件を取り消しました" in answer.content.decode()
    run_due(now=LATER)
    assert letters.received == []


def test_what_failed_is_planned_again(letters: Letters, settled: Callable[..., Campaign], aoi: Person, browse: Callable[[Person], Client]) -> None:
    """With a sentence that says why, and the way back to the plan."""
    one, client = settled(), browse(aoi)
    letters.breaks_at = one.pk
    client.post(reverse("board:go"), {"token": "t", "campaign": str(one.pk), "kind": "letter", "do": "send"})
    batch = Batch.objects.get()
    assert "できなかった分" in body(client, "board:batch", batch.pk)
    answer = client.post(reverse("board:again", args=[batch.pk]))
    assert answer.headers["Location"] == f"{reverse('board:plan')}?campaign={one.pk}"


def test_the_outbox(letters: Letters, letter: Callable[..., Outgoing], aoi: Person, jun: Person, browse: Callable[[Person], Client]) -> None:
    """By state and by who approved it."""
    one, other = letter("a"), letter("b", by=jun)
    client = browse(aoi)
    pages = {query: body(client, "board:outbox", query=query) for query in ("", "?by=me", "?state=sent", "?state=nonsense")}
    here = {query: [pk for pk in (one.pk, other.pk) if reverse("board:outgoing", args=[pk]) in page] for query, page in pages.items()}
    assert here == {"": [one.pk, other.pk], "?by=me": [one.pk], "?state=sent": [], "?state=nonsense": [one.pk, other.pk]}


def test_one_of_them(letters: Letters, letter: Callable[..., Outgoing], aoi: Person, browse: Callable[[Person], Client]) -> None:
    """Its log, and what a person can do in each state: take out, resolve, send again, mark as sent."""
    client = browse(aoi)
    one = letter()
    for state, action in (("waiting", "take_out"), ("unsure", "resolve"), ("failed", "try_again"), ("dry", "by_hand")):
        with gate._door():
            Outgoing.objects.filter(pk=one.pk).update(state=state)
        page = body(client, "board:outgoing", one.pk)
        assert reverse(f"board:{action}", args=[one.pk]) in page
        sent = client.post(reverse(f"board:{action}", args=[one.pk]), {"sent": "yes", "remote_id": "r"})
        assert sent.status_code == 302, (state, sent)
        one.refresh_from_db()
        assert one.state == {"waiting": "cancelled", "unsure": "sent", "failed": "waiting", "dry": "sent"}[state]


def test_too_late_to_take_out(letters: Letters, letter: Callable[..., Outgoing], aoi: Person, browse: Callable[[Person], Client]) -> None:
    """A page that says so, no error."""
    one = letter()
    run_due(now=LATER)
    answer = browse(aoi).post(reverse("board:take_out", args=[one.pk]), follow=True)
    assert "もう先へ進んでいます" in answer.content.decode()
    assert browse(aoi).post(reverse("board:resolve", args=[one.pk])).status_code == 409


def test_limits_page(letters: Letters, aoi: Person, sora: Person, browse: Callable[[Person], Client], actor: Callable[..., gate.Actor], monkeypatch: Any) -> None:
    """What was spent; a tripped breaker with the way to close it, for who may."""
    set_limit(actor(sora), "letter", per_day=2, per_minute=2)
    with gate._door():
        limits.spend("letter", 2)
    page = body(browse(sora), "board:limits")
    assert "停止中" in page
    assert "2 / 2" in page
    assert reverse("board:close") in page
    assert reverse("board:close") not in body(browse(aoi), "board:limits")
    answer = browse(sora).post(reverse("board:limit"), {"name": "letter", "per_day": "5", "per_minute": "x"}, follow=True)
    assert "数を入力してください" in answer.content.decode()
    browse(sora).post(reverse("board:limit"), {"name": "letter", "per_day": "5", "per_minute": "3"})
    assert Limit.objects.filter(name="letter", per_day=5, per_minute=3).exists()
    assert "reauthenticate" in browse(sora).post(reverse("board:close"), {"name": "letter"}).headers["Location"]
    assert not ChannelSwitch.objects.exists()
    assert set(channels.CHANNELS) >= {"mail", "copy", "desk"}


def test_notices_page(aoi: Person, jun: Person, browse: Callable[[Person], Client]) -> None:
    """My own only; following one marks it as read; unread ones are not doubled."""
    with gate._door():
        for _ in range(2):
            tell("outgoing_failed", url="/measures/outbox/", person=aoi, data={"problem": "mail_server"})
        tell("outgoing_failed", url="/measures/outbox/", person=jun, data={"problem": "mail_server"})
        tell("referral_received", url="/x/", person=aoi, data={})
    client = browse(aoi)
    page = body(client, "board:notices")
    assert "未読 2 件" in page
    assert "メールサーバーが拒否" in page
    mine = Notice.objects.get(person=aoi, code="outgoing_failed")
    theirs = Notice.objects.get(person=jun)
    assert client.post(reverse("board:follow", args=[theirs.pk])).status_code == 404
    assert client.post(reverse("board:follow", args=[mine.pk])).headers["Location"] == "/measures/outbox/"
    client.post(reverse("board:read"))
    assert Notice.objects.filter(read_at=None).count() == 1


def test_few_queries(letters: Letters, campaign: Callable[..., Campaign], letter: Callable[..., Outgoing], sora: Person, browse: Callable[[Person], Client], django_assert_max_num_queries: Any) -> None:
    """However much there is."""
    for number in range(30):
        letter(f"k{number}")
        campaign(posts=1, state="recruitment")
    client = browse(sora)
    for name, most in (("board:board", 20), ("board:outbox", 14), ("board:limits", 12), ("board:notices", 12)):
        with django_assert_max_num_queries(most):
            client.get(reverse(name))


def test_another_units_things(letters: Letters, letter: Callable[..., Outgoing], settled: Callable[..., Campaign], aoi: Person, person: Callable[..., Person], browse: Callable[[Person], Client]) -> None:
    """Neither what goes out, nor batches, nor digests of others are there for people of another unit."""
    with gate._door():
        other = Unit.objects.create(name="別の部署", kind="police")
    stranger, row = browse(person("stranger", Role.SUPERVISOR, unit=other)), letter()
    browse(aoi).post(reverse("board:go"), {"token": "t", "campaign": str(settled().pk), "kind": "letter", "do": "send"})
    batch = Batch.objects.get()
    assert reverse("board:outgoing", args=[row.pk]) not in body(stranger, "board:outbox")
    for name, pk in (("outgoing", row.pk), ("batch", batch.pk)):
        assert stranger.get(reverse(f"board:{name}", args=[pk])).status_code == 404
    for name, pk in (("resolve", row.pk), ("by_hand", row.pk), ("undo", batch.pk), ("again", batch.pk)):
        assert stranger.post(reverse(f"board:{name}", args=[pk])).status_code == 404
    with gate._door():
        Outgoing.objects.filter(pk=row.pk).update(kind="digest")
    assert browse(aoi).get(reverse("board:outgoing", args=[row.pk])).status_code == 200
    assert browse(person("colleague", Role.SUPERVISOR)).get(reverse("board:outgoing", args=[row.pk])).status_code == 404
