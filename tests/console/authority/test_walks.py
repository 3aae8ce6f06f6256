"""Random walks through the verbs: a few thousand steps each time, 100,000 and more in `benchmarks/run_undercover.py`."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from walking import TOLD, Walk, not_reached

pytestmark = pytest.mark.django_db


@pytest.mark.rule("U4", where="andon.console.undercover.authority.states")
@pytest.mark.rule("U14", where="andon.console.undercover.authority.states")
@pytest.mark.rule("A6", where="andon.console.undercover.authority.conditions")
@pytest.mark.rule("A10", where="andon.console.undercover.authority.sums")
def test_no_walk_reaches_a_forbidden_state() -> None:
    """Whoever tries whatever whenever: approval, notice, stops, periods, sums and amounts hold after each step; and the walks do get far."""
    TOLD.clear()
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Walk, settings=settings(max_examples=40, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck))
    )
    assert TOLD["steps"] > 1_000
    assert not_reached() == []
    assert sum(count for name, count in TOLD.items() if name.endswith("refused")) > 50
