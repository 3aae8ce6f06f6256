"""The invented investigations (`samples/undercover`), brought in through the desk's own verbs at the times of their story.

Thirteen are over; one is being carried out, and its days count from when it is brought in ("-2 10:00": two days ago, at ten in Japan). For the demo
and the tests: the yearly table made from the thirteen is the published one. Nothing is written past a verb: what these cases would not have been
allowed to do cannot be brought in.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from andon.console.casework.actions.life import open_case
from andon.console.casework.actions.links import link
from andon.console.casework.models import Case, CaseLink
from andon.console.intake.actions.add_upload import add_upload
from andon.console.intake.files import in_place
from andon.console.intake.models import Post
from andon.console.intake.scan import scan
from andon.console.undercover.authority.actions import deciding, drafting, running
from andon.console.undercover.authority.codes import Ground
from andon.console.undercover.authority.models import Plan
from andon.console.undercover.contactlog.actions.acknowledge import acknowledge
from andon.console.undercover.contactlog.actions.conclude import Ended, conclude
from andon.console.undercover.contactlog.actions.log import Said, log
from andon.console.undercover.contactlog.actions.stage import reach, victim_noticed
from andon.console.undercover.contactlog.codes import CHECKLIST
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from pathlib import Path

    from andon.console.gate import Actor
    from andon.console.undercover.contactlog.models import LogEntry

_POSTS = "posts.jsonl"
_CASES, _LIVE = "u*.json", "live.json"
_RELATIVE = re.compile(r"([+-]\d+) (\d\d):(\d\d)")
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_MINUTES = timedelta(minutes=10)  # between a contact and its entry
_TEXTS = (
    "offences", "necessity", "alternatives", "proportionality", "collateral", "confidential", "abort_point", "staffing", "operators",
    "targets", "accounts",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays whom; all of one prefecture's police."""

    applicant: Actor  # an investigator
    coordinator: Actor  # 警部 or above
    approver: Actor
    custodian: Actor


def nothing(_plan: Plan, _at: datetime) -> None:
    """What has to be done before a plan begins, where no app asks for anything."""


def take_posts(actor: Actor, folder: Path) -> dict[str, int]:
    """Take their recruitment posts in; the number of each by the id in its case. The same file again changes nothing."""
    path = folder / _POSTS
    upload, goes_on = add_upload(actor, in_place(path))
    if goes_on:
        scan(actor, upload.pk, path)
    return dict(Post.objects.filter(source_id__startswith="undercover-").values_list("source_id", "pk"))


def load(folder: Path, cast: Cast, posts: Mapping[str, int], before_begin: Callable[[Plan, datetime], None] = nothing) -> list[Plan]:
    """Bring in all cases that are not there yet, by their title. `before_begin` does what other apps ask for (consent, deconfliction)."""
    told = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob(_CASES))]
    there = set(Case.objects.filter(title__in=[one["title"] for one in told]).values_list("title", flat=True))
    return [_case(one, cast, posts[one["post"]], before_begin) for one in told if one["title"] not in there]


def load_live(
    folder: Path, cast: Cast, post_id: int, today: date, before_begin: Callable[[Plan, datetime], None] = nothing
) -> tuple[Plan, dict[str, Any]] | None:
    """The one that goes on: its plan, and what is said of the meeting. None when it is there already."""
    told = _dated(json.loads((folder / _LIVE).read_text(encoding="utf-8")), today)
    if Case.objects.filter(title=told["title"]).exists():
        return None
    return _case(told, cast, post_id, before_begin), told["meeting"]


