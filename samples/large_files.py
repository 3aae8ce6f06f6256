"""The large files of the samples, one writer for each: X, Bluesky, CSV, JSON Lines, Parquet, a board's thread.

A writer takes posts in the order of time.
"""

from __future__ import annotations

import csv
import gzip
import html
import io
import random
from datetime import UTC
from typing import TYPE_CHECKING, Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import zstandard
from invented import Written, did, handle, iso, shown, snowflake

if TYPE_CHECKING:
    from collections.abc import Sequence

    from invented import Dated

X_TEXT_LIMIT = 140  # full-width characters; a longer post carries its whole text in note_tweet
PAGE = 100
ANY_TEXT = frozenset({"x_pages", "x_flat", "bluesky", "jsonl", "parquet", "board"})  # files that hold any text as it is


def _x_post(post: Dated) -> dict[str, Any]:
    number, rng = snowflake(post), random.Random(f"x/{post.number}")
    text = post.sample.text
    item: dict[str, Any] = {
        "id": number, "text": html.escape(text, quote=False), "author_id": str(900_000_000_000 + post.account), "created_at": iso(post.at),
        "lang": post.sample.lang, "conversation_id": number, "edit_history_tweet_ids": [number], "possibly_sensitive": False,
        "public_metrics": {"retweet_count": rng.randrange(4), "reply_count": rng.randrange(3), "like_count": rng.randrange(30), "quote_count": 0},
    }  # fmt: skip
    if len(text) > X_TEXT_LIMIT:
        item |= {"text": html.escape(text[: X_TEXT_LIMIT - 1], quote=False) + "…", "note_tweet": {"text": html.escape(text, quote=False)}}
    return item


def x_pages(posts: Sequence[Dated]) -> Written:
    """Search pages of X API v2, one page a line, the authors under `includes`."""
    lines = []
    for start in range(0, len(posts), PAGE):
        page = posts[start : start + PAGE]
        users = {post.account: {"id": str(900_000_000_000 + post.account), "name": shown(post.account), "username": handle(post.account)} for post in page}
        data = [_x_post(post) for post in page]
        meta = {"newest_id": data[-1]["id"], "oldest_id": data[0]["id"], "result_count": len(data)}
        lines.append(orjson.dumps({"data": data, "includes": {"users": list(users.values())}, "meta": meta}))
    return Written("x_search_pages.jsonl.gz", gzip.compress(b"\n".join(lines) + b"\n", 9, mtime=0), [snowflake(post) for post in posts])


def x_flat(posts: Sequence[Dated]) -> Written:
    """Posts of X API v2, one a line with its author inside, as twarc's `flatten` writes them."""
    lines = []
    for post in posts:
        author = {"id": str(900_000_000_000 + post.account), "name": shown(post.account), "username": handle(post.account)}
        lines.append(orjson.dumps(_x_post(post) | {"author": author}))
    return Written("x_flat.jsonl", b"\n".join(lines) + b"\n", [snowflake(post) for post in posts])


def _rkey(post: Dated) -> str:
    """A record key as Bluesky makes them from the time: 13 characters that sort."""
    number, letters = int(post.at.timestamp() * 1_000_000) << 10 | post.number % 1024, "234567abcdefghijklmnopqrstuvwxyz"
    return "".join(letters[number >> shift & 31] for shift in range(60, -1, -5))


