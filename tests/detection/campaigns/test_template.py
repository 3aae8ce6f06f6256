"""The template: common text once, what varies as slots of the right kind."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from andon.detection.campaigns.template import Part, Slot, make_template

LURES = [
    "【急募】日給5万円！東京で荷物を運ぶだけ 8/1集合 詳細はDM テレグラム @abc_123",
    "【急募】日給8万円！大阪で荷物を運ぶだけ 8/4集合 詳細はDM テレグラム @xyz_999",
    "【急募】日給８万円！！大阪で荷物を運ぶだけです 明日集合 詳細はDM テレグラム @xyz_999",
]


def test_slots_by_kind() -> None:
    """Pay, place, day and contact vary and are named so; the rest stands once."""
    parts = make_template(LURES)
    assert [part.slot for part in parts if part.slot] == [Slot.PAY, Slot.PLACE, Slot.DAY, Slot.CONTACT]
    assert "".join(part.text for part in parts if part.slot is None) == "【急募】日給！で荷物を運ぶだけ 集合 詳細はDM テレグラム @"
    place = next(part for part in parts if part.slot is Slot.PLACE)
    assert place.values == (("大阪", 2), ("東京", 1))


def test_free_words_are_a_slot_too() -> None:
    """What varies and is neither pay, day, place nor contact is called words."""
    parts = make_template(["真夜中の倉庫で青い箱を並べるだけのお仕事です、連絡ください", "真夜中の倉庫で重い鞄を並べるだけのお仕事です、連絡ください"])
    assert Slot.WORDS in {part.slot for part in parts}
    assert parts[0] == Part("真夜中の倉庫で")


def test_an_added_word_does_not_break_the_rest() -> None:
    """One member with a tail leaves the others' text common."""
    text = "高額即金のご案内です、詳しくはメッセージまでお願いします"
    assert make_template([text, text + " #副業", text]) == (Part(text),)


def test_one_text_is_its_own_template() -> None:
    """Equal texts have no slots; no text, no template."""
    assert make_template([LURES[0]]) == make_template([LURES[0]] * 3) == (Part(LURES[0]),)
    assert make_template([]) == ()


def test_no_common_text_no_template() -> None:
    """Posts tied by a contact alone are not forced into one shape."""
    assert make_template(["今夜動ける人いませんか、車だけあればいいです", "口座を買い取ります。銀行名を教えてください", "海外で電話の仕事、渡航費は出します"]) == ()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=6))
def test_the_template_spells_one_member(texts: list[str]) -> None:
    """Whatever the texts, common parts and slots together spell one of them, and a slot's posts are no more than there are."""
    parts = make_template(texts)
    assert parts == () or "".join(part.text for part in parts) in texts
    assert all(sum(count for _, count in part.values) <= len(texts) for part in parts)
