"""Rows and steps that several tests of warnings need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from servers import TOKEN

from andon.console import gate
from andon.console.intake.models import Post
from andon.console.measures.common import outbox
from andon.console.measures.common.outbox import running
from andon.console.measures.kinds.warning.actions.approving import approve
from andon.console.measures.kinds.warning.models import Account
from andon.console.people import secret_box

if TYPE_CHECKING:
    import pytest
    from servers import Server

    from andon.console.gate import Actor
    from andon.console.measures.kinds.warning.models import Batch
    from andon.console.staff.models import Person, Unit


def account_at(server: Server, unit: Unit, by: Person, *, is_live: bool = True, **more: Any) -> Account:
    """A row for an account of the server."""
    with gate._door():
        return Account.objects.create(**{
            "service": type(server).__name__.lower(), "server": server.url, "handle": server.handle, "name": "試験県警察", "unit": unit,
            "token": secret_box.lock(TOKEN), "verify_url": "https://www.example.jp/account", "badge": Account.Badge.BOTH, "badge_by": by,
            "badge_at": timezone.now(), "asked_at": timezone.now(), "is_live": is_live, "made_by": by, **more,
        })  # fmt: skip


def place(post: Post, source: str, source_id: str, url: str) -> None:
    """Say where a post stands."""
    with gate._door():
        Post.objects.filter(pk=post.pk).update(source=source, source_id=source_id, url=url)


def send_all() -> None:
    """What the worker does until nothing is due."""
    while outbox.run_due():
        pass


def approve_all(actor: Actor, batch: Batch) -> int:
    """Read everything and approve it."""
    return approve(actor, batch.pk, set(batch.warnings.values_list("reading", flat=True)))


def another_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on this process is another worker than before: another name, and nothing remembered."""
    monkeypatch.setattr(running, "_NONCE", "another")
    monkeypatch.setattr(running, "_stumbled", {})
