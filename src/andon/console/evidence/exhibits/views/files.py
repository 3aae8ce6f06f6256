"""One file of an exhibit, or one derived item, as it lies in the store: fetched by who keeps the case's exhibits, and kept in the trail."""

from __future__ import annotations

import hashlib
import logging
import re
from typing import TYPE_CHECKING

from django.http import Http404, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from andon.console import gate
from andon.console.casework.doors import case_page
from andon.console.doors import actor_of
from andon.console.evidence.exhibits import mirror, visible
from andon.console.evidence.exhibits.people import HIDING
from andon.console.evidence.exhibits.queries.items import items
from andon.console.evidence.exhibits.store import store
from andon.console.evidence.exhibits.views.common import may, told
from andon.console.staff.rights import Right
from andon.domain.errors import EvidenceError, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.http import HttpRequest, HttpResponse

    from andon.console.casework.models import Case

logger = logging.getLogger("andon.exhibits")
_PIECE = 1 << 20
_MOST_NAME = 120  # characters; with the code before it, and four bytes each, less than any disk takes
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')


@case_page(Right.EVIDENCE_KEEP, event="exhibits.opened")
@require_GET
def fetch(request: HttpRequest, case: Case, exhibit_id: int, sha256: str) -> HttpResponse:
    """The bytes, to be saved and never shown: of a file or derived item that the exhibit has by this hash. `name` chooses among equal ones.

    Raises Refused for who keeps no exhibits of the case, Http404 for what the exhibit does not have.
    """
    row, actor = visible.in_case(case, exhibit_id), actor_of(request)
    if not may(actor.person, case).keep:
        raise Refused(reason="exhibit_keeping", name=f"case:{case.pk}")
    found = [one for one in items(row, mirror.lines_of(row)) if one.sha256 == sha256] if row.is_taken else []
    if not found:
        raise Http404
    named = next((one for one in found if one.name == request.GET.get("name")), found[0])
    path = store().object_path(sha256)
    if not path.is_file() or path.stat().st_size != named.size:
        return told(request, EvidenceError(reason="copy_changed", path=named.name))
    gate.saw(actor, "exhibits.file_fetched", f"exhibit:{row.pk}", {"case": case.pk, "code": row.code, "sha256": sha256, "bytes": named.size})
    answer = StreamingHttpResponse(sound(path, sha256, row.code), content_type="application/octet-stream")
    answer.headers["Content-Length"] = str(named.size)
    answer.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=safe_name(row.code, named.name)) or "attachment"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer  # type: ignore[return-value]  # streamed; every view here promises the plain kind


def safe_name(code: str, name: str) -> str:
    """What the saved file is called: the exhibit's code, and the last part of the name without what a disk or an eye takes for something else.

    The ending stays as it was: an officer opens it with a program of their own choice, on a machine that is made for it.
    """
    last = re.split(r"[\\/]", name.rstrip("\\/"))[-1]
    plain = _UNSAFE.sub("_", HIDING.sub("", last)).strip(" .") or "file"
    stem, dot, ending = plain.rpartition(".")
    if len(plain) > _MOST_NAME:
        plain = f"{(stem if dot else plain)[: _MOST_NAME - 20]}{dot}{ending[:19]}" if dot else plain[:_MOST_NAME]
    return f"{code}_{plain}"


def sound(path: Path, sha256: str, code: str) -> Iterator[bytes]:
    """A copy piece by piece. Its last piece is held back until the hash is known to be that of the manifest: a changed copy never arrives whole.

    Raises EvidenceError (reason "copy_changed") instead of the last piece; the transfer then ends before its stated length.
    """
    digest, held = hashlib.sha256(), b""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            if held:
                yield held
            held = piece
    if digest.hexdigest() != sha256:
        logger.error("exhibit %s: the copy %s is not what its name says", code, sha256)
        raise EvidenceError(reason="copy_changed", path=sha256)
    if held:
        yield held
