"""Take in a message that came back: a bounce or an answer finds its letter, and the request says so. The message itself is kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from andon.console.gate import Done, Via, unattended
from andon.console.measures.common import files, notices
from andon.console.measures.common.actions.outbox import bounce
from andon.console.measures.common.models import Outgoing
from andon.console.measures.kinds.removal import mail_reading
from andon.console.measures.kinds.removal.actions.draft import KIND
from andon.console.measures.kinds.removal.life import note, save
from andon.console.measures.kinds.removal.models import Letter, Mail, Request
from andon.domain.errors import Refused

if TYPE_CHECKING:
    from andon.console.measures.kinds.removal.mail_reading import Read

UNKNOWN = "unknown"
_ANSWERS = (mail_reading.AUTOMATIC, mail_reading.REPLY)


@dataclass(frozen=True, slots=True)
class Taken:
    """What a message was taken for, and the request it belongs to. `is_new`: it had not been taken in before."""

    kind: str
    request: int | None
    is_new: bool


def take_mail(content: bytes) -> Taken:
    """Take a message in. The same message twice is one. Raises Refused for one that is larger than any answer is."""
    if len(content) > mail_reading.LARGEST:
        raise Refused(reason="mail_too_large", name="mail")
    digest = hashlib.sha256(content).hexdigest()
    known = Mail.objects.select_related("letter").filter(sha256=digest).first()
    if known is not None:
        return Taken(known.kind, known.letter.request_id if known.letter else None, is_new=False)
    return _take(mail_reading.read(content), digest, content)


@unattended("removal.mail_taken", Via.COMMAND)
def _take(read: Read, digest: str, content: bytes) -> Done[Taken]:
    letter = _letter(read)
    kind = read.kind if letter is not None else UNKNOWN
    if letter is not None:  # what is none of ours is counted, and not kept: it is somebody's mail
        files.keep(content)
    fits = letter is not None and read.domain != "" and letter.address.lower().endswith(("@" + read.domain, "." + read.domain))
    Mail.objects.create(sha256=digest, letter=letter, kind=kind, code=read.code, is_from_receiver=fits)
    if letter is not None:
        _apply(letter, read, digest, fits=fits)
    facts = {"kind": kind, "letter": letter.pk if letter else None, "code": read.code, "sha256": digest, "from_receiver": fits}
    return Done(Taken(kind, letter.request_id if letter else None, is_new=True), f"removal:{letter.request_id}" if letter else "removal", facts)


def _letter(read: Read) -> Letter | None:
    """The letter of ours that the message is about."""
    for one in read.about:
        letter = Letter.objects.select_for_update(of=("self",)).select_related("request__unit").filter(message_id=one).first()
        if letter is not None:
            return letter
    return None


def _apply(letter: Letter, read: Read, digest: str, *, fits: bool) -> None:
    request = letter.request
    facts = {"sha256": digest, "status": read.code, "from_receiver": fits}
    if read.kind == mail_reading.BOUNCED:
        note(request, "mail.bounced", letter=letter, facts=facts)
        row = Outgoing.objects.filter(kind=KIND, key=letter.outbox_key).first()
        if row is not None:
            bounce(row, f"bounced_{read.code}" if read.code else "bounced")  # the outbox tells `outgoing.changed`
        return
    note(request, f"mail.{read.kind}", letter=letter, facts=facts)
    if read.kind in _ANSWERS:
        if request.state in (Request.State.SENT, Request.State.NO_ANSWER):
            request.state = Request.State.ACKNOWLEDGED
            save(request)
        if read.kind == mail_reading.REPLY:
            url = reverse("removal:request", args=[request.pk])
            notices.tell("removal_reply", url=url, unit=request.unit, right="measures.draft", data={"request": request.pk})
