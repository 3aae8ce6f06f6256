"""Measure the schedule of re-checks with many open watches and freeze the result: `python benchmarks/run_visits.py [WATCHES] [ROUNDS]`.

Fills a scratch SQLite home in three steps up to WATCHES (default 100,000) posts on 400 hosts, half of them on four, all due at the same moment (the
worst case), and at each step runs rounds of looks against a stand-in for the network that answers at once: what is measured is the schedule, its
store and the trail. The clock of the rounds is made up, two seconds apart.
"""

import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from andon.benchmark import machine

HOSTS, LARGE = 400, 4
AT_ONCE = 8
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
PIECE = 2000


@dataclass(frozen=True)
class Row:
    """One step: how many watches are open; milliseconds to pick a round's posts, and for a whole round; looks a second; memory of the process."""

    watches: int
    planned_a_second: int
    pick_p50: float
    pick_p95: float
    round_p50: float
    round_p95: float
    looks_a_second: int
    memory_before_mb: float
    memory_after_mb: float
    page_posts_ms: float
    page_hosts_ms: float


def memory() -> float:
    """Of this process itself, in MB: without files that are mapped into it (SQLite maps up to 256 MB of the database)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("RssAnon")).split()[1]) / 1000


def set_up(home: Path) -> Any:  # noqa: ANN401 - the campaign's row; Django is not set up where this is read
    """A desk with one campaign; posts come later."""
    os.environ.update(ANDON_HOME=str(home), ANDON_DEMO="1")
    from andon.console import serving  # noqa: PLC0415 - sets Django up for this home

    serving.prepare()
    from andon.console import gate  # noqa: PLC0415 - the same
    from andon.console.intake.engine import in_use  # noqa: PLC0415 - the same
    from andon.console.intake.models import Campaign, Upload  # noqa: PLC0415 - the same
    from andon.console.people.actions.setup import add_from_command  # noqa: PLC0415 - the same
    from andon.console.staff.models import Person  # noqa: PLC0415 - the same
    from andon.console.staff.rights import Role  # noqa: PLC0415 - the same

    add_from_command("first", "First", "計測", "hotline", [Role.ANALYST], password="x" * 40)  # nobody signs in by it
    with gate._door():  # noqa: SLF001 - a store for measuring is filled in bulk
        Upload.objects.create(name="benchmark", sha256="b" * 64, size_bytes=1, file="", by=Person.objects.get(), state="done", model=in_use().version)
        return Campaign.objects.create(title="benchmark")


def add(campaign: Any, upto: int, rng: random.Random) -> float:  # noqa: ANN401 - as above
    """Posts and their watches up to that number; watches planned a second."""
    from django.db import transaction  # noqa: PLC0415 - Django is set up by now

    from andon.console import gate  # noqa: PLC0415 - the same
    from andon.console.intake.engine import in_use  # noqa: PLC0415 - the same
    from andon.console.intake.models import Post, Upload  # noqa: PLC0415 - the same
    from andon.console.measures.visits.plan import plan_visits  # noqa: PLC0415 - the same

    have, took, upload, version = Post.objects.count(), 0.0, Upload.objects.get(), in_use().version
    for start in range(have, upto, PIECE):
        numbers = range(start, min(start + PIECE, upto))
        with transaction.atomic(), gate._door():  # noqa: SLF001 - as above
            made = Post.objects.bulk_create([
                Post(
                    source="web", source_id=str(k), url=f"https://{host(rng)}/posts/{k}", text=text(k), sha256="0" * 64, level=3, score=0.9,
                    model=version, upload=upload, campaign=campaign,
                )
                for k in numbers
            ])  # fmt: skip
            begun = time.perf_counter()
            plan_visits([post.pk for post in made], first_after=timedelta(0), now=NOW)
            took += time.perf_counter() - begun
    return (upto - have) / took


def host(rng: random.Random) -> str:
    """Half of the posts are on a few hosts."""
    return f"host{rng.randrange(LARGE) if rng.random() < 0.5 else rng.randrange(LARGE, HOSTS)}.example"


def text(number: int) -> str:
    """An invented post."""
    return f"日給{number % 60 + 1}万円 荷物を受け取るだけの仕事です 番号{number} 詳細はDMまで"


class Stand:
    """In the place of the network: two of three posts are there, the rest is gone, broken or shows something else."""

    def get(self, url: str) -> Any:  # noqa: ANN401 - an Answer
        """At once."""
        from andon.console.outside.answers import Answer, Headers  # noqa: PLC0415 - Django is set up by now

        number = int(url.rpartition("/")[2])
        status = (200, 200, 200, 200, 404, 403)[number % 6]
        body = f"<html><head><title>板</title></head><body><nav>ホーム</nav><p>{text(number)}</p></body></html>".encode()
        return Answer(url, url, status, Headers((("Content-Type", "text/html; charset=utf-8"),)), body, datetime.now(UTC), "192.0.2.1", raw=body)

    def call(self, method: str, url: str, **_: object) -> Any:  # noqa: ANN401, ARG002 - as the real one
        """No host here has an interface."""
        return self.get(url)


def timed(ask: Callable[[], object], rounds: int) -> list[float]:
    """Milliseconds of each."""
    took = []
    for _ in range(rounds):
        begun = time.perf_counter()
        ask()
        took.append((time.perf_counter() - begun) * 1000)
    return took


def measure(watches: int, planned: float, rounds: int, begin: datetime) -> tuple[Row, datetime]:
    """Rounds of looks at one size; the made-up time after them."""
    from andon.console.measures.visits import shown  # noqa: PLC0415 - Django is set up by now
    from andon.console.measures.visits.due import due  # noqa: PLC0415 - the same
    from andon.console.measures.visits.running import run_due  # noqa: PLC0415 - the same

    net, now, looks = Stand(), begin, 0

    def one_round() -> None:
        nonlocal now, looks
        now += timedelta(seconds=2)
        looks += run_due(AT_ONCE, net=net, now=now)

    timed(one_round, 20)
    looks, before = 0, memory()
    picks = timed(lambda: due(now + timedelta(seconds=2), AT_ONCE), rounds)
    took = timed(one_round, rounds)
    after = memory()
    posts = statistics.median(timed(lambda: (shown.counts(), list(shown.watches("none")[:50])), 5))
    hosts = statistics.median(timed(lambda: shown.host_lines(shown.host_sizes(now)[:50]), 5))
    p95 = [statistics.quantiles(one, n=20)[-1] for one in (picks, took)]
    middle, speed = [statistics.median(one) for one in (picks, took)], int(looks / sum(took) * 1000)
    return Row(watches, int(planned), middle[0], p95[0], middle[1], p95[1], speed, before, after, posts, hosts), now


def as_markdown(about: dict[str, str], rows: list[Row]) -> str:
    """The table that people read."""
    lines = ["# Re-checks: the schedule with many open watches", "", *(f"- {name}: {value}" for name, value in about.items()), ""]
    heads = ["open watches", "planned /s", "pick, p50 / p95 ms", "round of 8, p50 / p95 ms", "looks /s", "memory before → after, MB"]
    heads += ["page of posts, hosts, ms"]
    lines += [f"| {' | '.join(heads)} |", "|---:" * len(heads) + "|"]
    lines += [
        f"| {row.watches:,} | {row.planned_a_second:,} | {row.pick_p50:.1f} / {row.pick_p95:.1f} | {row.round_p50:.0f} / {row.round_p95:.0f} | "
        f"{row.looks_a_second:,} | {row.memory_before_mb:.0f} → {row.memory_after_mb:.0f} | {row.page_posts_ms:.0f}, {row.page_hosts_ms:.0f} |"
        for row in rows
    ]
    lines += [
        "", "A round picks at most one post of each host, looks at eight at a time, and keeps looks, watches, hosts and one entry of the trail in",
        "one transaction. The network is a stand-in that answers at once; in earnest the hosts set the speed. Pages: the store's part alone.", "",
    ]  # fmt: skip
    return "\n".join(lines)


def main(watches: int, rounds: int, home: Path) -> None:
    """Fill, measure, write."""
    campaign, rng, rows, now = set_up(home), random.Random(1), [], NOW
    for size in sorted({max(1000, watches // 100), max(1000, watches // 10), watches}):
        row, now = measure(size, add(campaign, size, rng), rounds, now)
        rows.append(row)
        sys.stderr.write(f"{row}\n")
    about = machine() | {"rounds": str(rounds), "hosts": str(HOSTS), "load of the machine": f"{os.getloadavg()[1]:.1f}"}
    folder = Path(__file__).parent / "results"
    (folder / "visits.md").write_text(as_markdown(about, rows), encoding="utf-8")
    content = {"about": about, "rows": [asdict(row) for row in rows]}
    (folder / "visits.json").write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(as_markdown(about, rows))


if __name__ == "__main__":
    given = sys.argv[1:] + [""] * 2
    with tempfile.TemporaryDirectory() as scratch:
        main(int(given[0] or 100_000), int(given[1] or 300), Path(scratch) / "home")
