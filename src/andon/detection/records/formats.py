"""What kind of file it is, judged by its content; the ending of the name only helps where the content leaves it open."""

from __future__ import annotations

import csv
import re
from enum import StrEnum
from typing import Any

import orjson

from andon.detection.records.event_rows import looks_like_events
from andon.detection.sources.fields import text_columns

_LINES = 50  # lines that are looked at
_LOOKED = 1 << 18  # bytes in which they begin: pages of an API are long lines, and a few of them tell enough
_HEADER_CELL = 40  # characters: a longer first row is no header
_BOARD_MARKS = 4  # "<>" in a line of a board
_DELIMITERS = ",\t;"
# The first tag of a web page or feed, behind declarations and comments.
_MARKUP = re.compile(rb"\s*(?:<[?!][^>]*>\s*|<!--.*?-->\s*){0,50}<(?:\w+:)?(?:html|rss|feed|rdf)[\s>]", re.IGNORECASE | re.DOTALL)
_MARKUP_HEAD = 1 << 14  # bytes in which that tag must stand
# What stands before the array in the files of an X archive.
_SCRIPT = re.compile(rb"\s*(?:window\.(?:YTD\.[\w.]+|__THAR_CONFIG)|Grailbird\.data\.\w+)\s*=\s*")
_JSON_ENDINGS = (".jsonl", ".ndjson", ".json")


class Format(StrEnum):
    """How the rows of a file are laid out."""

    JSON_LINES = "json_lines"  # one value per line
    JSON_VALUES = "json_values"  # one array, or values over several lines
    TABLE = "table"
    BOARD = "board"  # fields between <>
    PARQUET = "parquet"
    EVENTS = "events"  # JSON values on the "data:" lines of a recorded event stream
    MARKUP = "markup"  # one HTML or XML document
    UNKNOWN = "unknown"


def ending(path: str) -> str:
    """The ending that says something about the content, in lower case: ".jsonl" for "a.JSONL.gz"."""
    name = path.lower()
    for packed in (".gz", ".zst"):
        name = name.removesuffix(packed)
    stem, dot, last = name.rpartition(".")
    return dot + last if stem else ""


def parse_or_none(data: bytes) -> Any:
    """The JSON value, or None when it is broken (or null)."""
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        return None


def script_prefix(head: bytes) -> int:
    """Bytes before the JSON in a file of an X archive (`window.YTD.tweets.part0 = [ …`); 0 for any other file."""
    found = _SCRIPT.match(head)
    return found.end() if found else 0


def complete_lines(head: bytes, *, whole: bool) -> list[bytes]:
    """The first lines of `head` that are not blank; the last one is left out when the file goes on behind it (unless it is the only one)."""
    lines: list[bytes] = []
    at = 0
    while len(lines) < _LINES and at < _LOOKED:
        end = head.find(b"\n", at)
        if end < 0:
            lines += [head[at:]] if whole or not lines else []
            break
        lines.append(head[at:end])
        at = end + 1
    return [line for line in lines if line.strip()]


def guess_format(head: bytes, suffix: str, *, whole: bool) -> Format:
    """Format of a text that begins with `head` (UTF-8); `whole` says that nothing follows."""
    if head.startswith(b"PAR1"):
        return Format.PARQUET
    if script_prefix(head):
        return Format.JSON_VALUES
    lines = complete_lines(head, whole=whole)
    if not lines or b"\0" in head[:4096]:
        return Format.UNKNOWN
    first = head.lstrip()[:1]
    if looks_like_events(lines):
        return Format.EVENTS
    objects = sum(isinstance(parse_or_none(line), dict) for line in lines)
    if first != b"{" and 2 * sum(line.count(b"<>") >= _BOARD_MARKS for line in lines) >= len(lines):
        return Format.BOARD
    if first == b"<" and _MARKUP.match(head[:_MARKUP_HEAD]):
        return Format.MARKUP
    if first == b"[" and not 2 * objects >= len(lines):
        return Format.JSON_VALUES
    if first == b"{" and 2 * objects < len(lines) and _spread(lines):
        return Format.JSON_VALUES
    if first == b"{" or 2 * objects >= len(lines) or suffix in _JSON_ENDINGS:
        return Format.JSON_LINES
    return Format.TABLE if read_header(head, whole=whole)[0] else Format.UNKNOWN


def _spread(lines: list[bytes]) -> bool:
    """Whether the first object seems to go on over several lines: its line is broken alone, and the second one does not begin another object."""
    if len(lines) == 1 or isinstance(parse_or_none(lines[0]), dict):
        return False
    return not lines[1].startswith(b"{") or not lines[0].rstrip().endswith(b"}")


def _delimiter(line: str) -> str:
    return max(_DELIMITERS, key=line.count)


def read_header(head: bytes, *, whole: bool) -> tuple[list[str], str]:
    """First row and delimiter of a table; an empty row when the text does not look like one.

    A row that names a text column is a header. Without one, several equal rows of two and more short, different names still show a table.
    """
    lines = [line.decode("utf-8", "replace").rstrip("\r") for line in complete_lines(head, whole=whole)]
    if not lines:
        return [], ""
    delimiter = _delimiter(lines[0])
    rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
    header = [cell.strip() for cell in rows[0]]
    if text_columns(header):
        return header, delimiter
    even = sum(len(row) == len(header) for row in rows)
    named = len(set(header)) == len(header) and all(0 < len(cell) <= _HEADER_CELL for cell in header)
    if len(header) > 1 and named and len(rows) > 1 and even * 5 >= len(rows) * 4:
        return header, delimiter
    return [], ""
