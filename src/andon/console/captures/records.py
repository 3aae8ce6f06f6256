"""A post as the desk has it stored, as the JSON that is kept of it: the same post gives the same bytes, and so the same hash."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import orjson

from andon.console.intake.models import LEVEL_RANK

if TYPE_CHECKING:
    from andon.console.intake.models import Post

MEDIA_TYPE = "application/json"
_LEVELS = {rank: name for name, rank in LEVEL_RANK.items()}


def address_of(post: Post) -> str:
    """The post's name in an archive: what is kept came from the desk, not from the server that the post stands on."""
    return f"urn:andon:post:{quote(post.source, safe='')}:{quote(post.source_id, safe='')}"


def record_of(post: Post) -> bytes:
    """The JSON. Needs `post.upload` and `post.model`."""
    seen = {
        "source": post.source, "id": post.source_id, "url": post.url, "author": post.author, "author_id": post.author_id,
        "author_name": post.author_name, "created_at": post.created_at, "observed_at": post.observed_at, "text": post.text,
        "text_sha256": post.sha256,
    }  # fmt: skip
    said = {
        "score": post.score, "level": _LEVELS.get(post.level, ""), "kinds": post.kinds, "signals": post.signals, "missing": post.missing,
        "model_sha256": post.model.sha256,
    }  # fmt: skip
    stored = {"at": post.stored_at, "file": post.upload.name, "file_sha256": post.upload.sha256}
    return orjson.dumps({"post": seen, "assessment": said, "stored": stored}, option=orjson.OPT_INDENT_2 | orjson.OPT_UTC_Z)
