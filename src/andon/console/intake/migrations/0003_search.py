"""The table of the search."""

from typing import ClassVar

from django.db import migrations

from andon.console.intake.search.index import make_table


class Migration(migrations.Migration):
    """Make it."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("intake", "0002_only_added_to")]
    operations: ClassVar[list[migrations.RunPython]] = [migrations.RunPython(make_table, migrations.RunPython.noop)]