def _dated(told: Any, today: date) -> Any:  # noqa: ANN401 - JSON
    """All times that count from a day, as times of that day."""
    if isinstance(told, dict):
        return {name: _dated(value, today) for name, value in told.items()}
    if isinstance(told, list):
        return [_dated(value, today) for value in told]
    found = _RELATIVE.fullmatch(told) if isinstance(told, str) else None
    if found is None:
        return told
    day, hour, minute = map(int, found.groups())
    return (datetime.combine(today, time(hour, minute), JAPAN) + timedelta(days=day)).isoformat()


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _case(told: dict[str, Any], cast: Cast, post_id: int, before_begin: Callable[[Plan, datetime], None]) -> Plan:
    opened = _at(told["opened_at"])
    case = open_case(cast.applicant, told["title"], Case.Kind.UNDERCOVER, ground=told["ground"], now=opened)
    link(cast.applicant, case.pk, CaseLink.Kind.POST, str(post_id), ground=told["ground"], now=opened)
    plan = _begun(told, cast, case.pk, post_id, before_begin)
    stopped = False
    for one in told["log"]:
        if one.get("stage") == "at_place":
            _victim(told, cast, plan.pk)
        entry = _entry(one, cast, plan)
        stopped |= _follow(one, cast, entry)
    if "outcome" in told:
        _conclude(told, cast, plan.pk, stopped=stopped)
    return Plan.objects.get(pk=plan.pk)


def _begun(told: dict[str, Any], cast: Cast, case_id: int, post_id: int, before_begin: Callable[[Plan, datetime], None]) -> Plan:
    """Drafted, handed in, granted, notified and begun within a day."""
    at, wanted = _at(told["applied_at"]), told["plan"]
    content = {name: wanted[name] for name in _TEXTS} | {
        "posts": [post_id], "coordinator_id": cast.coordinator.person.pk, "custodian_id": cast.custodian.person.pk, "starts_at": at + _DAY,
        "ends_at": at + _DAY * (1 + wanted["days"]), "documents_planned": wanted["documents_planned"],
    }  # fmt: skip
    plan: Plan = drafting.draft(cast.applicant, case_id, content, now=at)
    drafting.submit(cast.applicant, plan.pk, now=at + _HOUR)
    deciding.approve(cast.approver, plan.pk, now=at + 5 * _HOUR)
    running.notify(cast.applicant, plan.pk, reference=f"見本 {told['code']}", given_at=at + 6 * _HOUR, now=at + 6 * _HOUR)
    before_begin(plan, at + 7 * _HOUR)
    return running.begin(cast.coordinator, plan.pk, now=at + _DAY)


def _entry(one: dict[str, Any], cast: Cast, plan: Plan) -> LogEntry:
    fields = {name: one[name] for name in ("own", "other", "tag", "words", "exhibit", "purpose", "result", "asks_id") if name in one}
    at = _at(one["at"])
    given = Said(happened_at=at, officer=plan.operators[0], channel=one["channel"], direction=one["direction"], **fields)
    return log(cast.applicant, plan.case_id, plan.pk, given, now=at + _MINUTES)


def _follow(one: dict[str, Any], cast: Cast, entry: LogEntry) -> bool:
    """The coordinator's answer to raised words, and the stage; whether the operation was stopped."""
    answer, now = one.get("acknowledge"), entry.logged_at + _MINUTES
    if answer:
        acknowledge(cast.coordinator, entry.pk, answer["judgement"], answer["text"], ground=answer.get("ground", ""), now=now)
    if one.get("stage"):
        reach(cast.applicant, entry.plan_id or 0, one["stage"], entry.pk, dict.fromkeys(CHECKLIST, False), now=now)
    return answer is not None and answer["judgement"] != "fine"


def _victim(told: dict[str, Any], cast: Cast, plan_id: int) -> None:
    given = told["victim"]
    victim_noticed(cast.applicant, plan_id, given["what"], given["text"], now=_at(given["at"]))


def _conclude(told: dict[str, Any], cast: Cast, plan_id: int, *, stopped: bool) -> None:
    """The outcome; then ended, or cancelled where the operation had been stopped because the officer's identity was noticed (A13)."""
    given = told["outcome"]
    at, arrests = _at(given["at"]), tuple((offence, form, people) for offence, form, people in given.get("arrests", ()))
    ended = Ended(given["result"], at, given["text"], arrests, harm_prevented=given["harm_prevented"], leads=given["leads"])
    conclude(cast.coordinator, plan_id, ended, now=at + _HOUR)
    if stopped:
        running.cancel(cast.coordinator, plan_id, Ground.IDENTITY_NOTICED, given["text"], now=at + 2 * _HOUR)
    else:
        running.end(cast.coordinator, plan_id, given["text"], now=at + 2 * _HOUR)
