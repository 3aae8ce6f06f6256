"""Warnings as pages show them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Count
from django.urls import reverse

from andon.console.measures.common.models import Outgoing
from andon.console.measures.kinds.warning import sending
from andon.console.measures.kinds.warning.audience import signs_of
from andon.console.measures.kinds.warning.models import WarningReply
from andon.console.measures.visits.queries import standings
from andon.console.review.visible import pieces, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet

    from andon.console.intake.models import Post
    from andon.console.measures.kinds.warning.audience import Sign
    from andon.console.measures.kinds.warning.models import Account, Batch
    from andon.console.review.visible import Piece

TABS = ("drafted", "approved", "sent", "trouble", "withdrawn", "none")
_State = WarningReply.State
_OF_TAB = {
    "drafted": (_State.DRAFTED,), "approved": (_State.APPROVED,), "sent": (_State.SENT,),
    "trouble": (_State.UNSURE, _State.FAILED, _State.WITHDRAWING), "withdrawn": (_State.WITHDRAWN,), "none": (_State.CANCELLED, _State.DRY),
}  # fmt: skip


@dataclass(slots=True)
class Group:
    """Posts of a batch that say the same (numbers apart): read once. `example` is one of them."""

    reading: str
    example: WarningReply
    pieces: tuple[Piece, ...]
    signs: tuple[Sign, ...]
    warnings: list[WarningReply] = field(default_factory=list)

    @property
    def needs_look(self) -> bool:
        """Whether words in it may be somebody else's than a recruiter's."""
        return any(one.needs_look for one in self.warnings)


@dataclass(frozen=True, slots=True)
class Effect:
    """What became of posts under which a warning stands. An absence has many causes: nothing here says that the warning was one."""

    sent: int
    gone: int
    there: int

    @property
    def unknown(self) -> int:
        """Nobody could tell yet."""
        return self.sent - self.gone - self.there


def groups(batch: Batch) -> list[Group]:
    """The drafts of a batch by what their posts say; those that need a look first, then the largest."""
    found: dict[str, Group] = {}
    drafts = WarningReply.objects.filter(batch=batch, state=_State.DRAFTED).select_related("post").order_by("pk")
    for warning in drafts:
        if warning.reading not in found:
            found[warning.reading] = Group(warning.reading, warning, pieces(warning.post.text), tuple(signs_of(warning.post)))
        found[warning.reading].warnings.append(warning)
    return sorted(found.values(), key=lambda group: (not group.needs_look, -len(group.warnings)))


def under(warnings: QuerySet[WarningReply], tab: str, campaign: int | None) -> QuerySet[WarningReply]:
    """The warnings of a tab, of one campaign when asked, the latest first."""
    found = warnings.filter(state__in=_OF_TAB[tab]).select_related("post", "account", "account__unit", "approved_by", "batch")
    return (found.filter(batch__campaign=campaign) if campaign else found).order_by("-pk")


def tab_counts(campaign: int | None) -> Mapping[str, int]:
    """How many warnings each tab has."""
    rows = WarningReply.objects.filter(batch__campaign=campaign) if campaign else WarningReply.objects.all()
    by_state = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    return {tab: sum(by_state.get(state, 0) for state in states) for tab, states in _OF_TAB.items()}


def tab_of(state: str) -> str:
    """The tab where a state is listed; the names of tabs are taken too."""
    return state if state in TABS else next((tab for tab, states in _OF_TAB.items() if state in states), "")


def effect(warnings: Iterable[WarningReply]) -> Effect:
    """What is known by looking again at the posts of warnings that were sent."""
    posts = [one.post_id for one in warnings if one.state == _State.SENT]
    known = standings(posts)
    gone = sum(known[post].state == "gone" for post in posts if post in known)
    there = sum(known[post].state in ("there", "changed") for post in posts if post in known)
    return Effect(len(posts), gone, there)


def initial(account: Account) -> str:
    """The sign in an account's round picture."""
    return account.name[:1] or "?"


def line(post: Post) -> str:
    """A post in one line."""
    return plain(post.text, 120)


def address_of(warning: WarningReply) -> str:
    """Where the reply can be seen, when its service said so."""
    return next((part for part in warning.remote_id.split(" ") if part.startswith("https://")), "")


def steps_of(warning: WarningReply) -> list[Outgoing]:
    """Everything of a warning that went or goes out, in order."""
    kinds = (sending.REPLY, sending.DELETE, sending.APOLOGY)
    return list(Outgoing.objects.filter(kind__in=kinds, subject_id=warning.pk).order_by("pk"))


def address_of_outgoing(row: Outgoing) -> str:
    """The page of something that goes out."""
    return reverse("board:outgoing", args=[row.pk])
