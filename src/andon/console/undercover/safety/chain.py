"""The chain of contacts of a plan, and telling it. Plain functions; what tells is only to be called by a verb."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from andon.console.casework.models import LEADING, Membership, in_force
from andon.console.keys import kept
from andon.console.measures.common.notices import tell
from andon.console.undercover.safety.models import ChainLink

if TYPE_CHECKING:
    from collections.abc import Iterable

    from andon.console.staff.models import Person
    from andon.console.undercover.authority.models import Plan

_KEY_FILE, _KEY_BYTES = "safety.key", 32


def links(plan: Plan) -> list[ChainLink]:
    """The chain as it stands."""
    return list(ChainLink.objects.filter(plan=plan, removed_at=None).select_related("person").order_by("position", "pk"))


def people(plan: Plan, found: Iterable[ChainLink] | None = None) -> list[Person]:
    """Who is told at the desk, in order: the coordinator always first, then the chain, then who leads the case. Nobody twice."""
    chain = [one.person for one in (links(plan) if found is None else found) if one.person is not None]
    leading = Membership.objects.filter(in_force(timezone.now()), case=plan.case_id, role__in=LEADING).select_related("person").order_by("pk")
    told = [plan.coordinator, *chain, *(one.person for one in leading)]
    return list({one.pk: one for one in told if one is not None and one.is_active}.values())


def is_in(person: Person, plan: Plan) -> bool:
    """Whether the person stands in the chain, or coordinates."""
    return plan.coordinator_id == person.pk or ChainLink.objects.filter(plan=plan, removed_at=None, person=person.pk).exists()


def tell_all(code: str, plan: Plan, url: str, /, **data: Any) -> int:  # noqa: ANN401 - ids and codes
    """Tell the whole chain; how many people."""
    told = people(plan)
    for one in told:
        tell(code, url=url, person=one, data=data)
    return len(told)


def hash_of(person: Person) -> str:
    """Who pressed, as the row keeps it: comparable, and no name."""
    key = kept(Path(settings.HOME), _KEY_FILE, lambda: secrets.token_bytes(_KEY_BYTES))
    return hmac.new(key, f"person:{person.pk}".encode(), hashlib.sha256).hexdigest()
