"""Stored posts for the tests of the intake: made ready from plain records, without a scan."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from andon.console import gate
from andon.console.intake.actions.store_batch import store_batch
from andon.console.intake.models import Upload
from andon.console.intake.ready import NewPost, Ready
from andon.console.intake.search.index import search_tokens
from andon.console.intake.storing import Stretch
from andon.detection.campaigns.ties import contact_key
from andon.language.bigrams import search_form
from andon.language.contacts import find_contacts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from andon.console.intake.actions.store_batch import Stored
    from andon.console.intake.models import ModelVersion
    from andon.console.staff.models import Person

START = datetime(2026, 9, 1, tzinfo=UTC)


def ready(record: dict[str, Any]) -> Ready:
    """A record as `andon scan` writes it, made ready for the store."""
    text = record["text"]
    created = record.get("created_at")
    row = NewPost(
        source=record.get("source") or "x", source_id=str(record["id"]), author=record.get("author") or "", url=record.get("url") or "",
        created_at=datetime.fromisoformat(created) if isinstance(created, str) else created, observed_at=START, text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(), level={"high": 3, "medium": 2, "low": 1}[record.get("level") or "high"],
        score=float(record.get("score") or 0.9), kinds=list(record.get("kinds") or ["parcel"]), signals=list(record.get("signals") or ["receive_parcel"]),
    )  # fmt: skip
    contacts = {key: (key, one.type, one.value) for one in find_contacts(text) if (key := contact_key(one.type, one.value))}
    form = search_form(text)
    return Ready(row, tuple(contacts.values()), form, search_tokens(form))


@pytest.fixture
def running(aoi: Person, version: ModelVersion) -> Upload:
    """An upload that is being scanned."""
    with gate._door():
        return Upload.objects.create(name="feed.jsonl", sha256="2" * 64, size_bytes=100, file="", by=aoi, state=Upload.State.RUNNING, model=version)


@pytest.fixture
def store(running: Upload, aoi: Person, actor: Callable[..., gate.Actor], version: ModelVersion) -> Callable[[Sequence[dict[str, Any]]], Stored]:
    """Store records as one stretch of the running upload."""
    numbers = count(1)

    def put(records: Sequence[dict[str, Any]]) -> Stored:
        running.refresh_from_db()
        stretch = Stretch(running.position, {"row": next(numbers)}, [ready(one) for one in records], version.pk, 10, posts=len(records))
        return store_batch(actor(aoi, gate.Via.WORKER), running.pk, stretch)

    return put


@pytest.fixture
def post() -> Callable[..., dict[str, Any]]:
    """Make a record: `post("text", day=3, author="a")`."""
    numbers = count(1)

    def make(text: str, *, day: float = 0, **more: Any) -> dict[str, Any]:
        number = next(numbers)
        return {"id": more.pop("id", f"p{number}"), "text": text, "created_at": START + timedelta(days=day, minutes=number), "author": f"user{number}", **more}

    return make
