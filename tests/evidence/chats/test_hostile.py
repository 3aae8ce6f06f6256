"""Damaged and hostile exports: nothing is lost without a finding, nothing is executed, nothing grows without bound, and no reader ever stops with an error."""

from __future__ import annotations

import json
import os
import sqlite3
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from chat_forms import DATABASES, FORMS, Form, telegram, whatsapp_ios
from chat_reading import counts_of, messages_of, places_are_true, read_folder
from fuzz import tried
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from andon.evidence.chats import dated_text, headed_text
from andon.evidence.chats.model import Counts, Finding
from andon.evidence.chats.readers import line_pc, line_phone
from andon.evidence.chats.reading import Part
from andon.evidence.chats.registry import all_readers, read_part
from andon.evidence.custody.material import Material

if TYPE_CHECKING:
    from collections.abc import Callable

READERS = {reader.name: reader for reader in all_readers()}
EXAMPLES = int(os.environ.get("ANDON_FUZZ_EXAMPLES", "10"))  # of each kind of damage to each format; raise it for a long run
SMALL = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read_as(reader: str, folder: Path, name: str, data: bytes) -> list[Any]:
    """What a reader makes of bytes, whether or not it would be chosen for them."""
    path = folder / name.rpartition("/")[2]
    path.write_bytes(data)
    with Material(path) as material:
        return list(read_part(READERS[reader], Part(material.members[0], material)))


def nothing_is_lost(items: list[Any], data: bytes) -> None:
    """Counts agree, places are true."""
    assert counts_of(items).whole
    assert not [one for one in items if isinstance(one, Finding) and one.code == "counts_differ"]
    places_are_true(items, data)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
@SMALL
@given(data=st.data())
def test_cut_anywhere(form: Form, tmp_path: Path, data: st.DataObject) -> None:
    """A file that ends anywhere gives what stands before, and no more messages than the whole."""
    length = data.draw(st.integers(0, len(form.data)))
    items = read_as(form.reader, tmp_path, form.name, form.data[:length])
    nothing_is_lost(items, form.data[:length])
    assert len(messages_of(items)) <= sum(form.counts[:4])


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
@SMALL
@given(data=st.data())
def test_damaged_anywhere(form: Form, tmp_path: Path, data: st.DataObject) -> None:
    """Bytes overwritten, put in or taken out anywhere never stop a reader, and what it says stays true to the bytes."""
    raw = bytearray(form.data)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(raw)))
        raw[at : at + data.draw(st.integers(0, 8))] = data.draw(
            st.binary(max_size=8) | st.sampled_from([b"\x00", b"}", b"]", b'"', b"\\", b"<", b">", b"&#0;", b"\n", b"\xff", b"\xe3"])
        )
    nothing_is_lost(read_as(form.reader, tmp_path, form.name, bytes(raw)), bytes(raw))


@pytest.mark.parametrize("reader", sorted(READERS))
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=400))
def test_any_bytes(reader: str, tmp_path: Path, data: bytes) -> None:
    """A reader that is given something else altogether ends quietly."""
    nothing_is_lost(read_as(reader, tmp_path, "x", data), data)


def test_damage_costs_one_record(read: Callable[..., list[Any]]) -> None:
    """One broken message between good ones: the good ones are read, and the bad one's bytes are pointed at."""
    good = {"name": "x", "type": "personal_chat", "id": 1, "messages": [telegram(number, text=str(number)) for number in range(1, 21)]}
    data = json.dumps(good, indent=1).encode().replace(b'"text": "9"', b'"text": "9')
    items = read("result.json", data)
    assert {one.text for one in messages_of(items)} == {str(number) for number in range(1, 21)} - {"9"}
    (lost,) = (one for one in items if isinstance(one, Finding) and one.rejects)
    assert b'"id": 9' in data[lost.place.offset : lost.place.offset + lost.place.length]


def test_missing_brace_costs_one_record(read: Callable[..., list[Any]]) -> None:
    """A record that is not closed swallows the others for every plain parser; here they are cut free again."""
    good = {"name": "x", "type": "personal_chat", "id": 1, "messages": [telegram(number, text=str(number)) for number in range(1, 21)]}
    data = json.dumps(good, indent=1).encode()
    at = data.index(b"}", data.index(b'"text": "9"'))
    items = read("result.json", data[:at] + data[at + 1 :])
    assert {one.text for one in messages_of(items)} == {str(number) for number in range(1, 21)} - {"9"}


