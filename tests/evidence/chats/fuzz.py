"""Damages exports for as long as it is told and checks what every reader says of them.

    nice -n 19 python tests/evidence/chats/fuzz.py --minutes 30 [--seed 1] [--keep FOLDER] [--seeds FOLDER …]

What must hold of any bytes: no error but EvidenceError at the opening; what goes in comes out; every place names bytes that have the hash it says;
everything said can be written as JSON; the file is as it was and nothing lies beside it; processor time is bounded by the number of bytes. An input that
breaks one of these is made small and kept (`--keep`); those that were mended stand in `found/` and are read by `test_hostile.py`. Inputs that led to
something new (another set of findings, kinds and counts) are damaged further.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent))

import orjson
from chat_forms import DATABASES, FORMS
from damage import damaged, damaged_database

from andon.domain.errors import EvidenceError
from andon.evidence.chats.model import Conversation, Counts, Finding, Message
from andon.evidence.chats.plain import plain
from andon.evidence.chats.reading import Part
from andon.evidence.chats.registry import all_readers, read_material, read_part
from andon.evidence.custody.material import Material

if TYPE_CHECKING:
    from collections.abc import Callable

READERS = {reader.name: reader for reader in all_readers()}
MOST_SECONDS, MOST_SECONDS_BYTE = 2.0, 20e-6  # processor time: so much at least is allowed, and so much for each byte
STOP_AFTER, MOST_MEMORY = 60, 4 << 30  # seconds after which a reading is stopped, and bytes of address space of the process
_MOST_KEPT = 4000  # inputs that are damaged further


def check(items: list[Any], data: bytes, *, is_database: bool) -> None:
    """What must hold of anything that was said of one file. Raises AssertionError."""
    seqs: dict[str, int] = {}
    for one in items:
        orjson.dumps(plain(one))
        if isinstance(one, Counts):
            assert one.whole, one
            assert min(one.records, one.messages, one.context, one.rejected) >= 0, one
            continue
        assert not (isinstance(one, Finding) and one.code == "counts_differ"), one
        if isinstance(one, Message):
            assert one.sent_at is None or one.sent_at.utcoffset() == timedelta(0), one
            assert one.seq == seqs.get(one.conversation, 0), one
            seqs[one.conversation] = one.seq + 1
        elif isinstance(one, Conversation):
            seqs.setdefault(one.key, 0)
        place = one.place
        if place is not None and not place.table and not isinstance(one, Conversation) and not is_database:
            assert hashlib.sha256(data[place.offset : place.offset + place.length]).hexdigest() == place.sha256, one


def read_one(path: Path, reader: str | None) -> list[Any]:
    """Everything that `reader` (None: the one that is chosen) says of a file."""
    with Material(path, look_inside=False) as material:
        if reader is None:
            return list(read_material(material))
        return list(read_part(READERS[reader], Part(material.members[0], material)))


def tried(path: Path, reader: str | None) -> tuple[str, float, list[Any]]:
    """What went wrong ("" when nothing did), the processor seconds, and what was said."""
    data = path.read_bytes()
    is_database, before = data.startswith(b"SQLite format 3"), sorted(one.name for one in path.parent.iterdir())
    started = time.process_time()
    items: list[Any] = []
    signal.setitimer(signal.ITIMER_VIRTUAL, STOP_AFTER)
    try:
        items = read_one(path, reader)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        seconds = time.process_time() - started
        check(items, data, is_database=is_database)
        assert path.read_bytes() == data, "the file was changed"
        assert sorted(one.name for one in path.parent.iterdir()) == before, "something was written beside it"
        assert seconds < MOST_SECONDS + MOST_SECONDS_BYTE * len(data), f"{seconds:.2f} s for {len(data)} bytes"
    except EvidenceError as error:
        if str(error.data.get("reason")) == "changed":
            return traceback.format_exc(limit=-6), 0.0, items
        return "", time.process_time() - started, items
    except (Exception, Stopped):  # noqa: BLE001 - finding any error is the purpose
        return traceback.format_exc(limit=-6), time.process_time() - started, items
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return "", seconds, items


class Stopped(BaseException):
    """A reading took too long. No reader may take it for an error of its file."""


def _stop(*_given: object) -> None:
    raise Stopped


def news(items: list[Any], reader: str | None) -> tuple[Any, ...]:
    """What kind of thing was said: an input that says something new is worth damaging further."""
    said = {(one.code, one.rejects) if isinstance(one, Finding) else (str(one.kind), str(one.event), str(one.clock), bool(one.attachments), bool(one.reply_to)) for one in items if isinstance(one, (Finding, Message))}
    return reader, frozenset(said), len(items).bit_length()


def smaller(data: bytes, path: Path, reader: str | None) -> bytes:
    """The input with pieces taken out as long as it still fails."""
    size = len(data) // 2
    until = time.monotonic() + 60
    while size and time.monotonic() < until:
        at = 0
        while at < len(data) and time.monotonic() < until:
            less = data[:at] + data[at + size :]
            path.write_bytes(less)
            if tried(path, reader)[0]:
                data = less
            else:
                at += size
        size //= 2
    return data


class Fuzzer:
    """Seeds, what was found new, and the tally."""

    def __init__(self, seed: int, keep: Path, folders: list[Path]) -> None:
        self.rng, self.keep = random.Random(seed), keep
        self.pool: list[tuple[str, str, bytes]] = [(form.reader, form.name.rpartition("/")[2], form.data) for form in FORMS]
        for folder in folders:
            for path in sorted(folder.rglob("*")):
                if path.is_file() and path.stat().st_size < 1 << 18:
                    self.pool += [(name, path.name, path.read_bytes()) for name in self.fitting(path)]
        self.made: list[tuple[str, str, Callable[[Path], None]]] = [(reader, name, make) for name, reader, make, _ in DATABASES]
        self.seen: set[tuple[Any, ...]] = set()
        self.broken: set[str] = set()
        self.tally = {"inputs": 0, "bytes": 0, "broken": 0, "worst_seconds_per_byte": 0.0, "worst_reader": ""}
        self.by_reader: dict[str, int] = dict.fromkeys(READERS, 0)

    @staticmethod
    def fitting(path: Path) -> list[str]:
        """The reader of a file, if there is one."""
        return [one.format for one in read_one(path, None) if isinstance(one, Counts)]

    def step(self, folder: Path) -> None:
        """One input."""
        if self.rng.random() < 0.2:
            reader, name, make = self.rng.choice(self.made)
            path = folder / name
            path.unlink(missing_ok=True)
            make(path)
            way = damaged_database(self.rng, path)
        else:
            reader, name, raw = self.rng.choice(self.pool)
            path = folder / name
            data, way = damaged(self.rng, raw, self.rng.choice(self.pool)[2])
            path.write_bytes(data)
        chosen = None if self.rng.random() < 0.15 else reader if self.rng.random() < 0.95 else self.rng.choice(list(READERS))
        self.judged(path, reader, chosen, way)
        for one in folder.iterdir():
            one.unlink()

    def judged(self, path: Path, reader: str, chosen: str | None, way: str) -> None:
        """Read the input and note what came of it."""
        data = path.read_bytes()
        problem, seconds, items = tried(path, chosen)
        self.tally["inputs"] += 1
        self.tally["bytes"] += len(data)
        self.by_reader[chosen or reader] += 1
        if len(data) > 20_000 and seconds / len(data) > self.tally["worst_seconds_per_byte"]:
            self.tally |= {"worst_seconds_per_byte": seconds / len(data), "worst_reader": f"{chosen or reader} {way} {len(data)}"}
        if problem:
            self.note(problem, path, data, reader, chosen, way)
        elif not data.startswith(b"SQLite") and len(data) < 60_000 and (what := news(items, chosen)) not in self.seen and len(self.seen) < _MOST_KEPT:
            self.seen.add(what)
            self.pool.append((reader, path.name, data))

    def note(self, problem: str, path: Path, data: bytes, reader: str, chosen: str | None, way: str) -> None:
        """Keep what broke, once for each place in the code."""
        self.tally["broken"] += 1
        mark = f"{chosen or reader} " + "|".join(line.strip() for line in problem.splitlines() if line.strip().startswith("File"))[-300:]
        if mark in self.broken:
            return
        self.broken.add(mark)
        name = f"{chosen or 'any'}-{hashlib.sha256(data).hexdigest()[:12]}"
        less = smaller(data, path, chosen)
        self.keep.mkdir(parents=True, exist_ok=True)
        (self.keep / f"{name}--{path.name}").write_bytes(less)
        (self.keep / f"{name}.txt").write_text(f"{reader} {chosen} {way} {len(data)} -> {len(less)} bytes\n{problem}")
        sys.stdout.write(f"BROKEN {name} {way}\n{problem}\n")
        sys.stdout.flush()


def main() -> None:
    """Damage and read until the time is up."""
    options = argparse.ArgumentParser()
    options.add_argument("--minutes", type=float, default=1.0)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "andon-fuzz")
    options.add_argument("--seeds", type=Path, nargs="*", default=[])
    given = options.parse_args()
    signal.signal(signal.SIGVTALRM, _stop)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))  # a reading without end becomes an error instead of filling the machine
    fuzzer, started, shown = Fuzzer(given.seed, given.keep, given.seeds), time.monotonic(), 0.0
    with tempfile.TemporaryDirectory() as folder:
        while (passed := time.monotonic() - started) < given.minutes * 60:
            fuzzer.step(Path(folder))
            if passed - shown > 60:
                shown = passed
                sys.stdout.write(json.dumps({"minutes": round(passed / 60, 1), **fuzzer.tally, "pool": len(fuzzer.pool)}) + "\n")
                sys.stdout.flush()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"minutes": round((time.monotonic() - started) / 60, 1), **fuzzer.tally, "peak_megabytes": round(peak), "by_reader": fuzzer.by_reader}) + "\n")


if __name__ == "__main__":
    main()
