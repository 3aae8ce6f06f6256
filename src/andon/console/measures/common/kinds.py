"""What the board knows of each kind of measure: how to count before, draft, approve, and what waits. Apps add theirs when they are ready."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from andon.console.gate import Actor
    from andon.console.staff.models import Person


@dataclass(frozen=True, slots=True)
class Line:
    """What would go where: `posts` concerned, of which `held`, `already` handled, `gone`, and `ready` to go. `label` names the receiver."""

    label: str
    posts: int
    ready: int
    held: int = 0
    already: int = 0
    gone: int = 0
    provider_id: int | None = None
    account_id: int | None = None
    whom_to_ask: tuple[str, ...] = ()  # about what is held


@dataclass(frozen=True, slots=True)
class Made:
    """Something that was drafted, and where it is shown."""

    id: int
    url: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a person: `code` names the sentence, `label` says what it is about."""

    code: str
    label: str
    url: str
    due_at: datetime | None = None
    overdue: bool = False
    count: int = 1


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of measure: `preview(person, campaign_ids)`, `prepare(actor, campaign_ids)` and `approve(actor, ids)` of many, `waiting(person)`.

    `in_hand(unit_id)` are rows that other units have standing, each with its `post` and with the unit's name as `whose`. A kind that is not drafted
    for whole campaigns (warnings go one by one, referrals ask for a receiver) sets `bulk` to False.
    """

    code: str
    preview: Callable[[Person, Sequence[int]], list[Line]]
    prepare: Callable[[Actor, Sequence[int]], list[Made]]
    approve: Callable[[Actor, Sequence[int]], int]
    waiting: Callable[[Person], list[Waiting]]
    in_hand: Callable[[int], QuerySet[Any]]
    bulk: bool = True


KINDS: list[Kind] = []
