"""Posts come in: a batch is an upload like any other, scanned by the background worker, and the answer says what came of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import orjson
from django.http import Http404, HttpRequest
from ninja import Router, Status

from andon.console.api.actions.use import use
from andon.console.api.keys import Key, actor_of, key_of
from andon.console.api.problems import refuse_unknown
from andon.console.api.schemas import BatchIn, BatchOut, Problem
from andon.console.frame.templatetags.desk import language
from andon.console.intake.actions.add_upload import add_upload
from andon.console.intake.files import receive, rejects_path
from andon.console.intake.models import Upload
from andon.console.intake.tasks import scan_upload
from andon.console.staff.rights import Scope
from andon.wording.say import SENTENCES, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from andon.wording.say import Language

PATIENCE, LOOK_EVERY = 5.0, 0.1  # seconds: a batch takes a fraction of one, unless the worker is busy with a large file
MOST_REJECTS = 1000
_UNFINISHED = (Upload.State.WAITING, Upload.State.RUNNING)
_COUNTS = ("posts", "flagged", "stored", "known", "skipped", "rejected")
_REFUSALS = {401: Problem, 403: Problem, 422: Problem, 429: Problem}
router = Router(tags=["write"])


@router.post(
    "/posts", response={200: BatchOut, 202: BatchOut, 400: Problem, **_REFUSALS}, auth=Key(Scope.POSTS_WRITE), operation_id="post_posts",
    summary="Hand over posts",
)  # fmt: skip
def post_posts(request: HttpRequest, batch: BatchIn) -> Status[dict[str, Any]]:
    """Store the flagged ones of up to 1,000 posts. 202: it is still being scanned, ask for the upload. The same batch again changes nothing."""
    refuse_unknown(request)
    content = b"".join(orjson.dumps(_row(batch.collection, one.model_dump(mode="json"))) + b"\n" for one in batch.posts)
    received = receive(f"api-{batch.collection}.jsonl", [content], len(content))
    upload, goes_on = add_upload(actor_of(request), received, source="generic")
    use(actor_of(request), key_of(request), f"upload:{upload.pk}", {"posts": len(batch.posts), "sha256": received.sha256, "new": goes_on})
    if goes_on:
        scan_upload.enqueue(upload.pk)
    upload = _when_done(upload)
    return Status(202 if upload.state in _UNFINISHED else 200, _told(upload))


@router.get(
    "/uploads/{int:upload_id}", response={200: BatchOut, 404: Problem, **_REFUSALS}, auth=Key(Scope.POSTS_WRITE), operation_id="upload",
    summary="What came of a batch",
)  # fmt: skip
def upload(request: HttpRequest, upload_id: int) -> dict[str, Any]:
    """An upload of the person behind the key, with its counts and the rows that could not be read."""
    refuse_unknown(request)
    found = Upload.objects.filter(pk=upload_id, by=key_of(request).person).first() if upload_id < 2**63 else None
    if found is None:
        raise Http404
    use(actor_of(request), key_of(request), f"upload:{found.pk}", {"state": found.state})
    return _told(found)


def _row(collection: str, given: dict[str, Any]) -> dict[str, Any]:
    """A line of the upload. Two collections may both have a post "1"."""
    return {name: value for name, value in given.items() if value not in ("", None)} | {"id": f"{collection}:{given['id']}"}


def _when_done(upload: Upload) -> Upload:
    """The upload when it has ended, or as it is when patience ends."""
    until = time.monotonic() + PATIENCE
    upload.refresh_from_db()
    while upload.state in _UNFINISHED and time.monotonic() < until:
        time.sleep(LOOK_EVERY)
        upload.refresh_from_db()
    return upload


def _told(upload: Upload) -> dict[str, Any]:
    counts = {name: getattr(upload, name) for name in _COUNTS}
    return {"upload": upload.pk, "state": upload.state, **counts, "rejects": list(_rejects(upload, language()))}


def _rejects(upload: Upload, spoken: Language) -> Iterator[dict[str, Any]]:
    """The first rows that could not be read, with their reason."""
    path = rejects_path(upload)
    if not upload.rejected or not path.exists():
        return
    with path.open("rb") as lines:
        for _, line in zip(range(MOST_REJECTS), lines, strict=False):
            one = orjson.loads(line)
            code = f"reject.{one['reason']}"
            known = code if code in SENTENCES else "reject.other"
            yield {"row": one["row"], "code": one["reason"], "sentence": say(known, spoken, reason=one["reason"])}
