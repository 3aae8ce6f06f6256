"""`andon ingest` behind the command: the same way into the store as an upload, scanned here and now, each file where it lies."""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from andon.console.gate import Actor, Via
from andon.console.intake import files
from andon.console.intake.actions.add_upload import add_upload
from andon.console.intake.actions.draw_templates import draw_templates
from andon.console.intake.actions.run_upload import cancel, fail
from andon.console.intake.models import Upload
from andon.console.intake.scan import scan
from andon.console.intake.tasks import problem_of
from andon.console.staff.models import Person
from andon.console.staff.rights import Right
from andon.domain.errors import AndonError, Conflict, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_LOOK_EVERY = 0.5


class Came(Enum):
    """What came of one file."""

    SCANNED = "scanned"
    KNOWN = "known"  # the same content has been taken in before
    ELSEWHERE = "elsewhere"  # the desk itself is scanning it
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Ingested:
    """One file: its upload, what came of it, and the error of one that could not be used."""

    path: Path
    upload: Upload
    came: Came
    posts: int = 0  # read in this run: a scan that goes on has read others before
    error: AndonError | None = None


def person_of(username: str) -> Actor:
    """Who takes files in: the one named, or the only person who may. Raises Refused when that is nobody or not clear."""
    if username:
        found = Person.objects.filter(username__iexact=username, is_active=True).select_related("unit").first()
        if found is None:
            raise Refused(reason="ingest_by", name=username)
        return Actor(found, Via.COMMAND)
    may = [one for one in Person.objects.filter(is_active=True).select_related("unit") if one.may(Right.INTAKE_ADD)]
    if len(may) != 1:
        raise Refused(reason="ingest_by", name="--by")
    return Actor(may[0], Via.COMMAND)


def ingest(actor: Actor, paths: list[Path], choices: dict[str, Any], *, wait: bool, tell: Callable[[Upload], None]) -> Iterator[Ingested]:
    """Take the files in, one after the other; `tell` hears of each upload while it goes on. Stopping it keeps what was stored."""
    try:
        yield from _each(actor, paths, choices, wait=wait, tell=tell)
    finally:
        draw_templates()


def _each(actor: Actor, paths: list[Path], choices: dict[str, Any], *, wait: bool, tell: Callable[[Upload], None]) -> Iterator[Ingested]:
    for path in paths:
        upload, goes_on = add_upload(actor, files.in_place(path), **choices)
        tell(upload)
        if goes_on:
            yield _scan(actor, upload, path, tell)
        elif upload.state == Upload.State.DONE:
            yield Ingested(path, upload, Came.KNOWN)
        else:
            if wait:
                _wait(upload)
            yield Ingested(path, upload, Came.KNOWN if upload.state == Upload.State.DONE else Came.ELSEWHERE)


def _scan(actor: Actor, upload: Upload, path: Path, tell: Callable[[Upload], None]) -> Ingested:
    before = upload.posts
    try:
        done = scan(actor, upload.pk, path, tell, draw=False)
        return Ingested(path, done, Came.SCANNED, done.posts - before)
    except Conflict as error:
        upload.refresh_from_db()
        return Ingested(path, upload, Came.ELSEWHERE, error=error)
    except Refused:
        raise
    except AndonError as error:
        return Ingested(path, fail(upload.pk, problem_of(error, upload)), Came.FAILED, error=error)
    except KeyboardInterrupt:
        cancel(actor, upload.pk)  # on the screen it must not look as if it went on
        raise


def _wait(upload: Upload) -> None:
    while upload.state in (Upload.State.WAITING, Upload.State.RUNNING):
        time.sleep(_LOOK_EVERY)
        upload.refresh_from_db()
