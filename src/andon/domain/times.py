"""The zone that people in Japan read times in; stored times are UTC."""

from __future__ import annotations

from datetime import timedelta, timezone

JAPAN = timezone(timedelta(hours=9), "JST")  # no summer time since 1951: no time zone tables needed
