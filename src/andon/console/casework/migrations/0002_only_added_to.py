"""What the database itself refuses: changing or deleting events; anything but the end of members, links and samples; deleting a case."""

from typing import ClassVar

from django.db import migrations

from andon.console.audit.append_only import only_added_to
from andon.console.casework.only_ended import never_deleted, only_ended


class Migration(migrations.Migration):
    """Add the triggers."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("casework", "0001_initial")]
    operations: ClassVar[list[migrations.RunPython]] = [
        only_added_to("casework_caseevent"),
        never_deleted("casework_case"),
        never_deleted("casework_membership"),
        only_ended("casework_membership", "ended_at", "ended_by_id", "ended_ground"),
        never_deleted("casework_caselink"),
        only_ended("casework_caselink", "removed_at", "removed_by_id", "removed_ground"),
        never_deleted("casework_sample"),
        only_ended("casework_sample", "ended_at"),
    ]
