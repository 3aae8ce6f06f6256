"""Set the rules of removal requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from andon.console.gate import Actor, Done, verb
from andon.console.measures.kinds.removal.models import Rules
from andon.console.staff.models import Unit
from andon.console.staff.rights import Right
from andon.domain.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence


@verb("removal.rules_set", Right.MEASURE_RULES)
def set_rules(actor: Actor, *, wait_hours: int, tells_police: Sequence[str], remind_days: int, escalate_after: int) -> Done[Rules]:
    """Set all of them at once. Raises Refused for what makes no sense."""
    kinds = [one for one in Unit.Kind.values if one in tells_police]
    if not 0 <= wait_hours <= 24 * 30 or not 1 <= remind_days <= 365 or not 1 <= escalate_after <= 20:  # noqa: PLR2004 - said on the page
        raise Refused(reason="removal_rules", name="removal")
    values = {
        "wait_hours": wait_hours, "tells_police": kinds, "remind_days": remind_days, "escalate_after": escalate_after, "by": actor.person,
        "at": timezone.now(),
    }  # fmt: skip
    rules, _ = Rules.objects.update_or_create(one=True, defaults=values)
    facts = {"wait_hours": wait_hours, "tells_police": kinds, "remind_days": remind_days, "escalate_after": escalate_after}
    return Done(rules, "removal", facts)
