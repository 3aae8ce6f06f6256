"""The log beside an officer's device: what is paired, what differs, what only one side has."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from andon.console.evidence.conversations.models import Conversation
from andon.console.undercover.contactlog.devices.pairing import Logged, pair
from andon.console.undercover.contactlog.devices.told import Told

NOON = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TALK = Conversation(pk=7, app="telegram")


def told(position: int, minutes: float, words: str, **more: Any) -> Told:
    """A message of the export, the other's unless told otherwise."""
    values: dict[str, Any] = {"channel": "telegram", "is_own": False, **more}
    return Told(TALK, position, NOON + minutes * MINUTE, words=words, **values)


def logged(entry: int, minutes: float, words: str, **more: Any) -> Logged:
    """An entry, incoming unless told otherwise."""
    values: dict[str, Any] = {"channel": "telegram", "direction": "in", "other": "telegram:boss", **more}
    return Logged(entry, entry, NOON + minutes * MINUTE, words=words, **values)


def test_the_same_words_are_one_contact() -> None:
    """Whatever their width and blanks; nothing differs, nothing is left."""
    found = pair([logged(1, 0, "明日の10時に　集合")], [told(0, 1, "明日の１０時に 集合")])
    assert [(one.logged.entry, one.told[0].position, one.differences) for one in found.pairs] == [(1, 0, ())]
    assert not found.missing
    assert not found.extra


def test_what_only_one_side_has() -> None:
    """Both sides are told; contacts in person stand in no export."""
    found = pair(
        [logged(1, 0, "免許証を送って"), logged(2, 5, "会った", direction="met", channel="in_person")], [told(0, -20, "はじめまして"), told(1, 60, "了解")]
    )
    assert [(one.logged.entry, one.why) for one in found.missing] == [(1, "absent"), (2, "met")]
    assert [one.position for one in found.extra] == [0, 1]


def test_why_an_entry_is_not_in_the_export() -> None:
    """No such app, or outside of the time that it covers: neither says that something was deleted."""
    found = pair([logged(1, 0, "もしもし", channel="signal"), logged(2, 600, "後日の連絡")], [told(0, 0, "別の話")])
    assert [one.why for one in found.missing] == ["channel", "span"]


def test_another_time_is_a_difference() -> None:
    """From two minutes on, up to a day for the same words."""
    found = pair([logged(1, 0, "駅に来て"), logged(2, 0, "封筒を受け取って")], [told(0, 1.5, "駅に来て"), told(1, 300, "封筒を受け取って")])
    assert [(one.differences, one.minutes) for one in found.pairs] == [((), 1), (("time",), 300)]
    assert pair([logged(1, 0, "駅に来て")], [told(0, 25 * 60, "駅に来て")]).pairs == []


def test_other_words_are_a_difference() -> None:
    """Nearly the same, near in time: one contact, noted otherwise. Quite other words are another contact."""
    found = pair([logged(1, 0, "明日の10時に北町駅の東口に来て")], [told(0, 3, "明日10時、北町駅の西口に来て"), told(1, 1, "寒いですね")])
    assert [(one.told[0].position, one.differences) for one in found.pairs] == [(0, ("time", "words"))]
    assert [one.position for one in found.extra] == [1]


def test_one_entry_may_be_several_messages() -> None:
    """Messages that stand in the entry's words are all taken; what the entry has besides is a difference."""
    messages = [told(0, 0, "明日10時に来て"), told(1, 1, "北町駅の東口です"), told(2, 2, "天気はどう")]
    whole = pair([logged(1, 1, "明日10時に来て\n北町駅の東口です")], messages)
    assert [([one.position for one in two.told], two.differences) for two in whole.pairs] == [([0, 1], ())]
    more = pair([logged(1, 1, "明日10時に来て。黒い服で")], messages)
    assert more.pairs[0].differences == ("words",)


def test_the_direction_counts() -> None:
    """The nearest of the right direction is taken first; where only the wrong one has the words it differs."""
    found = pair([logged(1, 0, "了解です", direction="out")], [told(0, 0, "了解です"), told(1, 5, "了解です", is_own=True)])
    assert found.pairs[0].told[0].position == 1
    wrong = pair([logged(1, 0, "了解です", direction="out")], [told(0, 0, "了解です")])
    assert wrong.pairs[0].differences == ("direction",)
    unknown = pair([logged(1, 0, "了解です", direction="out")], [told(0, 0, "了解です", is_own=None)])
    assert unknown.pairs[0].differences == ()


def test_a_picture_beside_an_entry_without_words() -> None:
    """An entry that only names an exhibit is paired with the message that has a file."""
    found = pair([logged(1, 0, "", exhibit="身分書類の画像", direction="out")], [told(0, 1, "これです", is_own=True, has_file=True), told(1, 0, "はい", is_own=True)])
    assert found.pairs[0].told[0].position == 0


def test_another_handle_is_a_difference_only_where_both_name_one() -> None:
    """A mere number or a name on the screen says nothing against the log."""
    entry = logged(1, 0, "駅に来て", known_as="")
    assert pair([entry], [told(0, 0, "駅に来て", others=("telegram:other_name",))]).pairs[0].differences == ("handle",)
    assert pair([entry], [told(0, 0, "駅に来て", others=("telegram:user990",))]).pairs[0].differences == ()
    assert pair([entry], [told(0, 0, "駅に来て", others=("telegram:案内",), other_name="案内")]).pairs[0].differences == ()
    assert pair([logged(1, 0, "駅に来て", other="telegram:new", known_as="telegram:boss")], [told(0, 0, "駅に来て", others=("telegram:boss",))]).pairs[0].differences == ()


def test_every_contact_is_taken_once() -> None:
    """Equal words said twice and logged once leave one over; the order in which they are given changes nothing."""
    entries = [logged(1, 0, "はい"), logged(2, 10, "はい")]
    messages = [told(number, number * 5, "はい") for number in range(3)]
    first = pair(entries, messages)
    assert len(first.pairs) == 2
    assert len(first.extra) == 1
    rng = random.Random(7)
    for _ in range(20):
        rng.shuffle(entries)
        rng.shuffle(messages)
        again = pair(entries, messages)
        assert {(one.logged.entry, one.told[0].position) for one in again.pairs} == {(one.logged.entry, one.told[0].position) for one in first.pairs}


def test_messages_without_a_time_are_never_paired() -> None:
    """They are told as what only the export has."""
    found = pair([logged(1, 0, "はい")], [Told(TALK, 0, None, "telegram", is_own=False, words="はい")])
    assert len(found.extra) == len(found.missing) == 1


def test_a_long_export_stays_quick() -> None:
    """20,000 messages beside 500 entries, the same few words again and again."""
    words = ["はい", "了解です", "わかりました", "明日行きます", "どこですか"]
    messages = [told(number, number, words[number % 5]) for number in range(20_000)]
    entries = [logged(number, number * 40, words[number % 5]) for number in range(500)]
    start = time.process_time()
    found = pair(entries, messages)
    assert len(found.pairs) == 500
    assert time.process_time() - start < 8
