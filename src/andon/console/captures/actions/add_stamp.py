"""Verb: an authority's word about an archive is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.console.captures import store
from andon.console.captures.models import Archive, Stamp
from andon.console.gate import Done, Via, unattended

if TYPE_CHECKING:
    from andon.console.captures.stamping import Said


@unattended("captures.stamped", Via.WORKER)
def add_stamp(archive: Archive, said: Said) -> Done[Stamp]:
    """Keep it beside the archive."""
    key = store.put(said.answer, store.STAMP)
    stamp = Stamp.objects.create(archive=archive, key=key, said_at=said.at, authority=said.authority[:300])
    return Done(stamp, f"archive:{archive.key}", {"stamp": key, "said_at": said.at.isoformat()})
