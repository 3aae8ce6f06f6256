"""What the screens share: plain values as an answer, numbers from an address, what a person may do."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.core.cache import cache
from django.http import HttpResponse

from andon.console import gate
from andon.console.casework import visible
from andon.console.casework.models import WORKING
from andon.console.evidence.exhibits.people import KEEPING
from andon.console.frame.templatetags.desk import language
from andon.console.staff.rights import Right
from andon.wording.say import say_error

if TYPE_CHECKING:

    from andon.console.casework.models import Case
    from andon.console.gate import Actor
    from andon.console.staff.models import Person
    from andon.domain.errors import AndonError

_SAME_SEARCH = 60  # seconds for which the same search of the same person in the same place is one event
_DIGITS = 18


def values(given: Any) -> HttpResponse:  # noqa: ANN401 - plain values of any shape
    """An answer for a module of ours. Written in ASCII: halves of characters, which some exports hold, are no UTF-8."""
    return HttpResponse(json.dumps(given, separators=(",", ":")), content_type="application/json")


def problem(error: AndonError, status: int = 422) -> HttpResponse:
    """The sentence of an error, for a module of ours."""
    return HttpResponse(status=status, headers={"X-Sentence": quote(say_error(error, language()))})


def whole(text: str | None, otherwise: int = 0) -> int:
    """A number of an address; anything else is `otherwise`."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= _DIGITS else otherwise


def keep_search(actor: Actor, where: str, facts: dict[str, Any]) -> None:
    """Keep in the trail what was searched and how much was found; the same words again within a minute are the same search."""
    key = hashlib.sha256(f"{actor.person.pk} {where} {facts}".encode("utf-8", "replace")).hexdigest()
    if cache.add(f"conversations:searched:{key}", 1, _SAME_SEARCH):
        gate.saw(actor, "conversations.searched", where, facts)


def may_work(person: Person, case: Case) -> bool:
    """Whether they work on the case, which is open."""
    return case.is_open and person.may(Right.CASE_WORK) and bool(visible.roles_in(person, case.pk) & frozenset(WORKING))


def may_keep(person: Person, case: Case) -> bool:
    """Whether they keep its exhibits."""
    return person.may(Right.EVIDENCE_KEEP) and bool(visible.roles_in(person, case.pk) & frozenset(KEEPING))


def yes_no(text: str | None) -> bool | None:
    """A choice that must be made: yes, no, or nothing said."""
    return {"yes": True, "no": False}.get(text or "")
