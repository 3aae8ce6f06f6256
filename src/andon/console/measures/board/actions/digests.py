"""How often a person wants a digest, and putting the digests that are due into the outbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone

from andon.console.gate import Actor, Done, Via, unattended, verb
from andon.console.measures.board.digest import mail_of
from andon.console.measures.board.models import Digest
from andon.console.measures.common.channels import MAIL
from andon.console.measures.common.models import Notice
from andon.console.measures.common.outbox import put
from andon.console.staff.rights import Right
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from datetime import datetime

    from andon.console.staff.models import Person

HOUR = 8  # of the morning, in Japan
_MONDAY = 0
_MOST = 100  # lines of one mail


@verb("board.digest_set", Right.OWN_SETTINGS)
def set_digest(actor: Actor, every: str) -> Done[Digest]:
    """Say how often I want what I have not read by mail."""
    digest, _ = Digest.objects.update_or_create(person=actor.person, defaults={"every": Digest.Every(every)})
    return Done(digest, f"person:{actor.person.pk}", {"every": every})


def send_digests(now: datetime | None = None) -> int:
    """Put a mail into the outbox for everybody whose day it is and who has not read something yet. Called every hour; once a day for each person."""
    now = now or timezone.now()
    here = now.astimezone(JAPAN)
    if here.hour < HOUR:
        return 0
    today = here.replace(hour=0, minute=0, second=0, microsecond=0)
    every = [Digest.Every.DAY, Digest.Every.WEEK] if here.weekday() == _MONDAY else [Digest.Every.DAY]
    due = Digest.objects.filter(Q(last_at=None) | Q(last_at__lt=today), every__in=every, person__is_active=True).exclude(person__email="")
    return sum(_send_one(digest, now) for digest in due.select_related("person__unit"))


@unattended("board.digest_put", Via.WORKER)
def _send_one(digest: Digest, now: datetime) -> Done[bool]:
    """One person's digest. What is mailed once is not mailed again."""
    person: Person = digest.person
    notices = list(Notice.objects.filter(person=person, read_at=None, mailed_at=None).order_by("-at")[:_MOST])
    Digest.objects.filter(pk=digest.pk).update(last_at=now)
    if notices:
        payload: dict[str, Any] = mail_of(person, notices)
        key = f"digest:{person.pk}:{now.astimezone(JAPAN):%Y-%m-%d}"
        put(key=key, kind="digest", subject_id=person.pk, channel=MAIL, payload=payload, by=person, now=now)
        Notice.objects.filter(pk__in=[one.pk for one in notices]).update(mailed_at=now)
    return Done(bool(notices), f"person:{person.pk}", {"notices": [one.pk for one in notices]})
