"""Several phones' views of one group: nothing lost, the same whatever the order, and differences marked where they are."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from andon.evidence.chats.gaps.gap import Talk
from andon.evidence.chats.matching import View
from andon.evidence.chats.merge import Entry, merge, overlap
from andon.evidence.chats.model import Clock, Conversation, Kind, Message, Numbering, Place
from andon.wording.say import say

START = datetime(2026, 11, 20, 12, 0, 7, tzinfo=UTC)
WORDS = ("了解", "集合は十時", "現着", "消しておいて", "タタキの道具は持った？", "")


def message(seq: int, text: str, *, minutes: float = 0.0, author: str = "user1", phone: str = "", number: int | None = None, **more: Any) -> Message:
    place = Place(f"{phone}.json", seq * 10, 9, hashlib.sha256(f"{phone} {seq} {text}".encode()).hexdigest())
    given = {"kind": Kind.TEXT if text else Kind.STICKER, "sent_at": START + timedelta(minutes=minutes), "clock": Clock.STATED} | more
    return Message(str(number) if number else f"#{seq}", "g", seq, place=place, author=author, author_name=more.pop("author_name", author), text=text, number=number, **{key: value for key, value in given.items() if key != "author_name"})


def view(phone: str, messages: list[Message], *, app: str = "line", numbering: Numbering = Numbering.NONE) -> View:
    told = [replace(one, seq=seq, place=replace(one.place, file=f"{phone}.txt", offset=seq * 10)) for seq, one in enumerate(messages)]
    return View(phone, Talk(Conversation("g", app, "深夜便", numbering=numbering), told))


def codes(entry: Entry) -> list[str]:
    return [one.code for one in entry.differences]


def shape(entries: list[Entry]) -> list[Any]:
    """All that an entry says, in a form that can be compared."""
    return [
        (entry.at, [(one.phone, one.message.seq, one.message.text) for one in entry.sightings], [(one.code, dict(one.facts)) for one in entry.differences])
        for entry in entries
    ]  # fmt: skip


@st.composite
def groups(draw: st.DrawFn) -> list[View]:
    """One true conversation, and of it what each of up to four phones has: parts, clocks that are off, deletions, edits, other ids."""
    count = draw(st.integers(0, 25))
    minutes = sorted(draw(st.lists(st.integers(0, 40), min_size=count, max_size=count)))
    true = [message(seq, draw(st.sampled_from(WORDS)), minutes=at, author=draw(st.sampled_from(["user1", "user2"])), number=seq + 1) for seq, at in enumerate(minutes)]
    with_ids = draw(st.booleans())
    views = []
    for phone in "ABCD"[: draw(st.integers(1, 4))]:
        off = timedelta(seconds=draw(st.sampled_from([0, 0, 1, 40, 600])))
        own = []
        for one in true:
            fate = draw(st.sampled_from(["kept"] * 6 + ["gone", "deleted", "edited", "untimed"]))
            told = replace(one, sent_at=one.sent_at + off if one.sent_at else None, number=one.number if with_ids else None)
            told = told if with_ids else replace(told, id=f"#{one.seq}")
            if fate == "deleted":
                told = replace(told, kind=Kind.DELETED, text="", is_deleted=True)
            elif fate == "edited":
                told = replace(told, text=f"{told.text}（訂正）", edited_at=told.sent_at)
            elif fate == "untimed":
                told = replace(told, sent_at=None)
            own += [] if fate == "gone" else [told]
        views.append(view(phone, own, app="telegram", numbering=Numbering.PER_CHAT if with_ids else Numbering.NONE))
    return views


@settings(max_examples=50)
@given(groups())
def test_every_record_stands_in_exactly_one_entry(views: list[View]) -> None:
    """Nothing lost, nothing twice, and no entry has two records of one phone."""
    entries = merge(views)
    told = sorted((one.phone, one.message.seq) for entry in entries for one in entry.sightings)
    assert told == sorted((one.phone, message.seq) for one in views for message in one.talk.messages)
    assert all(len({one.phone for one in entry.sightings}) == len(entry.sightings) for entry in entries)


@settings(max_examples=50)
@given(groups(), st.randoms(use_true_random=False))
def test_order_of_the_phones_does_not_matter(views: list[View], chance: Any) -> None:
    """The same entries, sightings and differences."""
    shuffled = list(views)
    chance.shuffle(shuffled)
    assert shape(merge(shuffled)) == shape(merge(views))


@settings(max_examples=50)
@given(groups())
def test_giving_a_phone_twice_changes_nothing(views: list[View]) -> None:
    """Idempotent."""
    assert shape(merge(views + views[:1] + views)) == shape(merge(views))


@settings(max_examples=50)
@given(groups())
def test_times_never_run_backwards_and_files_keep_their_order_within_a_time(views: list[View]) -> None:
    """Entries are in the order of time."""
    entries = merge(views)
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(["user1", "user2"])), max_size=30), st.integers(1, 4), st.sampled_from([7, 0]))
def test_equal_views_merge_without_a_difference(said: list[tuple[str, str]], phones: int, second: int) -> None:
    """Also where all say the same at the same minute."""
    messages = [message(seq, text, minutes=seq // 5, author=who, sent_at=START.replace(second=second) + timedelta(minutes=seq // 5)) for seq, (text, who) in enumerate(said)]
    entries = merge([view(name, messages) for name in "ABCD"[:phones]])
    assert [len(entry.sightings) for entry in entries] == [phones] * len(said)
    assert [codes(entry) for entry in entries] == [[]] * len(said)
    assert [entry.best.message.text for entry in entries] == [text for text, _ in said]


@given(st.data(), st.integers(3, 20))
def test_message_missing_on_one_phone_is_marked_there_and_only_there(data: st.DataObject, count: int) -> None:
    """Inside of what the phone reaches over; the others stay unmarked."""
    messages = [message(seq, f"本文{seq}", minutes=seq) for seq in range(count)]
    away = data.draw(st.integers(0, count - 1))
    entries = merge([view("A", messages), view("B", messages[:away] + messages[away + 1 :])])
    inside = 0 < away < count - 1
    assert [codes(entry) for entry in entries] == [["not_on"] if seq == away and inside else [] for seq in range(count)]
    if inside:
        assert entries[away].differences[0].facts == {"phones": ("B",)}


def test_same_number_of_a_supergroup_is_one_message_whatever_the_text() -> None:
    """The text differs, and on B it is edited; the first text is shown first."""
    first = view("A", [message(0, "十時", number=5)], app="telegram", numbering=Numbering.PER_CHAT)
    second = view("B", [message(0, "十一時", number=5, edited_at=START)], app="telegram", numbering=Numbering.PER_CHAT)
    (entry,) = merge([second, first])
    assert codes(entry) == ["text_differs", "edited_on"]
    assert (entry.best.phone, entry.best.message.text) == ("A", "十時")


def test_two_numbers_of_a_supergroup_are_never_one_message() -> None:
    """The same words at the same moment, but the app says that they are two."""
    first = view("A", [message(0, "了解", number=5)], app="telegram", numbering=Numbering.PER_CHAT)
    second = view("B", [message(0, "了解", number=6)], app="telegram", numbering=Numbering.PER_CHAT)
    assert len(merge([first, second])) == 2


def test_mark_of_deletion_finds_the_message_that_another_phone_still_has() -> None:
    """The text is shown, and on which phone it is gone."""
    gone = message(1, "", kind=Kind.DELETED, is_deleted=True, minutes=1)
    entries = merge([view("A", [message(0, "はじめ"), message(1, "消しておいて", minutes=1)]), view("B", [message(0, "はじめ"), gone])])
    assert [codes(entry) for entry in entries] == [[], ["deleted_on"]]
    assert entries[1].best.message.text == "消しておいて"
    assert entries[1].differences[0].facts == {"phones": ("B",)}


def test_clock_that_is_off_is_told_in_seconds() -> None:
    """Within the tolerance; beyond it they stay two messages."""
    first = view("A", [message(0, "集合は十時")])
    (entry,) = merge([first, view("B", [message(0, "集合は十時", sent_at=START + timedelta(seconds=41))])])
    assert [(one.code, one.facts["seconds"]) for one in entry.differences] == [("time_differs", 41)]
    assert len(merge([first, view("B", [message(0, "集合は十時", sent_at=START + timedelta(hours=9))])])) == 2


def test_minutes_beside_seconds_are_no_difference() -> None:
    """A format without seconds."""
    (entry,) = merge([view("A", [message(0, "集合は十時")]), view("B", [message(0, "集合は十時", sent_at=START.replace(second=0))])])
    assert codes(entry) == []


def test_people_called_otherwise_on_each_phone() -> None:
    """One person by two names of address books is one message with a mark; two people whom both phones know are two messages."""
    def said(phone: str, *names: str) -> View:
        return view(phone, [message(seq, "了解", author=f"name:{name}", author_name=name, minutes=seq * 0.1) for seq, name in enumerate(names)])

    (entry,) = merge([said("A", "黒猫"), said("B", "クロさん")])
    assert codes(entry) == ["author_differs"]
    entries = merge([said("A", "黒猫", "しろ"), said("B", "しろ", "黒猫")])
    assert [sorted(one.message.author_name for one in entry.sightings) for entry in entries] == [["黒猫", "黒猫"], ["しろ", "しろ"]] or len(entries) == 2


def test_owner_of_a_phone_is_somebody_else_on_the_other() -> None:
    """"self" of A is a number on B; two owners are two people, even with the same words."""
    first = view("A", [message(0, "着いた", author="self", author_name="", minutes=1), message(1, "了解", author="u-b", minutes=2)], app="signal")
    second = view("B", [message(0, "着いた", author="u-a", minutes=1), message(1, "了解", author="self", author_name="", minutes=2)], app="signal")
    assert [len(entry.sightings) for entry in merge([first, second])] == [2, 2]
    both = [view(phone, [message(0, "了解", author="self", author_name="")], app="signal") for phone in "AB"]
    assert len(merge(both)) == 2


def test_same_text_again_and_again_is_counted_out() -> None:
    """Three times on A, twice on B: two pairs and one left."""
    entries = merge([view("A", [message(seq, "了解") for seq in range(3)]), view("B", [message(seq, "了解") for seq in range(2)])])
    assert [len(entry.sightings) for entry in entries] == [2, 2, 1]


def test_nothing_is_said_of_times_that_a_phone_does_not_reach() -> None:
    """B begins later: that A's older messages are not on it is no difference."""
    messages = [message(seq, f"本文{seq}", minutes=seq) for seq in range(6)]
    assert [codes(entry) for entry in merge([view("A", messages), view("B", messages[3:])])] == [[]] * 6


