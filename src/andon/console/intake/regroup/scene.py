"""Everything that grouping must look at for some new posts or some judged campaigns: gathered until nothing more is concerned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.console.intake.regroup import facts
from andon.detection.campaigns.ties import Standing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from andon.console.intake.models import Campaign
    from andon.console.intake.near import Likeness
    from andon.console.intake.regroup.facts import Fresh, Link, Live, Member, Use, Word

Key = tuple[int, int]  # an atom: (0, post) for a post by itself, (campaign, first post) for one wording of a campaign that is not opened


class Scene:
    """The campaigns concerned (`rows`), those opened to their posts (`opened`), and the links, contacts and words that hold or part them."""

    def __init__(self, fresh: Sequence[Fresh], likeness: Sequence[Likeness]) -> None:
        self.fresh = {one.id: one for one in fresh}
        self.rows: dict[int, Campaign] = {}
        self.opened: set[int] = set()
        self.posts: dict[int, Member] = {}  # of opened campaigns
        self.seen: dict[int, Member] = {}  # posts of any campaign that something speaks of
        self.used_in: dict[int, int] = {}  # posts that a contact's uses name → campaign
        self.links: dict[tuple[int, int], Link] = {}
        self.live: dict[int, Live] = {}
        self.words: list[Word] = facts.words()
        self._concerned: set[int] = set()
        self._look_up({one.earlier for one in likeness} | {post for word in self.words for post in (word.a, word.b)})
        self._take_links([(one.earlier, one.later, one.similarity, one.length) for one in likeness])
        self.add_contacts({contact for one in fresh for contact in one.contacts})

    def open(self, campaigns: Iterable[int]) -> None:
        """Look at these by their posts, and at everything that this brings in."""
        asked = set(campaigns)
        self._concerned |= asked
        while True:
            self.rows |= facts.rows_of(self._concerned - self.rows.keys())
            opening = (asked | self._spoken_of() | facts.held_apart_no_longer(self._concerned - self.opened)) - self.opened
            if not opening:
                self._part_uses()
                return
            self._concerned |= opening
            self.opened |= opening
            self.posts |= {one.id: one for one in facts.members_in(opening)}
            ties = facts.ties_of(opening)
            self._look_up({post for tie in ties for post in tie[:2]})
            self._take_links(ties)
            self.add_contacts(facts.contacts_in(opening))
            self._concerned |= {self.seen[post].campaign for word in self.words if word.same for post in self._others(word)}

    def add_contacts(self, contacts: Collection[int], *, common: bool = False) -> None:
        """Have these contacts count (common ones only when told so)."""
        found = facts.live_contacts(set(contacts) - self.live.keys(), common=common)
        self.live |= found
        self.used_in |= {use.post: use.campaign for live in found.values() for use in live.uses}
        self._concerned |= {one.campaign for live in found.values() if live.confirms for one in live.uses}

    def key_of(self, post: int) -> Key:
        """The atom that a post is in."""
        if post in self.fresh:
            return 0, post
        member = self.posts.get(post) or self.seen[post]
        return self.key_of_member(member)

    def key_of_member(self, member: Member) -> Key:
        """The atom of a stored post."""
        return (0, member.id) if member.campaign in self.opened else (member.campaign, member.root)

    def key_of_use(self, use: Use) -> Key:
        """The atom of a contact's use."""
        return (0, use.post) if use.campaign in self.opened else (use.campaign, use.root)

    def _part_uses(self) -> None:
        """Contacts of opened campaigns are looked at post by post."""
        summed = {pk for pk, live in self.live.items() if not live.by_post and any(use.campaign in self.opened for use in live.uses)}
        for pk, uses in facts.uses_by_post(summed).items():
            self.live[pk].uses, self.live[pk].by_post = uses, True
            self.used_in |= {use.post: use.campaign for use in uses}

    def decision_of(self, key: Key) -> str:
        """What people have said of an atom: of later arrivals of an opened campaign nothing yet."""
        campaign, post = key
        if not campaign and post in self.fresh:
            return ""
        row = self.rows.get(campaign or self.posts[post].campaign)
        if row is None or row.state not in facts.SETTLED or row.settled_at is None:
            return ""
        return "" if not campaign and self.posts[post].joined_at > row.settled_at else row.state

    def _spoken_of(self) -> set[int]:
        return {self.seen[post].campaign for word in self.words for post in (word.a, word.b) if post in self.seen} & self._concerned

    def _others(self, word: Word) -> list[int]:
        """Both posts of a word of which at least one is in an opened campaign."""
        both = [post for post in (word.a, word.b) if post in self.seen]
        return both if any(self.seen[post].campaign in self.opened for post in both) else []

    def _look_up(self, posts: set[int]) -> None:
        self.seen |= facts.members_of(posts - self.seen.keys() - self.fresh.keys())

    def _take_links(self, ties: Iterable[tuple[int, int, float, int]]) -> None:
        """Keep the ties within the window; campaigns that a confirmed one reaches are concerned."""
        for tie in ties:
            link = facts.link(tie, (self._of(tie[0]).time, self._of(tie[1]).time))
            if link is None:
                continue
            self.links[link.a, link.b] = link
            if link.standing is Standing.CONFIRMED:
                self._concerned |= {self.seen[post].campaign for post in (link.a, link.b) if post in self.seen}

    def _of(self, post: int) -> Fresh | Member:
        return self.fresh.get(post) or self.seen[post]


def is_settled(row: Campaign) -> bool:
    """Whether a decision stands on the campaign."""
    return row.state in facts.SETTLED
