"""A desk filled to the brim for measuring: invented posts in campaigns of very different sizes, decisions, a trail.

Written in bulk through the gate's door, as tests do: the rows are those that intake leaves, without the hours of scanning and comparing. Needs Django
set up on a home of its own.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction

from andon.console import gate
from andon.console.audit.chain import START, hash_of
from andon.console.audit.models import Entry
from andon.console.intake.engine import in_use
from andon.console.intake.models import Campaign, Contact, Post, Upload
from andon.console.intake.priority import priority_of
from andon.console.intake.search.index import index_posts, search_tokens
from andon.console.review.models import Decision
from andon.console.staff.models import Person
from andon.detection.learning.seeds import corpus_rows
from andon.language.bigrams import search_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from andon.console.intake.models import ModelVersion

ROOT = Path(__file__).resolve().parents[1]
KINDS = "parcel account fraud_pickup driver overseas lookout cash_collection vague fraud_caller phone drugs transport".split()
SOURCES = "x bluesky board_dat telegram mastodon misskey threads generic".split()
SIGNALS = "receive_parcel secrecy same_day_start yami_words handle_invite".split()
PLACES = "霧島 代田 霞が関 佐藤 新宿 難波 栄 博多 札幌 仙台".split()
AT_ONCE = 4000
ENTRIES = 100_000
SETTLED, CONTACTS = 0.35, 0.6  # of the campaigns
STATES = (Campaign.State.RECRUITMENT, Campaign.State.NOT, Campaign.State.ESCALATED)
NOW = datetime.now(UTC)
door = gate._door  # noqa: SLF001 - a store for measuring is filled in bulk


@dataclass(frozen=True, slots=True)
class Filled:
    """What was put there."""

    posts: int
    campaigns: int
    contacts: int
    decisions: int
    entries: int


def fill(posts: int, campaigns: int, seed: int = 1) -> Filled:
    """Fill the database of this home. It must be empty but for its people."""
    rng = random.Random(seed)
    by, version = next(one for one in Person.objects.select_related("unit") if "analyst" in one.roles), in_use().version
    texts = _texts(rng)
    sizes = _sizes(posts, campaigns, rng)
    with door(), transaction.atomic():
        upload = Upload.objects.create(name="benchmark.jsonl", sha256="b" * 64, size_bytes=1, file="", by=by, state=Upload.State.DONE, model=version)
        made = _campaigns(sizes, texts, rng)
        contacts = _contacts(campaigns // 2)
    first = made[0].pk
    _posts(made, contacts, upload, version, rng)
    with door(), transaction.atomic():
        _examples(first, sizes)
        Upload.objects.filter(pk=upload.pk).update(posts=posts * 50, flagged=posts, stored=posts)
        decisions = _decisions(made, by, version, rng)
        entries = _trail(by, made, rng)
    return Filled(sum(sizes), len(made), len(contacts), decisions, entries)


def _texts(rng: random.Random) -> list[str]:
    """Recruitment of the corpus with an ordinary line or a place behind, so that no two campaigns read the same."""
    rows = list(corpus_rows(ROOT / "corpus" / "seeds"))
    recruit = [str(row["text"]) for row in rows if row["label"] == "recruit"]
    other = [str(row["text"]) for row in rows if row["label"] == "benign" and len(str(row["text"])) < 60]
    return [f"{rng.choice(recruit)} {rng.choice(PLACES)} {rng.choice(other)}" for _ in range(60_000)]


def _sizes(posts: int, campaigns: int, rng: random.Random) -> list[int]:
    """As found in streams: most campaigns are small, a few hold thousands."""
    drawn = sorted((rng.paretovariate(1.1) for _ in range(campaigns)), reverse=True)
    share = (posts - campaigns) / sum(min(one, 3000) for one in drawn)
    sizes = [1 + int(min(one, 3000) * share) for one in drawn]
    sizes[0] += posts - sum(sizes)
    rng.shuffle(sizes)
    return sizes


def _campaigns(sizes: Sequence[int], texts: Sequence[str], rng: random.Random) -> list[Campaign]:
    made = []
    for number, size in enumerate(sizes):
        text, kind, source = texts[number % len(texts)], rng.choice(KINDS), rng.choice(SOURCES)
        first = NOW - timedelta(days=rng.expovariate(1 / 40), hours=rng.random())
        last = min(NOW, first + timedelta(days=rng.expovariate(1 / 5)))
        level = rng.choices((3, 2, 1), (3, 5, 2))[0]
        state = Campaign.State.OPEN if rng.random() > SETTLED else rng.choice(STATES)
        one = Campaign(
            state=state, settled_at=None if state == Campaign.State.OPEN else last, level=level, score=0.3 * level + rng.random() * 0.09, posts=size,
            accounts=max(1, int(size * 0.7)), kind=kind, kinds={kind: size}, sources={source: size}, source=source,
            days={(last - timedelta(days=k)).date().isoformat(): max(1, size // 5) for k in range(min(size, 5))},
            template=[{"text": text}], template_posts=size, title=text[:120], first_seen=first, last_seen=last, made_at=last, changed_at=last,
        )  # fmt: skip
        one.priority = priority_of(one)
        made.append(one)
    return Campaign.objects.bulk_create(made, batch_size=500)


def _contacts(count: int) -> list[Contact]:
    rows = [Contact(key=f"telegram:0invented{k}", type="telegram", value=f"0invented{k}", posts=0) for k in range(count)]
    return Contact.objects.bulk_create(rows, batch_size=2000)


def _posts(campaigns: Sequence[Campaign], contacts: Sequence[Contact], upload: Upload, version: ModelVersion, rng: random.Random) -> None:
    """In the order in which a stream would bring them: a campaign's posts are scattered. As SQL: objects would take thrice as long."""
    order = [k for k, one in enumerate(campaigns) for _ in range(one.posts)]
    rng.shuffle(order)
    named = {k: contacts[rng.randrange(len(contacts))].pk for k in range(len(campaigns)) if rng.random() < CONTACTS}
    for start in range(0, len(order), AT_ONCE):
        part = order[start : start + AT_ONCE]
        rows = [_post(start + n + 1, campaigns[k], upload.pk, version.pk, rng) for n, k in enumerate(part)]
        forms = [search_form(row["text"]) for row in rows]
        with door(), transaction.atomic(), connection.cursor() as cursor:
            columns = ", ".join(f'"{name}"' for name in rows[0])
            places = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f'INSERT INTO "intake_post" ({columns}) VALUES ({places})', [tuple(row.values()) for row in rows])  # noqa: S608 - ours
            index_posts([(row["id"], form, search_tokens(form)) for row, form in zip(rows, forms, strict=True)])
            links = [(row["id"], named[k]) for row, k in zip(rows, part, strict=True) if k in named]
            cursor.executemany('INSERT INTO "intake_postcontact" ("post_id", "contact_id") VALUES (%s, %s)', links)
            ties = [(a["id"], b["id"]) for a, b in pairwise(rows) if a["campaign_id"] == b["campaign_id"]]
            cursor.executemany('INSERT INTO "intake_tie" ("a_id", "b_id", "similarity", "length") VALUES (%s, %s, 0.9, 60)', ties)
        if start % (AT_ONCE * 25) == 0:
            print(f"{start:,} posts", file=sys.stderr)


