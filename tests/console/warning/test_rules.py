"""What a warning may say: every rule with texts that try to get around it."""

from __future__ import annotations

import json

import pytest

from andon.console.measures.kinds.warning import rules
from andon.console.measures.kinds.warning.actions.wordings import SHIPPED
from andon.console.measures.kinds.warning.services import SERVICES
from andon.console.measures.kinds.warning.texts import checked, filled, language_of, reading_of

PAGE = "https://www.police.example.jp/sns"
GOOD = f"試験県警察です。この投稿は闇バイトの募集のおそれがあります。相談は #9110 へ。このアカウントの確認 {PAGE}"


def codes(text: str, purpose: str = rules.WARNING) -> set[tuple[str, str]]:
    """Rule and code of what a text breaks."""
    return {(one.rule, one.code) for one in rules.check(text, purpose=purpose, verify_url=PAGE)}


def test_a_good_text_breaks_nothing() -> None:
    """Suspicion, #9110, and the page of the account."""
    assert codes(GOOD) == set()


@pytest.mark.parametrize("one", json.loads(SHIPPED.read_text(encoding="utf-8")), ids=lambda one: one["name"])
def test_shipped_wordings_keep_the_rules_and_fit_everywhere(one: dict[str, str]) -> None:
    """With a long name of a unit, on each network."""
    assert checked(one["text"], one["purpose"]) == []
    name = "鹿児島県警察サイバー犯罪対策課" if one["language"] == "ja" else "Kagoshima Prefectural Police"
    for service in SERVICES.values():
        assert service.length(filled(one["text"], name, PAGE)) <= service.most, service.code


@pytest.mark.parametrize(
    "text",
    [
        "この投稿は闇バイトです。",
        "この投稿は犯罪の募集です！",
        "あなたは犯罪者です。",
        "あなたを必ず逮捕します。",
        "これは詐欺の受け子の募集だ。",
        "この投稿は犯罪のおそれがあります。あなたは共犯です。",  # suspicion in one sentence does not cover the next
        "こ\u200bの投稿は闇\u200bバイトです。",
        "この投稿はﾔﾐﾊﾞｲﾄです。",
        "あなたは応募した犯罪者です。",
        "犯罪です！",
        "【警告】闇バイトです。",
        "詐欺アカウント。",
        "This post is a crime.",
        "Don't worry, you are a criminal.",
        "Scam!",
        "You are a criminal.",
        "The poster is guilty of fraud. It may rain.",
    ],
)
def test_w2_an_accusation_is_refused(text: str) -> None:
    """Said as a fact of this post or of who reads it."""
    assert ("W2", "accusation") in codes(f"試験県警察 {text} 相談は #9110 へ。確認 {PAGE}")


@pytest.mark.parametrize("text", ["この投稿に応募しないでください。", "闇バイトに注意。", "Do not apply here."])
def test_w2_a_warning_without_suspicion_is_refused(text: str) -> None:
    """It has to say that the post may be."""
    assert ("W2", "no_suspicion") in codes(f"{text} #9110 確認 {PAGE}")


@pytest.mark.parametrize(
    "text",
    [
        "この投稿は犯罪の実行役を集めるものである可能性があります。",
        "この募集は詐欺の疑いがあります。",
        "この投稿は闇バイトかもしれません。あなたが応募すると重い刑を受けることがあります。",
        "闇バイトは犯罪です。この投稿は募集のおそれがあります。",
        "この投稿は募集の疑いがあります。この仕事の犯罪に加担しないでください。",
        "This post may be recruiting. Do not join this crime.",
        "詐欺罪の刑は10年以下の拘禁刑です。この投稿は募集のおそれがあります。",
        "This post may be recruiting for crime.",
        "This post may be recruiting. If you take part, you can be arrested.",
    ],
)
def test_w2_suspicion_and_the_law_are_allowed(text: str) -> None:
    """What may be, what the law says, and what follows from taking part."""
    assert not {code for rule, code in codes(f"{text} #9110 確認 {PAGE}") if rule == "W2"}


@pytest.mark.parametrize("text", ["身元は割れています。", "絶対に捕まえる。必ず捕まります。", "お前はクズだ。", "We know who you are."])
def test_w2_threats_and_insults_are_refused(text: str) -> None:
    """A public body does not talk like that."""
    assert ("W2", "threat") in codes(f"この投稿は募集のおそれがあります。{text} #9110 確認 {PAGE}")


