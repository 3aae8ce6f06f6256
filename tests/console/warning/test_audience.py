"""W5: nobody who asks for help and nobody under eighteen is warned, however they write it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from warning_help import approve_all

from andon.console import gate
from andon.console.measures.kinds.warning.actions.drafting import draft
from andon.console.measures.kinds.warning.audience import MINOR, OTHER, SEEKER, signs
from andon.console.measures.kinds.warning.models import WarningReply
from andon.console.measures.kinds.warning.queries.plan import CLOSED, look_at
from andon.domain.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Callable

    from servers import Mastodon

    from andon.console.gate import Actor
    from andon.console.intake.models import Campaign
    from andon.console.measures.kinds.warning.models import Account, Wording
    from andon.console.staff.models import Person

SEEKERS = [
    "闇バイトに応募してしまいました。どうすればいいですか", "タスケテください", "闇バ〇イトに応募しちゃった", "免許証の写真を送ってしまった、怖い",
    "抜けたいのに家に行くと言われて抜けられない", "誰か助けて", "警察に相談したほうがいいですか", "脅されて辞められません", "闇.バ.イ.ト に 応.募 し て し ま っ た",
    "やめたいけど個人情報を握られて脅されてる", "I applied and they threatened me", "how do I get out of this", "受け子やらされた。自首したい", "騙されて口座を渡してしまった",
    "怪しいバイトに応募しちゃったんだけど断りたい",
]  # fmt: skip
MINORS = [
    "高校生です バイト探してます", "１７歳です、お金が必要", "JK2です お金ほしい", "中3♀ バイト探してます", "I'm 16 and need money", "まだ高校生だから普通のバイトできない",
    "高２だけど稼ぎたい", "私は中学生ですが荷物受け取れます", "16yo looking for quick cash", "16才 女子 日払い希望",
]  # fmt: skip
RECRUITERS = [
    "日給5万円 荷物を受け取るだけ 詳細はDM", "高収入！お金に困っている方、誰でも稼げます。DMください", "受け子募集 日当5万〜", "Earn 50,000 yen a day, no experience, DM me",
    "ホワイト案件 身分証必要なし 即日", "叩き 東京 3名 200万 運転できる方", "UD募集 20代歓迎", "口座買取 1口座10万 即日", "運び案件 交通費支給 テレグラムまで",
]  # fmt: skip
TO_LOOK_AT = ["学生OK 即日即金 1日10万", "18歳以上 高校生不可 日給3万", "お金欲しい人助けてあげます！相談はDMで", "被害総額3億円 闇バイトで逮捕"]


@pytest.mark.parametrize("text", SEEKERS)
def test_help_seekers_are_closed_to_warnings(text: str) -> None:
    """They are led to help instead."""
    assert any(sign.certain and sign.who == SEEKER for sign in signs(text))


@pytest.mark.parametrize("text", MINORS)
def test_minors_are_closed_to_warnings(text: str) -> None:
    """By what they say of themselves."""
    assert any(sign.certain and sign.who == MINOR for sign in signs(text))


@pytest.mark.parametrize("text", RECRUITERS)
def test_recruiters_are_not(text: str) -> None:
    """Nothing in it speaks of a help-seeker or a minor."""
    assert signs(text) == []


@pytest.mark.parametrize("text", TO_LOOK_AT)
def test_doubtful_words_ask_for_a_look(text: str) -> None:
    """Young people or help are named, by whom is not said."""
    found = signs(text)
    assert found
    assert not any(sign.certain for sign in found)


def test_the_authors_name_counts() -> None:
    """"れいな@高2" under an ordinary text."""
    assert any(sign.certain and sign.who == MINOR for sign in signs("バイトしたい", ["れいな@高2"]))


def test_signals_of_other_voices_ask_for_a_look() -> None:
    """What the model took for a wish, a joke or a report."""
    assert [(one.who, one.words, one.certain) for one in signs("日給5万", signals=["first_person_wish", "receive_parcel"])] == [(OTHER, "first_person_wish", False)]


@pytest.mark.django_db
def test_no_draft_for_a_help_seeker_in_a_campaign(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person
) -> None:
    """Of three posts one asks for help: two drafts, and the page can say why the third has none."""
    campaign = posted(mastodon, posts=3)
    victim = campaign.members.order_by("pk").first()
    with gate._door():
        type(victim).objects.filter(pk=victim.pk).update(text="このバイトに応募してしまいました。助けてください")
    batch = draft(actor(aoi), campaign.pk, on_mastodon.pk, wording.pk)
    assert victim.pk not in batch.warnings.values_list("post", flat=True)
    assert batch.warnings.count() == 2
    assert look_at(campaign).counts()[CLOSED] == 1


@pytest.mark.django_db
def test_a_post_that_changed_after_the_draft_is_not_approved(
    mastodon: Mastodon, on_mastodon: Account, wording: Wording, posted: Callable[..., Campaign], actor: Callable[..., Actor], aoi: Person
) -> None:
    """What was read is no longer what stands there."""
    campaign = posted(mastodon, posts=1)
    batch = draft(actor(aoi), campaign.pk, on_mastodon.pk, wording.pk)
    with gate._door():
        campaign.members.update(text="高校生です。応募してしまった")
    with pytest.raises(Conflict):
        approve_all(actor(aoi), batch)
    assert WarningReply.objects.get().state in ("drafted", "cancelled")
