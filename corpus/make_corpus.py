"""Writes the training rows: every seed with its alternatives multiplied out, one JSON object a line, in a fixed order.

Usage: `.venv/bin/python corpus/make_corpus.py [OUT]` (default: corpus/train.jsonl). The held-out texts are never read here.
"""

from __future__ import annotations

import sys
from pathlib import Path

import orjson

from andon.detection.learning.seeds import corpus_rows

FOLDER = Path(__file__).resolve().parent


def main() -> None:
    """Write the rows of corpus/seeds."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER / "train.jsonl"
    out.write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in corpus_rows(FOLDER / "seeds")))


if __name__ == "__main__":
    main()
