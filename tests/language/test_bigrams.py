"""Search forms and pairs of characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.language.bigrams import bigrams, search_form


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("受★け★子募集", "受け子"),
        ("ﾔﾐﾊﾞｲﾄ やりませんか", "闇バイト".replace("闇", "やみ")),
        ("高額報酬、詳細は霞が関で", "霞が関"),
        ("連絡は @Abc_1234 まで", "@abc_1234"),
        ("連絡は @Abc_1234 まで", "abc_12"),
        ("https://forms.example/Xyz?a=1 から応募", "forms.example/xyz"),
        ("https://forms.example/Xyz?a=1 から応募", "https://forms.example"),
        ("ＤＭください", "dm"),
    ],
)
def test_disguise_and_spelling_do_not_hide(text: str, query: str) -> None:
    """What a person types stands in the form of the text, however the text spells it."""
    assert search_form(query)
    assert search_form(query) in search_form(text)


def test_handles_are_told_apart() -> None:
    """Two handles have two forms, though the normal form has one sign for both."""
    assert search_form("@first_one") != search_form("@other_one")


def test_bigrams_of_short_forms() -> None:
    """Nothing gives nothing, one character gives itself."""
    assert (bigrams(""), bigrams("金"), bigrams("金塊x")) == ([], ["金"], ["金塊", "塊x", "x"])


@given(st.text(max_size=40), st.data())
def test_a_part_is_a_run_of_the_whole(form: str, data: st.DataObject) -> None:
    """The pairs of any part of a form stand in the form's pairs, one behind the other: what a phrase query relies on."""
    start = data.draw(st.integers(0, len(form)))
    part = form[start : data.draw(st.integers(start, len(form)))]
    pairs = bigrams(part)[:-1]
    assert pairs == bigrams(form)[start : start + len(pairs)]
