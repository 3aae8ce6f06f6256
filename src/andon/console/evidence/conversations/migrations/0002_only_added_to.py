"""What was read and noted is closed against change and deletion; of what the worker makes only the end is written, once."""

from typing import ClassVar

from django.db import migrations

from andon.console.audit.append_only import only_added_to
from andon.console.casework.only_ended import never_deleted, only_ended

_ADDED = ("conversation", "participant", "participanthandle", "note", "notechange", "comparedview")
_MADE = ("ended_at", "state", "problem", "sha256", "size_bytes")
_ENDED = {
    "reading": (
        "ended_at", "state", "started_at", "problem", "book_sha256", "book_bytes", "counts", "findings", "unread", "messages",
        "conversation_count", "gaps", "tool",
    ),
    "comparison": (*_MADE, "length", "differing", "places"),
    "transcript": _MADE,
}  # fmt: skip


class Migration(migrations.Migration):
    """Add the triggers."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("conversations", "0001_initial")]
    operations: ClassVar[list[migrations.RunPython]] = [
        *(only_added_to(f"conversations_{table}") for table in _ADDED),
        *(never_deleted(f"conversations_{table}") for table in _ENDED),
        *(only_ended(f"conversations_{table}", *ends) for table, ends in _ENDED.items()),
    ]
