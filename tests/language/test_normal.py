"""The normal form: what disguise does to a text is undone, and every character knows where it came from."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from reference_normal import reference

from andon.detection.learning.disguise import TRICKS, disguise
from andon.language import fold
from andon.language.measures import M
from andon.language.normal import normalise

URL, HANDLE = "\ue100", "\ue101"
TABLE = {
    # width and case
    "ＤＭください": "dmください", "Ｄm": "dm", "ＴＥＬＥＧＲＡＭ": "telegram", "５０，０００円": "50000円", "１．５万": "1.5万", "￥３０００": "¥3000",
    # half-width kana with their marks, and marks that stand alone
    "ﾀﾞﾌﾞﾙﾊﾞｲﾄ": "だぶるばいと", "ﾃﾚｸﾞﾗﾑ": "てれぐらむ", "ﾊﾟｽﾎﾟｰﾄ": "ぱすぽと", "ハ゛イト": "ばいと", "か\u3099": "が", "あ゛": "あ", "゛あ": "あ", "ヴ": "ゔ", "う゛": "ゔ",
    # kana folding, small kana, long vowels
    "タタキ": "たたき", "たたき": "たたき", "ヤミバィト": "やみばいと", "きゃっしゅ": "きやつしゆ", "ヵ月": "か月", "シグナール": "しぐなる", "サーフィン": "さふいん", "バーーーイト": "ばいと",
    # invisible, combining
    "高\u200b収\u200d入": "高収入", "闇\ufeffバ\u2060イト": "闇ばいと", "高\u0336収\u0336入": "高収入", "手\u20dd渡し": "手渡し", "café": "cafe", "\u00adDM": "dm",
    # inserted marks
    "高 収 入": "高収入", "高　収　入": "高収入", "叩・き": "叩き", "叩.き": "叩き", "闇☆バ★イ○ト": "闇ばいと", "受/け/子": "受け子", "受／け＊子": "受け子", "出〜し〜子": "出し子", "「即日」": "「即日」",
    "闇🔥バ🔥イト": "闇ばいと", "受け_子": "受け子", "U D": "ud", "U・D バイト": "udばいと", "tele gram": "tele gram", "A D M": "adm", "〇〇駅で": "駅で", "5 10": "5 10", "5ー10": "5 10",
    # look-alikes
    "夕夕キ": "たたき", "口座": "ろ座", "エ工": "ええ", "力ネ": "かね", "ト卜": "とと", "ニ万": "二万", "ニ人": "二人", "ニンジン": "にんじん", "Теlеgrаm": "telegram", "ΤΕLΕGRΑΜ": "telegram", "ΝΗΚ": "nhk",
    "五萬圓": "五万円", "髙額": "高額", "賣買": "売買",
    # in circles and squares, in other mathematical dress
    "ⓓⓜ": "dm", "🅳🅼": "dm", "🄳🄼": "dm", "🅓🅜": "dm", "🇩🇲": "dm", "①⓪万": "10万", "⑫": "12", "㊙": "秘", "㈱": "(株)", "㌔": "きろ", "𝐃𝐌": "dm", "㍿": "株式会社",
    # digits
    "1,500円": "1500円", "1.5万": "1.5万", "10〇": "100", "A,B": "ab", "あ,い": "あい", "完。": "完",
    # hashtags and vertical writing
    "#闇 #バイト": "闇ばいと", "＃高収入＃即日": "高収入即日", "闇\nバ\nイ\nト": "闇ばいと", "高収入\n即日": "高収入。即日", "闇\n\nバ": "闇。ば",
    "即日！高収入！！": "即日。高収入", "本当？": "本当?", "いい\r\n話": "いい。話", "。。あ。。": "あ",
    # emoji as words
    "📦を運ぶ": "荷物を運ぶ", "📦運ぶ": "荷物運ぶ", "📦\ufe0fを運ぶ": "荷物を運ぶ", "📦📦": "", "🚗で送迎": "車で送迎", "💳を受け取る": "かどを受け取る", "楽しい📦": "楽しい", "📩ください": "ください",
    # addresses and handles
    "https://t.me/abc へ": URL + "へ", "HTTP://EXAMPLE.JP/あ": URL + "あ", "@abc_1までDM": HANDLE + "までdm", "@a": "@a", "a@bc": "a" + HANDLE,
    # repeats
    "wwwww": "ww", "やばああああい": "やばああい", "100000": "100000", "高高高高": "高高高高", "": "", " ": "",
}  # fmt: skip

RECRUITING = [
    "高収入の運びバイト、日給5万です", "UDの打ち子募集、TelegramのIDはDMで", "タタキの案件、今日中に現金手渡し", "口座を買います。キャッシュカードと通帳を郵送するだけ", "荷物を受け取るだけの簡単な仕事です",
    "東京と大阪で受け子と出し子を急募、身分証不要", "ドライバー募集 シグナルで連絡ください", "ホワイト案件なので捕まる事は無いです", "即日即金、本人確認なし、電話をかけるだけのリゾートバイト", "闇バイトではありません。安心安全の回収業務",
]  # fmt: skip
SAME = sorted(set(TRICKS) - {"kanji_amounts", "vertical"})

LETTERS = "ぁあいうっつかがはばぱやゃんアイカガッパヴヶニ口力工卜夕万萬円圓千百十一二三九日人運届荷物高収入即髙賣々AaDdMmZéđаеоТβｱｶﾊﾞﾟｰｯＡｄ０５①⑫ⓓ㍿㌔㈱🅳🄼🇩𝐃𝟓½0123459¥￥%$"
MARKS = " \u3000\t・･.．,，/／|☆★○●◯◎*＊_-－−~〜♪→◆※#＃+=×()（）【】［］<>《》…、。｡!！?？「」『』“”\"«»\n\r\u2028ー゛゜ﾞﾟ\u3099\u309a〇'’:：;；"
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u0336\u20dd\u0301\u00ad\ufe0f\x00\x07"
PICTURES = "📦🚗💰📞✈💳📩🔫🔥✨😊❤☎🌟\U00020bb7\U0001fae0"
PIECES = st.sampled_from(["https://t.me/a_b", "http://example.jp/", "@abc_1", "@a", "闇バイト", "1,500円", "U D ", "www", "📦を", "闇\nバ\nイ\n", "ニ万", "受\u200bけ", " a b cd ", "5 6"])
TEXTS = st.lists(st.sampled_from(LETTERS + MARKS + INVISIBLE + PICTURES) | PIECES, max_size=24).map("".join)


@pytest.mark.parametrize(("text", "expected"), TABLE.items())
def test_normal_form(text: str, expected: str) -> None:
    """A text's normal form is without the differences that do not count."""
    assert normalise(text).text == expected


