"""Records that are made quickly are the same as those that their class makes."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime

import pytest

from andon.evidence.chats.model import Clock, Kind, Message, Place, new_message, new_place

PLACE = Place("x", 1, 2, "a" * 64)
WHOLE = {
    "id": "1", "conversation": "c", "seq": 0, "kind": Kind.TEXT, "place": PLACE, "sent_at": datetime(2026, 11, 20, tzinfo=UTC), "clock": Clock.STATED,
    "author": "a", "text": "集合", "facts": {"a": 1},
}  # fmt: skip


def test_the_same_object() -> None:
    """Equal, of the same class, with the same defaults, by name or by place."""
    assert new_place("x", 1, 2, "a" * 64) == PLACE
    assert new_message(**WHOLE) == Message(**WHOLE)
    assert new_message("1", "c", 0, Kind.TEXT, PLACE) == Message("1", "c", 0, Kind.TEXT, PLACE)
    assert type(new_message(**WHOLE)) is Message
    assert repr(new_message(**WHOLE)) == repr(Message(**WHOLE))
    assert hash(new_place("x", 1, 2, "a" * 64)) == hash(PLACE)


def test_facts_are_not_shared() -> None:
    """Two messages without facts do not have one dictionary together."""
    assert new_message("1", "c", 0, Kind.TEXT, PLACE).facts is not new_message("2", "c", 1, Kind.TEXT, PLACE).facts


def test_frozen() -> None:
    """Nothing can be changed or added, and what copies a message copies this one."""
    made = new_message(**WHOLE)
    for name in ("text", "another"):
        with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
            setattr(made, name, "x")
    assert made == pickle.loads(pickle.dumps(made)) == copy.copy(made) == replace(made)
    assert replace(made, seq=4).seq == 4


def test_missing_field() -> None:
    """A field without default must be given."""
    with pytest.raises(TypeError):
        new_message(id="1")  # type: ignore[call-arg]
