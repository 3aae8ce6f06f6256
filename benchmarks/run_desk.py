"""Measure the desk over HTTP on a full store and freeze the result: `python benchmarks/run_desk.py [POSTS] [CAMPAIGNS] [SECONDS] [HOME]`.

Fills a scratch SQLite home (default 1,000,000 posts in 50,000 campaigns; kept and used again when HOME is named), serves it, and asks
for pages one after the other; then fifty analysts decide at once for SECONDS (default 60), and what was confirmed is held against the store.
"""

import json
import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from html import unescape
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "browser"))  # the desk of the whole-server tests

from analysts import FORM, SEEN, Answers, check_store, decide_together, last_decision, signed_in  # noqa: E402 - found by the line above
from running import Desk, Visitor, free_port  # noqa: E402 - the same

from andon.benchmark import machine  # noqa: E402 - the same

ROUNDS, WARM, MANY = 60, 4, 50
SEARCHES = ("新宿", "霧島", "霞が関", "荷物を受け取る", "0invented77")


@dataclass(frozen=True)
class Row:
    """Milliseconds of one kind of request, and how often it was asked."""

    name: str
    p50: float
    p95: float
    most: float
    asked: int


def fill(home: Path, posts: int, campaigns: int) -> dict[str, int]:
    """Fill the home, unless that was done before."""
    done = home / "filled.json"
    if not done.exists():
        os.environ.update(ANDON_HOME=str(home), ANDON_DEMO="1")
        from andon.console import serving  # noqa: PLC0415 - sets Django up for this home

        serving.prepare()
        from desk_store import fill as fill_store  # noqa: PLC0415 - needs Django set up

        from andon.console.people.actions.setup import add_from_command  # noqa: PLC0415 - the same
        from andon.console.staff.rights import Role  # noqa: PLC0415 - the same

        add_from_command("first", "First", "計測", "hotline", [Role.ANALYST], password="x" * 40)  # nobody signs in by it
        done.write_text(json.dumps(asdict(fill_store(posts, campaigns))))
    return dict(json.loads(done.read_text()))


def timed(name: str, ask: Callable[[], int]) -> Row:
    """Ask some times to warm up, then measure; every answer must be good."""
    took = []
    for k in range(ROUNDS + WARM):
        begun = time.perf_counter()
        status = ask()
        took.append((time.perf_counter() - begun) * 1000)
        if status != 200:
            raise SystemExit(f"{name}: {status}")
        if k == WARM - 1:
            took.clear()
    return row_of(name, took)


def row_of(name: str, took: list[float]) -> Row:
    """Percentiles of some times."""
    cuts = statistics.quantiles(took, n=20)
    row = Row(name, statistics.median(took), cuts[-1], max(took), len(took))
    print(f"{row.name:44} p50 {row.p50:7.1f}  p95 {row.p95:7.1f}  most {row.most:7.1f} ms", flush=True)
    return row


def pages(visitor: Visitor, ids: list[int], rng: random.Random) -> list[Row]:
    """Every kind of page."""
    asked = {
        "today": lambda: "/", "queue": lambda: "/review/", "queue, level high": lambda: "/review/?level=high",
        "queue, kind parcel, 10 posts and more": lambda: "/review/?kind=parcel&posts=10", "queue, mine": lambda: "/review/?mine=1",
        "queue, settled as recruitment": lambda: "/review/?state=recruitment",
        "queue, with a search": lambda: f"/review/?q={rng.choice(SEARCHES[1:])}",
        "live counts": lambda: "/review/live?shown=" + ",".join(map(str, rng.sample(ids, 30))),
        "card (page)": lambda: f"/review/{rng.choice(ids)}", "posts of a campaign": lambda: f"/review/{rng.choice(ids)}/members",
        "uploads": lambda: "/intake/", "signals": lambda: "/learning/signals/", "model": lambda: "/learning/",
    }  # fmt: skip
    rows = [timed(name, lambda path=path: _get(visitor, path())) for name, path in asked.items()]
    rows.append(timed("card (HTMX)", lambda: _get(visitor, f"/review/{rng.choice(ids)}", **{"HX-Request": "true"})))
    rows += [timed(f"search {word}", lambda word=word: _get(visitor, f"/review/search?q={word}&n={rng.random()}")) for word in SEARCHES]
    return rows


