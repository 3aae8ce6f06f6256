"""What people see of a record."""

from __future__ import annotations

import io
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from andon.cli.show import Flowing, kinds_text, line_breaks, score_text, tokyo_time


@pytest.mark.parametrize(
    ("stored", "shown"),
    [("2026-11-21T15:30:00+00:00", "2026-11-22 00:30 JST"), ("2026-11-22T00:30:00+09:00", "2026-11-22 00:30 JST"), (None, "")],
)
def test_tokyo_time(stored: str | None, shown: str) -> None:
    """A time is stored in UTC and shown in Asia/Tokyo, over midnight too."""
    assert tokyo_time(stored) == shown


def lines(text: str, width: int) -> list[str]:
    places = [0, *line_breaks(text, width), len(text)]
    return [text[start:end] for start, end in pairwise(places)]


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("理由 言い回しが長い文", 12, ["理由 言い回", "しが長い文"]),  # goes on behind a space instead of leaving the line half empty
        ("荷物を運ぶ。日給", 10, ["荷物を運", "ぶ。日給"]),  # no full stop at the beginning of a line
        ("今日は「運ぶだけ」", 8, ["今日は", "「運ぶだ", "け」"]),  # no opening bracket at its end
        ("meet at the station", 10, ["meet at ", "the ", "station"]),  # words stay whole
        ("abcdefghijkl", 5, ["abcde", "fghij", "kl"]),  # but for those longer than a line
        ("", 5, [""]),
    ],
)
def test_lines_break_as_japanese_does(text: str, width: int, shown: list[str]) -> None:
    """Lines break behind spaces and beside wide characters, with no mark left astray."""
    assert lines(text, width) == shown


@given(st.text(st.sampled_from("あア漢、。「」ab 9…｜💰✈\ufe0f\u200b\u3000#"), max_size=60), st.integers(4, 30))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, width: int) -> None:
    """Whatever is written, every line fits, and the lines together are the text."""
    found = lines(text, width)
    assert "".join(found) == text
    assert all(cell_len(line.rstrip(" ")) <= width for line in found)


def test_flowing_text_fills_a_column() -> None:
    """A cell of flowing text uses the whole width and keeps its own line ends."""
    console = Console(width=24, file=io.StringIO(), record=True)
    table = Table(show_header=False, expand=True, box=None, padding=0)
    table.add_row("1 ", Flowing(Text("種別 内容不明の高額・簡単な仕事\n\n終わり")))
    console.print(table)
    shown = [line.rstrip() for line in console.export_text().splitlines()]
    assert shown == ["1 種別 内容不明の高額・", "  簡単な仕事", "", "  終わり"]


@pytest.mark.parametrize(("score", "shown"), [(0.5, "0.500"), (0.99949, "0.999"), (0.99999, ">0.999"), (1.0, ">0.999")])
def test_no_score_is_shown_as_certain(score: float, shown: str) -> None:
    """No score is rounded up to 1.000."""
    assert score_text(score) == shown


def test_kinds_are_told_apart() -> None:
    """Kinds are joined with a mark that none of their names holds."""
    assert kinds_text(["vague", "account"], "ja").split("、") == [kinds_text(["vague"], "ja"), kinds_text(["account"], "ja")]
