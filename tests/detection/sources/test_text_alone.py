"""Sources whose posts are written in markup: the quick ways (scanner, text alone) say what the full record says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from andon.detection.records.batch import Collector
from andon.detection.records.batches import read_batches
from andon.detection.records.chunks import _line_chunk
from andon.detection.records.json_rows import JsonReader, parse_json
from andon.detection.sources.registry import source_named
from andon.detection.sources.source import Place

EXAMPLES = Path(__file__).parent / "examples"
NAMES = ("mastodon", "misskey", "threads", "reddit")
READERS = {name: JsonReader(source_named(name), "f") for name in NAMES}
KEYS = {
    "mastodon": "content account spoiler_text reblog poll options title type event payload id statuses ancestors descendants",
    "misskey": "text cw type body createdNote error poll choices renoteId renote deletedAt isHidden files id",
    "threads": "text data error text_attachment plaintext poll_attachment option_a option_d reposted_post media_type id",
    "reddit": "body selftext title kind data children replies error author crosspost_parent_list id",
}
WORDS = ["", "update", "delete", "channel", "note", "noteUpdated", "Listing", "t1", "t3", "[deleted]", "[removed]", "**闇**", "<p>あ</p>", "a &amp; b", "あ ", "\n", "$[x2 あ]"]


def values(name: str) -> st.SearchStrategy[Any]:
    """Objects with the keys that the source looks at and anything whatever below them."""
    keys = st.sampled_from(KEYS[name].split())
    leaves = st.none() | st.booleans() | st.integers(0, 2**53) | st.sampled_from(WORDS)
    inner = st.recursive(leaves, lambda some: st.lists(some, max_size=2) | st.dictionaries(keys, some, max_size=4), max_leaves=8)
    return st.dictionaries(keys, inner, max_size=6)


def check(name: str, rows: list[Any]) -> None:
    """The reader gives the same texts, rejects and skips as `posts` of the source alone."""
    data = b"".join(orjson.dumps(row) + b"\n" for row in rows)
    chunk = _line_chunk(data + b"\n", len(data) + 1, len(data) + 1, 0)
    batch = READERS[name].batch(chunk, 0, 0)
    posts = [batch.post(i) for i in range(len(batch))]
    assert [post.text for post in posts] == [batch.text(i) for i in range(len(batch))]
    alone = Collector()
    for number, row in enumerate(rows, 1):
        place, raw = Place("f", number), orjson.dumps(row)
        alone.take(lambda raw=raw, place=place: source_named(name).posts(parse_json(raw), place), place, raw)
    assert sorted((post.row, post.id, post.text) for post in posts) == sorted((post.row, post.id, post.text) for post in alone.posts)
    assert sorted((item.row, item.reason) for item in batch.rejects) == sorted((item.row, item.reason) for item in alone.rejects)
    assert batch.skipped == alone.skipped


PAGES = {
    "mastodon": [{"statuses": 0}, {"statuses": 0, "accounts": [], "hashtags": []}, {"ancestors": 0, "descendants": 0}, {"statuses": 0, "ancestors": []}, {"statuses": 0, "content": None}, {"statuses": 0, "event": "update", "payload": None}],
    "misskey": [[0]], "threads": [{"data": 0}, {"data": 0, "paging": {"cursors": {"after": "x"}}}, {"data": 0, "error": {"code": 1}}, {"data": 0, "text": "a"}],
    "reddit": [{"kind": "Listing", "data": {"children": 0}}, [{"kind": "Listing", "data": {"children": 0}}, {"kind": "more", "data": 0}], {"kind": "t1", "data": {"body": "a", "replies": {"kind": "Listing", "data": {"children": 0}}}}],
}  # fmt: skip


def filled(form: Any, items: list[Any]) -> Any:
    """The form of a page with `items` in place of every 0."""
    if isinstance(form, dict):
        return {key: filled(value, items) for key, value in form.items()}
    if isinstance(form, list):
        return items if form == [0] else [filled(value, items) for value in form]
    return items if form == 0 else form


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_quick_ways_agree_on_pages(name: str, data: st.DataObject) -> None:
    """Whatever stands in the lists of a page of the API and beside them, the quick ways and the full records agree."""
    items = st.lists(values(name) | st.sampled_from([None, 1, "a", []]), max_size=4)
    wrapped = items.map(lambda some: [{"kind": "t1", "data": one} for one in some]) if name == "reddit" else items
    check(name, [filled(data.draw(st.sampled_from(PAGES[name])), data.draw(wrapped)) for _ in range(data.draw(st.integers(1, 3)))])


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=400, deadline=None)
@given(data=st.data())
def test_quick_ways_agree(name: str, data: st.DataObject) -> None:
    """Whatever stands under the keys of the format, the quick ways and the full record agree."""
    check(name, data.draw(st.lists(values(name), min_size=1, max_size=5)))


LINES = sorted(path for name in NAMES for path in EXAMPLES.glob(f"{name}.*") if path.suffix == ".jsonl")


@pytest.mark.parametrize("path", LINES, ids=lambda path: path.name)
def test_quick_ways_agree_on_examples(path: Path) -> None:
    """For the examples too, in whatever source's hands."""
    for name in NAMES:
        check(name, [orjson.loads(line) for line in path.read_bytes().splitlines()])


def test_events_resume(tmp_path: Path) -> None:
    """A recorded stream of events that is read in small pieces, from any of their ends, gives each post once, under the number of its line."""
    path = tmp_path / "stream"
    status = '{{"id":"{0}","content":"<p>投稿{0}</p>","spoiler_text":"","account":{{"acct":"a"}}}}'
    path.write_text("".join(f":thump\r\nevent: update\r\ndata: {status.format(i)}\r\n\r\n" for i in range(2000)), encoding="utf-8")
    batches = list(read_batches([str(path)], chunk_bytes=1 << 16))
    assert [(post.id, post.text, post.row) for batch in batches for post in map(batch.post, range(len(batch)))] == [(str(i), f"投稿{i}", 4 * i + 3) for i in range(2000)]
    assert len(batches) > 2
    later = read_batches([str(path)], start=batches[1].position)
    assert sum(map(len, later)) == 2000 - len(batches[0]) - len(batches[1])


def test_no_events() -> None:
    """A text that only names fields of events is none."""
    from andon.detection.records.event_rows import looks_like_events

    assert not looks_like_events([b":thump", b"event: x"])
    assert not looks_like_events([b"data: 1", b"text,id"])
    assert looks_like_events([b"data:1", b"id: 5\r"])
