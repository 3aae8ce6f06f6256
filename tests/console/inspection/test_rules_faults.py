"""Known faults of other systems, tried on this desk; and O1: looking is on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from inspection_help import refused_for

from andon.console.audit.models import Entry
from andon.console.measures.common import files

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from log_help import Desk

pytestmark = pytest.mark.django_db


@pytest.mark.rule("CVE-2026-22783", where="andon.console.measures.common.files")
def test_no_path_is_taken_from_outside(desk: Desk, sit: Callable[[str], Client]) -> None:
    """Files are found by their hash below one folder; a path, however written, is none, and no address takes one."""
    for key in ("../../etc/passwd", "/etc/passwd", "a" * 63, "a" * 63 + "/", "A" * 64, "..%2f" + "a" * 59, ""):
        assert refused_for(lambda name=key: files.path_of(name)) == "file_altered"
    for kind in ("..", "%2e%2e", "passwd", "pdf%00"):
        assert sit("kei").get(f"/undercover/inspection/editions/1/{kind}/").status_code in (301, 302, 404), kind
    for name in ("../drift", "drift/../../x", "__class__"):
        assert sit("kei").get(f"/undercover/inspection/lists/{name}/").status_code == 404, name


@pytest.mark.rule("O1", where="andon.console.undercover.authority.doors")
@pytest.mark.rule("O1", where="andon.console.casework.doors")
def test_whoever_looks_is_on_record(desk: Desk, sit: Callable[[str], Client]) -> None:
    """Who opened a case, a plan, a log or an entry, when and through which page; also who was told that there is none."""
    entry = desk.log("応募したいです")
    pages = {
        reverse("casework:case", args=[desk.plan.case_id]): ("casework.opened", f"case:{desk.plan.case_id}"),
        reverse("authority:plan", args=[desk.plan.pk]): ("authority.opened", f"plan:{desk.plan.pk}"),
        reverse("contactlog:log", args=[desk.plan.pk]): ("contactlog.opened", f"plan:{desk.plan.pk}"),
        reverse("contactlog:export", args=[desk.plan.pk]): ("contactlog.exported", f"plan:{desk.plan.pk}"),
        reverse("contactlog:entry", args=[entry.pk]): ("contactlog.entry_opened", f"log:{entry.pk}"),
    }
    for address, (event, subject) in pages.items():
        assert sit("toru").get(address).status_code == 200
        assert Entry.objects.filter(event=event, subject=subject, person=desk.world.people["toru"].pk).exists(), event
    assert sit("ken").get(reverse("casework:case", args=[desk.plan.case_id])).status_code == 404
    assert Entry.objects.filter(event="casework.missed", person=desk.world.people["ken"].pk).exists()
