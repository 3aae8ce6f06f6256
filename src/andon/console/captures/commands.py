"""What the command line asks of the captures."""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import Any

from andon.console import gate
from andon.console.audit.chain import Who
from andon.console.captures import seeing, stamping, store, tasks, verifying
from andon.console.captures.actions.keep_page import keep_page
from andon.console.gate import Actor, Via
from andon.console.intake.models import Post
from andon.console.staff.models import Person
from andon.console.staff.rights import Right
from andon.domain.errors import Refused

_NOBODY = Who(None, "", "", str(Via.COMMAND))


def person_of(username: str) -> Actor:
    """Who captures: the one named, or the only person who may. Raises Refused when that is nobody or not clear."""
    if username:
        found = Person.objects.filter(username__iexact=username, is_active=True).select_related("unit").first()
        if found is None:
            raise Refused(reason="capture_by", name=username)
        return Actor(found, Via.COMMAND)
    may = [one for one in Person.objects.filter(is_active=True).select_related("unit") if one.may(Right.CAPTURE)]
    if len(may) != 1:
        raise Refused(reason="capture_by", name="--by")
    return Actor(may[0], Via.COMMAND)


def captured(actor: Actor, url: str, *, with_picture: bool) -> dict[str, Any]:
    """See a page, keep it (with the stored post of that address, where there is one), and give what was kept as plain data. Raises Unreachable."""
    seen = seeing.see(url, with_picture=with_picture)
    post = Post.objects.filter(url=url).values_list("pk", flat=True).first()
    kept = keep_page(actor, seen, post_id=post)
    return {
        "url": url, "final_url": seen.answer.final_url, "status": seen.answer.status, "at": seen.answer.at.isoformat(), "post": post,
        "archive": kept[0].archive.key, "file": str(store.path_of(kept[0].archive.key, store.ARCHIVE)),
        "kept": [{"kind": str(one.kind), "sha256": one.sha256, "bytes": one.size_bytes, "capture": one.pk} for one in kept],
        "without_picture": seen.without, "cut": seen.answer.truncated,
    }  # fmt: skip


def stamped() -> int:
    """Ask the authority for the stamps that are missing, where there is one; how many came (-1: it did not answer)."""
    done = tasks.stamp_due()
    return done if done or not stamping.is_set() or not tasks.unstamped().exists() else -1


def verified() -> dict[str, Any]:
    """Verify the whole store, keep that it was done, and give the result as plain data."""
    began = time.perf_counter()
    tasks.tidy()
    checked = verifying.verify_all()
    seconds = time.perf_counter() - began
    found = len(checked.findings) + checked.more
    gate.record(_NOBODY, "captures.verified", "", {"archives": checked.archives, "captures": checked.captures, "findings": found})
    return asdict(checked) | {"seconds": round(seconds, 3)}
