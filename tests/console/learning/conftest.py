"""A desk that has decided: a corpus small enough to fit in seconds, and decisions as review makes them."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from andon.console import gate
from andon.console.intake.engine import look_again
from andon.console.intake.models import Campaign, Post
from andon.console.learning import benign
from andon.console.review.models import Decision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from andon.console.intake.models import ModelVersion
    from andon.console.staff.models import Person

OFFERS = ("即日即金の荷物を運ぶだけ", "受け子急募 DMまで", "高額報酬の案件あり テレグラムで", "口座買います 即金", "タタキ要員募集")
CHATTER = ("今日は電車が遅れている", "昼は蕎麦を食べた", "明日の会議が長そう", "猫がかわいい", "雨で洗濯物が乾かない")
ADVERTS = ("時給1100円のカフェ、駅から徒歩3分", "株式会社青葉物流 倉庫の仕分け 社会保険あり", "夏の引越しバイト 日払い可")
ENDS = ("", "です", "！", "。よろしく", "、東京", "、大阪で", "、週末", "、夜から", "（急ぎ）", "…", "、明日", "、今週")
LAWFUL = "時給1200円の倉庫スタッフを募集します 応募は求人ページから履歴書を送ってください 交通費支給"
WANTED = "即日即金で荷物を受け取るだけの仕事です 日給5万円 詳しくはテレグラムまで連絡ください"


@pytest.fixture(autouse=True)
def fresh_process() -> Iterator[None]:
    """No engine and no bank from the test before."""
    look_again()
    benign._Held.stamp, benign._Held.bank = (0, None, 0), None
    yield
    look_again()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A base corpus in the installation's folder: seeds enough for five folds of a dozen families, and a held-out part."""
    folder = tmp_path / "corpus"
    for name, texts, kind in (("recruit", OFFERS, "vague"), ("benign/talk", CHATTER, "chatter"), ("benign/adverts", ADVERTS, "advert")):
        lines = [f"{text}⟦|ね⟧{end}" for end in ENDS[:9] for text in texts]
        place = folder / "seeds" / f"{name}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"@ kind={kind}\n" + "\n".join(lines), encoding="utf-8")
        held = folder / "heldout" / f"{name}.txt"
        held.parent.mkdir(parents=True, exist_ok=True)
        held.write_text(f"@ kind={kind}\n" + "\n".join(f"{text}{end}" for end in ENDS[9:] for text in texts), encoding="utf-8")
    return folder


@pytest.fixture
def decided(aoi: Person, version: ModelVersion) -> Callable[..., Decision]:
    """Record a decision: `decided(campaign, "not", "lawful_advert")`; `withdraws=` for a withdrawal. The hooks are called as review does."""

    def make(campaign: Campaign, verdict: str, code: str = "", *, at: datetime | None = None, withdraws: Decision | None = None) -> Decision:
        at = at or timezone.now()
        with gate._door():
            kind = code if verdict == "recruitment" else ""
            one = Decision.objects.create(
                campaign=campaign, verdict=verdict, kind=kind, reason="" if kind else code, by=aoi, at=at, model=version, score=campaign.score,
                level=campaign.level, posts=campaign.posts, members_sha256="2" * 64, withdraws=withdraws,
            )  # fmt: skip
            Campaign.objects.filter(pk=campaign.pk).update(state="open" if withdraws else verdict, settled_at=None if withdraws else at)
            benign.after_decision(Decision.objects.select_related("campaign__example").get(pk=one.pk))
        return one

    return make


@pytest.fixture
def joins() -> Callable[..., Post]:
    """Let another post join a campaign: `joins(campaign, "text")`."""

    def make(campaign: Campaign, text: str) -> Post:
        first = Post.objects.filter(campaign=campaign).order_by("pk").first()
        assert first is not None
        with gate._door():
            later = timezone.now() + timedelta(seconds=1)
            sha256 = hashlib.sha256(text.encode()).hexdigest()
            return Post.objects.create(
                source="x", source_id=f"late-{Post.objects.count()}", text=text, sha256=sha256, level=3, score=0.9, signals=["receive_parcel"],
                model=first.model, upload=first.upload, campaign=campaign, joined_at=later,
            )  # fmt: skip

    return make


@pytest.fixture
def busy_desk(campaign: Callable[..., Campaign], decided: Callable[..., Decision]) -> None:
    """Ten decisions on campaigns of different wording, one a day, and two open campaigns."""
    start = timezone.now() - timedelta(days=20)
    for n in range(5):
        decided(campaign(f"{WANTED} {OFFERS[n]}{ENDS[n]}{n * '急ぎ'}", posts=1), "recruitment", "parcel", at=start + timedelta(days=2 * n))
        decided(campaign(f"{LAWFUL} {ADVERTS[n % 3]}{ENDS[n]}{n * '安心'}", posts=1), "not", "lawful_advert", at=start + timedelta(days=2 * n + 1))
    campaign("受け子を急募しています DMまで", posts=1)
    campaign("カフェのスタッフ募集 時給1100円", posts=1)
