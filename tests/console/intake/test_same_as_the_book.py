"""What the desk groups piece by piece is what `andon campaigns` draws from all posts at once."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from andon.console.intake import near
from andon.console.intake.models import Campaign, Contact, Post, Suggestion, Upload
from andon.detection.campaigns.book import CampaignBook
from andon.detection.campaigns.draw import draw_campaigns
from andon.detection.records.batches import read_batches
from andon.detection.records.paths import expand_paths
from andon.detection.records.writing import record
from andon.detection.scoring.engine import shipped_engine
from andon.pipeline import find_recruitment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

pytestmark = pytest.mark.django_db
SAMPLES = Path(__file__).parents[3] / "samples" / "posts"
Partition = set[frozenset[tuple[str, str]]]


@pytest.fixture(scope="session")
def sample_records() -> list[dict[str, Any]]:
    """The flagged posts of the samples."""
    batches = read_batches(expand_paths([str(SAMPLES)]))
    flagged = [one for screened in find_recruitment(batches, shipped_engine()) for one in screened.flagged]
    return [record(one.post, one.assessment) for one in flagged if one.assessment.level in ("high", "medium")]


def of_the_book(records: Sequence[dict[str, Any]]) -> tuple[Partition, set[tuple[frozenset[tuple[str, str]], ...]], set[str]]:
    """Campaigns, pairs of campaigns that are suggested, and common contacts of a book with these posts, added in this order."""
    with CampaignBook() as book:
        book.add([one | {"created_at": one["created_at"] if isinstance(one["created_at"], str) else one["created_at"] and one["created_at"].isoformat()} for one in records])
        drawn = draw_campaigns(book, least=1)
        parts = {one.id: frozenset((member.source, member.id) for member in one.members) for one in drawn.campaigns}
        pairs = {pair(parts[one.id], parts[other.campaign]) for one in drawn.campaigns for other in one.suggestions}
        return set(parts.values()), pairs, {one.key for one in drawn.common}


def pair(a: frozenset[tuple[str, str]], b: frozenset[tuple[str, str]]) -> tuple[frozenset[tuple[str, str]], ...]:
    """Two campaigns, whichever comes first."""
    return tuple(sorted((a, b), key=sorted))


def of_the_desk() -> tuple[Partition, set[tuple[frozenset[tuple[str, str]], ...]], set[str]]:
    """The same of the store."""
    members: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    for campaign, source, id_ in Post.objects.values_list("campaign", "source", "source_id"):
        members[campaign].add((source, id_))
    parts = {campaign: frozenset(posts) for campaign, posts in members.items()}
    pairs = {pair(parts[one.a_id], parts[one.b_id]) for one in Suggestion.objects.all()}
    return set(parts.values()), pairs, set(Contact.objects.filter(is_common=True).values_list("key", flat=True))


def check_rows() -> None:
    """Every drawn field says what the posts of the campaign say; a joined campaign has none."""
    for row in Campaign.objects.all():
        posts = list(row.members.all())
        assert row.posts == len(posts)
        assert (row.state == Campaign.State.MERGED) == (row.merged_into_id is not None) == (not posts)
        if posts:
            assert row.accounts == len({(one.source, one.author) for one in posts if one.author})
            assert row.score == max(one.score for one in posts)
            assert row.sources == {source: sum(one.source == source for one in posts) for source in {one.source for one in posts}}
            assert row.kinds == {kind: sum(kind in one.kinds for one in posts) for kind in {kind for one in posts for kind in one.kinds}}
            assert sum(row.days.values()) == sum(one.created_at is not None for one in posts)
            assert row.first_seen == min((one.created_at for one in posts if one.created_at), default=None)
            assert row.last_seen == max((one.created_at for one in posts if one.created_at), default=None)
            assert row.example.campaign_id == row.pk
    for contact in Contact.objects.all():
        assert contact.posts == contact.post_links.count()


@pytest.mark.parametrize("seed", range(4))
def test_samples_in_any_order_and_pieces(seed: int, sample_records: list[dict[str, Any]], store: Callable[..., Any]) -> None:
    """Flagged posts of the samples, shuffled and stored in pieces of random sizes, fall into the campaigns of a book that got them in that order."""
    draw = random.Random(seed)
    records = list(sample_records)
    draw.shuffle(records)
    at = 0
    while at < len(records):
        size = draw.choice((1, 3, 20, 80))
        store(records[at : at + size])
        at += size
    expected, suggested, common = of_the_book(records)
    campaigns, pairs, shared = of_the_desk()
    assert campaigns == expected
    assert shared == common
    assert pairs == suggested
    check_rows()


# Few wordings, few contacts, some near copies and long gaps: everything that joins, parts, and turns common happens often.
_LURES = [
    "深夜に車を出せる方を探しています。指定の場所で人を乗せて駅まで運ぶだけ、1件{n}万円、即日払い",
    "使っていない銀行口座とキャッシュカードを買い取ります。審査なし、その場で{n}万円お支払い",
    "荷物を受け取って転送するだけの在宅ワーク。初心者歓迎、日給{n}万円、スマホだけで始められます",
    "海外のコールセンターで働きませんか。渡航費と宿は全額負担、月{n}万円以上、パスポートのみ必要",
    "スーツで書類を受け取るお仕事です。お宅を訪ねて封筒を預かり担当に渡すだけ、日当{n}万円",
    "夜間の倉庫で軽作業、指定の時間に箱を運ぶだけ。経験不問で{n}万円、交通費支給",
    "電話をかける在宅のお仕事、台本を読むだけ。1日{n}万円、携帯はこちらで用意します",
    "空き家で荷物を受け取る簡単な仕事、1回{n}万円。身分証の写真だけ送ってください",
    "現金を指定の口座に振り込むだけ、手数料として{n}万円を差し上げます。口座がある方",
    "運転免許があればすぐ働けます、配達の補助で1日{n}万円、日払い可能、友達と応募も可",
    "身分証を貸してくれる方に{n}万円、契約するだけですぐ終わります。年齢は問いません",
    "イベント会場で荷物の見張りをする仕事、{n}万円、動きやすい服装で来られる方",
]
_CONTACTS = ["", " テレグラム 0abc_one", " テレグラム 0abc_two", " LINE ID: 0line9", " @0some_one", " @0some_two", " 090-1234-5678"]


@st.composite
def _records(draw: st.DrawFn) -> list[dict[str, Any]]:
    made = []
    for number in range(draw(st.integers(2, 40))):
        lure = draw(st.sampled_from(_LURES)).format(n=draw(st.integers(1, 30)))
        contacts = "".join(draw(st.lists(st.sampled_from(_CONTACTS), min_size=0, max_size=2, unique=True)))
        extra = draw(st.sampled_from(["", "", "。よろしくお願いします", "！今日中に返事をください、人数に限りがあります"]))
        created = draw(st.sampled_from([None, "2026-01-05T00:00:00+00:00", "2026-03-20T00:00:00+00:00", "2026-05-25T00:00:00+00:00", "2026-11-01T00:00:00+00:00"]))
        made.append({"id": f"h{number}", "text": lure + extra + contacts, "created_at": created, "author": draw(st.sampled_from(["", "a", "b", "c"])), "source": "x"})
    return made


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(records=_records(), sizes=st.lists(st.integers(1, 12), min_size=40, max_size=40))
def test_made_up_posts_in_any_pieces(records: list[dict[str, Any]], sizes: list[int], store: Callable[..., Any], running: Upload) -> None:
    """Whatever joins, comes apart and turns common on the way: the campaigns are those of all posts at once."""
    from django.db import transaction

    with transaction.atomic():
        at = 0
        for size in sizes:
            if at < len(records):
                store(records[at : at + size])
                at += size
        expected, _, common = of_the_book(records)
        campaigns, _, shared = of_the_desk()
        check_rows()
        transaction.set_rollback(True)
    near._Held.window = None
    assert campaigns == expected
    assert shared == common