def _get(visitor: Visitor, path: str, **headers: str) -> int:
    status, _, more = visitor.get(quote(path, safe="/?&=,."), **headers)
    return 200 if status == 302 and more.get("location", "").startswith("/review/") else status


def decisions(visitor: Visitor) -> Row:
    """One analyst, card after card: the time until the next card is there."""
    page, took, at = "", [], 0
    while len(took) < ROUNDS + WARM:
        form, seen = FORM.search(page), SEEN.search(page)
        if form is None or seen is None:
            _, page, _ = visitor.get("/review/")
            at += 1
            if at > ROUNDS:
                raise SystemExit("no card to decide")
            continue
        begun = time.perf_counter()
        status, page, _ = visitor.post(unescape(form[1]), choice="not:talk", seen=unescape(seen[1]), note="")
        took.append((time.perf_counter() - begun) * 1000)
        if status not in (200, 409):
            raise SystemExit(f"decision: {status} {re.sub('<[^>]+>', ' ', page)[:300]}")
    return row_of("decision (with the next card)", took[WARM:])


def together(desk: Desk, visitors: list[Visitor], seconds: float) -> dict[str, object]:
    """Fifty at once; what was confirmed, and whether the store holds exactly that."""
    before = last_decision(desk.home / "andon.sqlite3")
    said: list[Answers] = decide_together(visitors, seconds)
    took = [one * 1000 for answers in said for one in answers.seconds]
    row = row_of(f"decision, {len(visitors)} analysts at once", took)
    statuses = sum((one.statuses for one in said), Counter[int]())
    return {
        "row": asdict(row), "seconds": seconds, "accepted": len(took), "statuses": dict(statuses),
        "failures": [one.failure for one in said if one.failure], "store": asdict(check_store(desk.home / "andon.sqlite3", said, after=before)),
    }  # fmt: skip


def as_markdown(about: dict[str, object], rows: list[Row], many: dict[str, object]) -> str:
    """The table with what it was measured on."""
    store = many["store"]
    head = ["Milliseconds over HTTP on loopback, two server processes, one request at a time (median, 95th percentile, longest).", ""]
    table = ["| request | p50 | p95 | longest | asked |", "|---|---:|---:|---:|---:|"]
    table += [f"| {one.name} | {one.p50:.1f} | {one.p95:.1f} | {one.most:.1f} | {one.asked} |" for one in [*rows, Row(**many["row"])]]
    held = ", ".join(f"{name} {len(found)}" for name, found in store.items())
    told = f"{many['accepted']:,} decisions confirmed; answers by status {many['statuses']}; held against the store: {held}."
    tail = ["", f"{MANY} analysts at once for {many['seconds']:.0f} s: {told}"]
    return "\n".join([*head, ", ".join(f"{name} {value}" for name, value in about.items()), "", *table, *tail]) + "\n"


def main(posts: int, campaigns: int, seconds: float, home: Path) -> None:
    """Fill, measure, write."""
    filled = fill(home, posts, campaigns)
    rng, size = random.Random(1), (home / "andon.sqlite3").stat().st_size
    with Desk.started(home, free_port()) as desk:
        visitors = signed_in(desk, MANY + 1)
        ids = [rng.randrange(1, filled["campaigns"]) for _ in range(500)]
        rows = [*pages(visitors[-1], ids, rng), decisions(visitors[-1])]
        many = together(desk, visitors[:-1], seconds)
    about = machine() | {name: f"{value:,}" for name, value in filled.items()}
    about |= {"database": f"{size / 1e9:.1f} GB", "load of the machine": f"{os.getloadavg()[1]:.1f}"}
    folder = Path(__file__).parent / "results"
    (folder / "desk.md").write_text(as_markdown(about, rows, many), encoding="utf-8")
    content = {"about": about, "rows": [asdict(one) for one in rows], "together": many}
    (folder / "desk.json").write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(as_markdown(about, rows, many))


if __name__ == "__main__":
    given = sys.argv[1:] + [""] * 4
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(given[3]).absolute() if given[3] else Path(scratch) / "home"
        main(int(given[0] or 1_000_000), int(given[1] or 50_000), float(given[2] or 60), place)
