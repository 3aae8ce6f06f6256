"""The sealed record of which person a code stands for. Locked with the installation's key, bound to its plan and code; nothing here names anybody."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cryptography.fernet import InvalidToken

from andon.console.people import secret_box
from andon.console.undercover.identities.models import Officer
from andon.domain.errors import Refused

if TYPE_CHECKING:
    from andon.console.undercover.authority.models import Plan


def closed(plan_id: int, code: str, person_id: int) -> str:
    """For the database."""
    return secret_box.lock(json.dumps({"plan": plan_id, "code": code, "person": person_id}))


def person_in(record: Officer) -> int:
    """The person's number. Raises Refused for a record that this installation's key does not open, or that was sealed for another plan or code."""
    try:
        inside = json.loads(secret_box.unlock(record.token))
    except InvalidToken as error:
        raise Refused(reason="seal_broken", name=f"plan:{record.plan_id}") from error
    if (inside["plan"], inside["code"]) != (record.plan_id, record.code):
        raise Refused(reason="seal_broken", name=f"plan:{record.plan_id}")
    return int(inside["person"])


def operators(plan: Plan) -> dict[str, int]:
    """Persons behind a plan's codes, for checks that people are different and for the sum of periods. Never shown, never kept."""
    return {record.code: person_in(record) for record in Officer.objects.filter(plan=plan)}
