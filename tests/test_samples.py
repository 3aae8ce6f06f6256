"""The sample posts: enough of them, of every kind and source, readable to the last row, no two alike, their campaigns found again."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sklearn.metrics import adjusted_rand_score

from andon.detection.campaigns.book import CampaignBook
from andon.detection.campaigns.grouping import MOST_JOINED
from andon.detection.campaigns.ties import Ground, contact_key
from andon.detection.records.batches import read_batches
from andon.detection.records.paths import expand_paths
from andon.detection.records.writing import record
from andon.detection.scoring.engine import Engine
from andon.detection.scoring.model import load_model
from andon.detection.signals.registry import all_signals
from andon.domain.kinds import Kind
from andon.language.contacts import find_contacts
from andon.pipeline import find_campaigns, find_recruitment

if TYPE_CHECKING:
    from typing import Any

    from andon.detection.campaigns.draw import Drawn
    from andon.domain.posts import Post, Reject

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
sys.path.insert(0, str(SAMPLES))
from planted import BOT, planted  # isort: skip

POSTS = 23_200
CAMPAIGNS = {"c01": 60, "c02": 44, "c03": 34, "c04": 28, "c05": 28, "c06": 20, "c07": 14, "c08": 8}
FILES = {
    "x_search_pages.jsonl.gz": "x_api", "x_flat.jsonl": "x_api", "bluesky_jetstream.jsonl.zst": "bluesky", "report_list_cp932.csv": "generic",
    "forum.jsonl": "generic", "archive.parquet": "generic", "board_thread.dat": "board_dat", "telegram_result.json": "telegram",
    "mastodon_timeline.json": "mastodon", "misskey_notes.json": "misskey", "small_ads_feed.xml": "feed", "hotline_intake.xlsx": "hotline_report",
    "reddit_comments.jsonl": "reddit", "collected.zip/threads_search.json": "threads", "collected.zip/notes.csv": "generic",
}  # fmt: skip


@lru_cache(maxsize=1)
def everything() -> tuple[tuple[Post, ...], tuple[Reject, ...]]:
    posts: list[Post] = []
    rejects: list[Reject] = []
    for batch in read_batches(expand_paths([str(SAMPLES / "posts")])):
        posts += [batch.post(index) for index in range(len(batch.offsets) - 1)]
        rejects += batch.rejects
    return tuple(posts), tuple(rejects)


@lru_cache(maxsize=1)
def answers() -> tuple[dict[str, str], ...]:
    with (SAMPLES / "answers.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@lru_cache(maxsize=1)
def by_post() -> dict[tuple[str, str], dict[str, str]]:
    """The answer of every marked post, by source and id."""
    marked = {(row["file"], row["id"]): row for row in answers()}
    return {(post.source, post.id): marked[post.file, post.id] for post in everything()[0] if (post.file, post.id) in marked}


@lru_cache(maxsize=1)
def flagged() -> tuple[dict[str, Any], ...]:
    """The records of every flagged post of the samples, down to the lowest level, with the model that andon ships."""
    signals = all_signals()
    engine = Engine(signals, load_model(None, signals=tuple(signal.name for signal in signals)))
    screened = find_recruitment(read_batches(expand_paths([str(SAMPLES / "posts")])), engine)
    return tuple(record(one.post, one.assessment) for part in screened for one in part.flagged)


@lru_cache(maxsize=2)
def drawn(*levels: str) -> Drawn:
    with CampaignBook() as book:
        book.add(one for one in flagged() if one["level"] in levels)
        return find_campaigns(book)


def wordings(*levels: str) -> list[set[str]]:
    """For every campaign found the wordings of the answer key in it, "" for a post that is of none."""
    return [{by_post().get((one.source, one.id), {}).get("wording", "") for one in campaign.members} for campaign in drawn(*levels).campaigns]


def test_enough_from_every_source() -> None:
    """The posts are there, in files of eleven sources, an archive and a workbook among them."""
    posts, _ = everything()
    assert len(posts) == POSTS
    assert {post.file: post.source for post in posts} == FILES


def test_every_row_is_readable() -> None:
    """No row of the samples is rejected."""
    assert everything()[1] == ()


def test_no_two_alike() -> None:
    """No text and no id stands twice: campaigns vary their wording, chatter is all different."""
    posts, _ = everything()
    assert max(Counter(post.text for post in posts).values()) == 1
    assert max(Counter((post.source, post.id) for post in posts).values()) == 1


def test_answers_name_posts_of_every_kind() -> None:
    """The answer key names posts that are there, and recruitment of every kind, much of it disguised."""
    known = {(post.file, post.id) for post in everything()[0]}
    assert {(row["file"], row["id"]) for row in answers()} <= known
    recruit = [row for row in answers() if row["label"] == "recruit"]
    assert {row["kind"] for row in recruit} == {str(kind) for kind in Kind}
    assert sum(bool(row["disguise"]) for row in recruit) >= 60
    assert Counter(row["campaign"] for row in recruit if row["campaign"]) == CAMPAIGNS


def test_every_file_holds_chatter_and_recruitment() -> None:
    """Each file has posts that recruit, few among many others."""
    recruit = Counter(row["file"] for row in answers() if row["label"] == "recruit")
    whole = Counter(post.file for post in everything()[0])
    assert {name for name in FILES if not 2 <= recruit[name] <= whole[name] / 3} == set()


def test_times_are_invented_ones() -> None:
    """Every post says when it was written, in the two months that the samples play in."""
    months = Counter((post.created_at.year, post.created_at.month) for post in everything()[0] if post.created_at)
    assert set(months) == {(2026, 10), (2026, 11)}
    assert months.total() == len(everything()[0])


def test_campaigns_cross_weeks_and_networks() -> None:
    """Every planted campaign runs for ten days and more, over three sources and more."""
    seen = defaultdict(list)
    for post in everything()[0]:
        seen[by_post().get((post.source, post.id), {}).get("campaign", "")].append(post)
    for name in CAMPAIGNS:
        times = [post.created_at for post in seen[name] if post.created_at]
        assert (max(times) - min(times)).days >= 10, name
        assert len({post.source for post in seen[name]}) >= 3, name


def test_most_of_the_campaigns_is_flagged() -> None:
    """At least nine of ten posts of the planted campaigns reach the level medium."""
    found = {(one["source"], one["id"]) for one in flagged() if one["level"] in ("high", "medium")}
    planted_posts = [post for post, row in by_post().items() if row["campaign"]]
    assert sum(post in found for post in planted_posts) >= 0.9 * len(planted_posts)


def test_campaigns_are_found_again() -> None:
    """The flagged posts of the planted campaigns fall into the campaigns of the answer key (adjusted Rand index at least 0.98)."""
    group = {(one.source, one.id): rank for rank, campaign in enumerate(drawn("high", "medium").campaigns) for one in campaign.members}
    posts = [(one["source"], one["id"]) for one in flagged() if one["level"] in ("high", "medium")]
    posts = [post for post in posts if by_post().get(post, {}).get("campaign")]
    alone = len(group)
    found = [group.get(post, alone + place) for place, post in enumerate(posts)]
    assert adjusted_rand_score([by_post()[post]["campaign"] for post in posts], found) >= 0.98


def test_a_shared_id_ties_two_wordings() -> None:
    """The two wordings of c05 are one campaign, tied by the contact that both have, and have no common template."""
    (both,) = [
        campaign for campaign, names in zip(drawn("high", "medium").campaigns, wordings("high", "medium"), strict=True) if {"c05a", "c05b"} <= names
    ]  # fmt: skip
    assert Ground.CONTACT in {one.tie.ground for one in both.members if one.tie}
    assert both.template == ()


def test_alike_lures_wait_for_a_person() -> None:
    """c06 and c07 are two campaigns, and each is suggested to the other for their wording."""
    found = drawn("high", "medium").campaigns
    pair = {name: campaign for campaign, names in zip(found, wordings("high", "medium"), strict=True) for name in ("c06", "c07") if name in names}
    for name, other in (("c06", "c07"), ("c07", "c06")):
        (tie,) = [one.tie for one in pair[name].suggestions if one.campaign == pair[other].id]
        assert tie.ground is Ground.WORDING
        assert 0.7 <= tie.strength < 0.85


def test_the_common_contact_is_listed_and_joins_nothing() -> None:
    """The bot under many wordings is the one common contact, and no wording that names it lies with another one."""
    (common,) = drawn("high", "medium").common
    assert common.key == f"telegram:{BOT}"
    assert common.wordings > MOST_JOINED
    assert not [names for names in wordings("high", "medium") if len(names) > 1 and any(name.startswith("door") for name in names)]


def test_lawful_adverts_stay_apart() -> None:
    """Adverts that share words with each other and with c04 are never at the level high, and not merged with each other or with recruiters."""
    adverts = {"f1", "f2", "f3"}
    assert [one["id"] for one in flagged() if one["level"] == "high" and by_post().get((one["source"], one["id"]), {}).get("wording") in adverts] == []
    assert [names for names in wordings("high", "medium", "low") if names & adverts and len(names) > 1] == []


def test_planted_posts_are_those_of_the_program() -> None:
    """What planted.py makes today stands in the files (run `make samples` when this fails); it does not depend on the corpus."""
    texts = defaultdict(set)
    for post in everything()[0]:
        texts[by_post().get((post.source, post.id), {}).get("wording", "")].add(post.text)
    del texts[""]
    made = defaultdict(set)
    for sample, _ in planted():
        made[sample.wording].add(sample.text)
    assert texts == made


def test_contacts_are_nobodys() -> None:
    """Every contact of a planted post breaks the rules of its network (Telegram and Signal: no digit first, LINE: no capitals) or is a number given to nobody."""
    for sample, _ in planted():
        contacts = find_contacts(sample.text)
        found = [f"line:{one.value}" if one.type == "line" else contact_key(one.type, one.value) or "" for one in contacts]
        assert [key for key in found if not re.match(r"(telegram|signal):0mihon_|line:MIHON-|telephone:0\d\d?0000|$", key)] == []


def test_same_bytes_at_every_run(tmp_path: Path) -> None:
    """Two runs write the same files, byte for byte, workbook and archive included, however Python shuffles its sets."""
    command = [sys.executable, str(SAMPLES / "make_samples.py")]
    folders = [tmp_path / seed for seed in ("1", "2")]
    runs = [subprocess.Popen([*command, str(folder)], env={**os.environ, "PYTHONHASHSEED": folder.name}) for folder in folders]
    assert [run.wait(timeout=300) for run in runs] == [0, 0]
    first, second = ({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()} for folder in folders)
    assert first == second
    assert len(first) == 15
