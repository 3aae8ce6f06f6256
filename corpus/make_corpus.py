"""Writes the labelled rows: every seed with its alternatives multiplied out, one JSON object a line, in a fixed order.

Usage: `.venv/bin/python corpus/make_corpus.py`. Writes corpus/train.jsonl from corpus/seeds, corpus/heldout.jsonl from corpus/heldout and
corpus/heldout2.jsonl from corpus/heldout2; the three never mix.
"""

from __future__ import annotations

from pathlib import Path

import orjson

from andon.detection.learning.seeds import corpus_rows

FOLDER = Path(__file__).resolve().parent


def main() -> None:
    """Write the files."""
    for folder, name in (("seeds", "train.jsonl"), ("heldout", "heldout.jsonl"), ("heldout2", "heldout2.jsonl")):
        (FOLDER / name).write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in corpus_rows(FOLDER / folder)))


if __name__ == "__main__":
    main()
