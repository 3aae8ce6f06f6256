"""Measure andon's speed and freeze the result: `python benchmarks/run.py [POSTS] [SECONDS] [FOLDER]`."""

import sys
from pathlib import Path

from andon.benchmark import machine, run
from andon.benchmark.report import as_markdown, write_results

if __name__ == "__main__":
    posts, seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000, float(sys.argv[2]) if len(sys.argv) > 2 else 120.0
    rows, about = run(posts, seconds), machine() | {"posts": str(posts)}
    write_results(rows, about, Path(sys.argv[3]) if len(sys.argv) > 3 else Path(__file__).parent / "results")
    sys.stdout.write(as_markdown(rows, about))
