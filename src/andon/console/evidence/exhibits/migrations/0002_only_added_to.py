"""What the database itself refuses: changing a line of the custody log; changing what was said of an exhibit, or anything once it is taken in."""

from typing import ClassVar

from django.db import migrations

from andon.console.audit.append_only import only_added_to
from andon.console.casework.only_ended import never_deleted, only_ended

_TAKEN = (
    "taken_at", "state", "started_at", "problem", "code", "kind", "tree_sha256", "manifest_sha256", "files", "size_bytes", "findings",
)  # fmt: skip
_CHECKED = ("ended_at", "state", "problem", "files", "size_bytes", "lines", "findings", "line")
_PACKED = ("ended_at", "state", "problem", "bag_sha256", "sha256", "size_bytes", "line")


class Migration(migrations.Migration):
    """Add the triggers."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("exhibits", "0001_initial")]
    operations: ClassVar[list[migrations.RunPython]] = [
        only_added_to("exhibits_custodyline"),
        never_deleted("exhibits_exhibit"),
        only_ended("exhibits_exhibit", *_TAKEN),
        never_deleted("exhibits_handing"),
        only_ended("exhibits_handing", "ended_at", "ended_by_id", "line"),
        never_deleted("exhibits_check"),
        only_ended("exhibits_check", *_CHECKED),
        never_deleted("exhibits_package"),
        only_ended("exhibits_package", *_PACKED),
    ]
