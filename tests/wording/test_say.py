"""Sentences: every code that the program uses is there in both languages, with the places that the program fills."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

from andon.detection.assess.job_items import JobItem
from andon.domain import errors
from andon.domain.assessments import Level
from andon.domain.errors import AndonError, LabelError, ModelError
from andon.domain.kinds import HotlineCategory, Kind
from andon.wording.say import SENTENCES, say, say_error, say_reason

SOURCE = Path(__file__).resolve().parents[2] / "src" / "andon"
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))}
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龥]")


def name_of(node: ast.Call) -> str:
    """The name of the function that is called."""
    return node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""


def codes_said() -> set[str]:
    """The codes that stand as plain text in a call of `say`."""
    trees = [tree for path, tree in TREES.items() if path.parent.name == "cli"]
    calls = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call) and name_of(node) == "say"]
    return {value.value for call in calls for value in call.args[:1] if isinstance(value, ast.Constant) and isinstance(value.value, str)}


def error_codes() -> set[str]:
    """Code and reason of every error that is raised with a plain reason (but for rows, which fall back on `reject.other`)."""
    kinds = {one.__name__: one.code for one in vars(errors).values() if isinstance(one, type) and issubclass(one, AndonError) and one is not errors.RowError}
    calls = [node for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.Call) and name_of(node) in kinds]
    reasons = [(kinds[name_of(call)], word.value) for call in calls for word in call.keywords if word.arg == "reason"]
    return {f"{code}.{value.value}" for code, value in reasons if isinstance(value, ast.Constant)}


def places(sentence: str) -> set[str]:
    """Names of the places to fill."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_codes_said_are_there() -> None:
    """Every code that the program says has its sentences."""
    assert len(codes_said()) > 40
    assert codes_said() - SENTENCES.keys() == set()


def test_kinds_of_codes_are_whole() -> None:
    """Every kind, category, level, item, period and part of a score has its sentences."""
    wanted = {f"kind.{one}" for one in Kind} | {f"category.{one}" for one in HotlineCategory} | {f"level.{one}" for one in Level} | {f"item.{one}" for one in JobItem}
    wanted |= {f"per.{one}" for one in ("hour", "day", "month", "lump")} | {f"reason.{one}" for one in ("base", "no_anchor", "wording", "wording_rest", "contrast", "meaning")} | {"level.none"}
    assert wanted - SENTENCES.keys() == set()


def test_errors_have_sentences() -> None:
    """Every error with a plain reason has a sentence of its own, or its class has one that says the reason."""
    assert error_codes()
    silent = [code for code in error_codes() if code not in SENTENCES and "reason" not in places(SENTENCES.get(code.split(".")[0], ("", ""))[0])]
    assert silent == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_filled_places_leave_none_open(language: str) -> None:
    """Every sentence can be said; only doubled places, which people write themselves, are shown as they are."""
    for code, pair in SENTENCES.items():
        said = say(code, language, **dict.fromkeys(places(pair[0]), 7))
        shown = re.findall(r"\{\{([a-z_]+)\}\}", pair[language == "en"])
        assert said, code
        assert re.findall(r"\{([a-z_]+)\}", said) == shown, code


def test_unknown_code_is_not_lost() -> None:
    """What has no sentence is said as it is."""
    assert say("no_such_code", "ja") == "no_such_code"
    assert say_error(AndonError(reason="x"), "en") == "error"


@pytest.mark.parametrize(
    ("error", "ja", "en"),
    [
        (LabelError(path="a.jsonl", line=3, reason="json"), "a.jsonl の 3 行目", "Line 3 of a.jsonl"),
        (LabelError(path="a.jsonl", line=3, reason="strange"), "strange", "strange"),
        (ModelError(path="m.npz", reason="KeyError"), "m.npz", "m.npz"),
    ],
)
def test_error(error: AndonError, ja: str, en: str) -> None:
    """An error says where and what in the language asked for."""
    assert ja in say_error(error, "ja")
    assert en in say_error(error, "en")
    assert JAPANESE.search(say_error(error, "ja"))
    assert not JAPANESE.search(say_error(error, "en"))


def test_reasons() -> None:
    """A reason is said by the signal's label, or as a part of the score."""
    assert say_reason("quick_cash", ("即金", "cash at once"), "ja") == "即金"
    assert say_reason("quick_cash", ("即金", "cash at once"), "en") == "cash at once"
    assert say_reason("contrast", None, "en") == "reads like lawful adverts, reports or talk"
    assert say_reason("base", None, "ja") == "出発点"
