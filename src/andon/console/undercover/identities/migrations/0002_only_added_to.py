"""What the database itself refuses: changing or deleting what is only added to, ending a slip twice, changing of a document more than where it is."""

from typing import ClassVar

from django.db import migrations

from andon.console.audit.append_only import only_added_to
from andon.console.casework.only_ended import never_deleted, only_ended
from andon.console.undercover.identities.only_moves import only_moves

_ADDED_TO = ("place", "identity", "addresscheck", "movement", "reconciliation", "showing", "officer", "sealopening", "alarm")
MOVING = ("state", "place_id", "officer", "due_at", "moved_at", "reconciled_at")


class Migration(migrations.Migration):
    """Add the triggers."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("identities", "0001_initial")]
    operations: ClassVar[list[migrations.RunPython]] = [
        *(only_added_to(f"identities_{table}") for table in _ADDED_TO),
        never_deleted("identities_slip"),
        only_ended("identities_slip", "ended_at", "ended_by_id", "is_confirmed"),
        never_deleted("identities_document"),
        only_moves("identities_document", *MOVING),
    ]
