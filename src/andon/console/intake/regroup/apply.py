"""The groups into the store: rows of campaigns, posts that move, contacts that became common, suggestions. Called by verbs only.

Two halves, because new posts need their campaigns and counting needs the posts: `before_posts`, then the caller stores the posts, then `after_posts`.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Q

from andon.console.intake import bulk, hooks
from andon.console.intake.ids import next_ids, parts
from andon.console.intake.models import Campaign, Contact, Move, Post, Suggestion
from andon.console.intake.priority import refresh
from andon.console.intake.regroup.assign import comes_back, keepers, shares
from andon.console.intake.regroup.facts import rows_of
from andon.console.intake.regroup.suggest import renew_suggestions
from andon.console.intake.regroup.tally import grow, new_accounts, new_row, recount
from andon.detection.campaigns.ties import Ground

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from andon.console.intake.ready import NewPost
    from andon.console.intake.regroup.grouping import Group, Grouped

_NEAR_BENIGN = 'SELECT "id" FROM "intake_campaign" WHERE "near_benign" AND "id" IN ({ids})'
_DRAWN = (
    "state", "state_before", "merged_into", "priority", "level", "score", "posts", "later", "accounts", "kind", "kinds", "sources", "source", "days",
    "template_posts", "title", "example", "first_seen", "last_seen", "changed_at",
)  # fmt: skip


class Regrouping:
    """Grouping on its way into the store. `fresh` are the posts that are about to be stored, by id: they get their campaign and wording here."""

    def __init__(self, grouped: Grouped, fresh: Mapping[int, NewPost], now: datetime) -> None:
        self.grouped, self.fresh, self.now = grouped, fresh, now
        self.rows = grouped.scene.rows
        kept = keepers(grouped.groups, self.rows)
        self.back = self._bring_back(kept)
        new = iter(next_ids(Campaign, kept.count(None)))
        self.groups: list[tuple[int, Group]] = [(next(new) if one is None else one, group) for one, group in zip(kept, grouped.groups, strict=True)]
        self.targets = {target for target, _ in self.groups}
        self.gone = self._gone()
        self._place_of = {one.id: target for target, group in self.groups for one in group.members}
        self.new: list[Campaign] = []
        self._place_of |= {post: target for target, group in self.groups for post in group.fresh}

    def before_posts(self) -> None:
        """Everything that the new posts rest on."""
        self._write_wordings()
        for post, row in self.fresh.items():
            row.campaign_id, row.joined_at = self._place_of[post], self.now
        self._write_rows()
        self._move_posts()

    def after_posts(self) -> list[int]:
        """What rests on the posts. The campaigns that were drawn anew; of those that went into others only the others."""
        bulk.update(Campaign, ("example",), [row for row in self.new if row.example_id is not None])
        mixed = [target for target, group in self.groups if _is_mixed(group)]
        drawn = [row for part in parts(mixed) for row in Campaign.objects.filter(pk__in=part)]
        for row in drawn:
            if row.pk in self.back:
                row.state, row.state_before, row.merged_into_id = self.rows[row.pk].state, "", None
        for row in drawn:
            recount(row, self.now)
        bulk.update(Campaign, _DRAWN, drawn)
        self._mark_common()
        renew_suggestions(self.grouped, self.gone, self.campaign_of)
        touched = sorted(self.targets)
        for after in hooks.AFTER_REGROUP:
            after(touched)
        self._see_benign(touched)
        return touched

    def _bring_back(self, kept: list[int | None]) -> set[int]:
        """Signposts that are campaigns again, put into `kept` and among the rows."""
        back: set[int] = set()
        for place, group in enumerate(self.grouped.groups):
            found = comes_back(group) if kept[place] is None and group.members else None
            if found is not None and found not in back:
                row = rows_of([found])[found]
                row.state, row.state_before, row.merged_into_id = row.state_before or Campaign.State.OPEN, "", None
                self.rows[found], kept[place] = row, found
                back.add(found)
        return back

    def campaign_of(self, post: int) -> int:
        """Where a post is now."""
        scene = self.grouped.scene
        if post in self._place_of:
            return self._place_of[post]
        member = scene.posts.get(post) or scene.seen.get(post)
        before = member.campaign if member is not None else scene.used_in[post]
        return self.gone.get(before, before)

    def _gone(self) -> dict[int, int]:
        """Campaigns of which nothing is left, and where most of their posts went."""
        best: dict[int, tuple[int, int]] = {}
        for target, group in self.groups:
            for campaign, share in shares(group, self.rows).items():
                best[campaign] = max(best.get(campaign, (0, 0)), (share, target))
        return {campaign: target for campaign, (_, target) in best.items() if campaign not in self.targets}

    def _write_wordings(self) -> None:
        """Where wordings have become one, or one has come apart: their first post."""
        scene, changed = self.grouped.scene, defaultdict[int, list[int]](list)
        for (campaign, post), root in self.grouped.root_of.items():
            if campaign and root != post and campaign in self.rows:
                Post.objects.filter(campaign=campaign).filter(Q(wording=post) | Q(pk=post)).update(wording=root)
            elif not campaign and post in self.fresh:
                self.fresh[post].wording = root if root != post else None
            elif not campaign and scene.posts[post].root != root:
                changed[root].append(post)
        for root, posts in changed.items():
            for part in parts(posts):
                Post.objects.filter(pk__in=part).update(wording=root)

    def _write_rows(self) -> None:
        """New campaigns; those that only got new posts; those that went into others. The mixed ones are counted behind the posts."""
        grown = {target: [self.fresh[post] for post in group.fresh] for target, group in self.groups if target in self.rows and not _is_mixed(group)}
        accounts = new_accounts(grown)
        for target, posts in grown.items():
            grow(self.rows[target], posts, accounts[target], self.now)
        new = [(target, group) for target, group in self.groups if target not in self.rows]
        self.new = [new_row(target, [self.fresh[post] for post in group.fresh], self.now) for target, group in new]
        examples = [row.example_id for row in self.new]
        for row in self.new:
            row.example_id = None  # a reference to a post that is not there yet would have SQLite look through all tables at every post
        bulk.insert(Campaign, self.new)
        for row, example in zip(self.new, examples, strict=True):
            row.example_id = example
        for campaign, target in self.gone.items():
            row = self.rows[campaign]
            row.state, row.state_before, row.merged_into_id = Campaign.State.MERGED, row.state, target
            row.posts, row.later, row.changed_at = 0, 0, self.now
        bulk.update(Campaign, _DRAWN, [self.rows[pk] for pk in (*grown, *self.gone)])

    def _move_posts(self) -> None:
        """Posts that change their campaign, each with an entry of where it was."""
        moving: defaultdict[tuple[int, int], list[tuple[int, datetime]]] = defaultdict(list)
        for target, group in self.groups:
            for one in group.members:
                if one.campaign != target:
                    moving[one.campaign, target].append((one.id, one.joined_at))
            for campaign in group.whole - {target}:
                moving[campaign, target] += Post.objects.filter(campaign=campaign).values_list("pk", "joined_at")
        for (before, after), posts in moving.items():
            for part in parts(posts):
                Post.objects.filter(pk__in=[pk for pk, _ in part]).update(campaign=after, joined_at=self.now)
                if after in self.back:
                    self._join_as_before(after, [pk for pk, _ in part])
            bulk.insert(Move, [Move(post_id=pk, before_id=before, after_id=after, joined_at=joined, at=self.now) for pk, joined in posts])

    def _join_as_before(self, campaign: int, posts: list[int]) -> None:
        """Posts that come back are no later arrivals: they have been here since they first came."""
        came = dict(Move.objects.filter(post__in=posts, before=campaign).order_by("pk").values_list("post", "joined_at"))
        for post, joined_at in came.items():
            Post.objects.filter(pk=post).update(joined_at=joined_at)

    def _see_benign(self, touched: list[int]) -> None:
        """Where a hook has changed its mind on what is near to benign wording, the priority follows."""
        marked = {pk for part in parts(touched) for (pk,) in bulk.select(_NEAR_BENIGN, part)}
        refresh([pk for pk in touched if (pk in marked) != (pk in self.rows and self.rows[pk].near_benign)])

    def _mark_common(self) -> None:
        """Contacts that are common now and were not, or the other way round. One that joins nothing suggests nothing either."""
        live = self.grouped.scene.live
        for is_common in (True, False):
            turned = [contact for contact, now in self.grouped.common.items() if now is is_common and live[contact].was_common is not now]
            Contact.objects.filter(pk__in=turned).update(is_common=is_common)
            if is_common and turned:
                Suggestion.objects.filter(ground=Ground.CONTACT.value, detail__in=[live[contact].key for contact in turned]).delete()


def _is_mixed(group: Group) -> bool:
    """Whether posts of stored campaigns are moving, so that counts cannot simply be added up."""
    return bool(group.members) or len(group.whole) > 1
