"""Gaps: what was taken away is reported where the app's rule allows it, never as more than it proves, and nothing is reported where nothing is missing."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.evidence.chats.gaps.gap import Gap, Strength, Talk, gather
from andon.evidence.chats.gaps.registry import all_finders, find_gaps
from andon.evidence.chats.model import Event, Finding, Kind, Numbering, Participant, Place, Reply
from andon.wording.gap_sentences import GAP_SENTENCES
from andon.wording.say import say

from . import talks

talk, without, changed, with_facts = talks.talk, talks.without, talks.changed, talks.with_facts
ALL = list(Numbering)


def found(*some: Talk) -> list[tuple[str, str, str]]:
    return [(gap.kind, gap.strength, gap.code) for gap in find_gaps(some)]


@given(st.integers(0, 40), st.sampled_from(ALL), st.sampled_from(["", "user3"]))
def test_untouched_conversation_has_no_gap(count: int, numbering: Numbering, account: str) -> None:
    """Whatever the app's rule, however long."""
    assert found(talk(count, numbering, account=account)) == []


@given(st.data(), st.integers(3, 40))
def test_message_taken_away_is_proven_where_each_chat_counts(data: st.DataObject, count: int) -> None:
    """Any run from the middle gives exactly one gap with its numbers and neighbours; from the end nothing can be known."""
    first = data.draw(st.integers(0, count - 1))
    last = data.draw(st.integers(first, count - 1))
    left = without(talk(count), *range(first, last + 1))
    gaps = find_gaps([left])
    if last == count - 1:
        assert gaps == []
        return
    (gap,) = gaps
    assert (gap.facts["first"], gap.facts["last"], gap.facts["count"]) == (first + 1, last + 1, last - first + 1)
    if first == 0:
        assert (gap.kind, gap.strength) == ("beginning", Strength.WEAK)
        return
    assert (gap.kind, gap.strength) == ("numbers_chat", Strength.PROVEN)
    assert gap.after is not None
    assert gap.before is not None
    assert (gap.after.id, gap.before.id) == (str(first), str(last + 2))
    assert gap.after.place == left.messages[first - 1].place


@given(st.data(), st.integers(2, 40), st.sampled_from([one for one in ALL if one is not Numbering.PER_CHAT]), st.sampled_from(["", "user3"]))
def test_message_taken_away_is_never_proven_where_the_rule_does_not_allow_it(data: st.DataObject, count: int, numbering: Numbering, account: str) -> None:
    """One counter for many chats, rows of a table, or no numbers at all."""
    away = data.draw(st.sets(st.integers(0, count - 1), max_size=count - 1))
    gaps = find_gaps([without(talk(count, numbering, account=account), *away)])
    assert all(gap.strength is not Strength.PROVEN for gap in gaps)
    if numbering is Numbering.NONE or (numbering is Numbering.PER_ACCOUNT and not account):
        assert gaps == []


@given(st.data(), st.integers(6, 40))
def test_counter_of_an_account_is_looked_at_over_all_its_chats(data: st.DataObject, count: int) -> None:
    """Chats that share a counter have holes of their own that mean nothing; a hole in their union is weak and names both neighbours."""
    owners = [data.draw(st.sampled_from(["a", "b", "c"])) for _ in range(count)]

    def exported(away: set[int]) -> list[Talk]:
        chats = {key: talk(0, Numbering.PER_ACCOUNT, key=key, account="user3") for key in "abc"}
        for seq, key in enumerate(owners):
            if seq not in away:
                chats[key].messages.append(talks.message(seq, conversation=key))
        return list(chats.values())

    assert found(*exported(set())) == []
    away = data.draw(st.integers(1, count - 2))
    (gap,) = find_gaps(exported({away}))
    assert (gap.kind, gap.strength, gap.conversation) == ("numbers_account", Strength.WEAK, "")
    assert set(gap.facts["conversations"]) == {owners[away - 1], owners[away + 1]}  # type: ignore[arg-type]


def test_two_accounts_do_not_share_a_counter() -> None:
    """Each account has its own."""
    first, second = talk(5, Numbering.PER_ACCOUNT, key="a", account="u1"), talk(5, Numbering.PER_ACCOUNT, key="b", account="u2")
    assert found(first, second) == []
    assert len(find_gaps([without(first, 2), second])) == 1


def test_missing_row_at_the_same_place_is_told_with_the_number() -> None:
    """Two traces of one record: the chat's own number and the row of the table that all chats share."""
    whole = talk(6, table="ZWAMESSAGE")
    other = Talk(replace(whole.conversation, key="d"), [talks.message(0, conversation="d", number=1, table="ZWAMESSAGE")])
    other.messages = [replace(other.messages[0], place=replace(other.messages[0].place, offset=100))]
    gap = find_gaps([without(whole, 3), other])[0]
    assert (gap.code, gap.strength, gap.facts["rows"], gap.facts["first"]) == ("numbers_chat.rows", Strength.PROVEN, "4", 4)


