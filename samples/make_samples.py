"""Makes the demo posts in samples/posts and the answer key beside them: everything invented, the same files for the same corpus.

Run from anywhere: `.venv/bin/python samples/make_samples.py`. Recruitment and look-alikes come from corpus/heldout (texts that no model was trained
on); ordinary chatter is joined from the ordinary lines of corpus/seeds, no two posts alike.
"""

from __future__ import annotations

import csv
import gzip
import html
import io
import random
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from andon.detection.learning.disguise import TRICKS, disguise
from andon.detection.learning.seeds import Seed, read_seeds, variants

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

SEED = 20261122
ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "samples" / "posts"
KEY = ROOT / "samples" / "answers.csv"

SHARES = {"x_pages": 6200, "x_flat": 2200, "bluesky": 6000, "csv": 2100, "jsonl": 2200, "parquet": 3600, "board": 900}
TOTAL = sum(SHARES.values())
LOOK_ALIKES = 600
PER_KIND = 6
CAMPAIGNS = 10
PUBLIC_FORMS = ("post", "tags", "ad", "board")
DISGUISED = 0.22
ORDINARY = {"chatter": 10, "ordinary_a": 14, "ordinary_b": 14, "seekers": 1, "homographs": 1}

JAPAN = timezone(timedelta(hours=9))
FIRST, LAST = datetime(2026, 10, 1, 9, tzinfo=JAPAN), datetime(2026, 11, 20, tzinfo=JAPAN)
SNOWFLAKE_EPOCH_MS = 1_288_834_974_657
X_TEXT_LIMIT = 140  # full-width characters; a longer post carries its whole text in note_tweet
PAGE = 100
EMOJI = "😊 😂 🙏 ✨ 💦 🥺 🎉 🍜 ☕ 🐱 🌸 ⚾ 🎮 💤 🚃 😭 🔥 👍 🍺 🌧".split()
TAGS = "#日常 #お昼ごはん #写真好きな人と繋がりたい #猫のいる暮らし #今日のコーデ #勉強垢 #ゲーム #散歩 #秋 #紅葉 #晩酌 #推し活 #読書 #ラーメン #朝活 #通勤".split()
RECRUIT_TAGS = "#高収入 #副業 #即日 #バイト募集 #日払い #裏バイト #お金に困っている人".split()
NAME_PARTS = "sora haru yuki mame kuma hoshi tsuki nami kaze mori tane koro piyo momo nori taka rin shio fuyu aki".split()
SHOWN_NAMES = "そら はる まめ くまの ほしの つき なみ かぜ もり たね ころ ぴよ もも のり たか りん しお ふゆ あき 名無し".split()
_AMOUNT = re.compile(r"\d+(?=万)")
_SENTENCE_END = re.compile(r"[。!?！？…ー〜～wｗ笑草)）」]$")


@dataclass(frozen=True, slots=True)
class Sample:
    """One invented post before it has an id: its text and, for the answer key, what it is."""

    text: str
    label: str
    kind: str
    lang: str = "ja"
    trick: str = ""
    campaign: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """A sample with the account that posts it and the time."""

    sample: Sample
    number: int
    account: int
    at: datetime


def _lang(seed: Seed) -> str:
    return "ja" if seed.lang == "romaji" else seed.lang


def _by_kind(path: Path) -> dict[str, list[Seed]]:
    kinds: dict[str, list[Seed]] = defaultdict(list)
    for seed in read_seeds(path):
        kinds[seed.kind].append(seed)
    return dict(kinds)


def _other_amount(text: str, rng: random.Random) -> str:
    return _AMOUNT.sub(lambda found: str(max(1, int(found.group()) + rng.randrange(-2, 6))), text)


def recruitment(rng: random.Random) -> list[Sample]:
    """Recruitment of every kind: single posts, and campaigns of one wording from several accounts with other amounts, handles and tails."""
    kinds = _by_kind(ROOT / "corpus" / "heldout" / "recruit.txt")
    found: list[Sample] = []
    spare: dict[str, list[Seed]] = {}
    for kind, seeds in sorted(kinds.items()):
        longer = [seed for seed in seeds if len(seed.text) >= 14]  # noqa: PLR2004 - a few short ones stay in by the other list
        chosen = rng.sample(longer, min(PER_KIND, len(longer))) + rng.sample([seed for seed in seeds if seed not in longer] or seeds, 1)
        if free := [seed for seed in longer if seed not in chosen and kind != "approach" and seed.form in PUBLIC_FORMS]:
            spare[kind] = free
        found += [Sample(rng.choice(list(variants(seed))), "recruit", kind, _lang(seed)) for seed in chosen[:PER_KIND]]
    for number, kind in enumerate(rng.sample(sorted(spare), CAMPAIGNS), 1):
        found += _campaign(f"c{number:02}", rng.choice(spare[kind]), rng)
    return [_disguised(sample, rng) for sample in found]


