"""What inspectors read, off the trail. Nothing can be taken out of it (its table is only added to).

Who may see it follows from policy O1 (who looked is kept, to check lawfulness) and O5 (an audit trail of his own, not in the hands of case staff):
the inspector, and whoever reads the trail itself, see all of it; the administrator, who appoints inspectors and knows of no case, sees that and when,
never which case; case staff, supervisors among them, see nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from andon.console.audit.models import Entry
from andon.console.casework.models import Sample
from andon.console.staff.models import Person
from andon.console.staff.rights import ROLE_RIGHTS, Right

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet


def of_inspectors() -> list[int]:
    """Who is or was an inspector: has the right, or ever held a sample."""
    roles = {role.value for role, rights in ROLE_RIGHTS.items() if Right.INSPECT in rights}
    now = {pk for pk, held in Person.objects.values_list("pk", "roles") if roles & set(held)}
    return sorted(now | set(Sample.objects.values_list("inspector", flat=True)))


def entries(people: Collection[int]) -> QuerySet[Entry]:
    """Their entries, the newest first."""
    return Entry.objects.filter(person__in=people).order_by("-number")
