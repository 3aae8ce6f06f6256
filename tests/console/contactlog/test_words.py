"""What raises words, measured on invented messages: those the patterns were written with, and those set aside before."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from andon.console.undercover.contactlog import inducement, signs
from andon.console.undercover.contactlog.handles import key_of

HERE = Path(__file__).parent
WHERE = "andon.console.undercover.contactlog.inducement"


def rows(name: str) -> list[dict[str, str]]:
    """The invented messages."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TUNED = [row for row in rows("outgoing.csv") if row["set"] == "tune"]
HELD = [row for row in rows("outgoing.csv") if row["set"] == "held"]


@pytest.mark.rule("A17", where=WHERE)
@pytest.mark.parametrize("row", TUNED, ids=lambda row: row["text"])
def test_proposals_are_raised_and_answers_are_not(row: dict[str, str]) -> None:
    """The rule named, and nothing in what an applicant would say."""
    found = {one.rule for one in inducement.check(row["text"])}
    assert row["rule"] in found if row["rule"] else not found


@pytest.mark.rule("A17", where=WHERE)
def test_messages_set_aside() -> None:
    """Of 34 proposals nobody tuned for, at least 30 are raised; of 30 answers and questions, none."""
    proposals, others = [row for row in HELD if row["rule"]], [row for row in HELD if not row["rule"]]
    assert (len(proposals), len(others)) == (34, 30)
    assert sum(bool(inducement.check(row["text"])) for row in proposals) >= 30
    assert [row["text"] for row in others if inducement.check(row["text"])] == []


@pytest.mark.rule("A17", where=WHERE)
@pytest.mark.parametrize("text", ["ﾀﾀｷやりましょう", "タ タ キ やりましょう", "た●た●きやりましょう", "ＴＡ タタキ、やりましょう", "タタ\u200bキやりましょう"])
def test_disguises_hide_nothing(text: str) -> None:
    """Width, kana, marks and invisible characters between."""
    assert [one.rule for one in inducement.check(text)] == ["crime"]


def test_the_words_are_those_of_the_message() -> None:
    """Start and end count in the original, over sentences and across what was folded away."""
    text = "はい😀\n了解です。ﾀﾞｲｼﾞｮｳﾌﾞです。強　盗 しませんか？"
    (one,) = inducement.check(text)
    assert text[one.start : one.end] == one.words == "強　盗 しませんか"


@pytest.mark.parametrize("text", ["", " ", "\n\n", "。。。", "\ud83d", "a" * 8000, "タタキ" * 2600, "やりましょう" * 1300])
def test_anything_can_be_looked_through(text: str) -> None:
    """In a moment, whatever it is."""
    inducement.check(text)
    signs.check(text)


@pytest.mark.rule("A16", where="andon.console.undercover.contactlog.signs")
@pytest.mark.parametrize("row", rows("incoming.csv"), ids=lambda row: row["text"])
def test_signs_of_a_stop_rule(row: dict[str, str]) -> None:
    """In what comes in: the rule named, and nothing in the usual instructions."""
    found = {one.rule for one in signs.check(row["text"])}
    assert row["rule"] in found if row["rule"] else not found


@pytest.mark.parametrize(
    ("typed", "channel", "key"),
    [("@Taro", "telegram", "telegram:taro"), ("ｔａｒｏ", "line", "line:taro"), ("Telegram:@Boss ", "signal", "telegram:boss"), ("09012", "sms", "phone:09012"), ("", "x_dm", ""), ("abc", "x_dm", "x:abc")],
)
def test_handles_are_one_key(typed: str, channel: str, key: str) -> None:
    """However they were typed."""
    assert key_of(typed, channel) == key
