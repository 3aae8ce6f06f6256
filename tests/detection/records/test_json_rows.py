"""The scanner and the careful way agree on everything."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from andon.detection.records.batch import Collector, PostBatch
from andon.detection.records.chunks import Chunk, _line_chunk
from andon.detection.records.json_rows import JsonReader, parse_json
from andon.detection.records.kernels import CAREFUL, TAKEN
from andon.detection.sources.registry import source_named
from andon.detection.sources.source import Place

NAMES = ("generic", "x_api", "bluesky", "telegram", "telegram_api")
READERS = {name: JsonReader(source_named(name), "f") for name in NAMES}
BSKY = {
    "did": "did:plc:a", "time_us": 1779719009157119, "kind": "commit",
    "commit": {"operation": "create", "collection": "app.bsky.feed.post", "rkey": "r", "record": {"text": "本文\n", "langs": ["ja"]}},
}  # fmt: skip
SEEDS = [
    {"text": "高収入 即日💰"},
    {"id": 5, "full_text": 'a\\b"c\t', "n": [1, -2.5, {"text": 3}, [], {}], "t": True, "f": None},
    {"post": {"本文": "募集"}, "label": 1},
    {"data": {"id": "1", "text": "A &amp; B", "author_id": "2"}, "matching_rules": [{"id": 1377649934414049282}]},
    {"id": "1", "text": "RT @a: b…", "referenced_tweets": [{"type": "retweeted", "id": "3", "text": "b c d"}]},
    BSKY,
    {"id": 3, "type": "message", "date_unixtime": "1772323500", "text": "運ぶだけ\x0b", "text_entities": [{"type": "plain", "text": "運ぶ"}]},
    {"id": 4, "type": "message", "text": "どれ", "poll": {"question": "問", "answers": [{"text": "答"}]}, "todo_list": {"title": "表"}},
    {"_": "Message", "id": 5, "peer_id": {"channel_id": 1}, "message": "募集", "media": {"poll": {"question": "問"}}, "chat": {"id": 1}},
]
KEYS = st.sampled_from(["text", "本文", "full_text", "post", "data", "id", "note_tweet", "errors", "kind", "commit", "record", "Text", "type", "_", "poll", "message", "a", ""])
LEAVES = st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8)
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12)
OBJECTS = st.dictionaries(KEYS, VALUES, max_size=6)


def chunk_of(data: bytes) -> Chunk:
    """One chunk of lines."""
    data += b"\n"
    return _line_chunk(data, len(data), len(data), 0)


def outcome(batch: PostBatch) -> tuple[list[tuple[int, str]], list[tuple[int, str]], int]:
    """Texts and rejects by row, and the number skipped."""
    posts = [batch.post(i) for i in range(len(batch))]
    assert [post.text for post in posts] == [batch.text(i) for i in range(len(batch))]
    return sorted((post.row, post.text) for post in posts), sorted((item.row, item.reason) for item in batch.rejects), batch.skipped


def carefully(chunk: Chunk, name: str) -> tuple[list[tuple[int, str]], list[tuple[int, str]], int]:
    """What the careful way alone makes of the chunk."""
    found, source = Collector(), source_named(name)
    for k in range(len(chunk.starts)):
        raw, place = chunk.raw(k), Place("f", k + 1)
        if raw.strip(b" \t\r\n"):
            found.take(lambda raw=raw, place=place: source.posts(parse_json(raw), place), place, raw)
    rejects = sorted((item.row, item.reason) for item in found.rejects)
    return sorted((post.row, post.text) for post in found.posts), rejects, found.skipped


def check(data: bytes) -> None:
    """Both ways agree for every source."""
    chunk = chunk_of(data)
    for name in NAMES:
        assert outcome(READERS[name].batch(chunk, 0, 0)) == carefully(chunk, name)


def state(line: bytes, name: str = "generic") -> int:
    """What the scanner alone says of one line."""
    return int(READERS[name]._scan(chunk_of(line)).status[0])


@settings(max_examples=300, deadline=None)
@given(st.lists(OBJECTS, max_size=4), st.booleans())
def test_ways_agree_on_any_objects(values: list[dict[str, Any]], spaced: bool) -> None:
    """For any objects, minified or spaced, both ways give the same texts and rejects."""
    import json

    check(b"\n".join(json.dumps(value, indent=None).encode() if spaced else orjson.dumps(value) for value in values if _fits(value)))


def _fits(value: dict[str, Any]) -> bool:
    try:
        orjson.dumps(value)
    except (orjson.JSONEncodeError, UnicodeEncodeError):
        return False
    return True


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(0, 400), st.binary(max_size=3), st.integers(0, 3)), min_size=1, max_size=3))
def test_ways_agree_on_damage(seed: dict[str, Any], changes: list[tuple[int, bytes, int]]) -> None:
    """Whatever bytes are put in, changed or cut out, both ways give the same texts and rejects."""
    data = orjson.dumps(seed)
    for place, put, cut in changes:
        at = place % (len(data) + 1)
        data = data[:at] + put + data[at + cut :]
    check(orjson.dumps(seed) + b"\n" + data + b"\n" + orjson.dumps(seed))


def test_ways_agree_on_many_small_damages() -> None:
    """Each single change of a byte to one that means something in JSON leaves both ways in agreement."""
    chance = random.Random(5)
    marks = b'"\\{}[],:0eE.-tu \n\xe3\xff&'
    damaged = []
    for seed in SEEDS:
        for spelled in (orjson.dumps(seed), __import__("json").dumps(seed).encode()):
            for _ in range(400):
                at = chance.randrange(len(spelled))
                damaged.append(spelled[:at] + bytes([chance.choice(marks)]) + spelled[at + chance.randrange(2) :])
    check(b"\n".join(damaged))


@pytest.mark.parametrize(
    "line",
    [
        b'{"text":"a"}', b' { "text" : "a" } \r', b'{"\\u0074ext":"a"}', b'{"\\u672c\\u6587":"a"}', b'{"a":[],"b":{},"c":[{}],"text":"\\ud83d\\ude00\\/"}',
        b'{"a":-0.5,"b":0,"c":123456789012345678,"text":"\xe3\x81\x82"}', b'{"a":' + b"[" * 59 + b"]" * 59 + b',"text":"x"}',
    ],
)  # fmt: skip
def test_scanner_takes(line: bytes) -> None:
    """Plain lines are taken without parsing."""
    assert state(line) == TAKEN


@pytest.mark.parametrize(
    "line",
    [
        b'{"text":"a","text":"b"}', b'{"text":"a","body":"b"}', b'{"post":{"text":"a"},"post":1}', b'{"text":"\\ud83d"}', b'{"a":1e5,"text":"a"}',
        b'{"a":1234567890123456789,"text":"a"}', b'{"text":1}', b'{"text":"a"', b'{"text":"a"}}', b'{"text":"a",}', b'{"text":"a"}{}', b'["text"]',
        b'{"a":01,"text":"a"}', b'{"a":1.,"text":"a"}', b'{"a":+1,"text":"a"}', b'{"a":tru,"text":"a"}', b'{"text":"a\tb"}', b'{"text":"\\x41"}',
        b'{"text":"\xff"}', b'{"b":"\xff","text":"a"}', b'{"text":""}', b'{"x":1}', b'"text"', b'{"a":[1 2],"text":"a"}', b'{"a" "text":"a"}', b"{,}",
        b'{"a":' + b"[" * 60 + b"]" * 60 + b',"text":"x"}', b'{"text":"' + b"a" * 100_001 + b'"}', b'{"a":[},"text":"a"}', b'{"text":"a"]',
    ],
)  # fmt: skip
def test_scanner_leaves(line: bytes) -> None:
    """Anything unusual or broken goes the careful way."""
    assert state(line) == CAREFUL
    check(line)


def test_need_veto_entity_and_beginning() -> None:
    """A shape's conditions send a line the careful way."""
    assert state(orjson.dumps(BSKY), "bluesky") == TAKEN
    assert state(orjson.dumps({**BSKY, "kind": "identity"}), "bluesky") == CAREFUL
    assert state(b'{"id":"1","text":"a"}', "x_api") == TAKEN
    assert state(b'{"id":"1","text":"a","data":{"text":"b"}}', "x_api") == CAREFUL
    assert state(b'{"id":"1","text":"RT @b: c"}', "x_api") == CAREFUL
    assert state(b'{"id":"1","text":"a","note_tweet":{"text":"b"}}', "x_api") == CAREFUL


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("a &lt;", "a <"), ("a \\u0026lt;", "a <"), ("&gt;&amp;", ">&"), ("&amp;lt;", "&lt;"), ("&amp;amp;amp;", "&amp;amp;"), ("&am", "&am"), ("&", "&"), ("&&lt", "&&lt"),
        ("&quot;&LT;", "&quot;&LT;"), ("12345678901&amp;", "12345678901&"), ("&l\\u0074;", "<"), ("あ&lt;\\n", "あ<\n"),
    ],
)  # fmt: skip
def test_scanner_undoes_entities_once(written: str, text: str) -> None:
    """The three entities of X are undone by the scanner as by the careful way; others stay."""
    line = b'{"id":"1","text":"%s"}' % written.encode()
    scanned = READERS["x_api"]._scan(chunk_of(line))
    assert (scanned.status[0], scanned.data.tobytes().decode()) == (TAKEN, text)
    check(line)


@given(st.lists(st.sampled_from(["&", "amp;", "lt;", "gt;", "&amp;", "&lt;", "a", "あ", ";", "l", "t"]), min_size=1, max_size=12))
def test_ways_agree_on_entities(pieces: list[str]) -> None:
    """However entities and parts of them stand side by side, both ways undo the same."""
    check(orjson.dumps({"id": "1", "text": "".join(pieces)}))


def test_nothing_is_skipped_at_word_borders() -> None:
    """Wherever a text begins and however long it is, the eight-byte steps find its end."""
    data = b"\n".join(b'{"%s":0,"text":"%s","z":"\\""}' % (b"k" * (i % 9), b"a" * (i // 9) + (b"\\n" if i % 2 else b"")) for i in range(9, 400))
    assert np.all(READERS["generic"]._scan(chunk_of(data)).status == TAKEN)
    check(data)


def test_invalid_utf8_costs_only_its_line() -> None:
    """A chunk with one bad byte is still scanned but for that line."""
    states = READERS["generic"]._scan(chunk_of(b'{"text":"a"}\n{"text":"a","x":"\xff"}\n{"text":"\xe3\x81\x82"}')).status
    assert states.tolist() == [TAKEN, CAREFUL, TAKEN]
