"""The rows of one stretch of an upload: which posts are new, their contacts, ties, signals. Called by the verb that stores them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from andon.console.intake import bulk
from andon.console.intake.ids import next_ids, parts
from andon.console.intake.models import Contact, Post, PostContact, SignalDay, Tie
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from andon.console.intake.near import Likeness
    from andon.console.intake.ready import NewPost, Ready


_KNOWN = 'SELECT "source_id", "id", "sha256" FROM "intake_post" WHERE "source" = %s AND "source_id" IN ({ids})'


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was read of an upload since the last one: flagged posts made ready, counts, and where to go on. `before` is where it began."""

    before: dict[str, Any] | None
    position: dict[str, Any]
    ready: Sequence[Ready]
    version: int  # id of the model that scored them
    read_bytes: int
    posts: int = 0
    skipped: int = 0
    rejected: int = 0


@dataclass(slots=True)
class Sifted:
    """New posts of a stretch, and how many were known (of these, how many say something else now; their ids)."""

    new: list[Ready] = field(default_factory=list)
    known: int = 0
    changed: list[int] = field(default_factory=list)


def sift(ready: Sequence[Ready]) -> Sifted:
    """The new ones, each post once: what was seen first is kept."""
    stored = _stored(ready)
    sifted, taken = Sifted(), set[tuple[str, str]]()
    for one in ready:
        key = one.post.source, one.post.source_id
        if key in stored or key in taken:
            sifted.known += 1
            if key in stored and stored[key][1] != one.post.sha256:
                sifted.changed.append(stored[key][0])
        else:
            taken.add(key)
            sifted.new.append(one)
    return sifted


def _stored(ready: Sequence[Ready]) -> dict[tuple[str, str], tuple[int, str]]:
    """Those of the posts that are stored: source and id → number and hash."""
    found: dict[tuple[str, str], tuple[int, str]] = {}
    for source in {one.post.source for one in ready}:
        wanted = sorted({one.post.source_id for one in ready if one.post.source == source})
        for part in parts(wanted):
            found |= {(source, id_): (pk, sha256) for id_, pk, sha256 in bulk.select(_KNOWN, part, source)}
    return found


def contact_ids(new: Sequence[Ready]) -> dict[str, int]:
    """Ids of all contacts of the new posts by key, made where there are none yet; each counts its new posts."""
    counts = Counter(key for one in new for key, _, _ in one.contacts)
    values = {key: (type_, value) for one in new for key, type_, value in one.contacts}
    known = {key: pk for part in parts(sorted(counts)) for key, pk in Contact.objects.filter(key__in=part).values_list("key", "pk")}
    unknown = [key for key in counts if key not in known]
    made = dict(zip(unknown, next_ids(Contact, len(unknown)), strict=True))
    bulk.insert(
        Contact, [Contact(pk=made[key], key=key, type=key.split(":", 1)[0], value=values[key][1], posts=counts[key]) for key in unknown]
    )
    bulk.add(Contact, "posts", [(counts[key], pk) for key, pk in known.items()])
    return known | made


def write_posts(posts: Sequence[NewPost], contacts: Iterable[tuple[int, int]], likeness: Iterable[Likeness]) -> None:
    """The posts with their contacts (post, contact) and ties."""
    bulk.insert(Post, posts)
    bulk.insert_values(PostContact, ("post_id", "contact_id"), list(contacts))
    ties = [(one.earlier, one.later, one.similarity, one.length) for one in likeness]
    bulk.insert_values(Tie, ("a_id", "b_id", "similarity", "length"), ties)


def count_signals(posts: Iterable[NewPost], now: datetime) -> None:
    """How many of the posts each signal fired in, added to the day's counts."""
    day, fired = now.astimezone(JAPAN).date(), Counter(signal for post in posts for signal in set(post.signals))
    known = list(SignalDay.objects.filter(day=day, signal__in=list(fired)))
    for one in known:
        one.posts += fired.pop(one.signal)
    bulk.update(SignalDay, ("posts",), known)
    SignalDay.objects.bulk_create([SignalDay(signal=signal, day=day, posts=count) for signal, count in sorted(fired.items())])