def bluesky(posts: Sequence[Dated]) -> Written:
    """Jetstream lines, version 1; every 40th is a like, which is no post."""
    lines, ids = [], []
    for index, post in enumerate(posts):
        rkey, who, seen = _rkey(post), did(post.account), int(post.at.timestamp() * 1_000_000) + 350_000
        record: dict[str, Any] = {"$type": "app.bsky.feed.post", "createdAt": iso(post.at), "langs": [post.sample.lang], "text": post.sample.text}
        commit = {"rev": rkey, "operation": "create", "collection": "app.bsky.feed.post", "rkey": rkey, "record": record, "cid": f"bafyinvented{post.number}"}
        lines.append({"did": who, "time_us": seen, "kind": "commit", "commit": commit})
        ids.append(f"at://{who}/app.bsky.feed.post/{rkey}")
        if index % 40 == 39:  # noqa: PLR2004
            like = {"$type": "app.bsky.feed.like", "createdAt": iso(post.at), "subject": {"uri": ids[-1], "cid": commit["cid"]}}
            commit = {"rev": rkey, "operation": "create", "collection": "app.bsky.feed.like", "rkey": rkey, "record": like, "cid": commit["cid"]}
            lines.append({"did": did(post.account + 1), "time_us": seen + 1, "kind": "commit", "commit": commit})
    return Written("bluesky_jetstream.jsonl.zst", zstandard.ZstdCompressor(level=19).compress(b"\n".join(map(orjson.dumps, lines)) + b"\n"), ids)


def report_csv(posts: Sequence[Dated]) -> Written:
    """A list as an office keeps it: CSV in cp932 with Japanese heads."""
    out, ids = io.StringIO(), [f"R8-{number:05}" for number in range(1, len(posts) + 1)]
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("受付番号", "投稿日時", "投稿者", "本文", "対象URL"))
    for name, post in zip(ids, posts, strict=True):
        address = f"https://sns.example.jp/{handle(post.account)}/{post.number}"
        writer.writerow((name, post.at.strftime("%Y/%m/%d %H:%M"), handle(post.account), post.sample.text, address))
    return Written("report_list_cp932.csv", out.getvalue().encode("cp932"), ids)


def plain_jsonl(posts: Sequence[Dated]) -> Written:
    """JSON Lines of no known network."""
    ids = [f"forum-{post.number}" for post in posts]
    lines = [
        orjson.dumps({"id": name, "timestamp": iso(post.at), "username": handle(post.account), "body": post.sample.text, "lang": post.sample.lang})
        for name, post in zip(ids, posts, strict=True)
    ]
    return Written("forum.jsonl", b"\n".join(lines) + b"\n", ids)


def archive_parquet(posts: Sequence[Dated]) -> Written:
    """An archive as columns."""
    ids, out = [f"archive-{post.number}" for post in posts], io.BytesIO()
    table = pa.table({
        "id": pa.array(ids),
        "created_at": pa.array([post.at.astimezone(UTC) for post in posts], pa.timestamp("ms", tz="UTC")),
        "author": pa.array([handle(post.account) for post in posts]),
        "text": pa.array([post.sample.text for post in posts]),
        "url": pa.array([f"https://archive.example.org/{post.number}" for post in posts]),
        "lang": pa.array([post.sample.lang for post in posts]),
    })  # fmt: skip
    pq.write_table(table, out, compression="zstd", row_group_size=1000)
    return Written("archive.parquet", out.getvalue(), ids)


def board(posts: Sequence[Dated]) -> Written:
    """One thread of an anonymous board: `.dat`, cp932, other characters as entities."""
    lines = []
    for row, post in enumerate(posts, 1):
        body = " <br> ".join(html.escape(line, quote=False) for line in post.sample.text.split("\n"))
        day, name = post.at.strftime("%Y/%m/%d") + f"({'月火水木金土日'[post.at.weekday()]})", "".join(random.Random(f"id/{post.account}").choices("abcdefghXYZ0123456789+", k=9))
        title = "【雑談】秋の夜長に書き込むスレ 3" if row == 1 else ""
        lines.append(f"名無しさん<>sage<>{day} {post.at:%H:%M:%S}.{post.number % 100:02} ID:{name}<> {body} <>{title}".encode("cp932", "xmlcharrefreplace"))
    return Written("board_thread.dat", b"\n".join(lines) + b"\n", [f"board_thread/{row}" for row in range(1, len(posts) + 1)])
