"""The book: idempotent, restart-safe, incremental, bounded in time, and true to people's judgements."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from andon.detection.campaigns.book import Added, CampaignBook
from andon.detection.campaigns.draw import draw_campaigns
from andon.detection.campaigns.ties import Ground
from andon.domain.errors import BookError

if TYPE_CHECKING:
    from pathlib import Path

CARRY = "【急募】日給{pay}万円！{place}で荷物を運ぶだけの簡単なお仕事です 詳細はテレグラム {contact} まで"
CALLS = "海外リゾートで電話対応のお仕事、渡航費と滞在費は当方で負担、月{pay}万円以上 {contact} にご連絡ください"


def post(number: int, text: str, *, day: int = 1, source: str = "x_api", author: str = "", **more: Any) -> dict[str, Any]:
    return {
        "id": f"p{number}", "source": source, "url": f"https://example.invalid/{number}", "author": author or f"user{number}", "text": text, "level": "high",
        "created_at": f"2026-10-{day:02d}T12:00:00+00:00", "score": 0.9, "kinds": ["transport"], "contacts": [], **more,
    }  # fmt: skip


POSTS = [
    post(0, CARRY.format(pay=5, place="東京", contact="carry_boss1"), day=1),
    post(1, CARRY.format(pay=8, place="大阪", contact="carry_boss2"), day=3, source="bluesky"),
    post(2, CARRY.format(pay=8, place="名古屋", contact="carry_boss2"), day=5),
    post(3, CALLS.format(pay=80, contact="@calls_abroad"), day=2),
    post(4, CALLS.format(pay=100, contact="@calls_abroad"), day=9),
    post(5, "まったく別の話で、倉庫の整理を手伝える人を探しています。carry_bossとは無関係", day=4),
]


def names(book: CampaignBook, **more: Any) -> list[list[str]]:
    return sorted(sorted(one.id for one in campaign.members) for campaign in draw_campaigns(book, **more).campaigns)


def test_campaigns_by_wording() -> None:
    """Two lures, each with its own pay, place and contact, are two campaigns; the stranger stands alone."""
    with CampaignBook() as book:
        assert book.add(POSTS) == Added(6, 0, ())
        assert names(book) == [["p0", "p1", "p2"], ["p3", "p4"]]
        drawn = draw_campaigns(book)
        assert (drawn.posts, drawn.alone) == (6, 1)
        first = drawn.campaigns[0]
        assert first.id == "x_api:p0"
        assert dict(first.sources) == {"x_api": 2, "bluesky": 1}
        assert first.accounts == 3
        assert [one.tie.ground if one.tie else None for one in first.members] == [None, Ground.WORDING, Ground.WORDING]
        assert [(day.isoformat(), count) for day, count in first.days] == [("2026-10-01", 1), ("2026-10-03", 1), ("2026-10-05", 1)]


def test_adding_again_changes_nothing() -> None:
    """The same file twice, or a post twice in one file."""
    with CampaignBook() as book:
        book.add([*POSTS, POSTS[0]])
        before = draw_campaigns(book)
        assert book.add(POSTS) == Added(0, 6, ())
        assert draw_campaigns(book) == before


@pytest.mark.parametrize("cut", [1, 2, 3, 5])
def test_batches_and_restarts_give_the_same(tmp_path: Path, cut: int) -> None:
    """All at once, or in two sittings with the book closed between them: the same campaigns."""
    with CampaignBook() as whole:
        whole.add(POSTS)
        expected = draw_campaigns(whole)
    place = tmp_path / "campaigns.sqlite"
    with CampaignBook(place) as book:
        book.add(POSTS[:cut])
    with CampaignBook(place) as book:
        assert book.add(POSTS[cut:]) == Added(6 - cut, 0, ())
        assert draw_campaigns(book) == expected


def test_a_judgement_outlives_regrouping(tmp_path: Path) -> None:
    """Parted posts stay apart when copies of both come in later, and after a restart."""
    place = tmp_path / "campaigns.sqlite"
    with CampaignBook(place) as book:
        book.add(POSTS)
        book.judge(book.number_of("p0"), book.number_of("https://example.invalid/1"), same=False, by="佐藤")
        assert names(book) == [["p1", "p2"], ["p3", "p4"]]
    with CampaignBook(place) as book:
        book.add([post(10, CARRY.format(pay=9, place="福岡", contact="carry_boss9"), day=8)])
        found = {one for group in names(book, least=1) for one in group if {"p0", "p1"} <= set(group)}
        assert found == set()
        assert [one.by for one in book.judgements()] == ["佐藤"]


def test_a_window_of_time() -> None:
    """Posts further apart than the window are not tied, neither by wording nor by contact."""
    with CampaignBook(window=timedelta(days=1)) as book:
        book.add(POSTS)
        assert names(book) == []


def test_a_long_campaign_reaches_beyond_the_window() -> None:
    """Twenty equal posts a week apart are one campaign under a window of ten days; a pause of a month parts it."""
    weeks = [post(k, CARRY.format(pay=5, place="東京", contact="carry_boss1"), created_at=f"2026-{1 + (7 * k) // 28:02d}-{1 + (7 * k) % 28:02d}T00:00:00+00:00") for k in range(20)]
    with CampaignBook(window=timedelta(days=11)) as book:
        book.add(weeks)
        assert [len(one) for one in names(book)] == [20]
    with CampaignBook(window=timedelta(days=11)) as book:
        book.add(weeks[:8] + weeks[13:])
        assert sorted(len(one) for one in names(book)) == [7, 8]


def test_contacts_within_the_window_only() -> None:
    """Posts of days 1, 2 and 28 with one contact: the first two are tied, the third is not."""
    texts = ["今夜だけ動ける人、二時間で終わります t.me/one_boss", "口座をお持ちの方へ t.me/one_boss をご覧ください", "車を出せる方を探しています t.me/one_boss まで"]
    with CampaignBook(window=timedelta(days=5)) as book:
        book.add([post(k, text, day=day) for k, (text, day) in enumerate(zip(texts, (1, 2, 28), strict=True))])
        assert names(book) == [["p0", "p1"]]


def test_contacts_tie_and_missing_ones_are_found() -> None:
    """A contact listed in the record, or written in the text when none is listed, joins different wordings."""
    listed = [{"type": "telegram", "value": "https://t.me/One_Boss", "start": 0, "end": 5}]
    with CampaignBook() as book:
        book.add([
            post(1, "今夜だけ動ける人、二時間で終わります", contacts=listed),
            post(2, "口座をお持ちの方へ、くわしくは t.me/one_boss をご覧ください"),
        ])  # fmt: skip
        (campaign,) = draw_campaigns(book).campaigns
        assert campaign.contacts == (("telegram:one_boss", 2),)
        assert campaign.template == ()
        assert campaign.members[1].tie is not None
        assert campaign.members[1].tie.detail == "telegram:one_boss"


def test_suggestions_are_shown_on_both_sides() -> None:
    """Two short equal posts are not joined; each is told of the other."""
    text = "簡単荷物運びのお仕事"
    with CampaignBook() as book:
        book.add([post(1, text), post(2, text)])
        alone = draw_campaigns(book, least=1).campaigns
        assert [len(one.suggestions) for one in alone] == [1, 1]
        assert {one.suggestions[0].campaign for one in alone} == {"x_api:p1", "x_api:p2"}
        book.judge(0, 1, same=True, by="田中")
        assert names(book) == [["p1", "p2"]]


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ("no record", "missing_text"),
        ({"id": "a"}, "missing_text"),
        ({"id": "a", "text": "  "}, "missing_text"),
        ({"text": "本文"}, "missing_id"),
        (post(1, "本文", created_at="yesterday"), "time"),
        (post(1, "本文", created_at="2026-10-01T12:00:00"), "time"),
        (post(1, "本文", kinds="transport"), "record_type"),
        (post(1, "本文", score="high"), "record_type"),
    ],
)  # fmt: skip
def test_bad_records_are_counted_and_the_good_ones_kept(record: Any, reason: str) -> None:
    """One bad record among good ones is told by its place and reason."""
    more = {"created_at": None} if isinstance(record, dict) else {}
    record = more | record if isinstance(record, dict) else record
    with CampaignBook() as book:
        assert book.add([POSTS[0], record, POSTS[1]]) == Added(2, 0, ((2, reason),))


def test_no_book(tmp_path: Path) -> None:
    """A file that is no book, another program's database, and a book of a later version are refused and left as they are."""
    text = tmp_path / "notes.txt"
    text.write_text("これは台帳ではありません\n" * 100, encoding="utf-8")
    other = tmp_path / "other.sqlite"
    later = tmp_path / "later.sqlite"
    for place, statement in ((other, "CREATE TABLE things (n)"), (later, "PRAGMA user_version = 99")):
        connection = sqlite3.connect(place)
        connection.execute(statement)
        connection.commit()
        connection.close()
    for place, reason in ((text, "no_book"), (other, "no_book"), (later, "version")):
        before = place.read_bytes()
        with pytest.raises(BookError) as caught:
            CampaignBook(place)
        assert caught.value.data["reason"] == reason
        assert place.read_bytes() == before


def test_judgements_need_two_posts_and_a_name() -> None:
    """Nobody's word, a word on one post, and a word on unknown posts are refused."""
    with CampaignBook() as book:
        book.add(POSTS)
        for a, b, by in ((0, 0, "佐藤"), (0, 1, " ")):
            with pytest.raises(BookError):
                book.judge(a, b, same=True, by=by)
        with pytest.raises(BookError) as caught:
            book.number_of("nobody")
        assert caught.value.data["reason"] == "no_post"
        book.add([post(0, "別の情報源にある同じ番号の投稿です", source="bluesky", url="")])
        with pytest.raises(BookError) as caught:
            book.number_of("p0")
        assert caught.value.data["reason"] == "several_posts"
