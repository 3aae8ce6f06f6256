"""Work of the background worker: scans of uploads, templates, and taking up what an earlier worker left."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django_tasks import task

from andon.console.gate import Actor, Via
from andon.console.intake import files
from andon.console.intake.actions.add_upload import add_upload
from andon.console.intake.actions.draw_templates import draw_templates as draw_stale
from andon.console.intake.actions.run_upload import fail
from andon.console.intake.models import Upload
from andon.console.intake.scan import scan
from andon.domain.errors import AndonError, Conflict

if TYPE_CHECKING:
    from andon.console.intake.files import Received

logger = logging.getLogger("andon.intake")


@task()  # type: ignore[untyped-decorator,unused-ignore]
def scan_upload(upload_id: int) -> None:
    """Scan an upload for the person who added it. What goes wrong is written on the upload."""
    upload = Upload.objects.select_related("by__unit").get(pk=upload_id)
    if upload.state not in (Upload.State.WAITING, Upload.State.RUNNING) or not upload.file:
        return  # done, cancelled, or scanned by a command
    with _Told(upload_id):
        try:
            scan(Actor(upload.by, Via.WORKER), upload_id, files.path_of(upload))
        except Conflict:
            logger.info("upload %s: stopped or taken over", upload_id)
        except AndonError as error:
            fail(upload_id, problem_of(error, upload))


class _Told:
    """The boundary of the job: whatever else goes wrong is told on the upload, and goes on to the worker, which logs it. A worker that is being
    stopped is no failure: the next one takes the upload up."""  # noqa: D205, D209

    def __init__(self, upload_id: int) -> None:
        self._upload_id = upload_id

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Tell of it."""
        if isinstance(error, Exception):
            fail(self._upload_id, {"code": "intake.internal", "data": {}})


def problem_of(error: AndonError, upload: Upload) -> dict[str, Any]:
    """What is kept of an error: code and data, with the file's name in place of where it lies."""
    data = {name: value if isinstance(value, int | float | bool) else str(value) for name, value in error.data.items() if name != "columns"}
    return {"code": error.code, "data": data | {"path": upload.name}}


@task()  # type: ignore[untyped-decorator,unused-ignore]
def draw_templates() -> None:
    """Templates of campaigns that a person's word has changed."""
    draw_stale()


def submit(actor: Actor, received: Received, **choices: Any) -> tuple[Upload, bool]:  # noqa: ANN401 - the choices of add_upload
    """Add what was received and have the worker scan it; the upload, and whether there is anything to do for it."""
    upload, goes_on = add_upload(actor, received, **choices)
    if goes_on:
        scan_upload.enqueue(upload.pk)
    return upload, goes_on


def resume_unfinished() -> int:
    """Have uploads that an earlier worker left scanned again, from where each stopped; how many. A command's own scans are left to the command."""
    unfinished = Upload.objects.filter(state__in=(Upload.State.WAITING, Upload.State.RUNNING)).exclude(file="")
    left = list(unfinished.order_by("at").values_list("pk", flat=True))
    for upload in left:
        scan_upload.enqueue(upload)
    draw_templates.enqueue()
    return len(left)
