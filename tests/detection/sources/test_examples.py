"""Every source reads its examples into exactly the expected rows.

`examples/<source>.<name>.<ending>` stands beside `<same name>.expected.json`. A missing expectation is written once and fails until it is reviewed.
"""

from __future__ import annotations

import dataclasses
import json
import os
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from andon.detection.records.batches import PostBatch, read_batches
from andon.detection.sources.registry import all_sources

EXAMPLES = Path(__file__).parent / "examples"
FILES = sorted(path for path in EXAMPLES.iterdir() if not path.name.endswith(".expected.json"))
SHARED = os.environ.get("ANDON_SHARED_DATA")
needs_shared = pytest.mark.skipif(SHARED is None, reason="ANDON_SHARED_DATA is not set: the shared captures are not part of the project")


def plain(batches: list[PostBatch]) -> dict[str, Any]:
    """All that was read, as JSON; fields that are empty are left out."""
    posts = [batch.post(i) for batch in batches for i in range(len(batch))]
    rows = [{key: value for key, value in dataclasses.asdict(post).items() if value} for post in sorted(posts, key=lambda post: post.row)]
    rejects = [{"row": item.row, "reason": item.reason} for batch in batches for item in batch.rejects]
    found = {"source": batches[0].source, "skipped": sum(batch.skipped for batch in batches), "rejects": rejects, "posts": rows}
    return json.loads(json.dumps(found, default=lambda value: value.isoformat()))  # type: ignore[no-any-return]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_example(path: Path) -> None:
    """The example is recognised without being told its source, and every field comes out as expected."""
    found = plain(list(read_batches([str(path)])))
    expected = path.with_name(path.name + ".expected.json")
    if not expected.exists():
        expected.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        pytest.fail(f"{expected.name} was missing; it is written now and must be reviewed")
    assert found == json.loads(expected.read_text(encoding="utf-8"))
    assert found["source"] == path.name.split(".")[0]


def test_every_source_has_an_example() -> None:
    """No source comes without an example."""
    assert {source.name for source in all_sources()} == {path.name.split(".")[0] for path in FILES}


@needs_shared
def test_flat_capture_of_x() -> None:
    """The flat twarc capture holds 100 posts, all with handles, and none of them cut."""
    batches = list(read_batches([f"{SHARED}/x_api_v2/flat.jsonl"]))
    posts = [batch.post(i) for batch in batches for i in range(len(batch))]
    assert (len(posts), batches[0].source, batches[0].rejects) == (100, "x_api", [])
    assert all(post.author and post.created_at for post in posts)
    assert not any(post.repost_of and post.text.startswith("RT @") for post in posts)


@needs_shared
@pytest.mark.parametrize("name", ["edited", "entities_test", "geo_tweets", "many_urls", "media_tweet", "mentions_tweet", "quoted_edit", "two_tweets"])
def test_pages_of_x(name: str) -> None:
    """Captured pages give as many posts as their data hold."""
    path = f"{SHARED}/x_api_v2/{name}.jsonl"
    wanted = sum(len(json.loads(line)["data"]) for line in Path(path).read_text(encoding="utf-8").splitlines())
    batches = list(read_batches([path]))
    assert (sum(map(len, batches)), [item for batch in batches for item in batch.rejects]) == (wanted, [])


@needs_shared
def test_capture_of_bluesky() -> None:
    """Of a captured window of Jetstream, the created and updated posts are read and all other events skipped."""
    path = f"{SHARED}/bluesky/expected_v1.jsonl"
    events = [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
    kinds = Counter((e["kind"], e.get("commit", {}).get("collection"), e.get("commit", {}).get("operation")) for e in events)
    wanted = sum(kinds["commit", "app.bsky.feed.post", operation] for operation in ("create", "update"))
    batches = list(read_batches([path]))
    assert (sum(map(len, batches)), sum(batch.skipped for batch in batches)) == (wanted, len(events) - wanted)


@needs_shared
def test_board_of_shared_data() -> None:
    """The made board file has two readable posts and one deleted line."""
    (batch,) = read_batches([f"{SHARED}/made/5ch.dat"])
    assert [batch.post(i).id for i in range(len(batch))] == ["5ch/1", "5ch/3"]
    assert (batch.source, batch.skipped, batch.post(0).extra["title"][:3]) == ("board_dat", 1, "闇バイ")


@needs_shared
@pytest.mark.parametrize(
    ("name", "posts", "skipped"),
    [("personal_chat", 4, 1), ("supergroup_with_topics", 4, 3), ("chat-miner_batch", 2, 0), ("chat-miner_single", 2, 0)],
)
def test_exports_of_telegram(name: str, posts: int, skipped: int) -> None:
    """Exports of Telegram Desktop give as many posts as they hold messages; notices are skipped; every post has a time."""
    batches = list(read_batches([f"{SHARED}/telegram/{name}.json"]))
    made = [batch.post(i) for batch in batches for i in range(len(batch))]
    assert (batches[0].source, len(made), sum(batch.skipped for batch in batches)) == ("telegram", posts, skipped)
    assert all(post.text and post.created_at and post.author_name for post in made)
    assert [item for batch in batches for item in batch.rejects] == []


@needs_shared
def test_telegram_export_that_is_no_json() -> None:
    """Control characters that Telegram Desktop escapes in its own way cost no message."""
    expected = json.loads(Path(f"{SHARED}/made/EXPECTED.json").read_text(encoding="utf-8"))["telegram_badjson_control.json"]
    batches = list(read_batches([f"{SHARED}/made/telegram_badjson_control.json"]))
    texts = [batch.text(i) for batch in batches for i in range(len(batch))]
    assert (texts, sum(batch.skipped for batch in batches)) == ([expected["text"]] * expected["messages"], expected["service"])


def _bodies_of_cassette(path: Path) -> list[str]:
    """Bodies of answers and frames of a cassette that hold JSON: single-quoted YAML strings, whose folded lines are joined again."""
    quoted = re.findall(r"(?:string|payload): '((?:[^']|'')*)'", path.read_text(encoding="utf-8"))
    return [re.sub(r"\s*\n\s*", " ", body).replace("''", "'") for body in quoted]


@needs_shared
@pytest.mark.parametrize(("name", "counts"), [("test_status.yaml", (2, 1)), ("test_search.yaml", (0, 3)), ("test_stream_websocket_hashtag[True].ws.yaml", (2, 2))])
def test_cassettes_of_mastodon(name: str, counts: tuple[int, int], tmp_path: Path) -> None:
    """Statuses and frames that a client of Mastodon recorded come out whole: posts with author, address and time, and deletions."""
    bodies = _bodies_of_cassette(Path(SHARED or "") / "mastodon" / name)
    frames = [json.dumps({"event": "delete" if body.isdigit() else "update", "payload": body}) for body in bodies] if ".ws." in name else bodies
    path = tmp_path / "frames.jsonl"
    path.write_text("\n".join(frames), encoding="utf-8")
    batches = list(read_batches([str(path)], source="mastodon"))
    posts = [batch.post(i) for batch in batches for i in range(len(batch))]
    assert (len(posts), sum(batch.skipped for batch in batches)) == counts
    assert all(post.text and post.author and post.url and post.created_at and "<" not in post.text for post in posts)
