"""Measure each source of JSON records beside orjson on the same bytes and freeze the result: `python benchmarks/run_sources.py [MEGABYTES]`.

The records are those of the invented samples, repeated as JSON lines up to MEGABYTES (default 10) for each file; of a file that is one object (a
Telegram export) the long array inside is repeated. Cost is CPU time, the best of three rounds in which reader and orjson take turns. orjson only
parses; andon's reader gives columns of texts and can give every record.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import orjson

from andon.benchmark import machine
from andon.detection.records.batches import read_batches
from andon.detection.records.opening import ByteStream

SAMPLES = Path(__file__).parents[1] / "samples" / "posts"
ROUNDS = 3


def repeated(sample: Path, size: int) -> bytes:
    """About `size` bytes of the sample's values: lines again and again, or one object with its longest array made longer."""
    stream = ByteStream(str(sample))
    data = stream.read(1 << 28)
    stream.close()
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        lines = [line for line in data.split(b"\n") if line.strip()]
    else:
        if isinstance(value, dict):
            longest = max((key for key in value if isinstance(value[key], list)), key=lambda key: len(value[key]))
            return orjson.dumps(value | {longest: value[longest] * max(1, size // len(data))})
        lines = [orjson.dumps(one) for one in value]
    return b"\n".join(lines * max(1, size // sum(len(line) + 1 for line in lines))) + b"\n"


def cost(call: Callable[[], int]) -> tuple[float, int]:
    """CPU seconds and what the call counted."""
    started = time.process_time()
    count = call()
    return time.process_time() - started, count


def measure(sample: Path, folder: Path, size: int) -> str:
    """One row of the table."""
    file = folder / f"{sample.name.split('.')[0]}.jsonl"
    file.write_bytes(repeated(sample, size))

    def own() -> int:
        return sum(len(batch) for batch in read_batches([str(file)]))

    def plain() -> int:
        with file.open("rb") as stream:
            return sum(1 for line in stream if orjson.loads(line) is not None)

    own()
    taken = [(cost(own), cost(plain)) for _ in range(ROUNDS)]
    mine, theirs = min(one[0][0] for one in taken), min(one[1][0] for one in taken)
    posts = taken[0][0][1]
    return f"| {sample.name} | {posts:,} | {file.stat().st_size / posts:,.0f} | {posts / mine:,.0f} | {mine / theirs:.2f} |"


if __name__ == "__main__":
    size = int(float(sys.argv[1]) * 1e6) if len(sys.argv) > 1 else 10_000_000
    chosen = [one for one in sorted(SAMPLES.iterdir()) if {".json", ".jsonl"} & set(one.suffixes)]
    about = ", ".join(f"{key} {value}" for key, value in machine().items())
    table = ["Posts per CPU second of each source's reader, and its cost over that of `orjson.loads` on the same bytes (one run).", "", about, ""]
    table += ["| sample, repeated | posts | bytes a post | posts/s | cost ÷ orjson |", "|---|---:|---:|---:|---:|"]
    with tempfile.TemporaryDirectory() as folder:
        table += [measure(one, Path(folder), size) for one in chosen]
    text = "\n".join(table) + "\n"
    (Path(__file__).parent / "results" / "sources.md").write_text(text, encoding="utf-8")
    sys.stdout.write(text)
