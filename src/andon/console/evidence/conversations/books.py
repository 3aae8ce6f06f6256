"""Where books lie: in the store of exhibits, each under its SHA-256, as what it is, an item derived from an exhibit. Read-only, and never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from andon.console.evidence.exhibits.store import room, store
from andon.evidence.books.merged import MergedBook
from andon.evidence.books.read import Book

if TYPE_CHECKING:
    from pathlib import Path

    from andon.console.evidence.conversations.models import Comparison, Reading


def book_of(reading: Reading) -> Book:
    """The book of a reading that is done; a context manager. Raises Http404 for one that is not."""
    return Book(path_of(reading.book_sha256))


def merged_of(comparison: Comparison) -> MergedBook:
    """The book of a comparison, likewise."""
    return MergedBook(path_of(comparison.sha256))


def path_of(sha256: str) -> Path:
    """Where the book of that hash lies. Raises Http404 for none."""
    if not sha256:
        raise Http404
    return store().object_path(sha256)


def draft(name: str) -> Path:
    """Where a book is written before the store has it. What an earlier try left there goes."""
    path = room("books") / name
    path.unlink(missing_ok=True)
    return path
