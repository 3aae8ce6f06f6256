"""Verbs around a scan: it begins, it ends, it is stopped, it is tried again."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from andon.console.gate import Actor, Done, Via, unattended, verb
from andon.console.intake import files
from andon.console.intake.models import ModelVersion, Upload
from andon.console.staff.rights import Right
from andon.domain.errors import Conflict

_ENDED = (Upload.State.DONE, Upload.State.CANCELLED)


@verb("intake.begun", Right.INTAKE_ADD)
def begin(_actor: Actor, upload_id: int, version: ModelVersion) -> Done[Upload]:
    """The scan of an upload begins or goes on, with this model. Raises Conflict for one that has ended or was cancelled."""
    upload = _locked(upload_id)
    if upload.state in _ENDED:
        raise Conflict(reason="upload_ended", name=upload.name)
    upload.state, upload.model, upload.started_at, upload.problem = Upload.State.RUNNING, version, timezone.now(), None
    upload.save(update_fields=["state", "model", "started_at", "problem"])
    return Done(upload, f"upload:{upload.pk}", {"model": version.sha256, "position": upload.position})


@verb("intake.finished", Right.INTAKE_ADD)
def finish(_actor: Actor, upload_id: int) -> Done[Upload]:
    """An upload was read to its end. What was uploaded goes: only flagged posts are kept."""
    upload = _locked(upload_id)
    if upload.state != Upload.State.RUNNING:
        raise Conflict(reason="upload_moved_on", name=upload.name)
    _end(upload, Upload.State.DONE)
    counts = {name: getattr(upload, name) for name in ("posts", "flagged", "stored", "known", "changed", "skipped", "rejected")}
    return Done(upload, f"upload:{upload.pk}", counts)


@unattended("intake.failed", Via.WORKER)
def fail(upload_id: int, problem: dict[str, Any]) -> Done[Upload]:
    """An upload could not be read (on): code and data of what went wrong. The file stays for another try."""
    upload = _locked(upload_id)
    if upload.state in (Upload.State.RUNNING, Upload.State.WAITING):
        upload.state, upload.problem, upload.ended_at = Upload.State.FAILED, problem, timezone.now()
        upload.save(update_fields=["state", "problem", "ended_at"])
    return Done(upload, f"upload:{upload.pk}", {"problem": problem.get("code", "")})


@verb("intake.cancelled", Right.INTAKE_ADD)
def cancel(_actor: Actor, upload_id: int) -> Done[Upload]:
    """Stop an upload for good, or let a failed one rest. What it has stored stays; its file goes; the same content added again goes on from there."""
    upload = _locked(upload_id)
    if upload.state in _ENDED:
        raise Conflict(reason="upload_ended", name=upload.name)
    _end(upload, Upload.State.CANCELLED)
    return Done(upload, f"upload:{upload.pk}", {"stored": upload.stored, "position": upload.position})


@verb("intake.retried", Right.INTAKE_ADD)
def retry(_actor: Actor, upload_id: int) -> Done[Upload]:
    """Have a failed upload scanned again from where it stopped. Raises Conflict for one in another state, or without its file."""
    upload = _locked(upload_id)
    if upload.state != Upload.State.FAILED or not upload.file:
        raise Conflict(reason="upload_not_failed", name=upload.name)
    upload.state, upload.problem, upload.ended_at = Upload.State.WAITING, None, None
    upload.save(update_fields=["state", "problem", "ended_at"])
    return Done(upload, f"upload:{upload.pk}", {"position": upload.position})


def _locked(upload_id: int) -> Upload:
    return Upload.objects.select_for_update().get(pk=upload_id)


def _end(upload: Upload, state: Upload.State) -> None:
    file = upload.file
    upload.state, upload.file, upload.ended_at = state, "", timezone.now()
    upload.save(update_fields=["state", "file", "ended_at"])
    transaction.on_commit(lambda: files.discard(file))