def test_unreadable_records_of_the_same_file_take_the_proof_away() -> None:
    """The missing one may be the one that could not be read."""
    left = without(talk(6), 3)
    left.rejected = 1
    (gap,) = find_gaps([left])
    assert (gap.strength, gap.code, gap.facts["rejected"]) == (Strength.WEAK, "numbers_chat.unread", 1)


def test_rows_of_a_table_are_strong() -> None:
    """A hole in the rows, of which conversation is not known."""
    assert found(without(talk(6, Numbering.PER_TABLE, table="message"), 3)) == [("numbers_table", "strong", "numbers_table")]


@pytest.mark.parametrize(("more", "code"), [
    ({"kind": Kind.DELETED, "text": ""}, "marks"),
    ({"kind": Kind.SERVICE, "event": Event.UNSENT}, "marks.unsent"),
    ({"is_deleted": True}, "marks.kept"),
    ({"is_deleted": True, "text": ""}, "marks"),
])  # fmt: skip
def test_marks_of_the_app_are_proven(more: dict[str, Any], code: str) -> None:
    """Deleted, taken back, recovered: with the messages around."""
    (gap,) = find_gaps([changed(talk(5), 2, **more)])
    assert (gap.kind, gap.strength, gap.code, gap.facts["message"]) == ("marks", Strength.PROVEN, code, "3")
    assert gap.after is not None
    assert gap.before is not None
    assert (gap.after.id, gap.before.id) == ("2", "4")


def timer(seconds: int | None) -> dict[str, Any]:
    return {"kind": Kind.SERVICE, "event": Event.TIMER, "facts": {} if seconds is None else {"seconds": seconds}}


def test_timer_in_force_is_a_stretch_and_only_weak() -> None:
    """From where it was set to where it was changed, switched off, or the end."""
    whole = changed(changed(changed(talk(12), 2, **timer(60)), 5, **timer(3600)), 8, **timer(0))
    gaps = find_gaps([whole])
    assert [(gap.after and gap.after.id, gap.before and gap.before.id, gap.facts["seconds"], gap.strength) for gap in gaps] == [
        ("3", "6", 60, "weak"), ("6", "9", 3600, "weak"),
    ]  # fmt: skip
    (open_ended,) = find_gaps([changed(talk(5), 1, **timer(None))])
    assert (open_ended.before, open_ended.code) == (None, "timers.unstated")


def test_timer_without_an_event_is_told_by_messages_or_the_state_of_the_chat() -> None:
    """Signal writes it on every message; some exports only its state."""
    carrying = changed(changed(talk(9), 3, expires_in=60), 6, expires_in=60)
    (gap,) = find_gaps([carrying])
    assert (gap.after and gap.after.id, gap.before and gap.before.id, gap.facts) == ("4", "7", {"seconds": 60})
    (stated,) = find_gaps([with_facts(talk(3), timer_seconds=86400)])
    assert (stated.after, stated.before, stated.facts["seconds"]) == (None, None, 86400)


def test_cleared_history_is_proven() -> None:
    """The app says so."""
    assert found(changed(talk(5), 2, kind=Kind.SERVICE, event=Event.CLEARED)) == [("cleared", "proven", "cleared")]


@given(st.data(), st.integers(4, 30))
def test_answer_to_a_message_that_is_not_here(data: st.DataObject, count: int) -> None:
    """By id it is proven, and once however many answer; while the message is here nothing is said."""
    whole = talk(count, Numbering.NONE)
    target = data.draw(st.integers(0, count - 3))
    for at in (count - 2, count - 1):
        whole = changed(whole, at, reply_to=Reply(str(target + 1), quoted="集合は十時"))
    assert found(whole) == []
    (gap,) = find_gaps([without(whole, target)])
    assert (gap.kind, gap.strength, gap.facts["missing"], gap.facts["quoted"]) == ("replies", Strength.PROVEN, str(target + 1), "集合は十時")


def test_answer_by_author_and_time_is_only_strong() -> None:
    """Where the app has no ids."""
    whole = talk(8, Numbering.NONE)
    answered = whole.messages[3]
    whole = changed(whole, 6, reply_to=Reply(author=answered.author, at=answered.sent_at))
    assert found(whole) == []
    assert found(without(whole, 3)) == [("replies", "strong", "replies.time")]


