"""What was seen is only added to."""

from typing import ClassVar

from django.db import migrations

from andon.console.audit.append_only import only_added_to


class Migration(migrations.Migration):
    """Add the triggers."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("sightings", "0001_initial")]
    operations: ClassVar[list[migrations.RunPython]] = [only_added_to("sightings_sighting"), only_added_to("sightings_alike")]
