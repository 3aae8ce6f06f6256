"""Elements of arrays inside a large object: found in any layout and at any cut, with what stands around them, in flat memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from andon.detection.records.batches import PostBatch, read_batches
from andon.detection.records.inner_chunks import Walk, holds_inner

NAMES = st.sampled_from(["messages", "list", "name", "a"])
SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=6) | st.sampled_from(['"messages": [', "\\", "]}", "{["])
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=15)
INDENTS = st.sampled_from([None, 0, 1])


def message(number: int, text: str = "投稿") -> dict[str, Any]:
    """A message of a Telegram export."""
    stamp = str(1772323500 + number)
    return {"id": number, "type": "message", "date_unixtime": stamp, "from": "人", "from_id": "user1", "text": f"{text} {number} ]}}\"[{{"}


def chat(number: int, count: int, text: str = "投稿") -> dict[str, Any]:
    """A chat with `count` messages."""
    return {"name": f"部屋{number}", "type": "private_supergroup", "id": number, "messages": [message(i, text) for i in range(1, count + 1)]}


def account(counts: list[int]) -> dict[str, Any]:
    """An account with a chat for each of `counts`."""
    people = {"about": "x", "list": [{"first_name": '"messages": [', "user_id": 1}]}
    chats = {"about": "y", "list": [chat(100 + i, count) for i, count in enumerate(counts)]}
    return {"about": "z", "personal_information": {"user_id": 5}, "contacts": people, "chats": chats, "sessions": {"list": [1.5, None, True]}}


def write(folder: Path, content: bytes) -> str:
    """A file with this content."""
    path = folder / "result.json"
    path.write_bytes(content)
    return str(path)


def posts(batches: list[PostBatch]) -> list[tuple[int, str, str]]:
    """Row, id and chat of all posts, by row."""
    made = [batch.post(i) for batch in batches for i in range(len(batch))]
    assert [batch.text(i) for batch in batches for i in range(len(batch))] == [post.text for post in made]
    return sorted((post.row, post.id, post.extra["chat"]) for post in made)


def faults(batches: list[PostBatch]) -> list[tuple[int, str]]:
    """Row and reason of all rejects."""
    return [(item.row, item.reason) for batch in batches for item in batch.rejects]


def inner(value: Any) -> list[Any]:
    """What must be found: elements of outermost arrays under "messages"."""
    if isinstance(value, list):
        return [found for one in value for found in inner(one)]
    if isinstance(value, dict):
        return [found for key, one in value.items() for found in (one if key == "messages" and isinstance(one, list) else inner(one))]
    return []


def walked(data: bytes, size: int) -> tuple[list[bytes], Walk]:
    """Elements that a walk finds when the text comes in pieces of `size`."""
    walk, rest, found = Walk(["messages"]), b"", []
    for at in range(0, len(data), size):
        rest += data[at : at + size]
        for one in walk.stretches(rest + b"\n"):
            if isinstance(one, int):
                rest = rest[min(one, len(rest)) :]
            else:
                found += [(rest + b"\n")[a:b] for a, b in zip(one.starts, one.ends, strict=True)]
    return found, walk


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(NAMES, VALUES, max_size=4) | st.lists(VALUES, max_size=3), INDENTS, st.integers(1, 40), st.booleans())
def test_walk_finds_all_elements_at_any_cut(value: Any, indent: int | None, size: int, ascii_only: bool) -> None:
    """Whatever the value, its layout and the size of the pieces, exactly the elements of arrays under the key are found."""
    found, walk = walked(json.dumps(value, indent=indent, ensure_ascii=ascii_only).encode() + b"\n", size)
    # A scalar element may be cut in two by the end of a piece; only objects and arrays are rows of real files.
    wanted = [one for one in inner(value) if isinstance(one, dict | list)]
    assert [json.loads(one) for one in found if one[:1] in (b"{", b"[")] == wanted
    assert not walk.broken
    assert not walk.open


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60), st.integers(1, 30))
def test_walk_survives_anything(data: bytes, size: int) -> None:
    """Bytes that are no JSON never raise."""
    walked(b'{"messages": [{"a": 1},' + data, size)
    walked(data, size)


@pytest.mark.parametrize("chunk_bytes", [1, 1 << 12, 4 << 20])
@pytest.mark.parametrize("indent", [None, 1])
def test_account(tmp_path: Path, chunk_bytes: int, indent: int | None) -> None:
    """All messages of all chats come out with their own chat, in rows over the whole file, whatever the layout and the chunks."""
    counts = [3, 0, 700, 1, 40]
    path = write(tmp_path, json.dumps(account(counts), ensure_ascii=False, indent=indent).encode())
    found = list(read_batches([path], chunk_bytes=chunk_bytes))
    wanted = [(f"{100 + i}/{k}", f"部屋{100 + i}") for i, count in enumerate(counts) for k in range(1, count + 1)]
    assert posts(found) == [(row, *one) for row, one in enumerate(wanted, 1)]
    assert faults(found) == []
    assert found[-1].bytes_read == Path(path).stat().st_size


def test_resume(tmp_path: Path) -> None:
    """Going on from any batch gives exactly the rows that were missing, with their chats."""
    paths = [write(tmp_path, json.dumps(account([900, 3, 1500]), ensure_ascii=False, indent=1).encode())]
    whole = list(read_batches(paths, chunk_bytes=1 << 16))
    assert len(whole) > 3
    for cut in range(len(whole)):
        rest = list(read_batches(paths, start=whole[cut].position, chunk_bytes=1 << 16))
        assert posts(rest) == posts(whole[cut + 1 :])


@pytest.mark.parametrize("behind", ["投稿 900", '"id": 901,', "投稿 1"])
def test_cut_file(tmp_path: Path, behind: str) -> None:
    """A file that ends in the middle gives its whole messages and one reject, which a resumed run does not repeat."""
    text = json.dumps(chat(7, 2000), ensure_ascii=False, indent=1)
    cut = text[: text.index(behind) + len(behind)]
    path = write(tmp_path, cut.encode())
    found = list(read_batches([path], chunk_bytes=1 << 14))
    count = {"投稿 900": 899, '"id": 901,': 900, "投稿 1": 0}[behind]
    assert len(posts(found)) == count
    assert faults(found) == [(count + 1, "unfinished")]
    assert faults(list(read_batches([path], start=found[-1].position))) == []


def test_bad_messages_cost_themselves_only(tmp_path: Path) -> None:
    """A message with a broken body or broken bytes is rejected alone; the exporter's own escapes and bare control characters are mended."""
    good = json.dumps(message(1), ensure_ascii=False).encode()
    bodies = [
        good,
        b'{"id": 2, "type": "message", "text": nonsense}',
        b'{"id": 3, "type": "message", "text": "\xff"}',
        b'{"id": 4, "type": "message", "date": "2026-01-01T00:00:00", "text": "a\\x0Bb C:\\\\x0B \\\\\\x1f"}',
        b'{"id": 5, "type": "message", "text": "a\x01b"}',
        b'{"id": 6, "type": "call"}',
        b"17",
    ]
    path = write(tmp_path, b'{"name": "x", "type": "private_group", "id": 1, "messages": [' + b",\n".join(bodies) + b"]}")
    found = list(read_batches([path]))
    assert faults(found) == [(2, "json"), (3, "encoding"), (6, "unknown_record"), (7, "not_object")]
    texts = {found[0].post(i).id: found[0].text(i) for i in range(len(found[0]))}
    assert (texts["1/4"], texts["1/5"]) == ("a\x0bb C:\\x0B \\\x1f", "a\x01b")


