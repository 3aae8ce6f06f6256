"""Campaigns after people have spoken: decisions are kept, words are followed, every change of campaign is recorded."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from andon.console import gate
from andon.console.audit.models import Entry
from andon.console.intake import hooks
from andon.console.intake.actions.judge import judge
from andon.console.intake.actions.settle import settle
from andon.console.intake.models import Campaign, Contact, Judgement, Move, Post, Suggestion
from andon.domain.errors import Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db
DRIVER = "深夜に車を出せる方を探しています。指定の場所で人を乗せて駅まで運ぶだけ、1件{}万円、即日払い。難しいことは何もありません、合図があったら車を出して高速の入口まで走ってもらえれば終わりです。ガソリン代も別に出します"
ACCOUNT = "使っていない銀行口座とキャッシュカードを買い取ります。審査なし、その場で{}万円お支払い。通帳と暗証番号をそろえて郵便で送るだけ、届いたその日に振り込みます。学生も主婦の方も大歓迎、秘密は守ります"
PARCEL = "荷物を受け取って転送するだけの在宅ワーク。初心者歓迎、日給{}万円、スマホだけで始められます。届いた箱は開けずに、こちらの札を貼って近くの店から出してもらえれば大丈夫。ノルマも面接もありません"
OTHERS = [
    "海外のコールセンターで働きませんか。渡航費と宿は全額負担、月百万円以上、パスポートのみ必要",
    "スーツで書類を受け取るお仕事です。お宅を訪ねて封筒を預かり担当に渡すだけ",
    "夜間の倉庫で軽作業、指定の時間に箱を運ぶだけ。経験不問、交通費支給",
    "電話をかける在宅のお仕事、台本を読むだけ。携帯はこちらで用意します",
    "空き家で郵便物を受け取る簡単な仕事。身分証の写真だけ送ってください",
    "運転免許があればすぐ働けます、配達の補助、日払い可能、友達と応募も可",
    "イベント会場で見張りをする仕事、動きやすい服装で来られる方を募集中",
]


def of(*ids: str) -> list[int]:
    """Campaigns of posts, by the ids of their source."""
    found = dict(Post.objects.filter(source_id__in=ids).values_list("source_id", "campaign"))
    return [found[one] for one in ids]


def number(source_id: str) -> int:
    """A post's own number."""
    return Post.objects.values_list("pk", flat=True).get(source_id=source_id)


def decide(campaign: int, state: Campaign.State) -> None:
    """What the verbs of review do."""
    with gate._door():
        settle(campaign, state, timezone.now())


def test_later_arrivals_are_counted(store: Callable[..., Any], post: Callable[..., dict[str, Any]]) -> None:
    """A settled campaign keeps its state and its template's posts; what joins it afterwards is counted as later."""
    store([post(DRIVER.format(3)), post(DRIVER.format(4))])
    (campaign,) = set(Post.objects.values_list("campaign", flat=True))
    decide(campaign, Campaign.State.RECRUITMENT)
    store([post(DRIVER.format(5), id="late")])
    row = Campaign.objects.get(pk=campaign)
    assert (row.state, row.posts, row.later) == (Campaign.State.RECRUITMENT, 3, 1)
    assert row.settled_at is not None
    assert Post.objects.get(source_id="late").joined_at > row.settled_at


def test_a_bridge_joins_open_campaigns(store: Callable[..., Any], post: Callable[..., dict[str, Any]]) -> None:
    """A post with the wording of one and the contact of another makes one of them: the larger keeps its number, the other is a signpost, moves are kept."""
    store([post(DRIVER.format(3), id="a1"), post(DRIVER.format(4), id="a2"), post(ACCOUNT.format(9) + " テレグラム 0bridge_id", id="b1")])
    (large, small) = of("a1", "b1")
    store([post(DRIVER.format(7) + " テレグラム 0bridge_id", id="c1")])
    assert set(of("a1", "a2", "b1", "c1")) == {large}
    gone = Campaign.objects.get(pk=small)
    assert (gone.state, gone.merged_into_id, gone.posts) == (Campaign.State.MERGED, large, 0)
    assert list(Move.objects.values_list("post__source_id", "before", "after")) == [("b1", small, large)]
    assert Campaign.objects.get(pk=large).posts == 4


