"""What of a campaign could be warned, and why the rest is not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from andon.console.intake.models import Campaign, Post
from andon.console.measures.common.held import held_posts, whom_to_ask
from andon.console.measures.kinds.warning.audience import signs_of
from andon.console.measures.kinds.warning.models import WarningReply, Wording
from andon.console.measures.kinds.warning.queries.accounts import accounts_of
from andon.console.measures.kinds.warning.queries.decided import deciding
from andon.console.measures.kinds.warning.services import service_of
from andon.console.measures.kinds.warning.targets import target_of
from andon.console.measures.kinds.warning.texts import language_of
from andon.console.measures.visits.queries import gone

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from andon.console.holds.queries import Held
    from andon.console.measures.kinds.warning.audience import Sign
    from andon.console.measures.kinds.warning.models import Account
    from andon.console.measures.kinds.warning.targets import Target
    from andon.console.staff.models import Unit

MOST_POSTS = 300  # of a campaign, the latest: replies to old posts reach nobody
READY = ""
NO_ADDRESS, HELD, ALREADY, GONE, CLOSED = "no_address", "held", "already", "gone", "closed"
_PIECE = 400


@dataclass(frozen=True, slots=True)
class Found:
    """A post, where a reply would go, what its words say of its writer, and what stands in the way (`why`, empty for nothing)."""

    post: Post
    target: Target | None
    signs: tuple[Sign, ...]
    why: str

    @property
    def needs_look(self) -> bool:
        """Whether a person has to look at this one for itself."""
        return bool(self.signs)


@dataclass(frozen=True, slots=True)
class Look:
    """All posts of a campaign that were looked at."""

    campaign: Campaign
    is_decided: bool
    found: tuple[Found, ...]
    held: Mapping[int, Held]

    def ready(self, network: str = "") -> list[Found]:
        """Those that can be warned (on one network)."""
        return [one for one in self.found if one.why == READY and one.target and network in ("", one.target.network)]

    def networks(self) -> list[str]:
        """Where its posts stand, most posts first."""
        return [name for name, _ in Counter(one.target.network for one in self.found if one.target).most_common()]

    def counts(self, network: str = "") -> Counter[str]:
        """How many posts by what stands in the way."""
        return Counter(one.why for one in self.found if not network or (one.target and one.target.network == network))

    def whom(self) -> list[tuple[str, str, int]]:
        """Whom to ask about those that are held."""
        return whom_to_ask(self.held)


def look_at(campaign: Campaign, *, post_ids: Sequence[int] | None = None) -> Look:
    """The latest posts of a campaign (or those given), each with what stands in the way of warning it."""
    posts = Post.objects.filter(campaign=campaign)
    if post_ids is not None:
        posts = posts.filter(pk__in=list(post_ids)[:MOST_POSTS])
    rows = list(posts.order_by("-created_at", "-pk")[:MOST_POSTS])
    ids = [post.pk for post in rows]
    targets = {post.pk: target_of(post) for post in rows}
    held, away = held_posts(ids), gone(ids)
    already = warned({target.key for target in targets.values() if target})
    is_decided = campaign.state == Campaign.State.RECRUITMENT and deciding(campaign.pk) is not None
    found = [_found(post, targets[post.pk], held, away, already) for post in rows]
    return Look(campaign, is_decided, tuple(_once(found)), held)


def _found(post: Post, target: Target | None, held: Mapping[int, Held], away: set[int], already: set[str]) -> Found:
    if target is None:
        return Found(post, None, (), NO_ADDRESS)
    in_the_way = {ALREADY: target.key in already, HELD: post.pk in held, GONE: post.pk in away}
    for why, is_so in in_the_way.items():
        if is_so:
            return Found(post, target, (), why)
    signs = tuple(signs_of(post))  # the costly part, for those that are left
    return Found(post, target, signs, CLOSED if any(sign.certain for sign in signs) else READY)


def _once(found: Iterable[Found]) -> Iterable[Found]:
    """A post that came to the desk by two files is one."""
    seen: set[str] = set()
    for one in found:
        if one.why == READY and one.target:
            if one.target.key in seen:
                yield Found(one.post, one.target, one.signs, ALREADY)
                continue
            seen.add(one.target.key)
        yield one


def warned(keys: Iterable[str]) -> set[str]:
    """Those of the targets under which a warning of any unit stands, or may yet."""
    ordered, found = sorted(keys), set()
    for start in range(0, len(ordered), _PIECE):
        rows = WarningReply.objects.filter(target_key__in=ordered[start : start + _PIECE]).exclude(state__in=WarningReply.FREE)
        found |= set(rows.values_list("target_key", flat=True))
    return found


def wordings(purpose: str = Wording.Purpose.WARNING) -> list[Wording]:
    """The reviewed ones, in the order in which they were made."""
    return list(Wording.objects.filter(state=Wording.State.REVIEWED, purpose=purpose).order_by("pk"))


def usual_wording(look: Look, among: Sequence[Wording]) -> Wording | None:
    """The first one in the language of the campaign's posts; the first of all where there is none."""
    language = language_of(look.found[0].post.text) if look.found else "ja"
    return next((one for one in among if one.language == language), among[0] if among else None)


def usual_account(look: Look, unit: Unit) -> Account | None:
    """The unit's account that can warn most of its posts: a live one before one that rehearses, and by hand only where no other can."""
    ready = Counter(one.target.network for one in look.ready() if one.target)
    networks = look.networks()
    fit = [one for one in accounts_of(unit) if any(network in service_of(one.service).networks for network in networks)]

    def good(account: Account) -> tuple[bool, bool, bool, int]:
        count = sum(ready[network] for network in service_of(account.service).networks)
        return (count > 0, account.service != "copy", account.is_live, count)

    return max(fit, key=good, default=None)
