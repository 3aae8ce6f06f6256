"""Tell people of documents that should be back. For the worker; what is overdue is read off the clock, whether or not anybody was told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from andon.console.gate import Done, Via, unattended
from andon.console.measures.common.notices import tell
from andon.console.undercover.identities.models import Alarm, Document
from andon.console.undercover.identities.queries import overdue
from andon.domain.times import JAPAN

if TYPE_CHECKING:
    from datetime import datetime


def sound(now: datetime | None = None) -> int:
    """Tell the custodian and the coordinator, once a day; of how many documents. Writes nothing where there are none."""
    now = now or timezone.now()
    day = now.astimezone(JAPAN).date()
    told = Alarm.objects.filter(day=day).values("document")
    late = list(overdue(Document.objects.exclude(pk__in=told), now).values_list("pk", flat=True))
    return _sound(late, now) if late else 0


@unattended("identities.alarmed", Via.WORKER)
def _sound(ids: list[int], now: datetime) -> Done[int]:
    day = now.astimezone(JAPAN).date()
    documents = Document.objects.select_related("plan__custodian", "plan__coordinator").filter(pk__in=ids)
    for document in documents:
        Alarm.objects.create(document=document, day=day, at=now)
        for person in (document.plan.custodian, document.plan.coordinator):
            if person is not None:
                url = reverse("identities:document", args=[document.pk])
                tell("document_overdue", url=url, person=person, data={"plan": document.plan.code, "number": document.number})
    return Done(len(ids), "", {"documents": ids})
