"""Every signal fires on its own words, disguised too, and not on innocent ones that look alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from andon.detection.learning.disguise import disguise
from andon.detection.scoring.lexicon import expand, normal_terms
from andon.detection.signals.registry import all_signals, by_name
from andon.wording.groups import GROUPS

if TYPE_CHECKING:
    from andon.detection.scoring.engine import Engine
    from andon.detection.signals.signal import Signal

WITH_TERMS = [signal for signal in all_signals() if signal.terms]
# A text for every signal that looks at a measure.
MEASURED = {
    "emoji_carry": "🚗", "emoji_contact": "📩", "emoji_drug": "🥦", "emoji_force": "🔪", "emoji_money": "💰", "exclamations": "急げ！今だ！", "few_stops": "あ。い。う。え。お", "hashtags_many": "#高収入 #即日",
    "laughter": "まじかw", "long_digits": "090-0123-4567", "long_text": "いろはにほへとちりぬるを" * 9, "lookalike_letters": "夕卜 ⓓⓜ", "mention_present": "@abc_1まで", "no_kana": "高収入即日",
    "pay_day_high": "日給5万", "pay_day_normal": "日給1万", "pay_hour_high": "時給5000円", "pay_hour_normal": "時給1200円", "pay_lump_high": "報酬5万", "pay_lump_huge": "報酬200万", "pay_lump_small": "報酬5千円",
    "pay_lump_very_high": "報酬30万", "pay_month_high": "月収100万", "pay_month_normal": "月収20万", "question_mark": "本当？", "quotation_marks": "「闇」とは", "split_writing": "高 収 入 の 運 び", "url_present": "https://t.me/a",
    "very_short": "募集",
}  # fmt: skip
# (innocent sentence, signals that must not fire)
INNOCENT = [
    ("手押し車を押して散歩", "drug_slang"), ("おばあちゃんの手押し車", "drug_slang"), ("もぐら叩きで遊んだ", "robbery_slang"), ("たたき台を作っておいて", "robbery_slang"), ("布団叩きの音", "robbery_slang"),
    ("肩たたき券をもらった", "robbery_slang"), ("カツオたたき丼を食べた", "robbery_slang"), ("ネット叩きはやめよう", "robbery_slang"), ("信号が赤になった", "contact_signal_app"),
    ("universal design の講義", "collector_slang"), ("audio の設定", "collector_slang"), ("sudo できない", "collector_slang"), ("見張り台からの眺め", "lookout_words"), ("修学旅行の下見", "lookout_words"), ("偵察衛星の打ち上げ", "lookout_words"),
    ("即金性の高い資産", "quick_cash"), ("受け身の練習をした", "collector_slang"), ("商売人の心得", "drug_slang"), ("筆の運びが美しい", "courier_slang"),
]  # fmt: skip
TO_MEND = [("カツオのたたきが好き", "robbery_slang"), ("しゃぶしゃぶを食べたい", "drug_slang"), ("きゅうりのたたきがおいしい", "robbery_slang")]
RECRUITING = [("タタキの案件あり", "robbery_slang"), ("叩き要員募集", "robbery_slang"), ("ＵＤ募集", "collector_slang"), ("受け子やれる人", "collector_slang"), ("出し子", "withdrawer_slang"), ("テレグラムで連絡", "contact_telegram"), ("即日即金", "quick_cash")]


def fires(engine: Engine, text: str) -> set[str]:
    """Names of the signals that fire."""
    return {engine.signals[number].name for number in engine.read(text).signals}


@pytest.mark.parametrize("signal", WITH_TERMS, ids=lambda signal: signal.name)
def test_fires_on_its_own_terms(engine: Engine, signal: Signal) -> None:
    """A signal fires on at least nine in ten of its own terms standing alone (the rest lies in its own guards)."""
    plain = [text for term in signal.terms for text in expand(term)]
    silent = [text for text in plain if signal.name not in fires(engine, text)]
    assert len(silent) <= 0.1 * len(plain), silent


@pytest.mark.parametrize("signal", WITH_TERMS, ids=lambda signal: signal.name)
def test_fires_on_disguised_terms(engine: Engine, signal: Signal) -> None:
    """What fires a signal fires it in full width, with zero-width characters, combining marks and emoji inside as well."""
    plain = [text for term in signal.terms for text in expand(term)]
    heard = [text for text in plain if signal.name in fires(engine, text)][:12]
    assert heard
    for trick in ("full_width", "zero_width", "combining", "emoji_inside", "starred"):
        assert [text for text in heard if signal.name not in fires(engine, disguise(text, trick))] == [], trick


@pytest.mark.parametrize("signal", [signal for signal in all_signals() if signal.within], ids=lambda signal: signal.name)
def test_fires_on_its_measure(engine: Engine, signal: Signal) -> None:
    """A signal of a measure fires on a text of that measure, and not on an everyday sentence (but for the shape of such a sentence)."""
    assert signal.name in fires(engine, MEASURED[signal.name])
    assert signal.name not in fires(engine, "今日はいい天気なので散歩に行った")


@pytest.mark.parametrize(("text", "name"), INNOCENT)
def test_innocent_sentence(engine: Engine, text: str, name: str) -> None:
    """An everyday sentence does not fire the signal whose slang it resembles."""
    assert name in by_name()
    assert name not in fires(engine, text)


@pytest.mark.parametrize(("text", "name"), TO_MEND)
def test_innocent_sentence_to_mend(engine: Engine, text: str, name: str) -> None:
    """An everyday sentence does not fire the signal whose slang it resembles, though it holds the word itself."""
    assert name not in fires(engine, text)


@pytest.mark.parametrize(("text", "name"), RECRUITING)
def test_slang(engine: Engine, text: str, name: str) -> None:
    """Slang in use fires its signal."""
    assert name in fires(engine, text)


def test_no_guard_is_a_term() -> None:
    """No guard is itself one of the signal's terms in disguise: such a guard would silence the term for good."""
    both = {
        signal.name: found for signal in WITH_TERMS if (found := normal_terms(signal.terms, signal=signal.name) & normal_terms(signal.guards, signal=signal.name))
    }
    assert both == {}


def test_groups_have_names_for_people() -> None:
    """Every group of signals has its words in both languages."""
    assert {signal.group for signal in all_signals()} - set(GROUPS) == set()
