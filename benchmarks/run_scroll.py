"""Scroll through a long conversation in a real browser: how long a frame takes, and how often a row is seen that is not there yet.

    .venv/bin/python benchmarks/run_scroll.py [--messages 500000] [--frames 300]

Makes a demo desk with one invented conversation, opens it in Chromium without a screen, and moves by 40, 400 and 4,000 pixels a frame from places
spread over the whole. A frame is what passes between two calls of `requestAnimationFrame` (16.7 ms at 60 Hz). Writes results/scroll.md.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[1]
STEPS = (40, 400, 4000)
STARTS = 5  # places spread over the conversation
SCROLL = """([pixels, frames]) => new Promise(done => {
  const box = document.querySelector('.vlist'), took = [];
  let before = performance.now(), late = 0, seen = 0;
  const turn = now => {
    took.push(now - before);
    before = now;
    const edge = box.getBoundingClientRect();
    for (const one of box.querySelectorAll('.msg')) {
      const at = one.getBoundingClientRect();
      if (at.bottom > edge.top && at.top < edge.bottom) { seen += 1; late += one.classList.contains('is-waiting'); }
    }
    if (took.length >= frames) return done({took, late, seen});
    box.scrollTop += pixels;
    requestAnimationFrame(turn);
  };
  requestAnimationFrame(turn);
})"""


def main() -> None:
    """Make, open, scroll, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, default=500_000)
    parser.add_argument("--frames", type=int, default=300)
    asked = parser.parse_args()
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests" / "browser")]
    with tempfile.TemporaryDirectory() as folder:
        table = measured(Path(folder), asked.messages, asked.frames)
    (ROOT / "benchmarks" / "results" / "scroll.md").write_text(table, encoding="utf-8")
    sys.stdout.write(table)


def measured(folder: Path, messages: int, frames: int) -> str:
    """The table."""
    from conftest import ARGUMENTS  # noqa: PLC0415 - the path is set by now
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - the same
    from running import Desk, demo_home, environment, free_port  # noqa: PLC0415 - the same
    from test_conversations import READY, _export  # noqa: PLC0415 - the same

    home = folder / "home"
    demo_home(home)
    _export(folder / "long", messages)
    script = [sys.executable, str(ROOT / "tests" / "browser" / "conversations_home.py"), str(folder / "long")]
    begun = time.perf_counter()
    done = subprocess.run(script, cwd=ROOT, env=environment(home), check=True, capture_output=True, text=True, timeout=3600)  # noqa: S603 - our own
    read_in = time.perf_counter() - begun
    talk = done.stdout.split()[1]
    chromium = next(path for name in ("chromium", "chromium-browser", "google-chrome") for path in _on_path(name))
    with Desk.started(home, free_port()) as desk, sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1440, "height": 900}, base_url=desk.address)
        page.set_default_timeout(120_000)
        page.goto("/account/login/")
        page.fill("input[name=login]", "toru")
        page.fill("input[name=password]", desk.password)
        page.press("input[name=password]", "Enter")
        page.wait_for_url(desk.address)
        rows = [_scrolled(page, talk, messages, pixels, frames, READY) for pixels in STEPS]
        browser.close()
    head = (
        f"# Scrolling through {messages:,} messages\n\n`python benchmarks/run_scroll.py`, Chromium without a screen, 1440 by 900, load of the\n"
        f"machine at the end {os.getloadavg()[0]:.1f}. Taken in and read in {read_in:.0f} s. Each row: {STARTS} places spread over it,\n"
        f"{frames} frames each.\n\n| pixels a frame | median ms | p95 | longest | rows seen before they were there |\n|---:|---:|---:|---:|---:|\n"
    )
    return head + "".join(rows)


def _on_path(name: str) -> list[str]:
    return [str(path) for folder in os.get_exec_path() if (path := Path(folder) / name).exists()]


def _scrolled(page: Page, talk: str, messages: int, pixels: int, frames: int, ready: str) -> str:
    took: list[float] = []
    late = seen = 0
    for start in range(STARTS):
        page.goto(f"/evidence/conversations/{talk}/?at={messages * (2 * start + 1) // (2 * STARTS)}")
        page.wait_for_function(ready)
        page.wait_for_timeout(1000)
        found: dict[str, Any] = page.evaluate(SCROLL, [pixels, frames])
        took += found["took"][1:]
        late, seen = late + found["late"], seen + found["seen"]
    took.sort()
    middle, most, longest = statistics.median(took), took[int(0.95 * len(took))], took[-1]
    return f"| {pixels:,} | {middle:.1f} | {most:.1f} | {longest:.0f} | {100 * late / max(seen, 1):.1f} % |\n"


if __name__ == "__main__":
    main()
