"""The yearly table for the public: what is frozen in an edition. Counting is the contact log's, suppressing too; nothing is counted twice here.

What one edition of a year hid stays hidden in the later ones: two editions laid beside each other must not tell what one kept back. There is no table
over several years for the same reason.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import orjson

from andon.console.undercover.contactlog.figures import Funnel, funnel, rows
from andon.console.undercover.contactlog.rules import LEAST_SHOWN
from andon.console.undercover.contactlog.suppression import Row, published
from andon.wording.say import SENTENCES, say

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from andon.wording.say import Language

Content = dict[str, Any]
HARM, _ARRESTED = "harm_prevented", "told.arrested"
_LANGUAGES: tuple[Language, ...] = ("ja", "en")


def content(year: int, number: int, at: datetime, *, before: Mapping[str, Any] | None = None, changes: str = "") -> Content:
    """What the edition says, words and all: later changes of the desk's words change no edition. `before`: the edition that it puts right."""
    counted = funnel(year)
    also = {row["code"] for row in before["rows"] if row["hidden"]} if before else set()
    table = published(rows(counted), LEAST_SHOWN, also)
    made: Content = {
        "year": year, "edition": number, "made_at": at.isoformat(), "least": LEAST_SHOWN, "rows": [*lines(table), _harm(counted, table, also)],
        "rule": _both("contactlog.counting_rule"), "suppressed": _both("contactlog.suppressed", least=LEAST_SHOWN),
        "denominators": _both("inspection.denominators"), "title": _both("inspection.table_title", year=year),
        "column": {name: _both(f"inspection.column.{name}") for name in ("row", "cases", "people", "of")}, "changes": changes,
    }  # fmt: skip
    made["differences"] = differences(before, made) if before else []
    return made


def lines(table: list[Row]) -> list[Content]:
    """The rows that are printed: what a suppressed number divides into is not, for that there is a row tells something."""
    return [_line(row, table) for row in table if not _is_below_hidden(row, table)]


def _is_below_hidden(row: Row, table: list[Row]) -> bool:
    return row.parent is not None and (table[row.parent].is_hidden or _is_below_hidden(table[row.parent], table))


def sha256_of(made: Content) -> str:
    """Of the canonical JSON."""
    return hashlib.sha256(orjson.dumps(made, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _both(code: str, **data: object) -> dict[str, str]:
    return {language: say(code, language, **data) for language in _LANGUAGES}


def label(code: str, language: Language) -> str:
    """What a row is called."""
    if code.startswith("offence."):
        _, offence, form = code.split(".")
        words = {"offence": say(f"contactlog.offence.{offence}", language), "form": say(f"contactlog.form.{form}", language)}
        return say("contactlog.row.offence", language, **words)
    own = f"inspection.row.{code}"
    return say(own if own in SENTENCES else f"contactlog.row.{code}", language)


def _line(row: Row, table: list[Row]) -> Content:
    """A row with what it is a part of: its denominator, where both may be seen."""
    whole = table[row.parent] if row.parent is not None else None
    of = whole.cases if whole is not None and not whole.is_hidden and not row.is_hidden else None
    return {
        "code": row.code, "depth": row.depth, "cases": row.cases, "people": row.people, "hidden": row.is_hidden, "of": of,
        "of_code": whole.code if whole is not None else "", "label": {language: label(row.code, language) for language in _LANGUAGES},
        "counts_people": row.code == _ARRESTED or row.code.startswith("offence."),
    }  # fmt: skip


def _harm(counted: Funnel, table: list[Row], also: Collection[str]) -> Content:
    """Cases in which harm was prevented, of all: no part of the tree, so it is hidden also where the rest would be small."""
    number, whole = counted.harm_prevented, table[0]
    rest = counted.counted - number
    hidden = whole.is_hidden or HARM in also or any(0 < one < LEAST_SHOWN for one in (number, rest))
    names = {language: label(HARM, language) for language in _LANGUAGES}
    return {
        "code": HARM, "depth": 1, "cases": None if hidden else number, "people": None, "hidden": hidden, "of": None if hidden else whole.cases,
        "of_code": whole.code, "label": names, "counts_people": False,
    }  # fmt: skip


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Content]:
    """What the public may see to have changed, row by row: never more than the two editions show."""
    old, new = ({row["code"]: row for row in one["rows"]} for one in (before, after))
    found = []
    for code in dict.fromkeys([*new, *old]):
        was, now = ([one.get(code, {}).get(name) for name in ("cases", "people")] for one in (old, new))
        if was != now:
            found.append({"code": code, "label": (new.get(code) or old[code])["label"], "before": was, "after": now})
    return found


def internal(year: int | None) -> tuple[Funnel, list[Content]]:
    """The table with nothing suppressed, for those who may; of all years where none is named."""
    counted = funnel(year)
    table = rows(counted)
    return counted, [_line(row, table) for row in table]
