"""What a person sent from a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.dateparse import parse_datetime

from andon.console.review.actions.decide import NOTE_LENGTH, Said

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import QueryDict


def said_of(sent: QueryDict) -> Said:
    """The decision of a card's form: the button pressed says "verdict:code". What is missing is left empty and refused by the verb."""
    verdict, _, code = sent.get("choice", "").partition(":")
    return Said(verdict, code, sent.get("seen", ""), sent.get("note", "").replace("\0", "")[:NOTE_LENGTH])


def number(text: str | None) -> int | None:
    """A row's number, or nothing for what is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None  # noqa: PLR2004 - digits of a 64-bit number


def same_of(sent: QueryDict) -> bool | None:
    """The word of a person on two posts: the same, different, or taken back."""
    return {"same": True, "different": False}.get(sent.get("word", ""))


def moment(text: str) -> datetime | None:
    """A time with its zone, or nothing for what is none."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None