def test_answer_into_a_conversation_that_was_not_exported_says_nothing() -> None:
    """There nothing is known to be missing."""
    assert found(changed(talk(5), 2, reply_to=Reply("77", conversation="elsewhere"))) == []


def test_pin_of_a_message_that_is_not_here() -> None:
    """A pin names its message by number."""
    whole = changed(talk(5, Numbering.NONE), 3, kind=Kind.SERVICE, event=Event.PINNED, facts={"message": 2})
    assert found(whole) == []
    assert found(without(whole, 1)) == [("replies", "proven", "replies.pin")]


def test_joining_leaving_and_coming_back_of_the_owner() -> None:
    """Only when the export says whose it is; other people's coming and going is no gap."""
    joined = {"kind": Kind.SERVICE, "event": Event.INVITED, "facts": {"members": ("運び屋",)}}
    left = {"kind": Kind.SERVICE, "event": Event.LEFT, "author": "user3", "author_name": "運び屋"}
    whole = changed(changed(changed(talk(9), 0, **joined), 3, **left), 6, **joined)
    assert found(whole) == [("joins", "strong", "joins"), ("joins", "strong", "joins.back")]
    assert found(changed(talk(9), 3, **left)) == [("joins", "strong", "joins.left")]
    assert found(changed(talk(9), 3, **left | {"author": "user1", "author_name": "黒猫"})) == []
    nobody = replace(whole.conversation, participants=(Participant("user3", "運び屋"),))
    assert found(Talk(nobody, whole.messages)) == []


def test_limits_of_the_export() -> None:
    """A stated count is proven, a cut file is, a round number is weak."""
    assert found(with_facts(talk(5), stated_count=5)) == []
    assert found(with_facts(talk(5), stated_count=8)) == [("limits", "proven", "limits.count")]
    assert found(with_facts(talk(5), truncated=True)) == [("limits", "proven", "limits.cut")]
    full = talk(10_000, Numbering.NONE)
    assert found(Talk(replace(full.conversation, app="whatsapp"), full.messages)) == [("limits", "weak", "limits.round")]
    assert found(full) == []
    unread = with_facts(talk(5), stated_count=8)
    unread.rejected = 3
    assert found(unread) == []


def test_time_that_runs_backwards() -> None:
    """Two hours back is told with its length, a minute is not; a file from new to old is read from its end."""
    start = talks.START
    back = changed(talk(6), 3, sent_at=start - timedelta(hours=2))
    (gap,) = find_gaps([back])
    assert (gap.kind, gap.facts["seconds"]) == ("clocks", 2 * 3600 + 120)
    assert found(changed(talk(6), 3, sent_at=start + timedelta(minutes=1))) == []
    newest_first = Talk(talk(6).conversation, talk(6).messages[::-1])
    assert found(newest_first) == []


def test_every_code_has_sentences_and_their_places_are_filled() -> None:
    """Both languages, every place of them among the facts."""
    some = [
        without(talk(9), 0, 4), without(talk(9, Numbering.PER_ACCOUNT, key="x", account="u"), 4), without(talk(9, Numbering.PER_TABLE, key="y", table="m"), 4),
        without(talk(9, key="z", table="t"), 4), with_facts(changed(talk(9, key="l"), 2, **timer(60)), stated_count=12, truncated=True),
        changed(talk(5, key="p"), 3, event=Event.PINNED, facts={"message": 77}), changed(talk(5, key="q"), 3, reply_to=Reply("78")),
        changed(talk(5, key="r"), 3, reply_to=Reply(author="user1", at=talks.START - timedelta(days=1))),
        changed(talk(5, key="s"), 3, sent_at=talks.START - timedelta(days=1)),
    ]  # fmt: skip
    gaps: list[Gap] = find_gaps(some)
    assert {gap.kind for gap in gaps} >= {finder.kind for finder in all_finders()} - {"marks", "cleared", "joins"}
    for gap in gaps:
        for lang in ("ja", "en"):
            assert "{" not in say(f"gap.{gap.code}", lang, **gap.facts)
    for code, sentences in GAP_SENTENCES.items():
        named = [{name for _, name, _, _ in string.Formatter().parse(one) if name} for one in sentences]
        assert named[0] == named[1], code


def test_gathering_takes_the_last_conversation_and_counts_unreadable_records() -> None:
    """What a reader yields becomes one talk per conversation."""
    whole = talk(3)
    place = Place("result.json", 9, 9, "0" * 64)
    items = [replace(whole.conversation, title=""), *whole.messages, Finding("x", place, rejects=True), Finding("y", place), whole.conversation, object()]
    (one,) = gather(items)
    assert (one.conversation.title, len(one.messages), one.rejected) == ("深夜便", 3, 1)
