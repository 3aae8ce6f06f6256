"""Ties to campaigns: the strongest first, no tie across a person's "not the same", and no contact that would join too much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from andon.detection.campaigns.ties import Ground, Standing, Tie, contact_standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from andon.detection.campaigns.ties import Judgement

MOST_JOINED = 8  # wordings (groups by near-identical text) that one contact may join; above, it is listed for a person instead


@dataclass(frozen=True, slots=True)
class CommonContact:
    """A contact that stands under more different wordings than one campaign would use: it joins nothing."""

    key: str
    posts: int
    wordings: int


@dataclass(frozen=True, slots=True)
class Grouping:
    """Who belongs together.

    `root[n]` is the first post of post n's campaign; `brought[n]` the tie that brought n in (None for a campaign's first post); `suggested` holds the
    ties between different campaigns that wait for a person; `common` the contacts that join nothing.
    """

    root: list[int]
    brought: dict[int, Tie]
    suggested: list[Tie]
    common: list[CommonContact]


class Sets:
    """Union-find whose sets know which others they must never join."""

    def __init__(self, count: int) -> None:
        self.parent = list(range(count))
        self.apart: defaultdict[int, set[int]] = defaultdict(set)

    def find(self, n: int) -> int:
        """The set's first post."""
        root = n
        while self.parent[root] != root:
            root = self.parent[root]
        while self.parent[n] != root:
            self.parent[n], n = root, self.parent[n]
        return root

    def part(self, a: int, b: int) -> None:
        """Never let the sets of `a` and `b` join."""
        a, b = self.find(a), self.find(b)
        if a != b:
            self.apart[a].add(b)
            self.apart[b].add(a)

    def keeps_apart(self, a: int, b: int) -> bool:
        """Whether the sets with the first posts `a` and `b` must not join."""
        return b in self.apart.get(a, ())

    def join(self, a: int, b: int) -> bool:
        """Join two sets under the earlier first post; False when they are one already or must not be."""
        a, b = sorted((self.find(a), self.find(b)))
        if a == b or self.keeps_apart(a, b):
            return False
        self.parent[b] = a
        for other in self.apart.pop(b, ()):
            self.apart[other].discard(b)
            self.apart[other].add(a)
            self.apart[a].add(other)
        return True


def _last_words(judgements: Iterable[Judgement]) -> list[Judgement]:
    """One judgement per pair, the last."""
    words = {(min(one.a, one.b), max(one.a, one.b)): one for one in judgements}
    return list(words.values())


Stretches = Mapping[str, Sequence[Sequence[int]]]  # contact key → posts that have it, in stretches of time that no tie bridges


def contact_ties(sets: Sets, contacts: Stretches, most_joined: int) -> tuple[list[Tie], list[CommonContact]]:
    """Ties along each contact from one post to the next, and the contacts that would join more than `most_joined` different wordings."""
    ties: list[Tie] = []
    common: list[CommonContact] = []
    for key, stretches in sorted(contacts.items()):
        posts = {n for stretch in stretches for n in stretch}
        wordings = len({sets.find(n) for n in posts})
        if wordings > most_joined:
            common.append(CommonContact(key, len(posts), wordings))
            continue
        ties += [
            Tie(a, b, Ground.CONTACT, contact_standing(key), 1.0, key) for stretch in stretches for a, b in pairwise(sorted(set(stretch)))
        ]  # fmt: skip
    return sorted(ties, key=lambda tie: (tie.detail, tie.a, tie.b)), sorted(common, key=lambda one: (-one.wordings, one.key))


def group(
    count: int, wording: Iterable[Tie], contacts: Stretches, judgements: Iterable[Judgement] = (), *, most_joined: int = MOST_JOINED
) -> Grouping:
    """Campaigns of `count` posts. The same ties and judgements give the same campaigns, whatever the order in which they came.

    A person's "not the same" is kept before all; their "the same" comes next; then wording, the most alike first; then contacts. Only confirmed ties
    join; the others are suggestions as long as they would join two campaigns that nobody has parted.
    """
    sets = Sets(count)
    words = _last_words(judgements)
    for one in words:
        if not one.same:
            sets.part(one.a, one.b)
    said = [Tie(min(one.a, one.b), max(one.a, one.b), Ground.PERSON, Standing.CONFIRMED, 1.0, one.by) for one in words if one.same]
    likeness = sorted(wording, key=lambda tie: (-tie.strength, tie.a, tie.b))
    joined = _join(sets, sorted(said, key=lambda tie: (tie.a, tie.b))) + _join(sets, likeness)
    along, common = contact_ties(sets, contacts, most_joined)
    joined += _join(sets, along)
    root = [sets.find(n) for n in range(count)]
    return Grouping(root, _brought(joined, root), _open_suggestions(likeness + along, root, sets), common)


def _join(sets: Sets, ties: Iterable[Tie]) -> list[Tie]:
    """Join along confirmed ties; return those that joined two sets."""
    return [tie for tie in ties if tie.standing is Standing.CONFIRMED and sets.join(tie.a, tie.b)]


def _brought(joined: Iterable[Tie], root: Sequence[int]) -> dict[int, Tie]:
    """The tie on each post's way to the first post of its campaign. The joins form a tree, so there is one way."""
    beside: defaultdict[int, list[Tie]] = defaultdict(list)
    for tie in joined:
        beside[tie.a].append(tie)
        beside[tie.b].append(tie)
    brought: dict[int, Tie] = {}
    for first in {root[n] for n in beside}:
        reached, ahead = {first}, [first]
        while ahead:
            here = ahead.pop()
            for tie in beside[here]:
                there = tie.b if tie.a == here else tie.a
                if there not in reached:
                    reached.add(there)
                    brought[there] = tie
                    ahead.append(there)
    return brought


def _open_suggestions(ties: Iterable[Tie], root: Sequence[int], sets: Sets) -> list[Tie]:
    """The strongest tie between each two campaigns that are neither one nor parted by a person."""
    best: dict[tuple[int, int], Tie] = {}
    for tie in ties:
        a, b = sorted((root[tie.a], root[tie.b]))
        if a != b and b not in sets.apart.get(a, ()):
            known = best.get((a, b))
            if known is None or (tie.strength, tie.ground is Ground.CONTACT) > (known.strength, known.ground is Ground.CONTACT):
                best[a, b] = tie
    return sorted(best.values(), key=lambda tie: (-tie.strength, tie.a, tie.b))
