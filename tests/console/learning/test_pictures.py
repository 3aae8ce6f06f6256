"""Cards as HTML, and the pictures of figures."""

from __future__ import annotations

import re

import pytest

from andon.console.learning.compared import kind_lines, level_lines, matrix
from andon.console.learning.markdown import render
from andon.console.learning.pictures import calibration, gauge, top_of
from andon.console.learning.templatetags.learning import percent
from andon.detection.learning.card import model_card
from andon.detection.scoring.model import shipped_model
from andon.statistics.intervals import share


def test_a_card_becomes_html() -> None:
    """Headings, paragraphs, lists, tables and code come through; headings begin where the page wants them."""
    found = render("# 題\n\n一段\n落\n\n## 表\n\n| a | b |\n|---|--:|\n| 1 | `x` |\n\n- 甲\n- 乙", lowest=3)
    assert "<h3>題</h3>" in found
    assert "<h4>表</h4>" in found
    assert "<p>一段 落</p>" in found
    assert '<th scope="col">a</th>' in found
    assert "<td><code>x</code></td>" in found
    assert "<ul><li>甲</li><li>乙</li></ul>" in found


@pytest.mark.parametrize("bad", ["<script>alert(1)</script>", "`<img src=x onerror=y>`", "- <b>x", "| <i> | b |\n|---|---|\n| <u> | {} |", "# <h1>", "[x](javascript:y)"])
def test_nothing_of_its_own_comes_through(bad: str) -> None:
    """Whatever a card holds, the only tags are those that this renderer makes, without attributes but the scope of a column."""
    found = render(bad)
    tags = set(re.findall(r"<[^>]*>", found))
    assert all(re.fullmatch(r'</?(h[1-6]|p|ul|li|code|table|thead|tbody|tr|td|th|div)( scope="col"| class="table(-box)?")?>', tag) for tag in tags), tags


def test_the_shipped_card() -> None:
    """The whole card of the shipped model comes through: each of its headings, its table, its limits."""
    for language in ("ja", "en"):
        text = model_card(shipped_model(), "en" if language == "en" else "ja")
        found = render(text)
        assert found.count("<h") == text.count("\n#") + 1
        assert found.count("<tr>") == 4
        assert "|" not in re.sub(r"<[^>]*>", "", found)


def test_gauge() -> None:
    """A bar ends at the share of its scale, its interval at low and high; nothing is drawn for no value."""
    half = share(50, 100).as_dict()
    found = gauge(half, 1.0, "for")
    assert 'width="50.00"' in found
    assert f"M{(half['low'] or 0) * 100:.2f} 6H" in found
    assert "gauge__part" not in gauge(share(0, 0).as_dict(), 1.0, "for")
    assert 'width="100.00"' in gauge(share(3, 10).as_dict(), 0.2, "warn")


@pytest.mark.parametrize(("counts", "top"), [((1, 10_000), 0.01), ((4, 100), 0.1), ((9, 10), 1.0), ((0, 0), 1.0)])
def test_scale(counts: tuple[int, int], top: float) -> None:
    """A scale ends at a round share that holds the interval."""
    assert top_of([share(*counts).as_dict()]) == top


def test_calibration_points() -> None:
    """A bin stands at its mean score and share, the larger the more rows it has."""
    bins = [{"mean_score": 0.0, "recruit_share": 0.0, "count": 1}, {"mean_score": 1.0, "recruit_share": 0.5, "count": 100}]
    found = calibration([("for", bins)], "点")
    assert 'cx="24.0" cy="196.0" r="2.4"' in found
    assert 'cx="196.0" cy="110.0" r="6.0"' in found


def test_percent() -> None:
    """Small shares are written finely, none and all plainly."""
    assert [percent(value) for value in (None, 0.0, 1.0, 0.0026, 0.551, 0.0999)] == ["—", "0%", "100%", "0.26%", "55.1%", "9.99%"]


def test_matrix_names_ways() -> None:
    """Towards high is up, away from it down."""
    levels = ("high", "medium", "low", "none")
    today = {"matrix": {was: {will: 10 * r + c for c, will in enumerate(levels)} for r, was in enumerate(levels)}}
    rows = matrix(today)
    assert [cell["way"] for cell in rows[1]["cells"]] == ["up", "stays", "down", "down"]
    assert rows[3]["cells"][0] == {"count": 30, "way": "up"}


def _part() -> dict[str, object]:
    def side(hits: int) -> dict[str, object]:
        level = {"recall": share(hits, 10).as_dict(), "false_alarms": share(hits, 100).as_dict()}
        kinds = [{"label": label, "kind": kind, "rows": 5, "flagged": {"medium": share(n, 5).as_dict()}} for label, kind, n in (("benign", "advert", hits), ("recruit", "parcel", 2))]
        return {"levels": dict.fromkeys(("high", "medium", "low"), level), "kinds": kinds}

    change = {"recruit": {"gained": 1, "lost": 2}, "benign": {"gained": 3, "lost": 4}}
    return {"sides": {"before": side(3), "after": side(5)}, "changes": dict.fromkeys(("high", "medium", "low"), change)}


def test_lines_of_a_comparison() -> None:
    """Found shares are drawn to the whole, false alarms to a scale of their own, each beside what changes."""
    recall, alarms = level_lines(_part(), "recall"), level_lines(_part(), "false_alarms")
    assert [line.level for line in recall] == ["high", "medium", "low"]
    assert (recall[0].top, recall[0].gained, recall[0].lost) == (1.0, 1, 2)
    assert (alarms[0].top, alarms[0].gained, alarms[0].lost) == (0.2, 3, 4)
    assert [bar.share["hits"] for bar in recall[0].bars] == [3, 5]


def test_kinds_that_differ_most_come_first() -> None:
    """Recruitment first, then benign rows; each with its difference."""
    assert [(line["kind"], line["change"]) for line in kind_lines(_part())] == [("parcel", 0), ("advert", 2)]