def _campaign(name: str, seed: Seed, rng: random.Random) -> list[Sample]:
    """One wording from several accounts: other amounts, other handles, other tails."""
    wordings = list(variants(seed))
    texts = {
        _other_amount(wordings[turn % len(wordings)], rng) + rng.choice(("", " " + rng.choice(EMOJI), "\n" + " ".join(rng.sample(RECRUIT_TAGS, 2)))): None
        for turn in range(rng.randrange(4, 8))
    }
    return [Sample(text, "recruit", seed.kind, _lang(seed), campaign=name) for text in texts]


def _disguised(sample: Sample, rng: random.Random) -> Sample:
    """A share of the posts under a trick that changes them."""
    if rng.random() >= DISGUISED:
        return sample
    for trick in rng.sample(sorted(TRICKS), len(TRICKS)):
        text = disguise(sample.text, trick, seed=SEED)
        if text != sample.text:
            return Sample(text, sample.label, sample.kind, sample.lang, trick, sample.campaign)
    return sample


def look_alikes(rng: random.Random) -> list[Sample]:
    """Texts that only look like recruitment: lawful adverts, news, warnings, questions, jokes, homographs."""
    kinds = _by_kind(ROOT / "corpus" / "heldout" / "benign.txt")
    pool = [seed for kind, seeds in sorted(kinds.items()) if kind not in ("chatter", "comment") for seed in seeds]
    return [Sample(next(iter(variants(seed))), "look_alike", seed.kind, _lang(seed)) for seed in rng.sample(pool, min(LOOK_ALIKES, len(pool)))]


def chatter(count: int, rng: random.Random) -> list[Sample]:
    """Ordinary posts, all different: one to three lines of one kind joined, some with emoji, hashtags or a link."""
    folder = ROOT / "corpus" / "seeds" / "benign"
    pools: list[tuple[str, list[str]]] = []
    weights: list[float] = []
    for name, share in ORDINARY.items():
        kinds = {kind: [seed for seed in seeds if seed.lang == "ja"] for kind, seeds in _by_kind(folder / f"{name}.txt").items()}
        lines = {kind: [text for seed in seeds for text in variants(seed)] for kind, seeds in sorted(kinds.items()) if seeds}
        total = sum(map(len, lines.values()))
        pools += lines.items()
        weights += [share * len(texts) / total for texts in lines.values()]
    made: dict[str, str] = {}
    while len(made) < count:
        kind, texts = rng.choices(pools, weights)[0]
        parts = rng.sample(texts, min(len(texts), rng.choices((1, 2, 3), (3, 4, 3))[0]))
        text = _tail(_joined(parts, rng), rng)
        made.setdefault(text, kind)
    return [Sample(text, "ordinary", kind) for text, kind in made.items()]


def _joined(parts: Sequence[str], rng: random.Random) -> str:
    mark = rng.choice(("\n", "\n", " ", "。"))
    return "".join(part if index == 0 else ("" if mark == "。" and _SENTENCE_END.search(parts[index - 1]) else mark) + part for index, part in enumerate(parts))


def _tail(text: str, rng: random.Random) -> str:
    turn = rng.random()
    if turn < 0.14:  # noqa: PLR2004
        return text + rng.choice(EMOJI) * rng.choice((1, 1, 1, 2))
    if turn < 0.22:  # noqa: PLR2004
        return f"{text} {' '.join(rng.sample(TAGS, rng.choice((1, 2, 3))))}"
    if turn < 0.27:  # noqa: PLR2004
        return f"{text} https://example.jp/{rng.choice(NAME_PARTS)}/{rng.randrange(10_000)}"
    return text


