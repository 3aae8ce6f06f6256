"""Days and times of day as text exports of messengers write them, in Japanese, English, Chinese and Korean."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

_WEEKDAYS = (
    "月曜日 月曜 月 monday mon 周一 週一 星期一 월요일 월", "火曜日 火曜 火 tuesday tue 周二 週二 星期二 화요일 화",
    "水曜日 水曜 水 wednesday wed 周三 週三 星期三 수요일 수", "木曜日 木曜 木 thursday thu 周四 週四 星期四 목요일 목",
    "金曜日 金曜 金 friday fri 周五 週五 星期五 금요일 금", "土曜日 土曜 土 saturday sat 周六 週六 星期六 토요일 토",
    "日曜日 日曜 日 sunday sun 周日 週日 星期日 周天 星期天 일요일 일",
)  # fmt: skip
WEEKDAY = {word: number for number, words in enumerate(_WEEKDAYS) for word in words.split()}
_DAY = re.compile(r"(\d{4})[/.年-]\s?(\d{1,2})[/.月-]\s?(\d{1,2})日?\s*[（(]?\s*([^\d\s()（）]{1,10})\s*[)）]?$")
_DAY_ENGLISH = re.compile(r"([A-Za-z]{3,9}),? (\d{1,2})/(\d{1,2})/(\d{4})$")
_DAY_KOREAN = re.compile(r"(\d{4})년 (\d{1,2})월 (\d{1,2})일 (\S{1,3})$")
_TIME = re.compile(r"(午前|午後|上午|下午|오전|오후)?\s?(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?(?:[\s\u202f\u2009]?([AaPp])\.?[\s\u202f]?[Mm]\.?)?$")
_NOON, _MINUTES, _HOURS = 12, 60, 24
_AFTERNOON = {"午後", "下午", "오후", "p"}


def day_in(text: str) -> tuple[int, int, int] | None:
    """Year, month and day of a line that is nothing but a day with its weekday, year first ("2026/11/19(木)", "2026.11.19 Thursday"), or None."""
    found = _DAY.match(text) or _DAY_KOREAN.match(text)
    if found is None or found[4].lower() not in WEEKDAY:
        return None
    return int(found[1]), int(found[2]), int(found[3])


def english_day_in(text: str) -> tuple[int, int, int, int] | None:
    """Weekday (0 = Monday), first number, second number and year of "Thu, 11/19/2026", or None. Which number is the month is not said."""
    found = _DAY_ENGLISH.match(text)
    if found is None or found[1].lower() not in WEEKDAY:
        return None
    return WEEKDAY[found[1].lower()], int(found[2]), int(found[3]), int(found[4])


def weekday_of(year: int, month: int, day: int) -> int | None:
    """Weekday of a day (0 = Monday), or None when there is no such day."""
    try:
        return date(year, month, day).weekday()
    except ValueError:
        return None


@lru_cache(maxsize=4096)  # a day has 1,440 of them, in a few ways of writing
def minutes_in(text: str) -> int | None:
    """Minutes since midnight of a time of day ("21:03", "9:03 PM", "午後9:03"), or None. 12:05 AM and 午前12:05 are 00:05."""
    found = _TIME.match(text.strip())
    if found is None:
        return None
    hour, minute = int(found[2]), int(found[3])
    half = (found[1] or found[5] or "").lower()
    if half and hour <= _NOON:
        hour = hour % _NOON + (_NOON if half in _AFTERNOON else 0)
    return hour * _MINUTES + minute if hour < _HOURS and minute < _MINUTES else None