def test_different_decisions_are_never_joined(store: Callable[..., Any], post: Callable[..., dict[str, Any]]) -> None:
    """A post that would bridge two campaigns that were settled differently joins one, and the other is suggested."""
    store([post(DRIVER.format(3), id="a1"), post(ACCOUNT.format(9) + " テレグラム 0bridge_id", id="b1")])
    driver, account = of("a1", "b1")
    decide(driver, Campaign.State.RECRUITMENT)
    decide(account, Campaign.State.NOT)
    store([post(DRIVER.format(7) + " テレグラム 0bridge_id", id="c1")])
    assert of("a1", "b1", "c1") == [driver, account, driver]
    (suggestion,) = Suggestion.objects.all()
    assert (suggestion.a_id, suggestion.b_id, suggestion.standing, suggestion.ground) == (driver, account, "confirmed", "contact")


def test_a_decision_taken_back_lets_them_join(store: Callable[..., Any], post: Callable[..., dict[str, Any]]) -> None:
    """When one of the two is open again, the next post of either joins them and nothing is suggested any longer."""
    store([post(DRIVER.format(3), id="a1"), post(ACCOUNT.format(9) + " テレグラム 0bridge_id", id="b1")])
    driver, account = of("a1", "b1")
    decide(driver, Campaign.State.RECRUITMENT)
    decide(account, Campaign.State.NOT)
    store([post(DRIVER.format(7) + " テレグラム 0bridge_id", id="c1")])
    decide(account, Campaign.State.OPEN)
    store([post(DRIVER.format(8), id="d1")])
    assert set(of("a1", "b1", "c1", "d1")) == {driver}
    assert not Suggestion.objects.exists()


def test_same_joins_and_taking_back_parts(
    store: Callable[..., Any], post: Callable[..., dict[str, Any]], aoi: Person, actor: Callable[..., gate.Actor]
) -> None:
    """A person's word joins two campaigns; the word taken back, they are two again and nothing was lost."""
    store([post(DRIVER.format(3), id="a1"), post(ACCOUNT.format(9), id="b1")])
    before = of("a1", "b1")
    touched = judge(actor(aoi), number("b1"), number("a1"), same=True)
    assert len(set(of("a1", "b1"))) == 1
    assert set(touched) == set(of("a1"))
    judge(actor(aoi), number("a1"), number("b1"), same=None)
    assert len(set(of("a1", "b1"))) == 2
    assert of("a1", "b1") == before
    assert set(Campaign.objects.values_list("state", "posts")) == {("open", 1)}
    assert list(Judgement.objects.order_by("pk").values_list("same", flat=True)) == [True, None]
    assert Entry.objects.filter(event="intake.judged").count() == 2


def test_taking_back_brings_decisions_back(
    store: Callable[..., Any], post: Callable[..., dict[str, Any]], aoi: Person, actor: Callable[..., gate.Actor]
) -> None:
    """Two settled campaigns, joined by a slip and parted again, are both settled as before, without later arrivals."""
    store([post(DRIVER.format(3), id="a1"), post(ACCOUNT.format(9), id="b1")])
    before = of("a1", "b1")
    for one in before:
        decide(one, Campaign.State.NOT)
    settled = dict(Campaign.objects.values_list("pk", "settled_at"))
    judge(actor(aoi), number("a1"), number("b1"), same=True)
    judge(actor(aoi), number("a1"), number("b1"), same=None)
    assert of("a1", "b1") == before
    assert {row.pk: (row.state, row.settled_at, row.later) for row in Campaign.objects.all()} == {pk: ("not", at, 0) for pk, at in settled.items()}


def test_different_parts_and_holds(
    store: Callable[..., Any], post: Callable[..., dict[str, Any]], aoi: Person, actor: Callable[..., gate.Actor]
) -> None:
    """A person parts two posts that one wording held together; the next post of that wording cannot join them again."""
    store([post(DRIVER.format(3), id="a1"), post(DRIVER.format(4), id="a2")])
    judge(actor(aoi), number("a1"), number("a2"), same=False)
    assert len(set(of("a1", "a2"))) == 2
    store([post(DRIVER.format(5), id="a3")])
    first, second, third = of("a1", "a2", "a3")
    assert first != second
    assert third in (first, second)
    assert not Suggestion.objects.exists()


def test_different_takes_the_suggestion_away(
    store: Callable[..., Any], post: Callable[..., dict[str, Any]], aoi: Person, actor: Callable[..., gate.Actor]
) -> None:
    """A suggestion that a person says no to is gone, also after more posts; taken back, it is there again."""
    store([post(DRIVER.format(3) + " @0shared_name", id="a1"), post(ACCOUNT.format(4) + " @0shared_name", id="b1")])
    assert Suggestion.objects.get().ground == "contact"
    judge(actor(aoi), number("a1"), number("b1"), same=False)
    assert not Suggestion.objects.exists()
    store([post(DRIVER.format(5) + " @0shared_name", id="a2")])
    assert not Suggestion.objects.exists()
    judge(actor(aoi), number("a1"), number("b1"), same=None)
    assert Suggestion.objects.count() == 1