def _post(number: int, campaign: Campaign, upload: int, version: int, rng: random.Random) -> dict[str, Any]:
    text = f"{campaign.template[0]['text']} 日給{rng.randrange(1, 60)}万円 {rng.randrange(10_000)}"
    at = (campaign.last_seen or NOW).replace(tzinfo=None).isoformat(" ", "microseconds")
    return {
        "id": number, "source": campaign.source, "source_id": f"invented-{number}", "url": f"https://social.example/{number}",
        "author": f"invented_account_{rng.randrange(400_000)}", "author_id": "", "author_name": "", "created_at": at, "observed_at": at, "text": text,
        "sha256": hashlib.sha256(text.encode()).hexdigest(), "level": campaign.level, "score": campaign.score, "kinds": f'["{campaign.kind}"]',
        "signals": json.dumps(rng.sample(SIGNALS, 2)), "missing": '["name", "address"]', "pay_per": "", "model_id": version, "upload_id": upload,
        "stored_at": at, "campaign_id": campaign.pk, "joined_at": at,
    }  # fmt: skip


def _examples(first: int, sizes: Sequence[int]) -> None:
    """One of its posts for each campaign."""
    seen: dict[int, int] = {}
    for pk, campaign in Post.objects.order_by("pk").values_list("pk", "campaign_id").iterator(chunk_size=20_000):
        seen.setdefault(campaign, pk)
    rows = [Campaign(pk=first + k, example_id=seen[first + k]) for k in range(len(sizes)) if first + k in seen]
    Campaign.objects.bulk_update(rows, ["example"], batch_size=300)


def _decisions(campaigns: Sequence[Campaign], by: Person, version: ModelVersion, rng: random.Random) -> int:
    rows = [
        Decision(
            campaign=one, verdict=one.state, kind=one.kind if one.state == "recruitment" else "", reason="" if one.state == "recruitment" else "talk",
            by=by, at=NOW - timedelta(days=rng.expovariate(1 / 20)), model=version, score=one.score, level=one.level, posts=one.posts,
            members_sha256="0" * 64, seconds=rng.uniform(2, 20),
        )
        for one in campaigns if one.state != Campaign.State.OPEN
    ]  # fmt: skip
    return len(Decision.objects.bulk_create(rows, batch_size=1000))


def _trail(by: Person, campaigns: Sequence[Campaign], rng: random.Random) -> int:
    """As if cards had been opened for months; the chain holds."""
    last = Entry.objects.order_by("-number").values_list("number", "hash").first() or (0, START)
    Entry.objects.bulk_create(_entries(last, by, campaigns, rng), batch_size=1000)
    return ENTRIES


def _entries(last: tuple[int, str], by: Person, campaigns: Sequence[Campaign], rng: random.Random) -> Iterator[Entry]:
    number, before = last
    for k in range(ENTRIES):
        entry = Entry(
            number=number + 1 + k, at=NOW - timedelta(seconds=60 * (ENTRIES - k)), person=by.pk, name=by.name, unit=by.unit.name, via="screen",
            event="review.card_opened", subject=f"campaign:{rng.choice(campaigns).pk}", facts={"posts": k % 50}, before=before,
        )  # fmt: skip
        entry.hash = before = hash_of(entry)
        yield entry
