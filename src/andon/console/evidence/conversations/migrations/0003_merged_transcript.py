"""Transcripts of comparisons: a table of its own, closed as that of the other transcripts is."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from andon.console.casework.only_ended import never_deleted, only_ended

_STATES = [("waiting", "Waiting"), ("running", "Running"), ("done", "Done"), ("failed", "Failed")]
_FORMS = [("html", "Html"), ("pdf", "Pdf"), ("docx", "Docx")]


class Migration(migrations.Migration):
    """Add the table and its triggers."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("conversations", "0002_only_added_to")]
    operations: ClassVar[list[migrations.operations.base.Operation]] = [
        migrations.CreateModel(
            name="MergedTranscript",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("state", models.CharField(choices=_STATES, default="waiting", max_length=8)),
                ("ended_at", models.DateTimeField(null=True)),
                ("problem", models.JSONField(default=dict)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("size_bytes", models.BigIntegerField(default=0)),
                ("form", models.CharField(choices=_FORMS, max_length=4)),
                ("language", models.CharField(max_length=2)),
                ("first", models.BigIntegerField()),
                ("last", models.BigIntegerField()),
                ("is_disclosable", models.BooleanField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "comparison",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="transcripts", to="conversations.comparison"),
                ),
            ],
            options={"ordering": ["-id"], "abstract": False},
        ),
        never_deleted("conversations_mergedtranscript"),
        only_ended("conversations_mergedtranscript", "ended_at", "state", "problem", "sha256", "size_bytes"),
    ]
