"""Books of what is cut, damaged or hostile: what can be read is in the book, what cannot is a finding, and the original is as it was."""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest

from andon.evidence.books.read import Book
from andon.evidence.books.write import write_book
from andon.evidence.chats.registry import read_material
from andon.evidence.custody.material import Material

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def telegram(count: int = 40, **more: object) -> bytes:
    messages = [
        {"id": seq + 1, "type": "message", "date_unixtime": str(1795089480 + seq), "from": "黒猫", "from_id": "user1", "text": f"本文{seq}<script>alert(1)</script>"} | more
        for seq in range(count)
    ]  # fmt: skip
    return json.dumps({"name": "深夜便", "type": "private_group", "id": 1, "messages": messages}, ensure_ascii=False).encode()


def nested() -> bytes:
    return telegram().replace(b'"text": "\xe6\x9c\xac\xe6\x96\x877', b'"deep": ' + b"[" * 100_000 + b"]" * 100_000 + b', "text": "\xe6\x9c\xac\xe6\x96\x877', 1)


def tricky_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../outside/result.json", telegram())
        archive.writestr("/etc/result.json", telegram(3))
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("result.json", telegram() + b" " * (300 << 20))
    return out.getvalue()


def four_gigabytes() -> bytes:
    """An archive whose list declares 4 GB for a few bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("result.json", telegram())
    data = bytearray(out.getvalue())
    at = data.rindex(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", 0xFFFFFFF0)
    return bytes(data)


def broken_pages(folder: Path) -> bytes:
    path = folder / "made.db"
    database = sqlite3.connect(path)
    database.execute("PRAGMA page_size = 1024")
    database.execute("CREATE TABLE messages (id TEXT, conversationId TEXT, json TEXT, sent_at INTEGER)")
    database.executemany("INSERT INTO messages VALUES (?, 'c', ?, ?)", [(str(at), "{}" * 100, at) for at in range(500)])
    database.commit()
    database.close()
    data = bytearray(path.read_bytes())
    path.unlink()
    for at in range(8 * 1024, len(data), 4 * 1024):
        data[at : at + 1024] = b"\xff" * 1024
    return bytes(data)


CASES: dict[str, tuple[str, Callable[[Path], bytes]]] = {
    "cut": ("result.json", lambda _: telegram()[:-700]),
    "empty": ("result.json", lambda _: b""),
    "wrong encoding": ("result.json", lambda _: telegram().decode().encode("utf-16")),
    "control escapes": ("result.json", lambda _: telegram().replace("本文5".encode(), b"\\\x05\x01\xff\xfe")),
    "nested": ("result.json", lambda _: nested()),
    "tricks": ("export.zip", lambda _: tricky_zip()),
    "bomb": ("export.zip", lambda _: bomb()),
    "4 GB": ("export.zip", lambda _: four_gigabytes()),
    "broken pages": ("db.sqlite", broken_pages),
    "noise": ("[LINE] x.txt", lambda _: bytes(range(256)) * 500),
}


@pytest.mark.parametrize("name", CASES)
def test_bad_input_is_kept_as_far_as_it_can_be_read(tmp_path: Path, name: str) -> None:
    """Every message and finding of the reading is in the book; nothing appears beside the original, whose hash stays."""
    file, content = CASES[name]
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / file
    path.write_bytes(content(tmp_path))
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    with Material(path) as material:
        items = list(read_material(material))
    with Material(path) as material:
        facts = write_book(tmp_path / "b", read_material(material))
    with Book(tmp_path / "b") as book:
        assert facts.messages == sum(type(one).__name__ == "Message" for one in items)
        assert book.findings() == [one for one in items if type(one).__name__ == "Finding"]
        for talk in book.conversations():
            assert len(list(book.all_rows(talk.number))) == talk.length
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert [one.name for one in (tmp_path / "in").iterdir()] == [file]
    if name in {"cut", "nested", "tricks"}:
        assert facts.messages > 30
    if name in {"cut", "nested"}:
        assert facts.findings > 0
