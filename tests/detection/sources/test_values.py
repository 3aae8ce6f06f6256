"""Names of fields, ids and times."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from andon.detection.sources.fields import find_field
from andon.detection.sources.registry import all_sources, sniff_source, source_named
from andon.detection.sources.source import Sample
from andon.detection.sources.values import read_time, text_id
from andon.domain.errors import SourceError

NOON = datetime(2024, 5, 1, 3, 0, tzinfo=UTC)  # 12:00 in Japan


@pytest.mark.parametrize(
    "value",
    [
        "2024-05-01T12:00:00", "2024-05-01T03:00:00Z", "2024/05/01 12:00", "2024/5/1 12:00:00", "2024年5月1日 12時00分", "令和6年5月1日 12時00分", "2024年5月1日(水) 12時0分0秒",
        "Wed May 01 03:00:00 +0000 2024", 1714532400, 1714532400000, 1714532400000000, "1714532400", "1714532400000", "20240501120000",
        datetime(2024, 5, 1, 12, 0), NOON, " 2024-05-01 12:00 ",
    ],
)  # fmt: skip
def test_read_time(value: object) -> None:
    """All spellings of one moment are read; those without a zone are Japanese."""
    assert read_time(value) == NOON


@pytest.mark.parametrize("value", ["", "昨日", "2024/13/01 00:00", "99:99", None, True, [], 1e300, float("nan"), "Mon Foo 01 03:00:00 +0000 2024"])
def test_no_time(value: object) -> None:
    """What is no time is None, never an exception."""
    assert read_time(value) is None


def test_day_without_time() -> None:
    """A day begins at midnight in Japan."""
    assert read_time("2024/5/1") == read_time(date(2024, 5, 1)) == datetime(2024, 4, 30, 15, tzinfo=UTC)


@pytest.mark.parametrize(("value", "expected"), [(2**60 + 1, str(2**60 + 1)), (" 5 ", "5"), (1.5, ""), (True, ""), (None, ""), ([1], "")])
def test_text_id(value: object, expected: str) -> None:
    """Ids keep every digit; what can be no id is empty."""
    assert text_id(value) == expected


@pytest.mark.parametrize(
    ("names", "expected"),
    [(["ID", "本文"], "本文"), (["ＴＥＸＴ"], "ＴＥＸＴ"), (["Text", "body"], "body"), (["text", "full_text"], "full_text"), (["memo"], None), ([*map(str, range(70)), "本文"], "本文")],
)
def test_find_field(names: list[str], expected: str | None) -> None:
    """Exact spellings go first, then width and case do not count."""
    assert find_field("text", names) == expected


def test_registry() -> None:
    """Sources are found in the order of their names, helping modules are not, and an unknown name is answered with the nearest."""
    names = [source.name for source in all_sources()]
    assert names == sorted(names)
    assert {"bluesky", "board_dat", "generic", "x_api"} <= set(names)
    assert not {"html_text", "values", "fields", "source", "registry"} & set(names)
    assert source_named("x_api").ja
    with pytest.raises(SourceError) as caught:
        source_named("xapi")
    assert caught.value.data["nearest"] == "x_api"


def test_nothing_fits() -> None:
    """Values that are no objects fit no source."""
    assert sniff_source(Sample(b"[1]", [1, 2], [], ".json")) is None