@pytest.mark.parametrize("trick", SAME)
def test_disguise_is_undone(trick: str) -> None:
    """A disguise leaves the normal form of recruiting sentences as it was, and does change the sentences."""
    assert [normalise(disguise(text, trick, seed=seed)).text for text in RECRUITING for seed in range(3)] == [
        normalise(text).text for text in RECRUITING for _ in range(3)
    ]
    assert any(disguise(text, trick) != text for text in RECRUITING)


def test_amounts_in_kanji_differ_in_numerals_only() -> None:
    """Kanji amounts change the numeral (5万 is 五万), old kanji do not count."""
    disguised = [normalise(disguise("日給5万です", "kanji_amounts", seed=seed)).text for seed in range(8)]
    assert set(disguised) == {"日給五万です"}


def test_vertical_word_stays_whole() -> None:
    """A word written downwards is joined to itself and to what stands before and behind it; its lines are no lines."""
    for text in RECRUITING:
        for seed in range(8):
            changed, plain = normalise(disguise(text, "vertical", seed=seed).strip("\n")), normalise(text)
            assert changed.text == plain.text
            assert changed.measures[M.STOPS] - plain.measures[M.STOPS] <= ("。" in plain.text)  # a line end beside a full stop counts beside it


def test_two_single_lines_are_no_column() -> None:
    """Fewer than three lines of one character keep the stops around them."""
    assert normalise("今日は\n雨\n風\nでした").text == "今日は。雨風。でした"
    assert normalise("今日は\n雨\n風\n雪\nでした").text == "今日は雨風雪でした"


@settings(max_examples=1500)
@given(TEXTS)
@example("ハ゛\u200b")
@example("1,\u200b5")
@example("闇\n\u200bバ")
@example("あい\nう\nえ\nお\nかき")
@example("あい\nう\nえ\nお かき\nく")
@example("あ\n\nう\nえ\nお\nか\nきく")
@example("ああ\u200bあ")
def test_agrees_with_plain_python(text: str) -> None:
    """The compiled kernels give what the rules in plain Python give: text and map."""
    found, expected = normalise(text), reference(text)
    assert found.text == "".join(sign.text for sign in expected)
    assert list(zip(found.first.tolist(), found.last.tolist(), strict=True)) == [(sign.first, sign.last) for sign in expected]


@settings(max_examples=400)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | TEXTS)
def test_map_points_into_the_text(text: str) -> None:
    """Every character of the normal form stands for a non-empty stretch inside the text, and both ends go forward."""
    found = normalise(text)
    assert (found.first < found.last).all()
    assert ((found.first >= 0) & (found.last <= len(text))).all()
    assert (np.diff(found.first) >= 0).all()
    assert (np.diff(found.last) >= 0).all()


@settings(max_examples=300)
@given(st.lists(st.sampled_from("あイ高ＤM5ｶﾞー闇☆ 。"), max_size=20).map("".join))
def test_normal_form_of_normal_form(text: str) -> None:
    """Folding once more changes nothing."""
    once = normalise(text).text
    assert normalise(once).text == once


def test_long_texts_are_whole() -> None:
    """A long text of characters that become several is not cut."""
    assert normalise("㍿" * 5000).text == "株式会社" * 5000


def test_lone_surrogates_are_folded() -> None:
    """A broken text is no error; what cannot be encoded stands as one sign."""
    assert normalise("高\ud800収").text == "高?収"
    assert normalise("高\ud800収").span(2, 3) == (2, 3)


def test_stored_table_is_the_built_one() -> None:
    """The table beside the module is what the module builds."""
    for stored, built in zip(fold.folding(), fold.build(), strict=True):
        assert stored.dtype == built.dtype
        assert np.array_equal(stored, built)
