"""The bank of wordings that are not recruitment."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from andon.console import gate
from andon.console.intake import hooks
from andon.console.intake.models import Campaign, Suggestion
from andon.console.intake.priority import priority_of
from andon.console.learning import benign
from andon.console.learning.bank import Bank
from andon.console.learning.models import BenignWording
from andon.detection.campaigns.near_index import codes_of
from andon.detection.campaigns.ties import CONFIRMED_LENGTH, CONFIRMED_WORDING

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.console.review.models import Decision
    from andon.console.staff.models import Person

LAWFUL = "時給1200円の倉庫スタッフを募集します 応募は求人ページから履歴書を送ってください 交通費支給"
NEAR = "時給1300円の倉庫スタッフを募集中です！ 応募は求人ページから履歴書をお送りください 交通費支給"
FAR = "受け子を急募しています 日給5万円 即日払い 詳しくはテレグラムまで連絡ください 身分証あり"
LETTERS = "あいうえおかきくけこさしすせそたちつてとなにぬねの"


def slow_similarity(a: str, b: str) -> float:
    """1 minus edits per character of two masked normal forms, by the book."""
    one, other = (bytes(((int(code) * 40503) >> 9) & 15 for code in codes_of([text]).codes[:256]) for text in (a, b))
    row = list(range(len(other) + 1))
    for i, x in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return 1.0 - row[-1] / max(len(one), len(other), 1)


@given(st.text(LETTERS, min_size=24, max_size=90), st.randoms(use_true_random=False), st.floats(0, 0.3))
def test_near_is_told_by_comparing_characters(text: str, lot: random.Random, rate: float) -> None:
    """The quick look agrees with plain dynamic programming on who is near, whatever was edited."""
    edited = "".join(lot.choice(("", lot.choice(LETTERS), f"{char}{lot.choice(LETTERS)}")) if lot.random() < rate else char for char in text)
    if len(edited) < CONFIRMED_LENGTH or text == edited:
        return
    assert (Bank([(5, text), (6, FAR)]).near([edited]) == [5]) == (slow_similarity(text, edited) >= CONFIRMED_WORDING - 1e-9)


def test_short_wordings_are_near_only_when_equal() -> None:
    """A short text is near the very same wording only (numbers count as one sign), never for a letter less."""
    bank = Bank([(1, "日給5千円 軽作業です")])
    assert bank.near(["日給8千円 軽作業です", "日給5千円 軽作業だ", "", "！"]) == [1, None, None, None]


def test_a_bank_changes_without_reading_anew() -> None:
    """Wordings that come and go leave a bank that answers as one made of what stands."""
    texts = {number: f"{LETTERS[number:] + LETTERS[:number]}{LETTERS[number % 5 :]}{'ん' * (number % 7)}" for number in range(20)}
    changed = Bank([(n, texts[n]) for n in range(10)]).changed(come=[(n, texts[n]) for n in range(10, 20)], gone=[3, 7])
    made = Bank([(n, texts[n]) for n in range(20) if n not in (3, 7)])
    asked = [f"{text}ん" for text in texts.values()]
    assert changed.near(asked) == made.near(asked)
    assert None not in [found for number, found in enumerate(made.near(asked)) if number not in (3, 7)]
    assert changed.numbers.tolist() == made.numbers.tolist()


def _regrouped(*campaigns: Campaign) -> None:
    """What intake does after it drew campaigns anew."""
    with transaction.atomic(), gate._door():
        for after in hooks.AFTER_REGROUP:
            after([one.pk for one in campaigns])


def _marked() -> set[int]:
    return set(Campaign.objects.filter(near_benign=True).values_list("pk", flat=True))


@pytest.mark.django_db
def test_a_false_alarm_enters_the_bank(campaign: Callable[..., Campaign], decided: Callable[..., Decision]) -> None:
    """A decision that it is not recruitment keeps the wording of the campaign's example; one for recruitment does not."""
    one = campaign(LAWFUL)
    decision = decided(one, "not", "lawful_advert")
    decided(campaign(FAR), "recruitment", "fraud_pickup")
    wording = BenignWording.objects.get()
    assert one.example is not None
    assert (wording.decision, wording.campaign, wording.text, wording.left_at) == (decision, one, one.example.text, None)


@pytest.mark.django_db
def test_a_near_campaign_is_marked_and_comes_later(campaign: Callable[..., Campaign], decided: Callable[..., Decision]) -> None:
    """A new campaign worded like a false alarm is marked, its priority falls, and it stays open; another is left alone."""
    decided(campaign(LAWFUL), "not", "lawful_advert")
    near, far = campaign(NEAR), campaign(FAR)
    before = priority_of(near)
    _regrouped(near, far)
    assert _marked() == {near.pk}
    near.refresh_from_db()
    assert near.priority == priority_of(near) < before
    assert near.state == "open"