def test_deep_json_is_refused(read: Callable[..., list[Any]]) -> None:
    """A message nested a hundred thousand deep is a finding; its neighbours are read."""
    deep = b"[" * 100_000 + b"]" * 100_000
    records = [json.dumps(telegram(1, text="一")).encode(), b'{"id":2,"text":' + deep + b"}", json.dumps(telegram(3, text="三")).encode()]
    items = read("result.json", b'{"name":"x","type":"personal_chat","id":1,"messages":[' + b",".join(records) + b"]}")
    assert [one.text for one in messages_of(items)] == ["一", "三"]
    assert [one.code for one in items if isinstance(one, Finding)] == ["json_too_deep"]


@pytest.mark.parametrize("entity", [b'<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">', b'<!ENTITY a SYSTEM "file:///etc/hostname">'])
def test_entities_are_refused(entity: bytes, read: Callable[..., list[Any]]) -> None:
    """Entities are neither expanded nor fetched."""
    form = next(one for one in FORMS if one.reader == "ufed_xml")
    data = form.data.replace(b"<project", b"<!DOCTYPE x [" + entity + b"]>\n<project").replace("明日".encode(), b"]]>&a;<![CDATA[")
    items = read("report.xml", data)
    assert "xml_entities" in [one.code for one in items if isinstance(one, Finding)]
    assert not messages_of(items)


def test_control_characters_in_xml(read: Callable[..., list[Any]]) -> None:
    """Bytes that XML forbids are blanked for the parser; the place and the hash are of the bytes as they are."""
    form = next(one for one in FORMS if one.reader == "ufed_xml")
    data = form.data.replace("募集".encode(), "募\x0b集".encode())
    items = read("report.xml", data)
    assert "募 集" in [one.text for one in messages_of(items)]
    assert b"\x0b" in data[messages_of(items)[0].place.offset :][: messages_of(items)[0].place.length]
    places_are_true(items, data)


def test_scripts_stay_text(tmp_path: Path) -> None:
    """What looks like markup in a message is escaped in the page that is written."""
    from andon.evidence.chats.writing import ChatFile  # noqa: PLC0415 - used here only

    (tmp_path / "in").mkdir()
    data = json.dumps(
        {"name": "<script>alert(1)</script>", "type": "personal_chat", "id": 1, "messages": [telegram(1, text="<img src=x onerror=alert(1)>")]}
    )
    (tmp_path / "in" / "result.json").write_text(data)
    with ChatFile(tmp_path / "page.html", "en") as page:
        for item in read_folder(tmp_path / "in"):
            page.write(item)
    text = (tmp_path / "page.html").read_text()
    assert "<script>" not in text
    assert "<img" not in text
    assert "&lt;img src=x" in text


def test_archive_inside_an_archive(tmp_path: Path) -> None:
    """An export packed in an archive in a folder is read in place, and its path says so."""
    form = next(one for one in FORMS if one.name == "_chat.txt")
    with zipfile.ZipFile(tmp_path / "WhatsApp Chat - 仕事.zip", "w") as archive:
        archive.writestr("_chat.txt", form.data)
    (tmp_path / "note.bin").write_bytes(b"\x00\x01")
    items = read_folder(tmp_path)
    assert counts_of(items).file == "WhatsApp Chat - 仕事.zip!/_chat.txt"
    places_are_true(items, form.data)


@pytest.mark.parametrize(("name", "make"), [(name, make) for name, _, make, _ in DATABASES])
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_databases(name: str, make: Callable[[Path], None], tmp_path: Path, data: st.DataObject) -> None:
    """Pages overwritten anywhere never stop the reading, and the counts agree."""
    made = tmp_path / "made.db"
    made.unlink(missing_ok=True)
    make(made)
    raw = bytearray(made.read_bytes())
    made.unlink()
    at = data.draw(st.integers(100, len(raw) - 1))
    raw[at : at + 64] = data.draw(st.binary(min_size=64, max_size=64))
    (tmp_path / name).write_bytes(bytes(raw))
    assert all(one.whole for one in read_folder(tmp_path / name) if isinstance(one, Counts))


def test_rows_behind_broken_pages(tmp_path: Path) -> None:
    """Pages broken in the middle of a table cost their rows only: the rows behind them are read from the other end."""
    path = tmp_path / "ChatStorage.sqlite"
    whatsapp_ios(path)
    with sqlite3.connect(path) as database:
        database.executemany(
            "INSERT INTO ZWAMESSAGE VALUES (?,1,0,1,NULL,?,700000000,'k',?)", [(number, number, "x" * 300) for number in range(7, 2000)]
        )
    database.close()
    raw, size = bytearray(path.read_bytes()), 4096
    middle = len(raw) // size // 2 * size
    raw[middle : middle + size] = b"\xff" * size
    path.write_bytes(bytes(raw))
    items = read_folder(path)
    numbers = [one.number for one in messages_of(items)]
    (finding,) = (one for one in items if isinstance(one, Finding) and one.code == "broken_pages")
    assert numbers[0] == 1
    assert numbers[-1] == 1999
    assert 1980 < len(numbers) < 1998
    assert finding.facts["after"] + 1 not in numbers


