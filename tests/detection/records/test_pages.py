"""Values that hold several posts: scanned texts and records made on demand are those of the careful way, whatever stands in the page or is cut off it."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from andon.detection.records.batch import Collector, PostBatch
from andon.detection.records.batches import read_batches
from andon.detection.records.chunks import Chunk, _line_chunk
from andon.detection.records.json_rows import _MOST_ITEMS, JsonReader, parse_json
from andon.detection.records.kernels import CAREFUL, PAGE, TAKEN, WHOLE
from andon.detection.scoring.posts import MOST_BYTES
from andon.detection.sources.registry import source_named
from andon.detection.sources.source import Place
from andon.domain.errors import RowError
from andon.domain.posts import Post

SOURCE = source_named("x_api")
READER = JsonReader(SOURCE, "f")
AROUND = {"users": [{"id": "2", "username": "neko", "name": "猫"}], "tweets": [{"id": "9", "text": "もとの全文 &amp; 続き"}], "media": [{"media_key": "m", "type": "photo"}]}
ITEMS: list[Any] = [
    {"id": "1", "text": "架空の投稿 💰", "author_id": "2", "public_metrics": {"like_count": 3}, "n": [1, -2.5, {"text": 3}, [], {}]},
    {"id": "2", "text": 'a\\b"c\t &amp;lt; d', "attachments": {"media_keys": ["m"]}, "data": {"text": "x"}, "t": True, "f": None},
    {"id": "3", "text": "RT @neko: もとの…", "referenced_tweets": [{"type": "retweeted", "id": "9"}]},
    {"id": "4", "text": "RT @gone: きえた…", "referenced_tweets": [{"type": "retweeted", "id": "8"}]},
    {"id": "5", "text": "長い…", "note_tweet": {"text": "長い話の終わりまで &gt;"}},
    {"id": "6", "text": "空の続き", "note_tweet": {}},
    {"id": "7", "text": ""},
    {"text": "番号なし", "note_tweet": None},
    {"id": "8"}, {"id": "9", "text": None}, {"id": "9", "text": 5}, None, 17, "text", [], [{"text": "a"}], {},
]  # fmt: skip
EXTRAS: list[dict[str, Any]] = [
    {}, {"includes": AROUND}, {"meta": {"result_count": 3}}, {"errors": [{"resource_id": "55"}, {"value": "56"}]}, {"errors": []}, {"errors": None},
    {"text": "そと"}, {"text": None}, {"includes": {"data": [{"text": "b"}]}}, {"__twarc": {"retrieved_at": "2026-10-01T00:00:00Z"}}, {"includes": AROUND, "errors": [1]},
]  # fmt: skip
KEYS = st.sampled_from(["text", "data", "id", "note_tweet", "errors", "includes", "tweets", "referenced_tweets", "type", "a", "\ud83d", "te\\xt"])
LEAVES = st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=6) | st.sampled_from(["RT @a: b", "\ud83d", "\ude00", "&lt;", "]}", '"data":[{"'])
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=8)
POSTS = st.sampled_from(ITEMS) | st.dictionaries(KEYS, VALUES, max_size=5)
PAGES = st.tuples(st.lists(POSTS, max_size=5), st.sampled_from(EXTRAS), st.booleans()).map(
    lambda made: {"data": made[0], **made[1]} if made[2] else {**made[1], "data": made[0]}
)


def page(*items: Any, **around: Any) -> bytes:
    """A page as one line."""
    return orjson.dumps({"data": list(items), **around})


def chunk_of(data: bytes) -> Chunk:
    """One chunk of lines."""
    return _line_chunk(data + b"\n", len(data) + 1, len(data) + 1, 0)


def made(batch: PostBatch, numbers: list[int]) -> dict[int, Post | str]:
    """Records of the posts with these numbers, asked for in this order."""
    found: dict[int, Post | str] = {}
    for i in numbers:
        try:
            found[i] = batch.post(i)
        except RowError as error:
            found[i] = error.code
    return found


def check(data: bytes) -> PostBatch:
    """The reader gives the records, texts, rejects and skips that `posts` of the source gives alone, in whatever order they are asked for."""
    chunk = chunk_of(data)
    batch, alone = READER.batch(chunk, 0, 0), Collector()
    for k in range(len(chunk.starts)):
        raw, place = chunk.raw(k), Place("f", k + 1)
        if raw.strip(b" \t\r\n;"):
            alone.take(lambda raw=raw, place=place: SOURCE.posts(parse_json(raw), place), place, raw)
    numbers = list(range(len(batch)))
    posts = made(batch, numbers)
    random.Random(1).shuffle(numbers)
    assert made(batch, numbers) == posts
    assert [post.text for post in posts.values() if isinstance(post, Post)] == [batch.text(i) for i in range(len(batch))]
    assert sorted(map(repr, posts.values())) == sorted(map(repr, alone.posts))
    # A reject keeps the row that it was made of, as the careful way does.
    assert sorted(map(repr, batch.rejects)) == sorted(map(repr, alone.rejects))
    assert batch.skipped == alone.skipped
    return batch


@settings(max_examples=150, deadline=None)
@given(st.lists(PAGES, min_size=1, max_size=3), st.sampled_from([None, 1]), st.booleans())
def test_ways_agree_on_any_page(values: list[Any], indent: int | None, ascii_only: bool) -> None:
    """Escapes, half surrogates, nested objects and values of the wrong type are the same to both ways."""
    lines = [json.dumps(value, ensure_ascii=ascii_only, separators=(",", ":") if indent is None else None) for value in values]
    check("\n".join(lines).encode("utf-8", "surrogatepass"))


@settings(max_examples=300, deadline=None)
@given(PAGES, st.lists(st.tuples(st.integers(0, 600), st.binary(max_size=3) | st.sampled_from([b'"', b",", b"{", b"}", b"[", b"]", b"\\", b"]}"]), st.integers(0, 3)), min_size=1, max_size=3))
def test_ways_agree_on_damage(value: Any, changes: list[tuple[int, bytes, int]]) -> None:
    """Whatever bytes are put in, changed or cut out of a page, both ways agree, and its neighbours lose nothing."""
    data = json.dumps(value).encode()
    for place, put, cut in changes:
        at = place % (len(data) + 1)
        data = data[:at] + put + data[at + cut :]
    good = page(ITEMS[0], ITEMS[2], includes=AROUND)
    assert len(check(good + b"\n" + data + b"\n" + good)) >= 4


def test_ways_agree_at_every_cut() -> None:
    """A line cut anywhere is one reject, as if it were parsed, and gives none of its posts."""
    line = page(*ITEMS[:4], includes=AROUND)
    for at in range(1, len(line)):
        batch = check(line[:at])
        assert (len(batch), len(batch.rejects)) == (0, 1)


@pytest.mark.parametrize(
    "line",
    [
        b'{"data":[{"text":"a"}],"data":[{"text":"b"}]}', b'{"data":[{"text":"a","text":"b"}]}', b'{"data":{"text":"c"},"data":[{"text":"b"}]}', b'{"data":[]}', b'{"data":[{"text":"a"},]}',
        b'{"data":[{"text":"a"}{"text":"b"}]}', b'{"data":[,{"text":"a"}]}', b'{"data":[{"text":"a"}},"x":[1]}', b'{"data":[[{"text":"a"}]]}', b'{"data":[{"text":"a"},1]}', b'{"data":[{"text":"a"}]}{}',
        b'{"data":[{"text":"a"}],"text":"b"}', b'{"text":"b","data":[{"text":"a"}]}', b'{"data":[{"text":"a"}],"n":1e5}', b'[{"data":[{"text":"a"}]}]',
        b'{"data":[{"text":"\\ud83d"}]}', b'{"data":[{"text":"a\xff"}]}', b'{"data":[{"a":' + b"[" * 60 + b"]" * 60 + b',"text":"x"}]}',
    ],
)  # fmt: skip
def test_scanner_leaves(line: bytes) -> None:
    """Pages that are broken, doubled or unusual go the careful way as a whole."""
    assert READER._scan(chunk_of(line)).status[0] == CAREFUL
    check(line)


def test_scanner_takes_plain_items_and_leaves_others() -> None:
    """In a page in order the texts are taken, and the items that need more are named; keys beside the array change nothing."""
    long = "a" * (MOST_BYTES + 1)
    line = b' { "includes" : {"a":[[{"data":[{"text":"z"}]}]]} , "data" : [ {"te\\u0078t":"a\\n"} , {"text":"RT @a"},{"x":1},{"text":""},{"text":"%s"},{"y":{"text":"q"},"text":"b"} ],"m":[{},[]]}\r'
    scanned = READER._scan(chunk_of(line % long.encode()))
    assert (scanned.status[0], scanned.data.tobytes()) == (PAGE, b"a\nb")
    assert scanned.owners.tolist() == [[0, 0], [0, 5]]
    assert scanned.left.tolist() == [[0, 1], [0, 2], [0, 3], [0, 4]]
    batch = check(line % long.encode())
    assert sorted(item.reason for item in batch.rejects) == ["missing_text", "text_too_long"]


@pytest.mark.parametrize(("errors", "skipped"), [(b'[{"value":"5"},{"resource_id":"6"}]', 2), (b"[1]", 0), (b"null", 0), (b"[]", 0), (b'{"value":"5"}', 0)])
def test_what_stands_beside_is_counted(errors: bytes, skipped: int) -> None:
    """Posts that a page names as gone are counted, before or behind its array, and cost the other texts no parsing."""
    for line in (b'{"data":[{"text":"a"},{"text":"RT @b"}],"errors":%s}', b'{"err\\u006frs":%s,"data":[{"text":"a"},{"text":"RT @b"}]}'):
        scanned = READER._scan(chunk_of(line % errors))
        assert (scanned.status[0], scanned.owners.tolist()) == (PAGE, [[0, 0]])
        assert scanned.left.tolist() == ([] if errors == b"null" else [[0, WHOLE]]) + [[0, 1]]
        assert check(line % errors).skipped == skipped


def test_pages_among_other_lines() -> None:
    """Rows of single posts, pages and broken lines in one chunk keep their numbers, also when one bad byte has the rows checked one by one."""
    lines = [b'{"id":"1","text":"a"}', page(ITEMS[0], ITEMS[2]), b"", b'{"id":"1","text":"\xff"}', page(ITEMS[1], ITEMS[4]), b'{"id":"2","text":"RT @b"}', b"}"]
    batch = check(b"\n".join(lines))
    assert sorted(batch.post(i).row for i in range(len(batch))) == [1, 2, 2, 5, 5, 6]
    scanned = READER._scan(chunk_of(b"\n".join(lines)))
    assert scanned.status.tolist()[:2] + scanned.status.tolist()[4:5] == [TAKEN, PAGE, PAGE]
    assert scanned.owners[:, 0].tolist() == [0, 1, 4]


def test_huge_page() -> None:
    """A page with more items than the scanner has room for goes the careful way, and one that just fits does not."""
    items = [{"text": f"{i}"} for i in range(_MOST_ITEMS + 1)]
    assert READER._scan(chunk_of(page(*items))).status[0] == CAREFUL
    assert READER._scan(chunk_of(page(*items[1:]))).status[0] == PAGE
    batch = READER.batch(chunk_of(page(*items)), 0, 0)
    assert [batch.text(i) for i in range(len(batch))] == [item["text"] for item in items]
    assert batch.post(_MOST_ITEMS).id == f"f:1.{_MOST_ITEMS + 1}"
    empty = b'{"data":[' + b",".join([b"{}"] * _MOST_ITEMS) + b"]}"
    assert len(READER._scan(chunk_of(empty)).left) == _MOST_ITEMS
    assert len(READER.batch(chunk_of(empty), 0, 0).rejects) == _MOST_ITEMS


def test_items_keep_their_order() -> None:
    """Texts that the scanner left stand between those that it took, as in the page, and each still has its own record."""
    pages = [page(*({"id": f"{n}.{i}", "text": "RT @a" if i % 3 == n else f"x{n}{i}"} for i in range(7))) for n in range(4)]
    batch = READER.batch(chunk_of(b"\n".join([*pages, b'{"id":"4.0","text":"RT @b"}', b'{"id":"5.0","text":"x50"}'])), 0, 0)
    ids = [f"{n}.{i}" for n in range(4) for i in range(7)] + ["4.0", "5.0"]
    assert [batch.post(i).id for i in range(len(batch))] == ids
    assert [batch.text(i) for i in range(len(batch))] == [batch.post(i).text for i in range(len(batch))]


def test_resume(tmp_path: Path) -> None:
    """Going on from any batch gives exactly the posts that were missing, and each batch stands at the end of whole lines."""
    path = tmp_path / "pages.jsonl"
    path.write_bytes(b"".join(page(*({"id": f"{n}.{i}", "text": f"投稿 {i}" if i % 7 else "RT @a: b"} for i in range(50)), includes=AROUND) + b"\n" for n in range(60)))
    whole = list(read_batches([str(path)], chunk_bytes=1 << 14))
    assert len(whole) > 3
    assert sum(map(len, whole)) == 3000
    for cut in range(len(whole)):
        assert path.read_bytes()[: whole[cut].position.offset].endswith(b"\n")
        rest = list(read_batches([str(path)], start=whole[cut].position, chunk_bytes=1 << 16))
        ids = sorted(batch.post(i).id for batch in rest for i in range(len(batch)))
        assert ids == sorted(batch.post(i).id for batch in whole[cut + 1 :] for i in range(len(batch)))


def test_nothing_is_skipped_at_word_borders() -> None:
    """Wherever the texts begin and however long they are, the eight-byte steps find their ends."""
    lines = [b'{"%s":0,"data":[{"%s":0,"text":"%s"},{"text":"%s"}]}' % (b"k" * (i % 9), b"j" * (i % 7), b"a" * (1 + i // 9), b"b" * (1 + i % 17)) for i in range(300)]
    scanned = READER._scan(chunk_of(b"\n".join(lines)))
    assert np.all(scanned.status == PAGE)
    check(b"\n".join(lines))
