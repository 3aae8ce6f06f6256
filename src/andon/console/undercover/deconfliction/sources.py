"""What else of the desk a value may touch: holds, and posts that wait for a warning or a removal. Asked each time, never copied into the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from andon.console.casework.models import CaseLink
from andon.console.holds.models import Hold
from andon.console.holds.targets import TargetKind
from andon.console.intake.models import Post, PostContact
from andon.console.measures.common.held import held_posts
from andon.console.measures.kinds.removal.models import Item
from andon.console.measures.kinds.warning.models import WarningReply
from andon.console.undercover.deconfliction.codes import Kind, Origin
from andon.console.undercover.deconfliction.keyed import Value, spellings

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.casework.models import Case

_MOST_POSTS = 2000  # of one value; the latest
_WARNED = (WarningReply.State.DRAFTED, WarningReply.State.APPROVED, WarningReply.State.UNSURE)
_REMOVED = (Item.State.WAITING, Item.State.ASKED, Item.State.BACK)


@dataclass(frozen=True, slots=True)
class Other:
    """Something that stands against a value: a hold or a measure, its unit, and whom to ask of a measure."""

    origin: str
    key: str  # "hold:3", "warning:4", "removal:5"
    unit_id: int
    hold_id: int | None = None
    asked_id: int | None = None


def touching(value: Value, case: Case, *, now: datetime) -> list[Other]:
    """Holds and measures that the value touches, without those that belong to the case itself."""
    if value.kind == Kind.PLACE:
        return []
    posts = _posts(value)
    found = [*_holds(value, posts, now), *_measures(posts)]
    own = set(CaseLink.objects.filter(case=case, kind__in=(CaseLink.Kind.HOLD, CaseLink.Kind.MEASURE)).values_list("kind", "key"))
    named = {f"hold:{key}" if kind == CaseLink.Kind.HOLD else key for kind, key in own}
    return list({one.key: one for one in found if one.key not in named}.values())


def _posts(value: Value) -> list[int]:
    """Stored posts that carry the value, or were written by it."""
    if value.kind == Kind.POST:
        return [int(value.text)]
    keys = spellings(value)
    by_contact = PostContact.objects.filter(contact__key__in=keys).order_by("-post").values_list("post", flat=True)[:_MOST_POSTS]
    source, _, name = value.key.partition(":")
    by_author = Post.objects.filter(source=source).filter(Q(author=name) | Q(author=f"@{name}")).order_by("-pk").values_list("pk", flat=True)
    return list(dict.fromkeys([*by_contact, *by_author[:_MOST_POSTS]]))


def _holds(value: Value, posts: list[int], now: datetime) -> list[Other]:
    on_posts = {held.hold_id for held in held_posts(posts, now=now).values()}
    direct = Q(target_kind__in=(TargetKind.CONTACT, TargetKind.ACCOUNT), target_key__in=spellings(value))
    holds = Hold.objects.filter(direct | Q(pk__in=on_posts), lifted_at=None).order_by("pk")
    return [Other(Origin.HOLD, f"hold:{one.pk}", one.unit_id, hold_id=one.pk) for one in holds]


def _measures(posts: list[int]) -> list[Other]:
    """Warnings and removals that are on their way. What is done already is no conflict any longer: the post is gone or warned."""
    warned = WarningReply.objects.filter(post__in=posts, state__in=_WARNED).order_by("batch")
    batches = warned.values_list("batch", "batch__unit", "batch__by").distinct()
    found = [Other(Origin.MEASURE, f"warning:{batch}", unit, asked_id=by) for batch, unit, by in batches]
    asked = Item.objects.filter(post__in=posts, state__in=_REMOVED).exclude(request__state="cancelled").order_by("request")
    rows = asked.values_list("request", "request__unit", "request__drafted_by").distinct()
    return [*found, *(Other(Origin.MEASURE, f"removal:{request}", unit, asked_id=by) for request, unit, by in rows)]