@pytest.mark.parametrize(
    "tag",
    ["#闇バイト", "＃裏バイト", "#UD", "#叩き募集", "﹟闇バイト", "♯闇バイト", "#\u200b闇バイト", "#9110相談", "#闇バイト撲滅", "#即日即金", "# ️闇".replace(" ", "")],
)
def test_w4_no_hashtag_in_any_disguise(tag: str) -> None:
    """Slang tags got a police account frozen; a tag is refused however its sign is written, and whatever stands behind it."""
    assert {("W4", "hashtag"), ("W4", "unseen")} & codes(f"{GOOD} {tag}")
    assert ("W4", "hashtag") in {(one.rule, one.code) for one in rules.check(rules.folded(f"{GOOD} {tag}"), verify_url=PAGE)}


@pytest.mark.parametrize("number", ["#9110", "＃９１１０", "#8103", "#9110へ", "#9110、"])
def test_telephone_numbers_are_no_hashtags(number: str) -> None:
    """Digits alone make no tag on any of the networks; what is glued to them would."""
    found = codes(f"{GOOD} {number}")
    assert (("W4", "hashtag") in found) == (number == "#9110へ")


def test_w4_nobody_else_is_named() -> None:
    """A reply goes to who is replied to."""
    assert ("W4", "mention") in codes(f"{GOOD} @someone")
    assert ("W4", "mention") in codes(f"{GOOD} ＠someone")


@pytest.mark.parametrize("address", ["https://bit.ly/abc", "http://police.example.jp.evil.example/sns", "www.evil.example/x", "evil-site.com/login", "ｈｔｔｐｓ：／／evil.example", "t.co/abc"])
def test_w9_no_address_but_the_one_that_names_the_account(address: str) -> None:
    """Anything else looks like the fraud it warns of."""
    assert ("W9", "address") in codes(f"{GOOD} {address}")


def test_w9_there_is_a_way_to_verify() -> None:
    """Without the page, and without a word of where to look."""
    assert ("W9", "no_way_to_verify") in codes("この投稿は闇バイトの募集のおそれがあります。相談は #9110 へ。")


@pytest.mark.parametrize("text", ["9110", "110番", "#91100", "x#9110x"])
def test_every_warning_names_the_helpline(text: str) -> None:
    """#9110, and no other number instead."""
    assert ("help", "no_9110") in codes(f"この投稿は募集のおそれがあります。{text} 確認 {PAGE}")


def test_w6_an_apology_apologises_and_takes_back() -> None:
    """Both words are asked for; no suspicion is repeated."""
    assert codes(f"先ほどの返信は誤りでした。撤回し、お詫びします。確認 {PAGE}", rules.APOLOGY) == set()
    assert codes(f"先ほどの返信は誤りでした。確認 {PAGE}", rules.APOLOGY) == {("W6", "no_apology"), ("W6", "not_taken_back")}


def test_places_that_were_not_filled_are_refused() -> None:
    """{verify} of an account without a page."""
    assert ("form", "place") in codes(filled("{unit}です。おそれがあります。#9110 確認 {verify}", "県警", ""))


def test_too_long_for_the_service() -> None:
    """As the service counts."""
    assert [one.code for one in rules.check(GOOD, verify_url=PAGE, length=281, most=280)] == ["too_long"]


def test_x_counts_as_x_does() -> None:
    """Japanese signs are two, an address is 23 however long, Latin is one."""
    x = SERVICES["x"]
    assert x.length("闇バイト") == 8
    assert x.length("abc") == 3
    assert x.length(PAGE) == x.length("https://a.jp/" + "x" * 200) == 23
    assert x.length("あ" * 140) == x.most


def test_posts_that_differ_in_numbers_only_are_read_at_once() -> None:
    """And in disguises that the normal form undoes; any other word makes another reading."""
    assert reading_of("日給5万円 DMください") == reading_of("日給１０万円　DMくだ さい")
    assert reading_of("日給5万円 DMください") != reading_of("日給5万円 DMください 高校生です")


def test_language_of_a_post() -> None:
    """Any Japanese letter makes it Japanese."""
    assert (language_of("Easy money 即日"), language_of("Easy money, DM me")) == ("ja", "en")