def test_a_word_cannot_join_what_was_settled_differently(
    store: Callable[..., Any], post: Callable[..., dict[str, Any]], aoi: Person, actor: Callable[..., gate.Actor]
) -> None:
    """Somebody says that a recruitment and a false alarm are the same: they stay two, and the word is a suggestion."""
    store([post(DRIVER.format(3), id="a1"), post(ACCOUNT.format(9), id="b1")])
    driver, account = of("a1", "b1")
    decide(driver, Campaign.State.RECRUITMENT)
    decide(account, Campaign.State.NOT)
    judge(actor(aoi), number("a1"), number("b1"), same=True)
    assert of("a1", "b1") == [driver, account]
    assert Suggestion.objects.get().ground == "person"


def test_settled_stays_together_when_a_contact_turns_common(store: Callable[..., Any], post: Callable[..., dict[str, Any]]) -> None:
    """Two wordings under one contact were settled as one; that the contact turns out to be a shared service parts only what nobody had looked at."""
    contact = " テレグラム 0shared_bot"
    store([post(DRIVER.format(3) + contact, id="a1"), post(ACCOUNT.format(9) + contact, id="b1")])
    (campaign,) = set(of("a1", "b1"))
    decide(campaign, Campaign.State.RECRUITMENT)
    store([post(PARCEL.format(2) + contact, id="late")])
    assert of("late") == [campaign]
    store([post(text + contact) for text in OTHERS])
    assert Contact.objects.get(key="telegram:0shared_bot").is_common
    assert set(of("a1", "b1")) == {campaign}
    assert of("late") != [campaign]
    assert Move.objects.filter(post__source_id="late", before=campaign).exists()


def test_judging_needs_the_right(store: Callable[..., Any], post: Callable[..., dict[str, Any]], kei: Person, actor: Callable[..., gate.Actor]) -> None:
    """Who may not decide is refused, and nothing is recorded but the refusal."""
    store([post(DRIVER.format(3), id="a1"), post(ACCOUNT.format(9), id="b1")])
    with pytest.raises(Refused):
        judge(actor(kei), number("a1"), number("b1"), same=True)
    assert not Judgement.objects.exists()


def test_a_post_is_not_compared_with_itself(aoi: Person, actor: Callable[..., gate.Actor], store: Callable[..., Any], post: Callable[..., dict[str, Any]]) -> None:
    """Such a word says nothing."""
    store([post(DRIVER.format(3), id="a1")])
    with pytest.raises(Refused, match="judged_itself"):
        judge(actor(aoi), number("a1"), number("a1"), same=True)
    with pytest.raises(Conflict, match="no_such_post"):
        judge(actor(aoi), number("a1"), 999_999, same=True)


def test_settling_a_signpost_is_a_conflict(campaign: Callable[..., Campaign]) -> None:
    """A campaign that went into another one cannot be settled; whoever had its card open is told."""
    one, other = campaign(), campaign("別の文面です、まったく違うことが書いてある投稿")
    with gate._door():
        Campaign.objects.filter(pk=one.pk).update(state=Campaign.State.MERGED, merged_into=other)
        with pytest.raises(Conflict, match="campaign_merged"):
            settle(one.pk, Campaign.State.NOT, timezone.now())


def test_opening_again_forgets_the_time(campaign: Callable[..., Campaign]) -> None:
    """A withdrawn decision leaves neither time nor later arrivals."""
    one = campaign(state=Campaign.State.NOT, settled_at=timezone.now() - timedelta(days=1), later=3)
    decide(one.pk, Campaign.State.OPEN)
    one.refresh_from_db()
    assert (one.state, one.settled_at, one.later) == (Campaign.State.OPEN, None, 0)


def test_others_are_told(store: Callable[..., Any], post: Callable[..., dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    """Hooks hear of the campaigns drawn anew, inside the transaction; what they mark as near to benign wording goes down in the queue."""
    heard: list[Sequence[int]] = []

    def mark(campaigns: Sequence[int]) -> None:
        heard.append(list(campaigns))
        Campaign.objects.filter(pk__in=campaigns).update(near_benign=True)

    store([post(DRIVER.format(3), id="a1")])
    before = Campaign.objects.get().priority
    monkeypatch.setattr(hooks, "AFTER_REGROUP", [mark])
    store([post(DRIVER.format(4), id="a2")])
    assert heard == [[of("a1")[0]]]
    assert Campaign.objects.get().priority < before