def handle(account: int) -> str:
    """An account name of 17 characters and more: X allows 15, so that nobody has it."""
    first, second = NAME_PARTS[account % 20], NAME_PARTS[account // 20 % 20]
    return f"{first}_{second}_invented{account:04}"


def _did(account: int) -> str:
    """An identity that holds 0, 1, 8 and 9, which real ones cannot (base32)."""
    rng = random.Random(f"did/{account}")
    return "did:plc:0189" + "".join(rng.choices("abcdefghijklmnopqrstuvwxyz234567", k=20))


def _snowflake(post: Dated) -> str:
    return str((int(post.at.timestamp() * 1000) - SNOWFLAKE_EPOCH_MS << 22) + post.number % 4096)


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _shown(account: int) -> str:
    return SHOWN_NAMES[account % 20] + (EMOJI[account % len(EMOJI)] if account % 3 == 0 else "")


def _x_post(post: Dated) -> dict[str, Any]:
    number, rng = _snowflake(post), random.Random(f"x/{post.number}")
    text = post.sample.text
    item: dict[str, Any] = {
        "id": number, "text": html.escape(text, quote=False), "author_id": str(900_000_000_000 + post.account), "created_at": _iso(post.at),
        "lang": post.sample.lang, "conversation_id": number, "edit_history_tweet_ids": [number], "possibly_sensitive": False,
        "public_metrics": {"retweet_count": rng.randrange(4), "reply_count": rng.randrange(3), "like_count": rng.randrange(30), "quote_count": 0},
    }  # fmt: skip
    if len(text) > X_TEXT_LIMIT:
        item |= {"text": html.escape(text[: X_TEXT_LIMIT - 1], quote=False) + "…", "note_tweet": {"text": html.escape(text, quote=False)}}
    return item


def x_pages(posts: Sequence[Dated]) -> tuple[str, bytes, list[str]]:
    """Search pages of X API v2, one page a line, the authors under `includes`."""
    lines = []
    for start in range(0, len(posts), PAGE):
        page = posts[start : start + PAGE]
        users = {post.account: {"id": str(900_000_000_000 + post.account), "name": _shown(post.account), "username": handle(post.account)} for post in page}
        data = [_x_post(post) for post in page]
        meta = {"newest_id": data[-1]["id"], "oldest_id": data[0]["id"], "result_count": len(data)}
        lines.append(orjson.dumps({"data": data, "includes": {"users": list(users.values())}, "meta": meta}))
    return "x_search_pages.jsonl.gz", gzip.compress(b"\n".join(lines) + b"\n", 9, mtime=0), [_snowflake(post) for post in posts]


def x_flat(posts: Sequence[Dated]) -> tuple[str, bytes, list[str]]:
    """Posts of X API v2, one a line with its author inside, as twarc's `flatten` writes them."""
    lines = []
    for post in posts:
        author = {"id": str(900_000_000_000 + post.account), "name": _shown(post.account), "username": handle(post.account)}
        lines.append(orjson.dumps(_x_post(post) | {"author": author}))
    return "x_flat.jsonl", b"\n".join(lines) + b"\n", [_snowflake(post) for post in posts]


def _rkey(post: Dated) -> str:
    """A record key as Bluesky makes them from the time: 13 characters that sort."""
    number, letters = int(post.at.timestamp() * 1_000_000) << 10 | post.number % 1024, "234567abcdefghijklmnopqrstuvwxyz"
    return "".join(letters[number >> shift & 31] for shift in range(60, -1, -5))


def bluesky(posts: Sequence[Dated]) -> tuple[str, bytes, list[str]]:
    """Jetstream lines, version 1; every 40th is a like, which is no post."""
    lines, ids = [], []
    for index, post in enumerate(posts):
        rkey, did, seen = _rkey(post), _did(post.account), int(post.at.timestamp() * 1_000_000) + 350_000
        record: dict[str, Any] = {"$type": "app.bsky.feed.post", "createdAt": _iso(post.at), "langs": [post.sample.lang], "text": post.sample.text}
        commit = {"rev": rkey, "operation": "create", "collection": "app.bsky.feed.post", "rkey": rkey, "record": record, "cid": f"bafyinvented{post.number}"}
        lines.append({"did": did, "time_us": seen, "kind": "commit", "commit": commit})
        ids.append(f"at://{did}/app.bsky.feed.post/{rkey}")
        if index % 40 == 39:  # noqa: PLR2004
            like = {"$type": "app.bsky.feed.like", "createdAt": _iso(post.at), "subject": {"uri": ids[-1], "cid": commit["cid"]}}
            commit = {"rev": rkey, "operation": "create", "collection": "app.bsky.feed.like", "rkey": rkey, "record": like, "cid": commit["cid"]}
            lines.append({"did": _did(post.account + 1), "time_us": seen + 1, "kind": "commit", "commit": commit})
    return "bluesky_jetstream.jsonl.zst", zstandard.ZstdCompressor(level=19).compress(b"\n".join(map(orjson.dumps, lines)) + b"\n"), ids


def report_csv(posts: Sequence[Dated]) -> tuple[str, bytes, list[str]]:
    """A list as an office keeps it: CSV in cp932 with Japanese heads."""
    out, ids = io.StringIO(), [f"R8-{number:05}" for number in range(1, len(posts) + 1)]
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("受付番号", "投稿日時", "投稿者", "本文", "対象URL"))
    for name, post in zip(ids, posts, strict=True):
        address = f"https://sns.example.jp/{handle(post.account)}/{post.number}"
        writer.writerow((name, post.at.strftime("%Y/%m/%d %H:%M"), handle(post.account), post.sample.text, address))
    return "report_list_cp932.csv", out.getvalue().encode("cp932"), ids


