"""Times as exports write them → aware UTC. What cannot be a time gives None, never an error: the record is kept, and says what was written."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from andon.domain.errors import EvidenceError

if TYPE_CHECKING:
    from datetime import tzinfo

UTC_ZONE = UTC  # for formats that write UTC without saying so
ASSUMED_ZONE = "Asia/Tokyo"  # of times that carry none; `andon chat --zone` names another
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_APPLE = datetime(2001, 1, 1, tzinfo=UTC)
_MOST_SECONDS = 253_402_300_799  # the last second of the year 9999
_OFFSET = re.compile(r"([+-]\d{2}):?(\d{2})$|Z$")
_MOST_KNOWN = 5000
_MILLISECONDS_FROM = 100_000_000_000  # larger numbers cannot be seconds (year 5138)


def zone_named(name: str) -> tzinfo:
    """The zone of a name from the time zone database. Raises EvidenceError (reason "unknown_zone")."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise EvidenceError(reason="unknown_zone", name=name, path=name) from error


def whole_number(value: object) -> int | None:
    """A whole number out of a number or a string of digits (64-bit numbers come as strings), else None."""
    if value is None:
        return None
    if type(value) is str and value.isdigit() and value.isascii() and len(value) < 19:  # noqa: PLR2004 - the most common case first
        return int(value)
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return int(value) if abs(value) < 1 << 63 else None
    text = str(value).strip()
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 19 else None  # noqa: PLR2004 - what fits 63 bits


def from_seconds(value: object, *, scale: int = 1) -> datetime | None:
    """Time out of seconds since 1970 (`scale` 1000: milliseconds, and so on), a number or its digits."""
    number = whole_number(value)
    return None if number is None else _since_1970(number, scale)


def _since_1970(number: int, scale: int) -> datetime | None:
    if not 0 < number <= _MOST_SECONDS * scale:
        return None
    return _EPOCH + timedelta(0, number // scale, number % scale * 1_000_000 // scale)


def from_milliseconds(value: object) -> datetime | None:
    """Time out of milliseconds since 1970."""
    return from_seconds(value, scale=1000)


def from_either(value: object) -> datetime | None:
    """Time out of seconds or milliseconds since 1970, whichever it must be by its size (some writers mix the two)."""
    number = whole_number(value)
    return None if number is None else _since_1970(number, 1000 if number >= _MILLISECONDS_FROM else 1)


def from_apple(value: object) -> datetime | None:
    """Time out of seconds since 2001 (Core Data), or nanoseconds when too large for seconds (iMessage since iOS 11)."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not value:
        return None
    seconds = value / 1e9 if abs(value) > 1e12 else value  # noqa: PLR2004 - 1e12 seconds are 31,000 years
    try:
        return _APPLE + timedelta(seconds=seconds)
    except OverflowError:
        return None


def from_iso(value: object, zone: tzinfo) -> tuple[datetime | None, str]:
    """Time out of ISO 8601 text, and the zone it was read with: its own ("UTC", "+09:00") or, when it has none, "" for `zone` as assumed."""
    if not isinstance(value, str):
        return None, ""
    text = value.strip()
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None, ""
    if found.tzinfo is None:
        return aware(found, zone), ""
    stated = _OFFSET.search(text)
    try:
        return found.astimezone(UTC), stated[0].replace("Z", "UTC") if stated else "UTC"
    except OverflowError:
        return None, ""


def aware(naive: datetime, zone: tzinfo) -> datetime | None:
    """Wall time in `zone` as UTC; None at the very ends of the calendar."""
    try:
        return naive.replace(tzinfo=zone).astimezone(UTC)
    except OverflowError:
        return None


def wall_time(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime | None:
    """A naive time out of numbers, or None when there is no such time."""
    try:
        return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - the zone is put on by the caller, who says which
    except ValueError:
        return None


class WallClock:
    """Wall times of one zone as instants, each worked out once: messages of one minute share their time, and a conversation has few days."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._known: dict[tuple[object, ...], datetime | None] = {}

    def instant(self, day: tuple[int, int, int], minutes: int, second: int = 0) -> datetime | None:
        """The instant of a day and the minutes since its midnight, or None when there is no such time."""
        asked = (day, minutes, second)
        if asked not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            wall = wall_time(*day, minutes // 60, minutes % 60, second)
            self._known[asked] = None if wall is None else aware(wall, self._zone)
        return self._known[asked]
