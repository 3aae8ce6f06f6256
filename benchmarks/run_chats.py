"""Readers of conversations: messages per second and peak memory, beside bare parsing of the same file. Results: benchmarks/results/chats.md.

    python benchmarks/run_chats.py [--megabytes 20] [--flat 50 250 1024] [--only telegram_json …] [--books 60000] [--before FOLDER] [--out FILE]

Bare parsing: JSON with ijson when installed, JSON Lines with orjson line by line, text by reading and decoding its lines, XML with expat and no
handlers. The floor is what every reader must do besides: the SHA-256 of each record's bytes and one message with its place; it is measured where
records are lines. `--before`: sources of an earlier state (a folder with the package in it), measured in the same run. `--flat`: peak memory at these
sizes. `--books`: three phones' books of so many messages, looked through by rows and by texts, and merged. Every figure is of a process of its own;
times are processor seconds.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

import orjson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TEXT = "明日10時に新宿駅東口で集合。身分証を持ってきてください。詳しくはそちらで。"


def _telegram(size: int) -> Iterator[bytes]:
    yield '{\n "name": "仕事",\n "type": "private_supergroup",\n "id": 77,\n "messages": [\n'.encode()
    for number in range(1, size // 420):
        when = 1_795_000_000 + number * 7
        one = {
            "id": number,
            "type": "message",
            "date": "2026-11-19T20:58:00",
            "date_unixtime": str(when),
            "from": f"人{number % 20}",
            "from_id": f"user{number % 20}",
            "text": TEXT,
            "text_entities": [{"type": "plain", "text": TEXT}],
        }
        yield (b"" if number == 1 else b",\n") + json.dumps(one, ensure_ascii=False, indent=1).encode()
    yield b"\n ]\n}"


def _discord(size: int) -> Iterator[bytes]:
    yield b'{"guild":{"id":"0","name":"x"},"channel":{"id":"5","type":"DirectGroupTextChat","name":"x"},"messages":['
    for number in range(1, size // 380):
        one = {
            "id": str(10**18 + number),
            "type": "Default",
            "timestamp": "2026-11-19T20:58:00.000+00:00",
            "timestampEdited": None,
            "isPinned": False,
            "content": TEXT,
            "author": {"id": str(number % 20), "name": "n", "discriminator": "0000", "isBot": False},
            "attachments": [],
            "embeds": [],
            "reactions": [],
            "mentions": [],
        }
        yield (b"" if number == 1 else b",") + json.dumps(one, ensure_ascii=False).encode()
    yield b"]}"


def _signal(size: int) -> Iterator[bytes]:
    for head in (
        {"version": "1", "backupTimeMs": "1763600000000"},
        {"recipient": {"id": "1", "self": {}}},
        {"recipient": {"id": "2", "contact": {"e164": "819012345678"}}},
        {"chat": {"id": "10", "recipientId": "2"}},
    ):
        yield json.dumps(head, separators=(",", ":")).encode() + b"\n"
    for number in range(size // 330):
        one = {
            "chatItem": {
                "chatId": "10",
                "authorId": "2",
                "dateSent": str(1_763_500_000_000 + number * 1000),
                "incoming": {"dateReceived": "1763500000100", "read": True},
                "standardMessage": {"text": {"body": TEXT}},
            }
        }
        yield json.dumps(one, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _line(size: int) -> Iterator[bytes]:
    yield "[LINE] 仕事のトーク履歴\n保存日時：2026/11/20 21:05\n\n2026/11/19(木)\n".encode()
    for number in range(size // 150):
        yield f"{number // 60 % 24}:{number % 60:02}\t人{number % 20}\t{TEXT}\n".encode()


def _line_pc(size: int) -> Iterator[bytes]:
    yield "2026.11.19 木曜日\n".encode()
    for number in range(size // 150):
        if number % 1440 == 1439:
            yield "2026.11.20 金曜日\n".encode()
        yield f"{number // 60 % 24:02}:{number % 60:02} 人{number % 20} {TEXT}\n".encode()


def _whatsapp(size: int) -> Iterator[bytes]:
    for number in range(size // 155):
        yield f"2026/11/19, {number // 60 % 24:02}:{number % 60:02} - 人{number % 20}: {TEXT}\n".encode()


def _sms(size: int) -> Iterator[bytes]:
    yield b"<?xml version='1.0' encoding='UTF-8'?>\n<smses count=\"1\">\n"
    for number in range(size // 270):
        yield f'  <sms protocol="0" address="0901234{number % 20:04}" date="{1_763_500_000_000 + number}" type="1" subject="null" body="{TEXT}" read="1" status="-1" contact_name="x" />\n'.encode()  # noqa: E501 - one record of the format
    yield b"</smses>"


def _ufed(size: int) -> Iterator[bytes]:
    yield b'<?xml version="1.0" encoding="utf-8"?>\n<project xmlns="http://pa.cellebrite.com/report/2.0"><decodedData><modelType type="Chat"><model type="Chat" id="c"><field name="Source"><value>LINE</value></field><multiModelField name="Messages" type="InstantMessage">'  # noqa: E501 - one record of the format
    for number in range(size // 560):
        yield (
            f'<model type="InstantMessage" id="m{number}" deleted_state="Intact"><field name="Body" type="String"><value type="String"><![CDATA[{TEXT}]]></value></field>'  # noqa: E501 - one record of the format
            '<field name="TimeStamp" type="TimeStamp"><value type="TimeStamp">2026-11-19T20:58:00.000+09:00</value></field><modelField name="From" type="Party">'  # noqa: E501 - one record of the format
            f'<model type="Party" id="p"><field name="Identifier" type="String"><value type="String">u{number % 20}</value></field></model></modelField></model>\n'  # noqa: E501 - one record of the format
        ).encode()
    yield b"</multiModelField></model></modelType></decodedData></project>"


def _html(size: int) -> Iterator[bytes]:
    yield b'<!DOCTYPE html><html><body><div class="page_wrap"><div class="history">\n'
    for number in range(1, size // 420):
        yield (
            f'<div class="message default clearfix" id="message{number}"><div class="body"><div class="pull_right date details" title="19.11.2026 20:58:00 UTC+09:00">20:58</div>'  # noqa: E501 - one record of the format
            f'<div class="from_name">人{number % 20} </div><div class="text">{TEXT}</div></div></div>\n'
        ).encode()
    yield b"</div></div></body></html>"


FORMATS: dict[str, tuple[str, Callable[[int], Iterator[bytes]], str]] = {
    "telegram_json": ("result.json", _telegram, "ijson"), "discord_json": ("discord.json", _discord, "ijson"), "signal_jsonl": ("main.jsonl", _signal, "orjson"),  # noqa: E501 - one record of the format
    "line_phone": ("line.txt", _line, "lines"), "line_pc": ("[LINE]x.txt", _line_pc, "lines"), "whatsapp_text": ("_chat.txt", _whatsapp, "lines"),
    "sms_xml": ("sms.xml", _sms, "expat"), "ufed_xml": ("report.xml", _ufed, "expat"), "telegram_html": ("messages.html", _html, "lines"),
}  # fmt: skip


def bare(path: Path, how: str) -> int:
    """Parse the file and do nothing with it; the number of records, or of lines."""
    with path.open("rb") as file:
        if how == "ijson":
            import ijson  # noqa: PLC0415 - not a dependency: only the comparison needs it

            return sum(1 for _ in ijson.items(file, "messages.item"))
        if how == "orjson":
            return sum(1 for line in file if orjson.loads(line))
        if how == "lines":
            return sum(1 for line in file if line.decode())
        expat.ParserCreate().ParseFile(file)
        return 0


def floor(path: Path) -> int:
    """Read and decode the lines, hash each, and make one message with its place of each: nothing is understood."""
    from datetime import UTC, datetime  # noqa: PLC0415 - the bare process must not load it

    from andon.evidence.chats.model import Clock, Kind, new_message, new_place  # noqa: PLC0415 - the same

    offset, when, kind, clock = 0, datetime.now(UTC), Kind.TEXT, Clock.NAIVE
    number = 0
    with path.open("rb") as file:
        for number, line in enumerate(file):
            text = line.decode()
            place = new_place("x", offset, len(line), hashlib.sha256(line).hexdigest())
            new_message(str(number), "x", number, kind, place, when, clock, "Asia/Tokyo", "", "name:x", "x", text)
            offset += len(line)
    return number


def read(path: Path) -> int:
    """Read the file as `andon chat` does; the number of messages."""
    from andon.evidence.chats.model import Message  # noqa: PLC0415 - the bare process must not load it
    from andon.evidence.chats.registry import read_material  # noqa: PLC0415 - the same
    from andon.evidence.custody.material import Material  # noqa: PLC0415 - the same

    with Material(path) as material:
        return sum(isinstance(one, Message) for one in read_material(material))


def _said(phone: int, count: int) -> Iterator[Any]:
    """What a reader says of one phone of a group; each phone lacks some messages of its own."""
    from datetime import UTC, datetime, timedelta  # noqa: PLC0415 - the bare process must not load it

    from andon.evidence.chats.model import Clock, Conversation, Kind, new_message, new_place  # noqa: PLC0415 - the same

    begin, kind, clock, told = datetime(2026, 11, 1, tzinfo=UTC), Kind.TEXT, Clock.STATED, Conversation("signal:g", "signal", "仕事", "group")
    yield told
    for number in range(count):
        if not phone or number % 97 != phone:
            place = new_place("main.jsonl", number * 300, 290, hashlib.sha256(f"{phone} {number}".encode()).hexdigest())
            when, who = begin + timedelta(seconds=number * 7), number % 20
            yield new_message(str(number), told.key, number, kind, place, when, clock, "UTC", "x", f"u{who}", f"人{who}", f"{TEXT}{number}")
    yield told


def books(folder: Path, how: str) -> int:
    """Write three books ("write:COUNT"), look one through ("rows", "texts"), or merge them ("merge"); the number of messages."""
    from andon.evidence.books.merged import merge_books  # noqa: PLC0415 - the bare process must not load it
    from andon.evidence.books.read import Book  # noqa: PLC0415 - the same
    from andon.evidence.books.write import write_book  # noqa: PLC0415 - the same

    if how.startswith("write:"):
        return sum(write_book(folder / str(phone), _said(phone, int(how[6:]))).messages for phone in range(3))
    with Book(folder / "0") as first, Book(folder / "1") as second, Book(folder / "2") as third:
        if how == "merge":
            return merge_books(folder / "merged", [("0", first, 1), ("1", second, 1), ("2", third, 1)]).messages
        if how == "rows":
            return sum(1 for row in first.all_rows(1) if row.message.text)
        return sum(1 for row in first.texts(1) if row.text)


def child(path: Path, how: str) -> None:
    """One measurement: number, processor seconds, peak memory in megabytes. Reading warms up first, so that loading code is not measured."""
    if how == "read":
        warm = path.with_name(f"warm-{path.name}")
        warm.write_bytes(path.open("rb").read(1 << 16))
        read(warm)
        warm.unlink()
    before = time.process_time()
    count = books(path, how) if path.is_dir() else read(path) if how == "read" else floor(path) if how == "floor" else bare(path, how)
    seconds = time.process_time() - before
    print(json.dumps({"count": count, "seconds": seconds, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def measured(path: Path, how: str, times: int = 3, source: Path | None = None) -> dict[str, float] | None:
    """The quickest of several processes, or None when the parser is not installed."""
    results = []
    surroundings = {**os.environ, **({"PYTHONPATH": os.pathsep.join([str(source), os.environ.get("PYTHONPATH", "")])} if source else {})}
    for _ in range(times):
        asked = [sys.executable, __file__, "--child", how, str(path)]
        done = subprocess.run(asked, capture_output=True, text=True, check=False, env=surroundings)  # noqa: S603 - this file
        if done.returncode:
            return None
        results.append(json.loads(done.stdout))
    return min(results, key=lambda one: one["seconds"])


@contextmanager
def made(name: str, megabytes: int) -> Iterator[Path]:
    """A file of a format, as long as it is needed."""
    file, make, _ = FORMATS[name]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / file
        with path.open("wb") as out:
            out.writelines(make(megabytes << 20))
        yield path


def main() -> None:
    """Measure and write the tables."""
    options = argparse.ArgumentParser()
    options.add_argument("--megabytes", type=int, default=20)
    options.add_argument("--flat", type=int, nargs="*", default=[])
    options.add_argument("--only", nargs="*", default=list(FORMATS))
    options.add_argument("--times", type=int, default=3)
    options.add_argument("--books", type=int, default=0)
    options.add_argument("--before", type=Path, default=None)
    options.add_argument("--out", type=Path, default=None)
    options.add_argument("--child", nargs=2, default=None)
    given = options.parse_args()
    if given.child:
        child(Path(given.child[1]), given.child[0])
        return
    lines = []
    if given.megabytes:
        lines += ["| reader | file | messages/s | bare parsing | × bare | × floor | before: × bare |", "|---|---|---|---|---|---|---|"]
    for name in given.only if given.megabytes else ():
        lines.append(_row(name, given.megabytes, given.times, given.before))
        print(lines[-1], flush=True)
    if given.flat:
        lines += ["", f"| reader | {' | '.join(f'{size} MB' for size in given.flat)} |", f"|---|{'---|' * len(given.flat)}"]
    for name in given.only if given.flat else ():
        lines.append(_flat(name, given.flat))
        print(lines[-1], flush=True)
    if given.books:
        lines += ["", *_books(given.books, given.before)]
        print("\n".join(lines[-5:]), flush=True)
    if given.out:
        given.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _row(name: str, megabytes: int, times: int, before: Path | None) -> str:
    how = FORMATS[name][2]
    with made(name, megabytes) as path:
        size = path.stat().st_size / (1 << 20)
        ours, theirs = measured(path, "read", times), measured(path, how, times)
        least = measured(path, "floor", times) if how in {"lines", "orjson"} else None
        earlier = measured(path, "read", times, before) if before else None
    if ours is None:
        return f"| {name} | {size:.0f} MB | failed | | | | |"
    beside = f"{how} {theirs['seconds']:.2f} s" if theirs else f"{how}: not installed"
    pairs = (ours, theirs), (ours, least), (earlier, theirs)
    ratios = [f"{one['seconds'] / other['seconds']:.1f}" if one and other else "–" for one, other in pairs]
    return f"| {name} | {size:.0f} MB | {ours['count'] / ours['seconds']:,.0f} | {beside} | {' | '.join(ratios)} |"


def _books(count: int, before: Path | None) -> list[str]:
    """Books looked through and merged, now and before ("–" where the earlier state cannot)."""
    lines = [f"| books of {count:,} | messages/s | peak | before: messages/s | before: peak |", "|---|---|---|---|---|"]
    with tempfile.TemporaryDirectory() as folder:
        measured(Path(folder), f"write:{count}", 1)
        for how in ("rows", "texts", "merge"):
            cells = []
            for source in (None, before):
                (Path(folder) / "merged").unlink(missing_ok=True)
                done = measured(Path(folder), how, 1, source) if source is None or before else None
                cells += [f"{done['count'] / done['seconds']:,.0f}", f"{done['peak']:.0f} MB"] if done else ["–", "–"]
            lines.append(f"| {how} | {' | '.join(cells)} |")
    return lines


def _flat(name: str, sizes: list[int]) -> str:
    """Peak memory at each size, with the number of messages."""
    cells = []
    for megabytes in sizes:
        with made(name, megabytes) as path:
            ours = measured(path, "read", 1)
        cells.append(f"{ours['peak']:.0f} MB ({ours['count']:,})" if ours else "failed")
    return f"| {name} | {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
