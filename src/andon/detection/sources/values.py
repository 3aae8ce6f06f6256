"""Values of fields as andon keeps them: ids as strings, times aware and in UTC."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from andon.domain.times import JAPAN

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MONTHS = {name: number for number, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
_TWITTER = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d) (\d{4})")
_WRITTEN = re.compile(
    r"(\d{4})\s*[年/.-]\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})日?\s*(?:[((][^))]*[))])?"
    r"(?:[\sT]*(\d{1,2})\s*[:時]\s*(\d{1,2})分?(?:\s*:?\s*(\d{1,2})秒?)?(?:\.(\d{1,6}))?)?"
)
_ERA = re.compile(r"(令和|平成|昭和)\s*(元|\d{1,2})\s*年")
_ERA_BEGIN = {"令和": 2018, "平成": 1988, "昭和": 1925}  # the year before the first
_NUMBER = re.compile(r"\d{9,16}(?:\.\d+)?")
_COMPACT = re.compile(r"(?:19|20)\d{12}")  # 20240501123456
_ENTITY = re.compile("&(amp|lt|gt);")
_SIGN = {"amp": "&", "lt": "<", "gt": ">"}
_MILLI, _MICRO = 1e11, 1e14  # from these sizes on a number counts milliseconds, microseconds


def text_id(value: Any) -> str:
    """An id as a string; numbers keep every digit, and what can be no id (a fraction, true, a list) is empty."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def text_of(value: Any) -> str:
    """The value when it is a string, else the empty string."""
    return value if isinstance(value, str) else ""


def plain_signs(text: str) -> str:
    """`text` with the three entities that X writes (&amp; &lt; &gt;) undone, once."""
    return _ENTITY.sub(lambda found: _SIGN[found[1]], text) if "&" in text else text


def dict_of(value: Any) -> dict[str, Any]:
    """The value when it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def dicts_of(value: Any) -> list[dict[str, Any]]:
    """The objects in the value when it is a list, else none."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def from_epoch(number: float) -> datetime | None:
    """Time of a count since 1970 in seconds, milliseconds or microseconds (told by its size), or None when out of range."""
    unit = 1_000_000 if abs(number) < _MILLI else 1_000 if abs(number) < _MICRO else 1
    try:
        return _EPOCH + timedelta(microseconds=int(number * unit))
    except (OverflowError, ValueError):
        return None


def _aware(time: datetime) -> datetime | None:
    """The time in UTC; one without a zone is Japanese."""
    try:
        return (time if time.tzinfo else time.replace(tzinfo=JAPAN)).astimezone(UTC)
    except OverflowError:
        return None


def _from_parts(parts: list[int], zone: timezone | None = None) -> datetime | None:
    try:
        return _aware(datetime(*parts, tzinfo=zone))  # type: ignore[misc,arg-type]
    except ValueError:
        return None


def _from_text(text: str) -> datetime | None:
    if _COMPACT.fullmatch(text):
        return _from_parts([int(text[:4]), *(int(text[at : at + 2]) for at in range(4, 14, 2))])
    if _NUMBER.fullmatch(text):  # before ISO 8601, whose short forms would read some counts as dates
        return from_epoch(float(text))
    try:
        return _aware(datetime.fromisoformat(text))
    except ValueError:
        pass  # not ISO: one of the spellings below
    if found := _TWITTER.fullmatch(text):
        month, day, hour, minute, second, sign, zone_hours, zone_minutes, year = found.groups()
        away = timedelta(hours=int(zone_hours), minutes=int(zone_minutes))
        if month not in _MONTHS or away >= timedelta(days=1):
            return None
        parts = [int(year), _MONTHS[month], int(day), int(hour), int(minute), int(second)]
        return _from_parts(parts, timezone(-away if sign == "-" else away))
    text = _ERA.sub(lambda found: f"{_ERA_BEGIN[found[1]] + (1 if found[2] == '元' else int(found[2]))}年", text)
    if found := _WRITTEN.fullmatch(text):
        *numbers, fraction = found.groups()
        return _from_parts([*(int(number or 0) for number in numbers), int((fraction or "").ljust(6, "0"))])
    return None


def read_time(value: Any) -> datetime | None:
    """The time that a value means, in UTC; None when it is none.

    Read are ISO 8601, 2024年5月1日 12時34分, 令和6年5月1日, 2024/5/1 12:34, the X archive's "Mon Jan 05 08:36:41 +0000 2026", counts since 1970,
    and date objects. A time that names no zone is Japanese time.
    """
    if isinstance(value, datetime):
        return _aware(value)
    if isinstance(value, date):
        return _aware(datetime(value.year, value.month, value.day))  # noqa: DTZ001 - made aware by _aware
    if isinstance(value, str):
        return _from_text(value.strip())
    if isinstance(value, int | float) and not isinstance(value, bool) and not math.isnan(value):
        return from_epoch(value)
    return None
