"""The custody log as rows: each line of the log once, never anything else.

The log is written first and is on the disk before the transaction that tells of it ends. So the rows never tell of an act that the log does not have;
an act that the rows do not have (a stop between the two) is found by its number and added at the next act and at the worker's start.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Max

from andon.console.evidence.exhibits.models import CustodyLine, Exhibit, Handing
from andon.console.evidence.exhibits.people import written
from andon.console.evidence.exhibits.store import store
from andon.console.gate import Done, Via, unattended
from andon.evidence.custody import log
from andon.evidence.custody.store import MARK_FILE

if TYPE_CHECKING:
    from andon.evidence.custody.store import Store

_ADDED = 500  # rows at a time


def follow(kept: Store) -> int:
    """Add the lines that the rows do not have yet; how many. A plain function, called by verbs inside their transaction."""
    known = _last()
    head = log.head(kept.folder)
    if head is not None and head.number == known:
        return 0
    new = {line["number"]: line for line in log.lines(kept.folder) if _is_sound(line) and line["number"] > known}
    lines = CustodyLine.objects.bulk_create([_row(line) for line in new.values()], batch_size=_ADDED)
    waiting = Handing.objects.filter(ended_at=None).select_related("exhibit", "taker__unit") if lines else ()
    open_slips = {slip.exhibit.code: slip for slip in waiting}
    for line in lines:
        if line.event == "transferred" and line.exhibit in open_slips:
            _settle(line, open_slips[line.exhibit])
    return len(lines)


@unattended("exhibits.caught_up", Via.WORKER)
def catch_up() -> Done[int]:
    """Lines that a stop in the middle left out of the rows."""
    added = follow(store())
    return Done(added, "store", {"lines": added, "last": _last()})


def is_behind() -> bool:
    """Whether the log has lines that the rows do not have."""
    kept = store()
    head = log.head(kept.folder)
    return (kept.folder / MARK_FILE).exists() and (head is None or head.number != _last())


def _is_sound(line: dict[str, Any]) -> bool:
    """Whether a line is as it was written: one that was changed becomes no row (verifying tells of it)."""
    return isinstance(line.get("number"), int) and line.get("hash") == log.hash_of(line)


def _last() -> int:
    return CustodyLine.objects.aggregate(last=Max("number"))["last"] or 0


def _row(line: dict[str, Any]) -> CustodyLine:
    return CustodyLine(
        number=line["number"], hash=line["hash"], event=line["event"], exhibit=line["exhibit"], at=datetime.fromisoformat(line["at"]),
        by=line["by"][:400], place=line["place"][:400], how=line["how"], facts=line["facts"],
    )  # fmt: skip


def _settle(line: CustodyLine, slip: Handing) -> None:
    """A transfer stands in the log: the slip that it came from is through, also when the stop came before it could be written there."""
    if slip.ended_at is None and slip.at <= line.at and line.facts.get("to") == written(slip.taker):
        slip.ended_at, slip.ended_by, slip.line = line.at, slip.taker, line.number
        slip.save(update_fields=["ended_at", "ended_by", "line"])


def lines_of(exhibit: Exhibit) -> list[CustodyLine]:
    """Every act on an exhibit, in order."""
    return list(CustodyLine.objects.filter(exhibit=exhibit.code).order_by("number")) if exhibit.code else []


def taken_line(code: str) -> CustodyLine:
    """The line that says that an exhibit was taken in."""
    return CustodyLine.objects.get(exhibit=code, event="taken")


def unclaimed() -> list[str]:
    """Codes that the log tells of and no row is: taken in by a command, or just before a stop."""
    known = Exhibit.objects.exclude(code="").values("code")
    return list(CustodyLine.objects.filter(event="taken").exclude(exhibit__in=known).order_by("number").values_list("exhibit", flat=True))


def line_at(kept: Store, anchor: log.Anchor) -> CustodyLine:
    """The row of a line that was just written; those before it that were missing are added with it."""
    follow(kept)
    return CustodyLine.objects.get(number=anchor.number, hash=anchor.hash)


def holder(exhibit: Exhibit) -> str:
    """Who holds an exhibit, by the log: to whom it was handed last, or who took it in. Empty before it is taken in."""
    last = CustodyLine.objects.filter(exhibit=exhibit.code, event="transferred").order_by("-number").first() if exhibit.code else None
    if last is not None:
        return str(last.facts["to"])
    first = CustodyLine.objects.filter(exhibit=exhibit.code, event="taken").first() if exhibit.code else None
    return first.by if first else ""


def is_sealed(exhibit: Exhibit) -> bool:
    """Whether the last of its seals stands."""
    acts = CustodyLine.objects.filter(exhibit=exhibit.code, event__in=("sealed", "unsealed")).order_by("-number")
    return bool(exhibit.code) and acts.values_list("event", flat=True).first() == "sealed"
