"""A post's text with its reasons lit, and what strangers may put into it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.console.review.lit import Mark, stretches
from andon.console.review.queries.hits import places
from andon.console.review.visible import pieces, plain, unseen_in

TEXT = "日給5万円 荷物を受け取るだけ"


def shown(found: list) -> list[tuple[str, str, tuple[int, ...]]]:
    """Text, side and reasons of every stretch."""
    return [("".join(piece.text for piece in one.pieces), one.side, one.reasons) for one in found]


def test_overlapping_places() -> None:
    """The text is cut at every border; the strongest reason gives the colour, all of them are named."""
    found = stretches(TEXT, [Mark(0, 5, 1, 2.0), Mark(2, 8, 2, -3.0), Mark(3, 4, 3, 0.5)])
    assert shown(found) == [
        ("日給", "for", (1,)), ("5", "against", (2, 1)), ("万", "against", (2, 1, 3)), ("円", "against", (2, 1)), (" 荷物", "against", (2,)),
        ("を受け取るだけ", "", ()),
    ]  # fmt: skip


def test_contacts_stand_out_beside_reasons() -> None:
    """A contact is marked whether or not a reason rests on it."""
    found = stretches("LINE abc へ", [Mark(0, 4, 1, 1.0)], [(5, 8)])
    assert [(one.pieces[0].text, one.is_contact) for one in found] == [("LINE", False), (" ", False), ("abc", True), (" へ", False)]


def test_places_outside_the_text_are_ignored() -> None:
    """A span that does not fit the text lights nothing and breaks nothing."""
    assert shown(stretches("短い", [Mark(0, 99, 1, 1.0), Mark(1, 1, 2, 1.0), Mark(-1, 1, 3, 1.0)])) == [("短い", "", ())]
    assert stretches("", [Mark(0, 0, 1, 1.0)]) == []


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-3, 70), st.integers(-3, 70), st.floats(-5, 5)), max_size=8))
def test_nothing_is_lost(text: str, spans: list[tuple[int, int, float]]) -> None:
    """Whatever the spans, the stretches follow one another and hold every character once."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    found = stretches(whole, [Mark(start, end, k, weight) for k, (start, end, weight) in enumerate(spans)])
    seen = "".join(piece.text for one in found for piece in one.pieces)
    unseen = sum(int(piece.unseen.rpartition("×")[2]) if "×" in piece.unseen else 1 for one in found for piece in one.pieces if piece.unseen)
    assert len(seen) + unseen == len(whole)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("日\u200b給", ["U+200B"]), ("\u202e逆\u202c", ["U+202E", "U+202C"]), ("a\x00b\x1b[31m", ["U+0000", "U+001B"]), ("\ud800x", ["U+D800"]),
        ("\u200b" * 300, ["U+200B ×300"]), ("\u200b\u200c", ["U+200B +1 ×2"]), ("日\u200d給", ["U+200D"]), ("👨\u200d👩\u200d👧", []), ("ふつう\nの文", []),
        ("\ufeff始め", ["U+FEFF"]),
    ],
)  # fmt: skip
def test_what_cannot_be_seen_is_named(text: str, codes: list[str]) -> None:
    """Zero-width, steering and broken characters are shown by their code; what holds a picture together stays."""
    assert [piece.unseen for piece in pieces(text) if piece.unseen] == codes


def test_unseen_characters_are_counted() -> None:
    """The number tells a disguise at once; pictures and line ends do not count."""
    assert unseen_in("日\u200b給\u200b5\u200b万円 👨\u200d👩\u200d👧\r\nDM") == 3


def test_one_line_for_lists() -> None:
    """Titles lose what steers them, and are cut."""
    assert plain(" 日給\n5万\u202e円  \u200bDM ") == "日給 5万円 DM"
    assert plain("あ" * 50, 10) == "あ" * 9 + "…"


@pytest.mark.parametrize(
    ("text", "query", "hit"),
    [("ニッキュウ５万円", "にっきゅう5万", "ニッキュウ５万"), ("日・給 5万", "日給", "日・給"), ("連絡は @Warui_Hito へ", "warui_hito", "Warui_Hito"), ("何もない", "日給", None)],
)
def test_hits_are_found_in_the_original(text: str, query: str, hit: str | None) -> None:
    """Words are compared by the normal form and lit where they stand in the original."""
    assert [text[start:end] for start, end in places(text, query)] == ([hit] if hit else [])
