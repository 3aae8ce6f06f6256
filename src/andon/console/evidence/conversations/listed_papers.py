"""Transcripts as pages list them, whichever kind they are: what they are of, where they lie on the desk, how far they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from andon.console.evidence.conversations.models import MergedTranscript, Transcript
from andon.console.evidence.conversations.printing import job_of
from andon.console.evidence.exhibits.progress import progress_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from andon.console.casework.models import Case
    from andon.console.evidence.exhibits.models import Exhibit


@dataclass(frozen=True, slots=True)
class Listed:
    """One transcript: its row, what it is of (title and address), its exhibits, and its own addresses."""

    row: Transcript | MergedTranscript
    title: str
    of_url: str
    exhibits: tuple[Exhibit, ...]
    url: str
    progress_url: str
    file_url: str

    @property
    def is_merged(self) -> bool:
        """Whether it is of several phones."""
        return isinstance(self.row, MergedTranscript)

    @property
    def done(self) -> tuple[int, int] | None:
        """Messages taken so far, and in all; None while nobody is at it."""
        return progress_of(job_of(self.row))


def listed(row: Transcript | MergedTranscript) -> Listed:
    """A transcript, with what it is of fetched beforehand or now."""
    if isinstance(row, Transcript):
        conversation = row.conversation
        places = (reverse(f"conversations:{name}", args=[row.pk]) for name in ("paper", "paper_progress", "paper_file"))
        of = reverse("conversations:read", args=[conversation.pk])
        return Listed(row, conversation.title or conversation.key, of, (conversation.reading.exhibit,), *places)
    exhibits = {view.conversation.reading.exhibit_id: view.conversation.reading.exhibit for view in row.comparison.views.all()}
    places = (reverse(f"conversations:{name}", args=[row.pk]) for name in ("merged_paper", "merged_progress", "merged_file"))
    of = reverse("conversations:comparison", args=[row.comparison_id])
    return Listed(row, row.comparison.title or str(row.comparison_id), of, tuple(exhibits.values()), *places)


def with_exhibits(found: QuerySet[MergedTranscript]) -> QuerySet[MergedTranscript]:
    """With what a list says of them."""
    return found.select_related("comparison", "by").prefetch_related("comparison__views__conversation__reading__exhibit")


def of_case(case: Case, most: int) -> list[Listed]:
    """Those of a (visible) case, the latest first."""
    papers = Transcript.objects.filter(conversation__reading__exhibit__case=case).select_related("conversation__reading__exhibit", "by")
    merged = with_exhibits(MergedTranscript.objects.filter(comparison__case=case))
    found: Iterable[Transcript | MergedTranscript] = [*papers[:most], *merged[:most]]
    return [listed(one) for one in sorted(found, key=lambda one: one.at, reverse=True)[:most]]
