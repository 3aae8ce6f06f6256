"""What is said of one post: reasons that add up, places in the text, kinds, pay, contacts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from andon.detection.assess.assess import assess
from andon.detection.assess.job_items import JobItem
from andon.detection.learning.disguise import TRICKS, disguise
from andon.detection.scoring.engine import Engine, packed
from andon.detection.scoring.model import FLOOR
from andon.domain.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.domain.assessments import Assessment

PIECES = "高収入 即日 闇バイト タタキ 受け子 ＵＤ 手押し車 運ぶだけ 日給5万 テレグラム @abc_1 https://t.me/a 口座買います 身分証不要 📦を 募集 DMまで 。 です 「UD」 ㍿ 高\u200b収\u200b入".split()
TEXTS = st.lists(st.sampled_from([*PIECES, " ", "\n", "あ"]), max_size=12).map("".join)
KINDS = {
    "タタキの案件、道具あり": Kind.ROBBERY, "UD募集 受け子 出し子": Kind.FRAUD_PICKUP, "口座買います 通帳とキャッシュカード": Kind.ACCOUNT, "かけ子募集 電話をかけるだけ": Kind.FRAUD_CALLER,
    "下見バイト 見張り役募集": Kind.LOOKOUT, "野菜 手押し 大麻あります": Kind.DRUGS, "SIM契約バイト 携帯契約して送るだけ": Kind.PHONE, "高収入 簡単 即日": Kind.VAGUE, "今日は晴れ": Kind.VAGUE,
}  # fmt: skip


def check(text: str, found: Assessment) -> None:
    """Reasons add up to the raw score, and everything stands where it says."""
    assert found.raw == pytest.approx(sum(reason.weight for reason in found.reasons), abs=1e-6)
    for reason in found.reasons:
        assert 0 <= reason.start <= reason.end <= len(text)
        assert reason.text == text[reason.start : reason.end]
    for one in found.contacts:
        assert 0 <= one.start < one.end <= len(text)
    assert all(0 <= start < end <= len(text) for start, end in found.stated.values())


@settings(max_examples=150)
@given(text=TEXTS | st.text(max_size=30))
def test_reasons_add_up(engine: Engine, text: str) -> None:
    """The weights of all reasons add up to the raw score, which is the screen's; every place is in the text."""
    found = assess(text, engine)
    check(text, found)
    assert found.raw == engine.raw_scores(*packed([text]))[0]


def test_reasons_add_up_on_disguised_corpus(engine: Engine, corpus: Callable[[str], list[dict[str, Any]]]) -> None:
    """The same holds for the project's own texts under every disguise."""
    rows = corpus("heldout")
    for index, trick in enumerate(TRICKS):
        for row in rows[index :: 7 * len(TRICKS)]:
            text = disguise(row["text"], trick)
            check(text, assess(text, engine))


@pytest.mark.parametrize("trick", ["zero_width", "half_width_kana", "starred", "combining"])
def test_place_in_disguise(engine: Engine, trick: str) -> None:
    """A reason points at the disguised spelling, and undone it is the word."""
    text = disguise("今すぐ受け子とタタキを急募しています", trick)
    places = {reason.signal: reason.text for reason in assess(text, engine).reasons}
    assert engine.read(places["robbery_slang"]).normal.text == "たたき"


@pytest.mark.parametrize(("text", "kind"), KINDS.items())
def test_kind(engine: Engine, text: str, kind: Kind) -> None:
    """Typical words give the kind; where nothing points anywhere it is vague."""
    assert kind in assess(text, engine).kinds


def test_kinds_are_few_and_different(engine: Engine) -> None:
    """At most three kinds are named, none twice."""
    kinds = assess("タタキ 受け子 口座買います SIM契約 大麻 海外 かけ子 下見 運び屋", engine).kinds
    assert 1 <= len(kinds) == len(set(kinds)) <= 3


@pytest.mark.parametrize(
    ("text", "pay"),
    [("日給5万円", (50_000, "day")), ("時給1200円、月収30万可", (300_000, "month")), ("報酬五十万", (500_000, "lump")), ("時給5000円", (5_000, "hour")), ("5万円から１０万円", (100_000, "lump")), ("簡単なお仕事", None)],
)
def test_pay(engine: Engine, text: str, pay: tuple[int, str] | None) -> None:
    """The largest amount is the pay, with what it is paid for."""
    found = assess(text, engine).pay
    assert ((found.amount_yen, found.per) if found else None) == pay


def test_contacts(engine: Engine) -> None:
    """Contacts are found with their places in the disguised original."""
    text = "詳細は＠ａｂｃ＿１かテレグラム xyz_9まで"
    assert [(one.type, one.value, text[one.start : one.end]) for one in assess(text, engine).contacts] == [("handle", "@abc_1", "＠ａｂｃ＿１"), ("telegram", "xyz_9", "xyz_9")]


def test_the_second_look_only_takes_off(engine: Engine, corpus: Callable[[str], list[dict[str, Any]]]) -> None:
    """The second look is taken of posts at the gate and above only, and never adds; without it the screen's first score stands."""
    texts = [row["text"] for row in corpus("heldout")[::9]]
    plain, whole = Engine(engine.signals, replace(engine.model, contrast=None, meaning=None)), Engine(engine.signals, replace(engine.model, meaning=None))
    taken = [(whole.read(text).contrast, whole.read(text).raw, plain.read(text).raw) for text in texts]
    assert all(contrast <= 0 and raw == first + contrast for contrast, raw, first in taken)
    assert all(contrast == 0 for contrast, _, first in taken if first < engine.model.gate)
    assert 0 < sum(contrast < 0 for contrast, _, _ in taken) < len(taken)


def test_of_kinds_that_tie_the_one_named_first_leads(engine: Engine) -> None:
    """A parcel job whose signals speak for parcels and phones alike is called what the signals name first."""
    assert assess("小包を代わりに受け取ってもらえる方 1件2万 詳しくはシグナルで", engine).kinds[0] is Kind.PARCEL


@pytest.mark.parametrize("text", ["", " ", "\u200b", "。"])
def test_nothing_to_say(engine: Engine, text: str) -> None:
    """Of an empty post there is one reason, no level, no contact, no pay, and all six items are missing."""
    found = assess(text, engine)
    assert [reason.signal for reason in found.reasons] == ["no_anchor"]
    assert (found.raw, found.level, found.contacts, found.pay) == (FLOOR, None, (), None)
    assert found.missing_items == tuple(map(str, JobItem))


def test_level_follows_score(engine: Engine) -> None:
    """A plain recruiting post reaches a level, an everyday one reaches none."""
    assert assess("闇バイト募集 受け子 即日即金 日給10万 テレグラムで", engine).level is not None
    assert assess("今日は朝から雨が降っていたので家で本を読んでいた", engine).level is None
