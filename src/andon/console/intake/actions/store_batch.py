"""Verb: the flagged posts of one stretch of an upload go into the store, in their campaigns, together with how far the upload has come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.intake import near, storing
from andon.console.intake.ids import next_ids, one_writer
from andon.console.intake.models import Post, Upload
from andon.console.intake.regroup.apply import Regrouping
from andon.console.intake.regroup.facts import Fresh
from andon.console.intake.regroup.grouping import group_anew
from andon.console.intake.search.index import index_posts
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from andon.console.intake.ready import NewPost, Ready
    from andon.console.intake.storing import Sifted, Stretch


@dataclass(frozen=True, slots=True)
class Stored:
    """What one stretch brought: posts stored, posts known already, campaigns drawn anew."""

    stored: int
    known: int
    campaigns: tuple[int, ...]


@verb("intake.stored", Right.INTAKE_ADD)
def store_batch(_actor: Actor, upload_id: int, stretch: Stretch) -> Done[Stored]:
    """Store one stretch, all of it or nothing.

    Raises Conflict when the upload is not running any longer (cancelled), or when somebody else has read on from the same place.
    """
    one_writer()
    upload = Upload.objects.select_for_update().get(pk=upload_id)
    if upload.state != Upload.State.RUNNING or upload.position != stretch.before:
        raise Conflict(reason="upload_moved_on", name=upload.name)
    now = timezone.now()
    sifted = storing.sift(stretch.ready)
    campaigns = _store(sifted.new, upload, stretch.version, now) if sifted.new else []
    _count(upload, stretch, sifted)
    facts = {
        "posts": stretch.posts, "stored": len(sifted.new), "known": sifted.known, "changed": sifted.changed[:100], "rejected": stretch.rejected,
        "campaigns": len(campaigns), "position": stretch.position,
    }  # fmt: skip
    return Done(Stored(len(sifted.new), sifted.known, tuple(campaigns)), f"upload:{upload.pk}", facts)


def _store(new: Sequence[Ready], upload: Upload, version: int, now: datetime) -> list[int]:
    """The new posts into the store and their campaigns; which campaigns were drawn anew."""
    window = near.window()
    contact_of = storing.contact_ids(new)
    rows: dict[int, NewPost] = {}
    for pk, one in zip(next_ids(Post, len(new)), new, strict=True):
        one.post.id, one.post.upload_id, one.post.model_id, one.post.stored_at = pk, upload.pk, version, now
        rows[pk] = one.post
    contacts = {pk: tuple(contact_of[key] for key, _, _ in one.contacts) for pk, one in zip(rows, new, strict=True)}
    likeness = window.add([(pk, row.text, row.sha256) for pk, row in rows.items()])
    grouped = group_anew([Fresh(pk, row.created_at, contacts[pk]) for pk, row in rows.items()], likeness)
    regrouping = Regrouping(grouped, rows, now)
    regrouping.before_posts()
    storing.write_posts(list(rows.values()), [(pk, contact) for pk, some in contacts.items() for contact in some], likeness)
    index_posts([(pk, one.form, one.tokens) for pk, one in zip(rows, new, strict=True)])
    storing.count_signals(rows.values(), now)
    return regrouping.after_posts()


def _count(upload: Upload, stretch: Stretch, sifted: Sifted) -> None:
    upload.position, upload.read_bytes = stretch.position, stretch.read_bytes
    upload.posts += stretch.posts
    upload.flagged += len(stretch.ready)
    upload.stored += len(sifted.new)
    upload.known += sifted.known
    upload.changed += len(sifted.changed)
    upload.skipped += stretch.skipped
    upload.rejected += stretch.rejected
    upload.save(update_fields=["position", "read_bytes", "posts", "flagged", "stored", "known", "changed", "skipped", "rejected"])
