"""Verb: a file is to be scanned. The same content (by hash) is one upload, whatever its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from andon.console.gate import Actor, Done, verb
from andon.console.intake import files
from andon.console.intake.models import LEVEL_RANK, Upload
from andon.console.staff.rights import Right
from andon.detection.records.batches import AUTO
from andon.detection.sources.generic import mapped
from andon.detection.sources.registry import source_named
from andon.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from andon.console.intake.files import Received

_UNFINISHED = (Upload.State.WAITING, Upload.State.RUNNING)
_AGAIN = (Upload.State.FAILED, Upload.State.CANCELLED)


@verb("intake.uploaded", Right.INTAKE_ADD)
def add_upload(
    actor: Actor, received: Received, *, source: str = AUTO, level: str = "medium", columns: Mapping[str, str] | None = None
) -> Done[tuple[Upload, bool]]:
    """The upload of that content, and whether there is anything to do for it.

    New content waits to be scanned. So does what failed or was cancelled: it goes on where it stopped. Content that is done or being scanned is
    known; the second copy is taken away. Raises SourceError for an unknown source or field.
    """
    _check(source, level, columns)
    choices: dict[str, Any] = {"source": source, "level": level, "columns": dict(columns or {})}
    upload, is_new = Upload.objects.select_for_update().get_or_create(
        sha256=received.sha256,
        defaults={"name": received.name, "size_bytes": received.size, "file": received.file, "by": actor.person, **choices},
    )
    left = not received.file and not upload.file and upload.state in _UNFINISHED  # by a command that was killed, or lives: then the verbs tell
    goes_on = is_new or upload.state in _AGAIN or left
    if not is_new and upload.state in _AGAIN:
        again = choices | {"file": received.file, "by": actor.person}
        Upload.objects.filter(pk=upload.pk).update(state=Upload.State.WAITING, problem=None, ended_at=None, **again)
        upload.refresh_from_db()
    elif not is_new and received.file and upload.file != received.file:
        _discard_copy(upload, received)
    facts = {"sha256": received.sha256, "bytes": received.size, "new": is_new, "again": goes_on and not is_new, **choices}
    return Done((upload, goes_on), f"upload:{upload.pk}", facts)


def _check(source: str, level: str, columns: Mapping[str, str] | None) -> None:
    if source != AUTO:
        source_named(source)
    if columns:
        mapped(columns)
    if level not in LEVEL_RANK:
        raise Refused(reason="unknown_level", name=level)


def _discard_copy(upload: Upload, received: Received) -> None:
    """The second copy lies in the folder of the first: only its own name goes, and the folder when nothing of the first is in it."""
    if not upload.file:
        transaction.on_commit(lambda: files.discard(received.file))
    else:
        transaction.on_commit(lambda: (files.uploads_folder() / received.file).unlink(missing_ok=True))