@pytest.mark.parametrize("path", sorted((Path(__file__).parent / "found").glob("*.bin")), ids=lambda path: path.name)
def test_found_by_fuzzing(path: Path, tmp_path: Path) -> None:
    """Inputs that once broke a reader (found by `fuzz.py`, made small) no longer do, whether the reader is chosen or given."""
    reader, _, name = path.name.removesuffix(".bin").partition("--")
    copy = tmp_path / name.partition("--")[2]
    copy.write_bytes(path.read_bytes())
    for chosen in (reader, None):
        problem, _, _ = tried(copy, chosen)
        assert not problem


def test_deep_html_is_refused(tmp_path: Path) -> None:
    """A message of fifty thousand nested elements is a finding (parsing it takes the square of that), and its neighbours are read."""
    form = next(one for one in FORMS if one.reader == "telegram_html")
    data = form.data.replace("集合".encode(), b"<div>" * 50_000)
    items = read_as("telegram_html", tmp_path, "messages.html", data)
    nothing_is_lost(items, data)
    assert [one.code for one in items if isinstance(one, Finding)] == ["html_too_deep"]
    assert [one.number for one in messages_of(items)] == [13, 14]


def test_rows_without_end(tmp_path: Path) -> None:
    """Pages that point to one another give their rows again and again: the reading stops where the numbers no longer rise."""
    path = tmp_path / "ChatStorage.sqlite"
    whatsapp_ios(path)
    with sqlite3.connect(path) as database:
        database.executemany("INSERT INTO ZWAMESSAGE VALUES (?,1,0,1,NULL,?,700000000,'k',?)", [(number, number, "x" * 300) for number in range(7, 2000)])
        (root,) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ZWAMESSAGE'").fetchone()
    database.close()
    raw, size = bytearray(path.read_bytes()), 4096
    page = (root - 1) * size
    assert raw[page] == 5  # an inner page: its cells name the pages below
    count = int.from_bytes(raw[page + 3 : page + 5], "big")
    cells = [int.from_bytes(raw[page + 12 + 2 * at : page + 14 + 2 * at], "big") for at in range(count)]
    for cell in cells[1:]:  # every one names the first page below
        raw[page + cell : page + cell + 4] = raw[page + cells[0] : page + cells[0] + 4]
    path.write_bytes(bytes(raw))
    items = read_folder(path)
    assert counts_of(items).whole
    assert "broken_pages" in [one.code for one in items if isinstance(one, Finding)]
    numbers = [one.place.offset for one in messages_of(items)]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("name", ["line.txt", "[LINE]仕事.txt", "WhatsApp Chat with 仕事.txt", "wechat.txt", "kakao_pc.txt", "matrix.txt"])
def test_endless_text(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that never ends is cut at a bound: what is behind it is pointed at line by line, and memory stays bounded."""
    for module in (dated_text, headed_text, line_phone, line_pc):
        monkeypatch.setattr(module, "MOST_TEXT", 2000)
    form = next(one for one in FORMS if one.name == name)
    data = form.data.rstrip() + b"\n" + b"an endless text goes on\n" * 500
    items = read_as(form.reader, tmp_path, name, data)
    nothing_is_lost(items, data)
    assert max(one.place.length for one in messages_of(items)) < 3000
    assert sum(one.code == "line_without_message" for one in items if isinstance(one, Finding)) > 300


@pytest.mark.parametrize("piece", ["9", "a", " ", "\t", "(", "a.b (", "A A ", '"', "<a ", '<a b="', "が", "님이 "])
@pytest.mark.parametrize("reader", ["kakao_text", "line_pc", "line_phone", "sms_xml", "wechat_text", "whatsapp_text"])
def test_time_is_bounded(reader: str, piece: str, tmp_path: Path) -> None:
    """Forty thousand bytes of the same, inside an export, never take seconds: no pattern goes back over them again and again."""
    form = next(one for one in FORMS if one.reader == reader)
    at = form.data.index(b"\n", len(form.data) // 2)
    (tmp_path / form.name.rpartition("/")[2]).write_bytes(form.data[:at] + (piece * (40_000 // len(piece.encode()))).encode() + form.data[at:])
    problem, _, _ = tried(tmp_path / form.name.rpartition("/")[2], reader)
    assert not problem
