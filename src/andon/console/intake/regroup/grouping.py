"""The scene to groups: the same rules in the same order as `detection.campaigns.grouping.group`, over atoms."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from andon.console.intake.regroup import facts
from andon.console.intake.regroup.scene import Scene
from andon.console.intake.regroup.sets import SettledSets
from andon.detection.campaigns.draw import stretches
from andon.detection.campaigns.grouping import MOST_JOINED, contact_ties
from andon.detection.campaigns.ties import Ground, Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from andon.console.intake.near import Likeness
    from andon.console.intake.regroup.facts import Fresh, Member
    from andon.console.intake.regroup.scene import Key


@dataclass(frozen=True, slots=True)
class Open:
    """A tie between two groups that waits for a person (posts, what it rests on, how strong)."""

    a: int
    b: int
    ground: Ground
    standing: Standing
    strength: float
    detail: str = ""


@dataclass(slots=True)
class Group:
    """Posts that belong together: new ones, campaigns taken whole, and posts of opened campaigns."""

    fresh: list[int] = field(default_factory=list)
    whole: set[int] = field(default_factory=set)
    members: list[Member] = field(default_factory=list)


@dataclass(slots=True)
class Grouped:
    """What became of a scene.

    `root_of` is the first post of each atom's wording; `common` says of every contact that was looked at whether it is a common one now;
    `open_ties` are those between two groups that nobody has parted.
    """

    scene: Scene
    groups: list[Group]
    root_of: dict[Key, int]
    common: dict[int, bool]
    open_ties: list[Open]


def group_anew(fresh: Sequence[Fresh], likeness: Sequence[Likeness], judged: Iterable[int] = ()) -> Grouped:
    """Group new posts with what is stored, and the campaigns `judged` by their posts. Opens more campaigns until the answer holds."""
    scene = Scene(fresh, likeness)
    scene.open(judged)
    while True:
        attempt = _Attempt(scene)
        to_open = attempt.to_open()
        common = set() if to_open else attempt.common_no_longer()
        if not to_open and not common:
            return attempt.result()
        scene.add_contacts(common, common=True)
        scene.open(to_open)


class _Attempt:
    """One run of the rules over a scene."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.keys = sorted(self._atoms(), key=lambda key: (key[1], key[0]))  # in the order of their first posts
        self.place = {key: n for n, key in enumerate(self.keys)}
        self.sets = SettledSets([scene.decision_of(key) for key in self.keys])
        self.unjoined: list[tuple[int, int, Open]] = []
        self.unsure: set[int] = set()
        self._speak()
        self._join_wording()
        self.wording = [self.sets.find(n) for n in range(len(self.keys))]
        along = self._contact_ties()
        self._hold()
        self._join(along)
        self._keep_settled()

    def _atoms(self) -> set[Key]:
        scene = self.scene
        atoms = {(0, post) for post in (*scene.fresh, *scene.posts)}
        atoms |= {scene.key_of(post) for pair in scene.links for post in pair}
        return atoms | {scene.key_of_use(use) for live in scene.live.values() for use in live.uses}

    def _at(self, post: int) -> int | None:
        """The place of a post's atom, None for one that is not in the scene."""
        return self.place.get(self.scene.key_of(post)) if post in self.scene.seen or post in self.scene.fresh else None

    def _speak(self) -> None:
        """What people have said: first who is not the same, then who is."""
        said = [(a, b, word) for word in self.scene.words if (a := self._at(word.a)) is not None and (b := self._at(word.b)) is not None]
        for a, b, word in said:
            if not word.same:
                self.sets.part(a, b)
        same = [(a, b, Open(word.a, word.b, Ground.PERSON, Standing.CONFIRMED, 1.0)) for a, b, word in said if word.same]
        self._join(sorted(same, key=lambda one: (one[2].a, one[2].b)))

    def _join_wording(self) -> None:
        ties = sorted(self.scene.links.values(), key=lambda tie: (-tie.similarity, tie.a, tie.b))
        made = [(self.place[self.scene.key_of(one.a)], self.place[self.scene.key_of(one.b)], one) for one in ties]
        self._join([(a, b, Open(one.a, one.b, Ground.WORDING, one.standing, one.similarity)) for a, b, one in made])

    def _contact_ties(self) -> list[tuple[int, int, Open]]:
        """Ties along the contacts that are not common; which are is told by the wordings that stand under them now."""
        scene, along, last = self.scene, dict[str, list[list[int]]](), dict[tuple[str, int], int]()
        new: defaultdict[int, list[Fresh]] = defaultdict(list)
        for one in scene.fresh.values():
            for contact in one.contacts:
                new[contact].append(one)
        for contact, live in scene.live.items():
            uses = [(use.post, use.time, self.place[scene.key_of_use(use)]) for use in live.uses]
            uses += [(one.id, one.time, self.place[0, one.id]) for one in new[contact]]
            times = [time for _, time, _ in uses]
            apart = stretches(range(len(uses)), times, facts.WINDOW)
            along[live.key] = [[uses[n][2] for n in part] for part in apart]
            if len(apart) > 1 and None in times:  # a post without a time goes with the earliest: which these are may have changed
                self.unsure |= {use.campaign for use in live.uses if live.confirms}
            last |= {(live.key, place): post for post, _, place in sorted(uses, key=itemgetter(0))}
        ties, common = contact_ties(self.sets, along, MOST_JOINED)
        self.common_keys = {one.key for one in common}
        made = [(tie.a, tie.b, sorted((last[tie.detail, tie.a], last[tie.detail, tie.b])), tie) for tie in ties]
        return [(a, b, Open(posts[0], posts[1], Ground.CONTACT, tie.standing, 1.0, tie.detail)) for a, b, posts, tie in made]

    def _hold(self) -> None:
        """The atoms of a campaign that is not opened belong together: what joined them is not looked at again."""
        self.held: defaultdict[int, list[int]] = defaultdict(list)
        for n, (campaign, _) in enumerate(self.keys):
            if campaign in self.scene.rows:
                self.held[campaign].append(n)
        for places in self.held.values():
            for a, b in pairwise(places):
                self.sets.join(a, b)

    def _keep_settled(self) -> None:
        """What a person settled as one campaign stays one, as far as nobody has parted it."""
        settled: defaultdict[int, list[int]] = defaultdict(list)
        for n, (campaign, post) in enumerate(self.keys):
            if not campaign and post in self.scene.posts and self.scene.decision_of((campaign, post)):
                settled[self.scene.posts[post].campaign].append(n)
        for places in settled.values():
            for a, b in pairwise(places):
                self.sets.join(a, b)

    def _join(self, ties: Iterable[tuple[int, int, Open]]) -> None:
        for a, b, tie in ties:
            if tie.standing is not Standing.CONFIRMED or not self.sets.join(a, b):
                self.unjoined.append((a, b, tie))

    def to_open(self) -> set[int]:
        """Campaigns that cannot be taken whole: torn between others, held by what holds no longer, or joining opened ones."""
        torn = {campaign for campaign, places in self.held.items() if len({self.sets.find(n) for n in places}) > 1}
        turned = [live for live in self.scene.live.values() if live.confirms and not live.was_common and live.key in self.common_keys]
        loosened = {use.campaign for live in turned for use in live.uses}
        beside = {self.sets.find(self.place[0, post]) for post in self.scene.posts}
        mixed = {campaign for campaign, places in self.held.items() if self.sets.find(places[0]) in beside}
        return (torn | loosened | mixed | self.unsure) - self.scene.opened

    def common_no_longer(self) -> set[int]:
        """Common contacts that stand under few wordings now, because wordings have become one."""
        before: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
        for n, key in enumerate(self.keys):
            if key[0]:
                before[self.wording[n]].add(key)
            elif key[1] in self.scene.posts:
                member = self.scene.posts[key[1]]
                before[self.wording[n]].add((member.campaign, member.root))
        merged = [root for roots in before.values() if len(roots) > 1 for root in roots]
        if not merged:
            return set()
        asked = facts.common_contacts_in({campaign for campaign, _ in merged}, {root for _, root in merged}) - self.scene.live.keys()
        now = {root: n for n, roots in before.items() for _, root in roots}
        counts = {contact: len({now.get(root, -root) for root in roots}) for contact, roots in facts.wordings_of(asked).items()}
        return {contact for contact, count in counts.items() if count <= MOST_JOINED}

    def result(self) -> Grouped:
        """The answer, for groups that hold anything new or concern more than one campaign taken whole."""
        groups: defaultdict[int, Group] = defaultdict(Group)
        for n, (campaign, post) in enumerate(self.keys):
            root = self.sets.find(n)
            if campaign in self.scene.rows:
                groups[root].whole.add(campaign)
            elif not campaign and post in self.scene.fresh:
                groups[root].fresh.append(post)
            elif not campaign:
                groups[root].members.append(self.scene.posts[post])
        moving = [one for one in groups.values() if one.fresh or one.members or len(one.whole) > 1]
        root_of = {key: self.keys[self.wording[n]][1] for n, key in enumerate(self.keys)}
        common = {contact: live.key in self.common_keys for contact, live in self.scene.live.items()}
        waiting = [tie for a, b, tie in self.unjoined if self.sets.find(a) != self.sets.find(b) and not self.sets.is_parted(a, b)]
        return Grouped(self.scene, moving, root_of, common, waiting)
