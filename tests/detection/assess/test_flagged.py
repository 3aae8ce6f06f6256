"""Many posts at once: the same answers as one by one."""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING, Any

from andon.detection.assess.assess import assess, assess_flagged

if TYPE_CHECKING:
    from collections.abc import Callable

    from andon.detection.scoring.engine import Engine, Reading


def plain(reading: Reading) -> list[object]:
    """A reading as values that can be compared."""
    normal = reading.normal
    arrays = [part.tolist() for part in (normal.codes, normal.first, normal.last, normal.measures)]
    return [arrays, *(getattr(reading, name) for name in reading.__slots__ if name != "normal")]


def test_flagged_as_assessed(engine: Engine, corpus: Callable[[str], list[dict[str, Any]]]) -> None:
    """A post that reaches a level is assessed to the last bit as it is alone, and of the others there is nothing; both occur."""
    texts = [row["text"] for row in corpus("heldout")[::2]]
    found = assess_flagged(texts, engine)
    alone = [assess(text, engine) for text in texts]
    assert [one and astuple(one) for one in found] == [astuple(one) if one.level else None for one in alone]
    assert 0 < found.count(None) < len(found)
    assert assess_flagged([], engine) == []


def test_read_together_as_alone(engine: Engine, corpus: Callable[[str], list[dict[str, Any]]]) -> None:
    """Posts read together give what each gives alone, whatever stands beside them: empty, broken, very long, full of terms."""
    texts = ["", "日給5万 受け子 " * 300, "\ud800", "\ufdfa" * 50, *(row["text"] for row in corpus("heldout")[::20]), "", "😀"]
    assert [plain(reading) for reading in engine.read_many(texts)] == [plain(engine.read(text)) for text in texts]
    assert engine.read_many([]) == []
