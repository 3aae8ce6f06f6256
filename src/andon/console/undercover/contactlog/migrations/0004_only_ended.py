"""What was named as an officer's device is never deleted, and ended once."""

from typing import ClassVar

from django.db import migrations

from andon.console.casework.only_ended import never_deleted, only_ended


class Migration(migrations.Migration):
    """Add the triggers."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("contactlog", "0003_own_device")]
    operations: ClassVar[list[migrations.RunPython]] = [
        never_deleted("contactlog_owndevice"),
        only_ended("contactlog_owndevice", "ended_at", "ended_by_id"),
    ]
