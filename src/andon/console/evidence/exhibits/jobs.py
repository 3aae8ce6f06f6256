"""What the background worker does here: copying in one thread, verifying and packing in another, so that a long one keeps no other waiting."""

from __future__ import annotations

from andon.console.evidence.exhibits import copying, incoming, mirror, packing, verifying

run_copies = copying.run_due


def run_checks() -> int:
    """Verify and pack what waits; how many."""
    return verifying.run_due() + packing.run_due()


def tidy() -> None:
    """At the worker's start: the rows follow the custody log, and what nobody waits for any longer goes."""
    if mirror.is_behind():
        mirror.catch_up()
    incoming.sweep()
    packing.sweep()
