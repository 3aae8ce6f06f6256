"""Where the contact log, which stands above this app, joins in: it knows the contacts that showings are tied to. Filled in its `apps.ready`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

# What is known of an entry by its number: case_id, plan_id, number, direction, other, asks_id, happened_at, outside, beyond; nothing for none.
ENTRIES: list[Callable[[int], dict[str, Any] | None]] = []

# The entries of a plan that can ask for papers or show them, as the same facts with "pk", the latest first. For choices of a form.
LISTED: list[Callable[[int], list[dict[str, Any]]]] = []


def entry(entry_id: int) -> dict[str, Any] | None:
    """What the log knows of an entry."""
    return next((found for ask in ENTRIES if (found := ask(entry_id)) is not None), None)


def entries(plan_id: int) -> list[dict[str, Any]]:
    """Entries of a plan that a showing can be tied to."""
    return [one for ask in LISTED for one in ask(plan_id)]
