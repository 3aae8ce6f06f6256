"""What templates call: badges, numbers, charts, times."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.template import engines
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from andon.console.frame import charts
from andon.console.frame.templatetags import desk


def drawn(source: str, language: str = "ja", **context: Any) -> str:
    """A piece of template as a page of that language has it."""
    with translation.override(language):
        return engines["django"].from_string(source).render(context)


def test_what_is_filled_into_a_sentence_is_escaped() -> None:
    """A name cannot bring markup along."""
    assert "<b>" not in drawn('{% say "refused.right" name=name %}', name="<b>")
    assert "&lt;b&gt;" in drawn('{% say "refused.right" name=name %}', name="<b>")


def test_words_for_scripts_cannot_end_their_script() -> None:
    """The JSON of `words` is safe inside a page, and keeps its places unfilled."""
    out = drawn('{% words "w" "frame.ago.minutes" "</script>" %}', "en")
    assert out.count("</script>") == 1
    assert "{count} min ago" in out


@pytest.mark.parametrize(
    ("back", "ja", "en"),
    [
        (timedelta(seconds=3), "たった今", "just now"),
        (timedelta(minutes=5, seconds=3), "5分前", "5 min ago"),
        (timedelta(hours=3, seconds=3), "3時間前", "3 h ago"),
        (timedelta(days=2, seconds=3), "2日前", "2 d ago"),
        (-timedelta(minutes=5, seconds=3), "あと5分", "in 5 min"),
    ],
)
def test_how_long_ago(back: timedelta, ja: str, en: str) -> None:
    """In words, with the exact time of Japan behind it."""
    then = timezone.now() - back
    assert f">{ja}</time>" in drawn("{% ago t %}", t=then)
    assert f">{en}</time>" in drawn("{% ago t %}", "en", t=then)
    assert desk.jst(then) in drawn("{% ago t %}", t=then)


def test_long_ago_is_a_date() -> None:
    """Beyond thirty days the date says more; none is a dash."""
    assert ">2020-01-01</time>" in drawn("{% ago t %}", t=datetime(2020, 1, 1, tzinfo=UTC))
    assert drawn("{% ago t %}", t=None) == "—"


def test_a_time_is_that_of_japan() -> None:
    """Stored in UTC, shown nine hours later."""
    assert drawn("{{ t|jst }}", t=datetime(2026, 11, 20, 18, 30, tzinfo=UTC)) == "2026-11-21 03:30"


def test_a_share_says_of_how_many() -> None:
    """No percentage without its denominator, and none of nothing."""
    assert "15%（3 / 20）" in drawn("{% share 3 20 %}")
    assert drawn("{% share 0 0 %}", "en") == "— (of 0)"


def test_a_level_is_a_word_and_a_sign() -> None:
    """By number or by name the same; never by colour alone."""
    assert drawn("{% level 3 %}") == drawn('{% level "high" %}')
    assert "高" in drawn("{% level 3 %}")
    assert "level__bars" in drawn("{% level 3 %}")


@pytest.mark.parametrize("code", desk.STATE_ICONS)
def test_every_state_has_a_word_in_both_languages(code: str) -> None:
    """And a sign."""
    for language in ("ja", "en"):
        assert "frame.state" not in drawn("{% state code %}", language, code=code)
    assert "<svg" in drawn("{% state code %}", code=code)


def test_no_kind_is_nothing() -> None:
    """A campaign without a kind gets no empty badge."""
    assert drawn('{% kind "" %}') == ""
    assert "荷受け" in drawn('{% kind "parcel" %}')


@given(st.lists(st.floats(min_value=-1e6, max_value=1e9, allow_nan=False), max_size=40), st.booleans())
def test_a_sparkline_stays_in_its_frame(values: list[float], bars: bool) -> None:
    """Whatever the series, the drawing is well-formed, has a label, and nothing of it lies outside; no style attribute is needed."""
    svg = ET.fromstring(charts.sparkline(values, "by <day>", bars=bars))
    assert svg.get("aria-label") == "by <day>"
    for shape in svg.iter():
        assert shape.get("style") is None
        for x, high, wide in re.findall(r"M([\d.]+) 24v-([\d.]+)h([\d.]+)", shape.get("d") or ""):
            assert float(x) + float(wide) <= charts.WIDTH + 0.11
            assert float(high) <= charts.HEIGHT
        for pair in (shape.get("points") or "").split():
            x, y = map(float, pair.split(","))
            assert 0 <= x <= charts.WIDTH
            assert 0 <= y <= charts.HEIGHT


def test_a_single_post_can_be_seen_beside_thousands() -> None:
    """A bar above nothing is never too low to see; nothing is no bar."""
    heights = [float(high) for high in re.findall(r"v-([\d.]+)h", charts.sparkline([0, 1, 5000], "", bars=True))]
    assert heights == [charts.LOWEST, charts.HEIGHT - charts.PAD]


@pytest.mark.parametrize(("value", "of", "width"), [(3, 10, "30.00"), (12, 10, "100.00"), (-1, 10, "0.00"), (1, 0, "0.00")])
def test_a_bar_is_a_part_of_its_whole(value: float, of: float, width: str) -> None:
    """Never more than all, never less than nothing."""
    assert f'width="{width}"' in charts.bar(value, of, "x", "for")


def test_an_icon_with_a_label_is_read_out() -> None:
    """Beside a text it is silent."""
    assert 'aria-hidden="true"' in drawn('{% icon "lock" %}')
    assert 'aria-label="鍵"' in drawn('{% icon "lock" "鍵" %}')
