"""Many analysts at once, each deciding card after card over HTTP as the pages do, and what has to be true afterwards."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from running import ROOT, Desk, Visitor, environment

if TYPE_CHECKING:
    from collections.abc import Sequence

FORM = re.compile(r'<form class="decide"[^>]* action="([^"]+)"')
SEEN = re.compile(r'name="seen" value="([^"]*)"')
_CARD = re.compile(r"/review/(\d+)/decide")
_RECORD = re.compile(r"decisions\\?/(\d+)\\?/withdraw")
PATIENCE, MOST_EMPTY = 90.0, 30
CHOICES = ("not:talk", "recruitment:parcel", "escalated:unclear")


@dataclass
class Answers:
    """What the server said to one analyst. `accepted`: (decision, campaign, verdict) of every decision that it confirmed."""

    accepted: list[tuple[int, int, str]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    empty: int = 0
    failure: str = ""


def signed_in(desk: Desk, count: int) -> list[Visitor]:
    """Analysts with a session each."""
    script = [sys.executable, str(Path(__file__).with_name("many_people.py")), str(count)]
    made = subprocess.run(script, cwd=ROOT, env=environment(desk.home), check=True, capture_output=True, text=True, timeout=120)
    visitors = []
    for one in json.loads(made.stdout):
        visitor = Visitor(desk)
        visitor.cookies["sessionid"] = one["session"]
        visitors.append(visitor)
    return visitors


def decide_together(visitors: Sequence[Visitor], seconds: float) -> list[Answers]:
    """All begin at the same moment and decide until the time is over or the queue is empty."""
    said = [Answers() for _ in visitors]
    start = threading.Barrier(len(visitors))
    threads = [threading.Thread(target=_decide, args=(visitor, one, start, seconds, number)) for number, (visitor, one) in enumerate(zip(visitors, said, strict=True))]
    for one in threads:
        one.start()
    for one in threads:
        one.join(seconds + PATIENCE + 60)
    return said


def _decide(visitor: Visitor, said: Answers, start: threading.Barrier, seconds: float, number: int) -> None:
    """Until the time is over, though on a slow machine at least once; or until the queue is empty."""
    try:
        start.wait(60)
        until, page = time.monotonic() + seconds, ""
        while time.monotonic() < until or (not said.accepted and time.monotonic() < until + PATIENCE):
            form = FORM.search(page)
            if form is not None:
                page = _one(visitor, said, unescape(form[1]), page, CHOICES[(number + len(said.accepted)) % len(CHOICES)])
                continue
            status, page, _ = visitor.get("/review/")
            said.statuses[status] += 1
            if not FORM.search(page):  # empty, or the card went into somebody else's hand at that moment
                said.empty += 1
                time.sleep(0.1)
                if said.empty > MOST_EMPTY:
                    return
    except (OSError, AssertionError, ValueError) as error:
        said.failure = f"{type(error).__name__}: {error}"


def _one(visitor: Visitor, said: Answers, address: str, page: str, choice: str) -> str:
    seen = SEEN.search(page)
    assert seen is not None
    begun = time.perf_counter()
    status, answer, headers = visitor.post(address, choice=choice, seen=unescape(seen[1]), note="")
    said.statuses[status] += 1
    record = _RECORD.search(headers.get("hx-trigger", ""))
    if status == 200 and record:
        said.seconds.append(time.perf_counter() - begun)
        campaign = _CARD.search(address)
        assert campaign is not None
        said.accepted.append((int(record[1]), int(campaign[1]), choice.partition(":")[0]))
    return answer


@dataclass(frozen=True)
class Stored:
    """What the store holds of the decisions of a run."""

    lost: list[int]
    changed: list[int]
    doubled: list[int]
    unrecorded: list[int]
    unasked: list[int]


def last_decision(database: Path) -> int:
    """The number of the latest decision that is stored."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as store:
        return int(store.execute("SELECT coalesce(max(id), 0) FROM review_decision").fetchone()[0])


def check_store(database: Path, said: Sequence[Answers], *, after: int = 0) -> Stored:
    """Hold what was confirmed against what is stored (decisions `after` that number). All lists are empty when all is well."""
    accepted = {decision: (campaign, verdict) for one in said for decision, campaign, verdict in one.accepted}
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as store:
        rows = {pk: (campaign, verdict) for pk, campaign, verdict in store.execute("SELECT id, campaign_id, verdict FROM review_decision")}
        standing = Counter(row[0] for row in store.execute(
            "SELECT campaign_id FROM review_decision d WHERE verdict <> 'withdrawn' AND NOT EXISTS (SELECT 1 FROM review_decision w WHERE w.withdraws_id = d.id)"))  # fmt: skip
        entries = Counter(json.loads(row[0]).get("decision") for row in store.execute("SELECT facts FROM audit_entry WHERE event = 'review.decided'"))
        states = dict(store.execute("SELECT id, state FROM intake_campaign"))
        many = {row[0] for row in store.execute("SELECT id FROM staff_person WHERE username LIKE 'many%'")}
        theirs = [pk for pk, by in store.execute("SELECT id, by_id FROM review_decision WHERE id > ?", [after]) if by in many]
    return Stored(
        lost=[pk for pk in accepted if pk not in rows],
        changed=[pk for pk, (campaign, verdict) in accepted.items() if rows.get(pk) != (campaign, verdict) or states.get(campaign) != verdict],
        doubled=[campaign for campaign, count in standing.items() if count > 1],
        unrecorded=[pk for pk in accepted if entries[pk] != 1],
        unasked=[pk for pk in theirs if pk not in accepted],
    )
