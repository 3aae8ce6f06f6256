"""Every format by its example: recognised, counted, placed, and said the same whatever the size of the pieces that are read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from chat_forms import DATABASES, FORMS, Form, leapp
from chat_reading import places_are_true, read_folder

from andon.evidence.chats import json_walk, tag_walk, xml_walk
from andon.evidence.chats.model import Conversation, Counts, Message
from andon.evidence.chats.registry import all_readers

if TYPE_CHECKING:
    from collections.abc import Callable


def _counts(items: list[object], name: str) -> Counts:
    return next(one for one in items if isinstance(one, Counts) and one.file == name)


def _numbers(one: Counts) -> tuple[int, ...]:
    return one.messages, one.deleted, one.service, one.unknown, one.context, one.rejected


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_example(form: Form, read: Callable[..., list[object]]) -> None:
    """A format is recognised by content, everything that goes in comes out, and every record stands where it is said to."""
    items = read(form.name, form.data, form.beside)
    counts = _counts(items, form.name)
    assert counts.format == form.reader
    assert counts.whole
    assert _numbers(counts) == form.counts
    messages = [one for one in items if isinstance(one, Message)]
    assert len(messages) == sum(form.counts[:4])
    assert set(form.texts) <= {one.text for one in messages}
    places_are_true(items, form.data)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_records_do_not_overlap(form: Form, read: Callable[..., list[object]]) -> None:
    """No byte belongs to two messages."""
    ends = 0
    for one in sorted((item.place for item in read(form.name, form.data, form.beside) if isinstance(item, Message)), key=lambda place: place.offset):
        assert one.offset >= ends
        ends = one.offset + one.length


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_conversations_frame_their_messages(form: Form, read: Callable[..., list[object]]) -> None:
    """A conversation comes before its first message and again behind its last, then with everybody who wrote."""
    items = read(form.name, form.data, form.beside)
    for key in {one.conversation for one in items if isinstance(one, Message)}:
        said = [index for index, one in enumerate(items) if isinstance(one, Conversation) and one.key == key]
        spoken = [index for index, one in enumerate(items) if isinstance(one, Message) and one.conversation == key]
        assert said[0] < spoken[0] < spoken[-1] + 1 <= said[-1]
        people = {who.key for who in items[said[-1]].participants}
        assert {items[index].author for index in spoken} - {None} <= people
        assert [items[index].seq for index in spoken] == list(range(len(spoken)))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
@pytest.mark.parametrize("size", [1, 7, 64])
def test_pieces_make_no_difference(form: Form, size: int, read: Callable[..., list[object]], monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read does not depend on where the pieces of the file end."""
    whole = read(form.name, form.data, form.beside)
    for module in (json_walk, tag_walk, xml_walk):
        monkeypatch.setattr(module, "CHUNK", size)
    assert read(form.name, form.data, form.beside) == whole


@pytest.mark.parametrize(("name", "reader", "make", "numbers"), DATABASES, ids=lambda value: value if isinstance(value, str) else "")
def test_database(name: str, reader: str, make: Callable[[Path], None], numbers: tuple[int, ...], tmp_path: Path) -> None:
    """A phone's database is read row by row, in place, without a trace beside it."""
    make(tmp_path / name)
    before = (tmp_path / name).read_bytes()
    items = read_folder(tmp_path)
    counts = _counts(items, name)
    assert counts.format == reader
    assert counts.whole
    assert _numbers(counts) == numbers
    assert all(one.place.table and one.place.offset > 0 for one in items if isinstance(one, Message))
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_bytes() == before


@pytest.mark.parametrize("newer", [False, True])
def test_lava_output(newer: bool, tmp_path: Path) -> None:
    """The tool's own description says which columns are thread, time, sender and text; a time it could not read stays as written."""
    leapp(tmp_path, newer=newer)
    items = read_folder(tmp_path)
    messages = [one for one in items if isinstance(one, Message)]
    assert _numbers(_counts(items, "_lava_artifacts.db")) == (3, 0, 0, 0, 0, 0)
    assert [(one.conversation, one.author, one.text, str(one.clock)) for one in messages] == [
        ("LINE - Messages:t1", "name:ボス", "集合", "stated"), ("LINE - Messages:t1", "owner", "了解", "naive"), ("LINE - Messages:t2", "name:X", "やあ", "none"),
    ]  # fmt: skip
    assert messages[2].written_time == "???"


def test_every_reader_has_an_example() -> None:
    """A reader without an example, or one that vanished, is noticed."""
    shown = {form.reader for form in FORMS} | {name for _, name, _, _ in DATABASES} | {"leapp_lava"}
    assert {reader.name for reader in all_readers()} == shown


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_only_one_reader_is_sure(form: Form) -> None:
    """Two formats are not taken for each other: the second best fit is clearly below the best."""
    from andon.evidence.chats.reading import Head  # noqa: PLC0415 - used here only

    fits = sorted((reader.recognise(Head(form.name, form.data)) for reader in all_readers()), reverse=True)
    assert fits[1] < fits[0] - 0.02
