"""The devices of a plan's officers, and their exports beside the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from andon.console.evidence.conversations.models import Conversation
from andon.console.evidence.conversations.visible import latest
from andon.console.evidence.exhibits.models import Exhibit
from andon.console.undercover.contactlog.devices.pairing import Logged, Paired, pair
from andon.console.undercover.contactlog.devices.told import told_of
from andon.console.undercover.contactlog.models import Correction, LogEntry

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from andon.console.undercover.authority.models import Plan
    from andon.console.undercover.contactlog.models import OwnDevice

MOST = 20_000  # messages that are compared at once: an officer's device holds far fewer


@dataclass(frozen=True, slots=True)
class Compared:
    """A plan's log beside its devices. `is_cut`: there are more messages than are compared."""

    devices: list[OwnDevice]
    paired: Paired
    messages: int
    is_cut: bool


def named(plan: Plan) -> list[OwnDevice]:
    """The devices that stand."""
    return list(plan.own_devices.filter(ended_at=None).select_related("exhibit", "by"))


def may_be_named(plan: Plan) -> QuerySet[Exhibit]:
    """Exhibits of the case that were taken in and are no device of the plan yet."""
    devices = plan.own_devices.filter(ended_at=None)
    return Exhibit.objects.filter(case=plan.case_id, state=Exhibit.State.TAKEN).exclude(own_devices__in=devices).order_by("-pk")


def conversations(plan: Plan, devices: list[OwnDevice]) -> QuerySet[Conversation]:
    """Those of the latest readings of the devices."""
    readings = latest(plan.case).filter(exhibit__in=[one.exhibit_id for one in devices])
    return Conversation.objects.filter(reading__in=readings).select_related("reading__exhibit").order_by("reading", "number")


def compared(plan: Plan) -> Compared:
    """Everything that the devices tell, paired with the log."""
    devices = named(plan)
    talks = list(conversations(plan, devices))
    logged = entries(plan)
    own = [*plan.accounts, *LogEntry.objects.filter(plan=plan).exclude(own="").order_by().values_list("own", flat=True).distinct()]
    others = [*plan.targets, *{one.other for one in logged if one.other}]
    told = list(told_of(talks, own, others, MOST))
    total = sum(one.length for one in talks)
    return Compared(devices, pair(logged, told), len(told), total > MOST)


def entries(plan: Plan) -> list[Logged]:
    """The entries of a plan's log as they read today."""
    fields = ("pk", "number", "happened_at", "channel", "direction", "words", "other", "exhibit", "known_as")
    rows: dict[int, dict[str, Any]] = {row["pk"]: row for row in LogEntry.objects.filter(plan=plan).values(*fields)}
    for entry, field, text in Correction.objects.filter(entry__in=rows).order_by("pk").values_list("entry", "field", "text"):
        if field in rows[entry]:
            rows[entry][field] = _moment(text, rows[entry][field]) if field == Correction.Field.HAPPENED_AT else text
    return [
        Logged(pk, row["number"], row["happened_at"], row["channel"], row["direction"], row["words"], row["other"], row["exhibit"], row["known_as"])
        for pk, row in rows.items()
    ]


def _moment(text: str, before: datetime) -> datetime:
    """A corrected time, where it reads as one; else what was written first."""
    try:
        found = datetime.fromisoformat(text.strip().replace("/", "-"))
    except ValueError:
        return before
    return found if found.tzinfo else found.replace(tzinfo=before.tzinfo)