def test_message_over_the_limit_ends_the_file(tmp_path: Path) -> None:
    """A message larger than 32 MiB is a reject; what stands before it is kept."""
    huge = b'{"id": 2, "type": "message", "text": "' + b"a" * (33 << 20) + b'"}'
    path = write(tmp_path, b'{"name": "x", "id": 1, "messages": [' + json.dumps(message(1)).encode() + b"," + huge + b"]}")
    found = list(read_batches([path]))
    assert [row for row, _, _ in posts(found)] == [1]
    assert faults(found) == [(2, "line_too_long")]


def test_holds_inner() -> None:
    """Inner arrays are looked for in the first value only, and an object larger than what is known of it is taken to hold one."""
    assert holds_inner(b'{"chats": {"list": [{"messages": []}]}}', ["messages"])
    assert holds_inner(b'[{"messages": [1]}]', ["messages"])
    assert holds_inner(b'{"about": "' + b"x" * 100, ["messages"])
    assert not holds_inner(b'{"a": 1}\n{"messages": []}', ["messages"])
    assert not holds_inner(b'{"text": "\\"messages\\": [1]"}', ["messages"])
    assert not holds_inner(b'[{"a": 1}, {"a"', ["messages"])


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of a process of its own is read from /proc")
def test_memory_stays_flat(tmp_path: Path) -> None:
    """Ten times the file takes hardly more memory."""
    program = (
        "import re, sys\nfrom andon.detection.records.batches import read_batches\n"
        "print(sum(map(len, read_batches([sys.argv[1]]))), re.search(r'VmHWM:\\s*(\\d+)', open('/proc/self/status').read())[1])"
    )
    peaks = []
    for count in (10_000, 100_000):
        path = write(tmp_path, json.dumps(chat(1, count, "長い文" * 100), ensure_ascii=False, indent=1).encode())
        done = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=True)
        found, peak = map(int, done.stdout.split())
        assert found == count
        peaks.append(peak)
    assert Path(path).stat().st_size > 90 << 20
    assert peaks[1] - peaks[0] < 32 << 10  # KiB