def plain_jsonl(posts: Sequence[Dated]) -> tuple[str, bytes, list[str]]:
    """JSON Lines of no known network."""
    ids = [f"forum-{post.number}" for post in posts]
    lines = [
        orjson.dumps({"id": name, "timestamp": _iso(post.at), "username": handle(post.account), "body": post.sample.text, "lang": post.sample.lang})
        for name, post in zip(ids, posts, strict=True)
    ]
    return "forum.jsonl", b"\n".join(lines) + b"\n", ids


def archive_parquet(posts: Sequence[Dated]) -> tuple[str, bytes, list[str]]:
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
    return "archive.parquet", out.getvalue(), ids


def board(posts: Sequence[Dated]) -> tuple[str, bytes, list[str]]:
    """One thread of an anonymous board: `.dat`, cp932, other characters as entities."""
    lines = []
    for row, post in enumerate(posts, 1):
        body = " <br> ".join(html.escape(line, quote=False) for line in post.sample.text.split("\n"))
        day, name = post.at.strftime("%Y/%m/%d") + f"({'月火水木金土日'[post.at.weekday()]})", "".join(random.Random(f"id/{post.account}").choices("abcdefghXYZ0123456789+", k=9))
        title = "【雑談】秋の夜長に書き込むスレ 3" if row == 1 else ""
        lines.append(f"名無しさん<>sage<>{day} {post.at:%H:%M:%S}.{post.number % 100:02} ID:{name}<> {body} <>{title}".encode("cp932", "xmlcharrefreplace"))
    return "board_thread.dat", b"\n".join(lines) + b"\n", [f"board_thread/{row}" for row in range(1, len(posts) + 1)]


WRITERS: dict[str, Callable[[Sequence[Dated]], tuple[str, bytes, list[str]]]] = {
    "x_pages": x_pages, "x_flat": x_flat, "bluesky": bluesky, "csv": report_csv, "jsonl": plain_jsonl, "parquet": archive_parquet, "board": board,
}  # fmt: skip


def _fits(place: str, text: str) -> bool:
    if place != "csv":
        return True
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


def dealt(samples: Iterable[Sample], rng: random.Random) -> dict[str, list[Sample]]:
    """The samples over the files, to the size of each; cp932 takes only what it can write."""
    room = dict(SHARES)
    rows: dict[str, list[Sample]] = {place: [] for place in SHARES}
    for sample in sorted(samples, key=lambda sample: _fits("csv", sample.text)):  # what fits everywhere comes last, so that the CSV gets full
        places = [place for place, free in room.items() if free and _fits(place, sample.text)]
        place = rng.choices(places, [room[place] for place in places])[0]
        rows[place].append(sample)
        room[place] -= 1
    return rows


def _dated(samples: list[Sample], first: int, rng: random.Random) -> list[Dated]:
    """Times in order and accounts: an account posts again now and then, a campaign's posts come from accounts of their own."""
    seconds = int((LAST - FIRST).total_seconds())
    times = sorted(FIRST + timedelta(seconds=rng.randrange(seconds)) for _ in samples)
    rng.shuffle(samples)
    accounts = [first + index if sample.label == "recruit" else rng.randrange(2500) for index, sample in enumerate(samples)]
    return [Dated(sample, first + index, accounts[index], times[index]) for index, sample in enumerate(samples)]


def main() -> None:
    """Write all files and the answer key."""
    rng = random.Random(SEED)
    marked = recruitment(rng) + look_alikes(rng)
    taken = {sample.text for sample in marked}
    plain = [sample for sample in chatter(TOTAL + 100, rng) if sample.text not in taken][: TOTAL - len(marked)]
    OUT.mkdir(parents=True, exist_ok=True)
    first, answers = 10_000, []
    for place, samples in dealt(marked + plain, rng).items():
        posts = _dated(samples, first, rng)
        first += len(posts)
        name, data, ids = WRITERS[place](posts)
        (OUT / name).write_bytes(data)
        answers += [(name, key, post.sample) for key, post in zip(ids, posts, strict=True) if post.sample.label != "ordinary"]
    with KEY.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("file", "id", "label", "kind", "disguise", "campaign"))
        writer.writerows((name, key, sample.label, sample.kind, sample.trick, sample.campaign) for name, key, sample in answers)


if __name__ == "__main__":
    main()
