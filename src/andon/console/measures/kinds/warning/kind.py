"""What the board knows of warnings: counting before, drafting and approving for whole campaigns, and what waits for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, F
from django.urls import reverse

from andon.console.frame.templatetags.desk import language
from andon.console.intake.models import Campaign
from andon.console.measures.common.kinds import Kind, Line, Made, Waiting
from andon.console.measures.kinds.warning.actions.approving import approve as approve_batch
from andon.console.measures.kinds.warning.actions.drafting import draft
from andon.console.measures.kinds.warning.models import Account, Batch, WarningReply, Wording
from andon.console.measures.kinds.warning.queries.accounts import accounts_of, fitting
from andon.console.measures.kinds.warning.queries.plan import ALREADY, GONE, HELD, look_at, usual_wording, wordings
from andon.console.measures.kinds.warning.texts import reading_of, text_of
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict
from andon.wording.say import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import QuerySet

    from andon.console.gate import Actor
    from andon.console.measures.kinds.warning.queries.plan import Look
    from andon.console.staff.models import Person, Unit

_State = WarningReply.State


def preview(person: Person, campaign_ids: Sequence[int]) -> list[Line]:
    """A line for each network: by which account, how many posts could be warned, and why the others are not."""
    lines = []
    for look in _looks(campaign_ids):
        chosen = dict(_chosen(look, person.unit))
        for network in look.networks():
            account, counts = chosen.get(network), look.counts(network)
            label = label_of(account) if account else say(f"warning.network.{network}", language())
            lines.append(
                Line(
                    label=label, posts=sum(counts.values()), held=counts[HELD], already=counts[ALREADY], gone=counts[GONE],
                    ready=len(look.ready(network)) if account and look.is_decided else 0,
                    account_id=account.pk if account else None, whom_to_ask=tuple(name for _, name, _ in look.whom()),
                )
            )  # fmt: skip
    return lines


def prepare(actor: Actor, campaign_ids: Sequence[int]) -> list[Made]:
    """Draft by the unit's usual account on each network, with the usual wording. What cannot be drafted is left out."""
    made = []
    for look in _looks(campaign_ids):
        wording = usual_wording(look, wordings())
        for network, account in _chosen(look, actor.person.unit):
            ready = [one.post.pk for one in look.ready(network)]
            if wording is None or not ready or not look.is_decided or text_of(wording, account).broken:
                continue
            try:
                batch = draft(actor, look.campaign.pk, account.pk, wording.pk, post_ids=ready)
            except Conflict:  # another unit was quicker
                continue
            made.append(Made(batch.pk, reverse("warning:batch", args=[batch.pk])))
    return made


def approve(actor: Actor, ids: Sequence[int]) -> int:
    """Approve, of each batch, the warnings whose posts say what the post said that the actor decided on. The others wait to be read on their page."""
    done = 0
    for batch in Batch.objects.filter(pk__in=list(ids), unit=actor.person.unit_id).select_related("campaign__example", "decision"):
        read = read_when_decided(batch, actor.person)
        drafts = WarningReply.objects.filter(batch=batch, state=_State.DRAFTED, reading__in=read, needs_look=False)
        if drafts.exists():
            done += approve_batch(actor, batch.pk, read)
    return done


def read_when_decided(batch: Batch, person: Person) -> set[str]:
    """What the person had before their eyes when they said that the campaign recruits: the example on its card. Nothing for who did not decide."""
    example = batch.campaign.example
    if batch.decision.by_id != person.pk or example is None:
        return set()
    looked = WarningReply.objects.filter(batch=batch, needs_look=True, reading=reading_of(example.text)).exists()
    return set() if looked else {reading_of(example.text)}


def waiting(person: Person) -> list[Waiting]:
    """Batches with drafts to read, warnings nobody is sure of, withdrawals that are not done; of the person's unit. And wordings to review."""
    return [*_drafts(person), *_in_trouble(person), *_wordings(person)]


def _drafts(person: Person) -> Iterator[Waiting]:
    if not person.may(Right.MEASURE_SEND):
        return
    open_ones = WarningReply.objects.filter(state=_State.DRAFTED, batch__unit=person.unit_id).order_by()
    for row in open_ones.values("batch", "batch__campaign").annotate(n=Count("pk")).order_by("-batch")[:20]:
        yield Waiting("warning_to_read", f"{row['batch__campaign']}", reverse("warning:batch", args=[row["batch"]]), count=row["n"])


def _in_trouble(person: Person) -> Iterator[Waiting]:
    if not person.may(Right.MEASURE_SEND):
        return
    mine = WarningReply.objects.filter(account__unit=person.unit_id)
    for state in (_State.UNSURE, _State.WITHDRAWING):
        count = mine.filter(state=state).count()
        if count:
            yield Waiting(f"warning_{state}", "", reverse("warning:list") + f"?state={state}", overdue=True, count=count)


def _wordings(person: Person) -> Iterator[Waiting]:
    if not person.may(Right.MEASURE_RULES):
        return
    count = Wording.objects.filter(state=Wording.State.PROPOSED).exclude(made_by=person.pk).count()
    if count:
        yield Waiting("warning_wordings", "", reverse("warning:wordings"), count=count)


def label_of(account: Account) -> str:
    """An account as lists name it."""
    return f"@{account.handle} ({account.service})"


def _looks(campaign_ids: Sequence[int]) -> Iterator[Look]:
    for campaign in Campaign.objects.filter(pk__in=list(campaign_ids)).order_by("pk"):
        yield look_at(campaign)


def _chosen(look: Look, unit: Unit) -> list[tuple[str, Account]]:
    """The unit's first account for each network; one by which a person would post by hand is not chosen for them."""
    mine = [account for account in accounts_of(unit) if account.service != "copy"]
    return [(network, fit[0]) for network in look.networks() if (fit := fitting(mine, network))]


def in_hand(unit_id: int) -> QuerySet[WarningReply]:
    """Posts that other units warn under, or mean to."""
    standing = WarningReply.objects.exclude(state__in=WarningReply.FREE).exclude(batch__unit=unit_id)
    return standing.annotate(whose=F("batch__unit__name"))


KIND = Kind("warning", preview, prepare, approve, waiting, in_hand)
