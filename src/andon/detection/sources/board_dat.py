"""5ch-like anonymous boards: `.dat` files with one post per line, fields between `<>`, the title of the thread in line 1.

From descriptions of the format and invented threads; no real file was at hand.
"""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from andon.detection.sources.source import Sample, Source
from andon.domain.errors import RowError
from andon.domain.posts import Post
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.detection.sources.source import Found, Place

_LEAST_FIELDS = 4  # name, mail, date and id, body; the title is empty or missing below line 1
_ABORN = "あぼーん"  # what a board leaves of a deleted post, in all fields
_STOPPER = "Over 1000"
_CENTURY = 100
_DATE = re.compile(r"(\d{2}|\d{4})/(\d\d?)/(\d\d?)(?:\([^)]*\))?\s+(\d\d?):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?")
_ID = re.compile(r"\bID:(\S+)")
_BE = re.compile(r"\bBE:(\d+)")
_BREAK = re.compile(r" ?<br ?/?> ?", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_ICON = re.compile(r"^\s*sssp://\S+\s*")
_ENDING = re.compile(r"(?:\.dat)?(?:\.gz|\.zst)?$", re.IGNORECASE)
_CDATA = re.compile(r"^<!\[CDATA\[(.*)\]\]>$", re.DOTALL)


def _sniff(sample: Sample) -> float:
    lines = [line for line in sample.head.split(b"\n")[:20] if line.strip()]
    if not lines or sample.records or sample.header:
        return 0.0
    return sum(line.count(b"<>") >= _LEAST_FIELDS - 1 for line in lines) / len(lines)


def _plain(field: str) -> str:
    """Text of a field: tags dropped, entities undone."""
    inner = _CDATA.match(field.strip())
    return html.unescape(_TAG.sub("", inner[1] if inner else field))


def _body(field: str) -> str:
    inner = _CDATA.match(field.strip())
    text = _BREAK.sub("\n", inner[1] if inner else field)
    return _ICON.sub("", _plain(text)).strip()


def _time(field: str) -> datetime | None:
    """Time of the post (boards write Japanese time, old ones two digits for the year), or None."""
    found = _DATE.search(field)
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    fraction = int((found[7] or "").ljust(6, "0"))
    try:
        return datetime(year + 2000 if year < _CENTURY else year, month, day, hour, minute, second, fraction, JAPAN).astimezone(UTC)
    except ValueError:
        return None


def _lines(line: bytes, place: Place) -> Iterator[Found]:
    fields = line.decode().strip("\r\n").split("<>")
    if len(fields) < _LEAST_FIELDS:
        raise RowError(reason="few_fields", place=place.name, detail=str(len(fields)))
    name, mail, when, body = fields[:_LEAST_FIELDS]
    if when.strip() == body.strip() == _ABORN or _STOPPER in when:
        return
    text = _body(body)
    if not text:
        raise RowError(reason="missing_text", place=place.name)
    shown, be = _ID.search(when), _BE.search(when)
    title = _plain(fields[4]).strip() if place.row == 1 and len(fields) > _LEAST_FIELDS else ""
    extra = {"title": title, "mail": _plain(mail).strip(), "be": be[1] if be else ""}
    yield Post(
        id=f"{_ENDING.sub('', place.file)}/{place.row}",
        source="board_dat",
        text=text,
        author_id=shown[1] if shown and not shown[1].startswith("?") else "",
        author_name=_plain(name).strip(),
        created_at=_time(when),
        file=place.file,
        row=place.row,
        extra={key: value for key, value in extra.items() if value},
    )


def _posts(value: Any, place: Place) -> Iterator[Found]:
    """Boards have no JSON form here."""
    del value
    raise RowError(reason="not_board_line", place=place.name)
    yield


SOURCE = Source(
    name="board_dat",
    en="Anonymous board (.dat)",
    ja="匿名掲示板（.dat）",
    sniff=_sniff,
    posts=_posts,
    lines=_lines,
)
