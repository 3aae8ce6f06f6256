"""The demo's content: invented people, the samples taken in, a few campaigns that one of them has settled. All through the desk's own verbs."""

from __future__ import annotations

import csv
from collections import Counter
from typing import TYPE_CHECKING

from django.conf import settings

from andon.console.demo_live import go_on
from andon.console.demo_people import PASSWORD, PEOPLE, PREFECTURE
from andon.console.demo_phones import bring_device, bring_phones
from andon.console.gate import Actor, Via
from andon.console.intake.actions.add_upload import add_upload
from andon.console.intake.files import in_place
from andon.console.intake.models import Campaign, Post
from andon.console.intake.scan import scan
from andon.console.measures.common.actions.providers import load_directory
from andon.console.measures.common.models import Provider
from andon.console.measures.kinds.warning.actions.wordings import load_shipped, review
from andon.console.measures.kinds.warning.models import Wording
from andon.console.people.actions.setup import add_from_command
from andon.console.review.actions.decide import Said, decide, seen_token
from andon.console.review.actions.lease import hold
from andon.console.review.actions.withdraw import withdraw
from andon.console.review.models import Decision
from andon.console.staff.models import Person, Unit
from andon.console.staff.rights import Role
from andon.console.undercover.contactlog.samples import Cast, load, take_posts
from andon.console.undercover.identities.samples import Keepers, fill, seal_officers
from andon.console.undercover.safety.actions.checking import answer
from andon.console.undercover.safety.actions.consenting import brief, consent
from andon.console.undercover.safety.codes import CheckStep, Risk
from andon.console.undercover.safety.models import WelfareCheck
from andon.domain.errors import SettingError
from andon.domain.kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from andon.console.undercover.authority.models import Plan

WHO_SETTLED, WHO_BROUGHT = "hina", "sora"
ANSWERS, CASES, PHONES = "answers.csv", "undercover", "phones"  # beside the samples: what they are, invented investigations, phones
_EVERY = 3  # of the campaigns at the head of the queue, each third is settled: the others are for the visitor
_SETTLED = 14
# The samples' own names of look-alikes, as reasons of the desk.
_REASONS = {"advert": "lawful_advert", "news": "quotation", "warning": "warning"}
_KINDS = frozenset(map(str, Kind))


def set_up(samples: Path, tell: Callable[[str], None]) -> None:
    """Make what is not there yet. Raises SettingError outside the demo: these people's password stands in the source."""
    if not settings.DEMO:
        raise SettingError(name="ANDON_DEMO", reason="not_demo")
    _people()
    tell("demo.scanning")
    _take_in(samples)
    if not Decision.objects.exists():
        tell("demo.deciding")
        _settle_some(_answers(samples.parent / ANSWERS))
    _make_ready_to_act()
    tell("demo.cases")
    _bring_cases(samples.parent / CASES)
    bring_phones(samples.parent / PHONES, _actor("toru"), _actor("sora"), _actor("rin"))
    bring_device(samples.parent / CASES / "device-u01", _actor("toru"))


def _people() -> None:
    there = set(Person.objects.values_list("username", flat=True))
    for one in PEOPLE:
        if one.username not in there:
            more = {"password": PASSWORD, "language": one.language, "rank": one.rank, "prefecture": PREFECTURE}
            add_from_command(one.username, one.name, one.unit, Unit.Kind.POLICE, [Role(one.role)], **more)


def _make_ready_to_act() -> None:
    """Providers and wordings of warnings as andon brings them along, the wordings reviewed. Nothing is switched on that would send."""
    actor = _actor(WHO_BROUGHT)
    if not Provider.objects.exists():
        load_directory(actor)
    if not Wording.objects.exists():
        load_shipped(actor)
        for wording in Wording.objects.order_by("pk"):
            review(actor, wording.pk)


def _bring_cases(folder: Path) -> None:
    """Thirteen invented investigations, each from its recruitment post to its outcome."""
    posts = take_posts(_actor(WHO_BROUGHT), folder)
    cast = Cast(_actor("toru"), _actor("sora"), _actor("mio"), _actor("rin"))
    officer = _actor("ken")
    keepers = Keepers(cast.custodian, cast.applicant, cast.coordinator, officer.person.pk)

    def before_begin(plan: Plan, at: datetime) -> None:
        """The officer is put under seal, told of the risks, and consents."""
        seal_officers(keepers, plan, at)
        for code in plan.operators:
            brief(cast.coordinator, plan.pk, code, Risk.values, "見本の説明: 危険と支援の体制、撤回できることを伝えた", now=at)
            consent(officer, plan.pk, code, now=at)

    fill(keepers, load(folder, cast, posts, before_begin))
    for check in WelfareCheck.objects.filter(done_at=None).order_by("due_at"):  # of meetings in the story: the officer came back well
        answer(officer, check.pk, CheckStep.ANSWERED, now=check.due_at)
    go_on(folder, cast, keepers, before_begin)


def _actor(username: str) -> Actor:
    return Actor(Person.objects.select_related("unit").get(username=username), Via.COMMAND)


def _take_in(samples: Path) -> None:
    """The same file again changes nothing, so that a second run only reads them."""
    actor = _actor(WHO_BROUGHT)
    for path in sorted(one for one in samples.iterdir() if one.is_file()):
        upload, goes_on = add_upload(actor, in_place(path))
        if goes_on:
            scan(actor, upload.pk, path)


def _answers(path: Path) -> dict[str, tuple[str, str]]:
    """Label and kind of each post that is not chatter, by the id that its source gives."""
    with path.open(encoding="utf-8", newline="") as rows:
        return {row["id"]: (row["label"], row["kind"]) for row in csv.DictReader(rows)}


def _settle_some(answers: dict[str, tuple[str, str]]) -> None:
    """Each third of the first campaigns, as the samples' answer key has it; one is handed up, one taken back."""
    actor = _actor(WHO_SETTLED)
    queue = list(Campaign.objects.filter(state=Campaign.State.OPEN).order_by("-priority", "pk")[: _SETTLED * _EVERY])
    decisions = [_say(actor, one, *_verdict(one, answers)) for one in queue[1::_EVERY]]
    if decisions:
        withdraw(actor, decisions[-1].pk)
    if len(queue) > 2:  # noqa: PLR2004 - the third is the first that is left
        _say(actor, queue[2], Decision.Verdict.ESCALATED, "danger")


def _verdict(campaign: Campaign, answers: dict[str, tuple[str, str]]) -> tuple[Decision.Verdict, str]:
    """What most of its posts are."""
    ids = Post.objects.filter(campaign=campaign).values_list("source_id", flat=True)
    label, kind = Counter(answers.get(one.split("#", 1)[0], ("chatter", "")) for one in ids).most_common(1)[0][0]
    if label == "recruit":
        return Decision.Verdict.RECRUITMENT, kind if kind in _KINDS else campaign.kind
    return Decision.Verdict.NOT, _REASONS.get(kind, "talk")


def _say(actor: Actor, campaign: Campaign, verdict: Decision.Verdict, code: str) -> Decision:
    hold(actor, campaign.pk)
    return decide(actor, campaign.pk, Said(verdict, code, seen_token(campaign)))
