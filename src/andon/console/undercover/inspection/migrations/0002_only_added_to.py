"""The tables are closed against change and deletion."""

from typing import ClassVar

from django.db import migrations

from andon.console.audit.append_only import only_added_to


class Migration(migrations.Migration):
    """Add the triggers."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("inspection", "0001_initial")]
    operations: ClassVar[list[migrations.RunPython]] = [only_added_to(f"inspection_{table}") for table in ("draw", "edition", "answer")]
