"""The tables are closed against change and deletion."""

from typing import ClassVar

from django.db import migrations

from andon.console.audit.append_only import only_added_to

_TABLES = ("logentry", "correction", "raisedwords", "acknowledgement", "step", "stopcheck", "victimnotice", "outcome", "arrest")


class Migration(migrations.Migration):
    """Add the triggers."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("contactlog", "0001_initial")]
    operations: ClassVar[list[migrations.RunPython]] = [only_added_to(f"contactlog_{table}") for table in _TABLES]
