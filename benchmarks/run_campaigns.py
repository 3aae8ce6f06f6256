"""Measure the search for near-identical wording and freeze the result: `python benchmarks/run_campaigns.py LINES.txt [SIZE…]`.

LINES.txt: real Japanese text, one post or sentence a line (UTF-8), from which base posts are joined; a public conversation corpus does well. With "-"
the project's own benign texts are used, which are fewer and shorter. SIZE: posts of the stream (default 200000 1000000); peers get 10,000.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from andon.benchmark import machine
from andon.benchmark.campaigns import as_markdown, run_campaigns
from andon.benchmark.copies import clauses_of
from andon.benchmark.stream import SEEDS
from andon.detection.learning.seeds import corpus_rows

PEERS = 10_000

if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    if sys.argv[1] == "-":
        lines = [row["text"] for row in corpus_rows(SEEDS) if row["label"] == "benign"]
    else:
        lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    clauses = clauses_of(lines)
    sizes = [int(size) for size in sys.argv[2:]] or [200_000, 1_000_000]
    rows = run_campaigns(clauses, sizes, PEERS)
    about = machine() | {"clauses": f"{len(clauses):,}", "base texts": "the project's own" if sys.argv[1] == "-" else "a public corpus"}
    folder = Path(__file__).parent / "results"
    folder.mkdir(exist_ok=True)
    table = as_markdown(rows, about)
    (folder / "campaigns.md").write_text(table, encoding="utf-8")
    content = {"machine": about, "rows": [asdict(row) for row in rows]}
    (folder / "campaigns.json").write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(table)
