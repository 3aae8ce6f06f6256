"""Terms as they are written in signal files: alternatives, guards, edges of Latin words, wrong ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from andon.detection.scoring.engine import Engine
from andon.detection.scoring.lexicon import MOST_SIGNALS, compile_lexicon, expand, normal_terms
from andon.detection.scoring.model import shipped_model
from andon.detection.signals.signal import Measure, Range, Side, Signal
from andon.domain.errors import SignalError

EXPANDED = {
    "叩き": {"叩き"},
    "高(収入|額)": {"高収入", "高額"},
    "(即|当)日(払い|手渡し)": {"即日払い", "即日手渡し", "当日払い", "当日手渡し"},
    "即(日|)現金": {"即日現金", "即現金"},
    "家の(写真|周り)を(撮|見)": {"家の写真を撮", "家の写真を見", "家の周りを撮", "家の周りを見"},
    "口座(を(売|買)|買取)": {"口座を売", "口座を買", "口座買取"},
    "((あ|い)う|え)お": {"あうお", "いうお", "えお"},
    # an optional end adds nothing to where a term is found
    "受け子(募集|)": {"受け子"},
    "(急募|)受け子": {"受け子"},
    "(急募|)受け子(です|)": {"受け子"},
    "運(び|ぶ)(だけ|)": {"運び", "運ぶ"},
    "(あ|あ)い": {"あい"},
}


def made(*signals: Signal) -> Engine:
    """An engine of a few signals with weight nought."""
    names = tuple(signal.name for signal in signals)
    return Engine(signals, replace(shipped_model(), signals=names, weights=np.zeros(len(signals), np.int32), contrast=None))


def signal(name: str, *terms: str, guards: tuple[str, ...] = (), within: Range | None = None, all_of: tuple[str, ...] = (), none_of: tuple[str, ...] = ()) -> Signal:
    """A signal of the given words."""
    return Signal(name, "crime_word", Side.FOR, name, name, name, terms=terms, guards=guards, within=within, all_of=all_of, none_of=none_of)


def fires(engine: Engine, text: str) -> set[str]:
    """Names of the signals that fire."""
    return {engine.signals[number].name for number in engine.read(text).signals}


@pytest.fixture(scope="module")
def words() -> Engine:
    """A few words with their guards."""
    return made(
        signal("push", "手押し", guards=("手押し車", "手押しポンプ")), signal("beat", "叩き", "タタキ", guards=("もぐら叩き", "たたき台", "カツオのたたき")), signal("ud", "UD", "5k"),
        signal("long", within=Range(Measure.CHARS, 20)), signal("both", all_of=("push", "ud")), signal("only", all_of=("push",), none_of=("ud",)),
    )  # fmt: skip


@pytest.mark.parametrize(("term", "expected"), EXPANDED.items())
def test_expand(term: str, expected: set[str]) -> None:
    """Alternatives are multiplied out, nested ones too; optional ends are left out."""
    assert set(expand(term)) == expected
    assert len(expand(term)) == len(expected)


@pytest.mark.parametrize("term", ["あ)い", "あ|い"])
def test_unbalanced_term(term: str) -> None:
    """A bar or a closing bracket outside a group is an error that names the term."""
    with pytest.raises(SignalError) as caught:
        expand(term)
    assert caught.value.data["term"] == term


def test_normal_terms() -> None:
    """Terms are kept in normal form, and those that hold another one of the signal are left out, but for Latin words."""
    assert normal_terms(["タタキ", "たたき", "タタキ案件"], signal="x") == {"たたき"}
    assert normal_terms(["ud", "udバイト"], signal="x") == {"ud", "udばいと"}


@pytest.mark.parametrize("term", ["あ", "ー", "あ(ー|)", "☆"])
def test_short_term(term: str) -> None:
    """A term of fewer than two characters in normal form is an error that names the signal."""
    with pytest.raises(SignalError) as caught:
        compile_lexicon([signal("s", term)])
    assert caught.value.data["signal"] == "s"


def test_too_many_and_unknown() -> None:
    """More signals than fit, and a combination of unknown ones, are errors."""
    with pytest.raises(SignalError):
        compile_lexicon([signal(f"s{k}", "叩き") for k in range(MOST_SIGNALS + 1)])
    with pytest.raises(SignalError) as caught:
        compile_lexicon([signal("s", all_of=("nothing",))])
    assert caught.value.data == {"signal": "s", "term": "nothing"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("手押しで野菜", {"push"}), ("手押し車", set()), ("手押し車と手押し", {"push"}), ("手 押 し 車", set()), ("もぐら叩き", set()), ("モグラ叩き", set()), ("叩きの案件", {"beat"}), ("タタキ", {"beat"}),
        ("カツオのたたき", set()), ("鰹のたたき", {"beat"}), ("たたき台", set()), ("もぐら叩きと叩き", {"beat"}),
        ("UDあり", {"ud"}), ("ＵＤ", {"ud"}), ("U・D", {"ud"}), ("audio", set()), ("sudo", set()), ("UDP", set()), ("5k", {"ud"}), ("15k", set()), ("5km", set()), ("a5k", {"ud"}), ("5 kでUD", {"ud"}),
        ("手押しUD", {"push", "ud"}), ("日" * 20, {"long"}), ("日" * 19, set()),
    ],
)  # fmt: skip
def test_what_fires(words: Engine, text: str, expected: set[str]) -> None:
    """Guards silence what lies wholly inside them, Latin words and numbers are found whole only, measures count from their limit."""
    assert fires(words, text) - {"both", "only"} == expected


def test_combinations(words: Engine) -> None:
    """A combination fires when all it names fire and none that it forbids."""
    assert "both" in fires(words, "手押しUD")
    assert "only" not in fires(words, "手押しUD")
    assert fires(words, "手押し") == {"push", "only"}
    assert fires(words, "UD") == {"ud"}


def test_numbers_beyond_one_word() -> None:
    """Signals with numbers above 63 and 126 are found as well."""
    engine = made(*(signal(f"s{k:03d}", f"試験{chr(0x4E00 + k)}{chr(0x5E00 + k)}") for k in range(MOST_SIGNALS)))
    for k in (0, 62, 63, 125, 126, MOST_SIGNALS - 1):
        assert engine.read(f"これは試験{chr(0x4E00 + k)}{chr(0x5E00 + k)}です").signals == (k,)