@pytest.mark.django_db
def test_settled_campaigns_are_not_marked(campaign: Callable[..., Campaign], decided: Callable[..., Decision]) -> None:
    """What people have settled is no longer ordered by the bank."""
    decided(campaign(LAWFUL), "not", "lawful_advert")
    near = campaign(NEAR, state="recruitment")
    _regrouped(near)
    assert _marked() == set()


@pytest.mark.django_db
def test_a_withdrawal_takes_the_wording_out(campaign: Callable[..., Campaign], decided: Callable[..., Decision]) -> None:
    """When the decision is withdrawn its wording leaves, and what was near it is no longer marked."""
    one = campaign(LAWFUL)
    decision = decided(one, "not", "lawful_advert")
    near = campaign(NEAR)
    _regrouped(near)
    assert _marked() == {near.pk}
    withdrawal = decided(one, "withdrawn", withdraws=decision)
    assert BenignWording.objects.get().left_at == withdrawal.at
    assert _marked() == set()
    near.refresh_from_db()
    assert near.priority == priority_of(near)


@pytest.mark.django_db
def test_another_like_wording_keeps_the_mark(campaign: Callable[..., Campaign], decided: Callable[..., Decision]) -> None:
    """As long as one like wording stands in the bank the mark stays."""
    one, other, near = campaign(LAWFUL), campaign(f"{LAWFUL}！"), campaign(NEAR)
    decision = decided(one, "not", "lawful_advert")
    decided(other, "not", "lawful_advert")
    _regrouped(near)
    decided(one, "withdrawn", withdraws=decision)
    assert near.pk in _marked()


@pytest.mark.django_db
def test_a_decision_marks_what_is_suggested_by_wording(campaign: Callable[..., Campaign], decided: Callable[..., Decision]) -> None:
    """Open campaigns that stand beside the false alarm as a suggestion by wording are marked at once."""
    one, near = campaign(LAWFUL), campaign(NEAR)
    with gate._door():
        posts = {"post_a": one.members.first(), "post_b": near.members.first()}
        Suggestion.objects.create(a=one, b=near, ground="wording", standing="suggested", strength=0.9, **posts)
    decided(one, "not", "lawful_advert")
    assert _marked() == {near.pk}


@pytest.mark.django_db
def test_an_undone_transaction_leaves_no_phantom(campaign: Callable[..., Campaign], decided: Callable[..., Decision]) -> None:
    """A wording that was read inside a transaction that failed is not believed afterwards."""
    one, near = campaign(LAWFUL), campaign(NEAR)
    with transaction.atomic():
        decided(one, "not", "lawful_advert")
        assert benign.bank().numbers.tolist() != []
        transaction.set_rollback(True)
    decided(campaign(FAR), "not", "joke")
    _regrouped(near)
    assert _marked() == set()


@pytest.mark.django_db
def test_few_queries(campaign: Callable[..., Campaign], decided: Callable[..., Decision], django_assert_max_num_queries: Callable[[int], object]) -> None:
    """Marking fifty campaigns takes a handful of queries."""
    decided(campaign(LAWFUL), "not", "lawful_advert")
    many = [campaign(f"{FAR}{n}", posts=1) for n in range(50)]
    with gate._door(), django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        benign.mark([one.pk for one in many])


@pytest.mark.django_db
def test_through_the_desk(campaign: Callable[..., Campaign], aoi: Person, actor: Callable[..., gate.Actor]) -> None:
    """Deciding and taking back at the desk bring the wording in and out, in the verb's own transaction, and ask for a count of signals."""
    from andon.console.learning.models import SignalCount
    from andon.console.review.actions.decide import Said, decide, seen_token
    from andon.console.review.actions.lease import hold
    from andon.console.review.actions.withdraw import take_back

    one = campaign(LAWFUL)
    hold(actor(aoi), one.pk)
    decision = decide(actor(aoi), one.pk, Said("not", "lawful_advert", seen_token(one)))
    assert BenignWording.objects.get().decision == decision
    assert SignalCount.objects.exists()
    record = take_back(actor(aoi), decision)
    assert BenignWording.objects.get().left_at == record.at


@pytest.mark.django_db
def test_a_decision_stays_quick(
    campaign: Callable[..., Campaign], decided: Callable[..., Decision], django_assert_max_num_queries: Callable[[int], object]
) -> None:
    """What learning adds to a decision is a handful of queries, however full the bank is."""
    for n in range(30):
        decided(campaign(f"{LAWFUL}{chr(0x4E00 + n) * 9}", posts=1), "not", "lawful_advert")
    one = campaign(FAR)
    decision = decided(one, "recruitment", "parcel")
    with gate._door(), django_assert_max_num_queries(6):  # type: ignore[attr-defined]
        decision.verdict = "not"
        benign.after_decision(decision)
