"""Writes the labelled rows: every seed with its alternatives multiplied out, one JSON object a line, in a fixed order.

Usage: `.venv/bin/python corpus/make_corpus.py`. Writes corpus/train.jsonl from corpus/seeds, at its end what rewording makes of the
ordinary ones, and for each held-out part (heldout, heldout2, … heldout5) a file of the part's name; they never mix.
"""

from __future__ import annotations

from pathlib import Path

import orjson

from andon.detection.learning.seeds import corpus_rows, training_rows

FOLDER = Path(__file__).resolve().parent
HELD_OUT = ("heldout", "heldout2", "heldout3", "heldout4", "heldout5")


def main() -> None:
    """Write the files."""
    for name, rows in (("train", training_rows(FOLDER)), *((part, corpus_rows(FOLDER / part)) for part in HELD_OUT)):
        (FOLDER / f"{name}.jsonl").write_bytes(b"".join(orjson.dumps(row) + b"\n" for row in rows))


if __name__ == "__main__":
    main()