def test_phones_that_contradict_each_other_about_the_order() -> None:
    """The same minute in another order: both are kept, in a fixed order."""
    moment = START.replace(second=0)
    one, two = message(0, "一", sent_at=moment), message(1, "二", sent_at=moment)
    views = [view("A", [one, two]), view("B", [two, one])]
    assert shape(merge(views)) == shape(merge(views[::-1]))
    assert [len(entry.sightings) for entry in merge(views)] == [2, 2]


def test_overlap_tells_the_same_group_from_another() -> None:
    """A lead for people, from 0 to 1."""
    messages = [message(seq, f"本文{seq}", minutes=seq) for seq in range(10)]
    others = [message(seq, f"別の話{seq}", minutes=seq) for seq in range(10)]
    assert overlap(view("A", messages), view("B", messages[2:8])) == 1.0
    assert overlap(view("A", messages), view("B", others)) == 0.0
    assert overlap(view("A", messages), view("B", [])) == 0.0


@pytest.mark.parametrize("code", ["not_on", "text_differs", "time_differs", "deleted_on", "author_differs", "kind_differs", "edited_on"])
def test_differences_have_sentences(code: str) -> None:
    """In both languages, with their places."""
    for lang in ("ja", "en"):
        said = say(f"merge.{code}", lang, phones="A", seconds=4)
        assert said != f"merge.{code}"
        assert "{" not in said
