"""Taking in: what the store has, what the desk tells of it, and that neither knows what the other does not."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from andon.console.audit.models import Entry
from andon.console.evidence.exhibits.models import CustodyLine, Exhibit
from andon.console.evidence.exhibits.store import store

if TYPE_CHECKING:
    from pathlib import Path

    from andon.console.staff.models import Person

pytestmark = pytest.mark.django_db


def test_exhibit_is_in_the_store_and_on_the_desk(taken: Exhibit, phone: Path, mori: Person) -> None:
    """Copies, manifest, log line and row tell the same."""
    manifest = store().manifest("E0001")
    assert taken.code == "E0001"
    assert taken.state == Exhibit.State.TAKEN
    assert taken.tree_sha256 == manifest.tree_sha256
    assert (taken.files, taken.size_bytes, taken.kind) == (2, sum(one.stat().st_size for one in phone.iterdir()), "folder")
    assert manifest.taken_by == "森 一郎（試験県警 捜査第二課・mori）"
    assert manifest.parameters["desk"] == taken.token
    line = CustodyLine.objects.get()
    assert (line.number, line.event, line.exhibit, line.at) == (1, "taken", "E0001", taken.taken_at)
    assert taken.manifest_sha256 == hashlib.sha256(store().manifest_path("E0001").read_bytes()).hexdigest()
    events = list(Entry.objects.filter(event__startswith="exhibits.").order_by("pk").values_list("event", flat=True))
    assert events == ["exhibits.ordered", "exhibits.begun", "exhibits.taken"]
